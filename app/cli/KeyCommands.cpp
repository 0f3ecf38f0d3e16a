#include "app/cli/Commands.h"

#include "app/cli/PasswordPrompt.h"
#include "core/config/Duration.h"
#include "core/console/orders/Keys.h"
#include "core/console/orders/Server.h"
#include "core/crypto/KeyReader.h"
#include "core/tokens/SigningKeys.h"

#include <QFile>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QStringList rowOf(const KeyView &key)
{
    const bool ends = key.verifyUntil && key.state != KeyState::Revoked;
    return {key.kid,
            nameOf(key.purpose),
            key.nextAlgorithm ? u"%1, then %2"_s.arg(key.algorithm, *key.nextAlgorithm) : key.algorithm,
            nameOf(key.state),
            toText(key.createdAt),
            ends ? toText(*key.verifyUntil) : u"-"_s,
            key.rotatesAt ? toText(*key.rotatesAt) : u"-"_s,
            QString::number(key.sessions)};
}

const QStringList keyHead {u"KID"_s,     u"PURPOSE"_s,        u"ALGORITHM"_s,  u"STATE"_s,
                           u"CREATED"_s, u"VERIFIES UNTIL"_s, u"ROTATES AT"_s, u"SESSIONS"_s};

QString sessionsOf(const KeyView &key) { return key.sessions == 1 ? u"1 session"_s : u"%1 sessions"_s.arg(key.sessions); }

const std::array scheduleOptions {std::pair {u"access"_s, u"keys.access_rotation"_s}, std::pair {u"refresh"_s, u"keys.refresh_rotation"_s},
                                  std::pair {u"csrf"_s, u"keys.csrf_rotation"_s}, std::pair {u"spent"_s, u"keys.spent_kept"_s}};

/// What revoking it does, exactly.
QString effectOf(const KeyView &key)
{
    const QString first = key.state == KeyState::Current ? u"A new key signs from now on. "_s : QString();
    switch (key.purpose) {
    case KeyPurpose::Access:
        return first + u"Its access tokens stop working at once: %1 must refresh, nobody has to sign in again."_s.arg(sessionsOf(key));
    case KeyPurpose::Refresh:
        return first
               + u"Its refresh tokens stop working at once: %1 must sign in again, also if this is taken back."_s.arg(sessionsOf(key));
    case KeyPurpose::Csrf:
        return first
               + u"Its CSRF tokens stop working at once: those of %1 that live in cookies need another one, which GET /session gives "
                 "them; nobody has to sign in again."_s.arg(sessionsOf(key));
    case KeyPurpose::Former: return u"Tokens of the former backend stop working at once: who has no other must sign in."_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString revokedOf(const KeyView &key)
{
    switch (key.purpose) {
    case KeyPurpose::Access:  return u"Revoked; %1 must refresh."_s.arg(sessionsOf(key));
    case KeyPurpose::Refresh: return u"Revoked; %1 ended."_s.arg(sessionsOf(key));
    case KeyPurpose::Csrf:    return u"Revoked; those of %1 that live in cookies need another CSRF token."_s.arg(sessionsOf(key));
    case KeyPurpose::Former:  return u"Revoked; tokens of the former backend are refused."_s;
    }
    Q_UNREACHABLE_RETURN({});
}

Result<KeyView> keyOf(const CommandContext &context, const QString &kid)
{
    return context.ask(ListKeys {}).and_then([&kid](const QList<KeyView> &keys) -> Result<KeyView> {
        const auto key = std::ranges::find(keys, kid, &KeyView::kid);
        return key != keys.cend() ? Result<KeyView>(*key) : refused(ErrorCode::NotFound, u"no key has the id %1"_s.arg(kid));
    });
}

std::optional<KeyMoveView> moveOf(const KeyView &key, KeyMove move)
{
    const auto found = std::ranges::find(key.moves, move, &KeyMoveView::move);
    return found == key.moves.cend() ? std::nullopt : std::optional(*found);
}

/// What restoring it does, exactly.
QString effectOf(const KeyView &key, const KeyMoveView &restore, const QList<KeyView> &ring)
{
    const auto isSigning = [&key](const KeyView &one) { return one.purpose == key.purpose && one.state == KeyState::Current; };
    const auto current = std::ranges::find_if(ring, isSigning);
    const QString standby = u"what stands by now is revoked, having signed nothing."_s;
    switch (restore.to.value_or(key.state)) {
    case KeyState::Standby: return u"It stands by again, and %1"_s.arg(standby);
    case KeyState::Current:
        return u"It signs again. %1, which signs now, "_s.arg(current == ring.cend() ? QString() : current->kid)
               + (current != ring.cend() && current->displacedTo == KeyState::Standby
                      ? u"has signed nothing and stands by again; %1"_s.arg(standby)
                      : u"goes on verifying what it signed until that has expired."_s);
    case KeyState::Retiring:
    case KeyState::Revoked:  break;
    }
    return u"What it signed is accepted again until %1. Sessions that its revocation ended stay ended."_s.arg(
        key.verifyUntil ? toText(*key.verifyUntil) : u"-"_s);
}

/// A key, or a passphrase.
Result<QByteArray> smallFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refused(ErrorCode::InvalidInput, u"%1 cannot be read: %2"_s.arg(path, file.errorString()));
    QByteArray bytes = file.read(KeyReader::longest + 1);
    if (bytes.size() <= KeyReader::longest)
        return bytes;
    wipe(bytes);
    return refused(ErrorCode::InvalidInput, u"%1 is larger than 64 KiB: that is no key"_s.arg(path));
}

} // namespace

int keyList(const CommandContext &context)
{
    return context.show(context.ask(ListKeys {}), [](const QList<KeyView> &keys) {
        QList<QStringList> rows;
        for (const KeyView &key : keys)
            rows += rowOf(key);
        printTable(keyHead, rows, u"No keys."_s);
    });
}

int keyRotate(const CommandContext &context)
{
    const QString typed = context.parser.isSet(u"purpose"_s) ? context.parser.value(u"purpose"_s) : u"access"_s;
    const auto purpose = fromName<KeyPurpose>(typed);
    if (!purpose || !std::ranges::contains(signingPurposes, *purpose))
        return wrongUsage(u"--purpose is access, refresh or csrf, not %1"_s.arg(typed));
    return context.show(context.ask(RotateKey {.purpose = *purpose}), [](const KeyView &key) { printTable(keyHead, {rowOf(key)}, {}); });
}

int keyRevoke(const CommandContext &context)
{
    const QString kid = context.arguments.value(0);
    const auto key = keyOf(context, kid);
    if (!key)
        return fail(key.error());
    const QString question = u"Revoke the %1 key %2? "_s.arg(nameOf(key->purpose), kid) + effectOf(*key);
    if (key->state != KeyState::Revoked && !context.isConfirmed(question))
        return Refused;
    return context.show(context.ask(RevokeKey {.kid = kid}), [](const KeyView &revoked) { printLine(revokedOf(revoked)); });
}

int keyRestore(const CommandContext &context)
{
    const QString kid = context.arguments.value(0);
    const auto keys = context.ask(ListKeys {});
    if (!keys)
        return fail(keys.error());
    const auto key = std::ranges::find(*keys, kid, &KeyView::kid);
    const auto move = key == keys->cend() ? std::nullopt : moveOf(*key, KeyMove::Restore);
    if (move && !context.isConfirmed(u"Restore the %1 key %2? "_s.arg(nameOf(key->purpose), kid) + effectOf(*key, *move, *keys)))
        return Refused;
    return context.show(context.ask(RestoreKey {.kid = kid}), [](const KeyRestored &restored) {
        const QString ended = u" %1 sessions that its revocation ended stay ended."_s.arg(restored.ended);
        printLine(u"Restored; it is %1."_s.arg(nameOf(restored.key.state)) + (restored.ended > 0 ? ended : QString()));
        if (restored.displaced)
            printLine(u"%1 is %2."_s.arg(restored.displaced->kid, nameOf(restored.displaced->state)));
    });
}

int keyRemove(const CommandContext &context)
{
    const QString kid = context.arguments.value(0);
    const auto key = keyOf(context, kid);
    if (!key)
        return fail(key.error());
    const QString question = u"Delete the %1 key %2? Nothing it signed is accepted already. This cannot be undone."_s;
    if (moveOf(*key, KeyMove::Remove) && !context.isConfirmed(question.arg(nameOf(key->purpose), kid)))
        return Refused;
    return context.show(context.ask(RemoveKey {.kid = kid}), [](const KeyView &removed) { printLine(u"Deleted %1."_s.arg(removed.kid)); });
}

Result<QString> askForPassphrase(const QCommandLineParser &parser)
{
    const auto passphrase = [&parser]() -> Result<QString> {
        if (parser.isSet(u"passphrase-file"_s))
            return smallFile(parser.value(u"passphrase-file"_s)).transform([](const QByteArray &line) {
                return QString::fromUtf8(line).section(u'\n', 0, 0).remove(u'\r');
            });
        const auto file = smallFile(parser.positionalArguments().last());
        if (!file || !KeyReader::isEncrypted(*file))
            return QString();
        return askSecret(u"Passphrase of the key: "_s, u"no terminal to ask for the passphrase: name a file with --passphrase-file"_s);
    };
    return passphrase();
}

int keyImport(const CommandContext &context)
{
    auto file = smallFile(context.arguments.value(0));
    if (!file)
        return fail(file.error());
    ImportKey order {.key = QString::fromUtf8(*file), .passphrase = context.secret};
    wipe(*file);
    if (context.parser.isSet(u"algorithm"_s))
        order.algorithm = context.parser.value(u"algorithm"_s);
    return context.show(context.ask(order), [](const KeyView &key) {
        printLine(u"It stands by: from the next rotation on it signs access tokens. Rotate not before everybody who verifies has it; "
                  "caches of the public keys may keep them for five minutes."_s);
        printTable(keyHead, {rowOf(key)}, {});
    });
}

int keyImportFormer(const CommandContext &context)
{
    const QString typed = context.parser.isSet(u"for"_s) ? context.parser.value(u"for"_s) : u"30d"_s;
    const auto lasting = parseDuration(typed);
    if (!lasting || *lasting <= Seconds {0} || *lasting > SigningKeys::mostFormer)
        return wrongUsage(u"--for is a duration of 30 days at most, such as 8d, not %1"_s.arg(typed));
    const auto secret = smallFile(context.arguments.value(0)).transform([](const QByteArray &text) { return SecretBytes(text.trimmed()); });
    if (!secret)
        return fail(secret.error());
    const auto bytes = secret->view().size();
    const QString isShort = u" The secret has %1 bytes, and RFC 7518 asks for 32: whoever has one of its tokens may try to guess it."_s;
    const QString question =
        u"Accept the former backend's tokens for %1? Until then whoever knows its secret can read GET /me in anybody's name, and nothing "
        "else.%2"_s.arg(toText(*lasting), bytes < 32 ? isShort.arg(bytes) : QString());
    if (!context.isConfirmed(question))
        return Refused;
    return context.show(context.ask(ImportFormerSecret {.secret = QString::fromUtf8(secret->view()), .lasting = *lasting}),
                        [](const KeyView &key) { printTable(keyHead, {rowOf(key)}, {}); });
}

int keySchedule(const CommandContext &context)
{
    StoreSettings order;
    for (const auto &[option, key] : scheduleOptions) {
        if (context.parser.isSet(option))
            order.choices += {.key = key, .value = context.parser.value(option)};
    }
    if (const auto stored = order.choices.isEmpty() ? Result<QStringList>() : context.ask(order); !stored)
        return fail(stored.error());
    auto settings = context.ask(ListSettings {});
    if (settings)
        settings->removeIf([](const SettingView &each) {
            return std::ranges::none_of(scheduleOptions, [&each](const auto &one) { return each.key == one.second; });
        });
    return context.show(settings, [](const QList<SettingView> &schedule) {
        QList<QStringList> rows;
        for (const SettingView &each : schedule)
            rows += {each.key, each.value, each.sourceName.isEmpty() ? nameOf(each.source) : each.sourceName, each.text};
        printTable({u"SETTING"_s, u"VALUE"_s, u"SET BY"_s, u"MEANS"_s}, rows, {});
    });
}

int keyConsumers(const CommandContext &context)
{
    return context.show(context.ask(ListKeyConsumers {}), [](const QList<KeyConsumerView> &consumers) {
        QList<QStringList> rows;
        for (const KeyConsumerView &one : consumers)
            rows += {one.address, toText(one.fetchedAt), one.isCurrent ? u"yes"_s : u"no"_s, one.userAgent};
        printTable({u"ADDRESS"_s, u"FETCHED"_s, u"HAS ALL KEYS"_s, u"USER AGENT"_s}, rows,
                   u"Nobody has fetched the public keys since the server started."_s);
    });
}

} // namespace warder
