#include "app/cli/Commands.h"

#include "core/console/orders/Keys.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QStringList rowOf(const KeyView &key)
{
    const bool ends = key.verifyUntil && key.state != KeyState::Revoked;
    return {key.kid,
            nameOf(key.purpose),
            key.algorithm,
            nameOf(key.state),
            toText(key.createdAt),
            ends ? toText(*key.verifyUntil) : u"-"_s,
            key.rotatesAt ? toText(*key.rotatesAt) : u"-"_s,
            QString::number(key.sessions)};
}

const QStringList keyHead {u"KID"_s,     u"PURPOSE"_s,        u"ALGORITHM"_s,  u"STATE"_s,
                           u"CREATED"_s, u"VERIFIES UNTIL"_s, u"ROTATES AT"_s, u"SESSIONS"_s};

QString sessionsOf(const KeyView &key) { return key.sessions == 1 ? u"1 session"_s : u"%1 sessions"_s.arg(key.sessions); }

/// What revoking it does, exactly.
QString effectOf(const KeyView &key)
{
    const QString first = key.state == KeyState::Current ? u"A new key signs from now on. "_s : QString();
    if (key.purpose == KeyPurpose::Refresh)
        return first + u"Its refresh tokens stop working at once: %1 must sign in again. This cannot be undone."_s.arg(sessionsOf(key));
    return first
           + u"Its access tokens stop working at once: %1 must refresh, nobody has to sign in again. This cannot be undone."_s.arg(
               sessionsOf(key));
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
    if (!purpose)
        return wrongUsage(u"--purpose is access or refresh, not %1"_s.arg(typed));
    return context.show(context.ask(RotateKey {.purpose = *purpose}), [](const KeyView &key) { printTable(keyHead, {rowOf(key)}, {}); });
}

int keyRevoke(const CommandContext &context)
{
    const auto keys = context.ask(ListKeys {});
    if (!keys)
        return fail(keys.error());
    const QString kid = context.arguments.value(0);
    const auto key = std::ranges::find(*keys, kid, &KeyView::kid);
    if (key == keys->cend())
        return fail({.code = ErrorCode::NotFound, .detail = u"no key has the id %1"_s.arg(kid)});
    const QString question = u"Revoke the %1 key %2? "_s.arg(nameOf(key->purpose), kid) + effectOf(*key);
    if (key->state != KeyState::Revoked && !context.isConfirmed(question))
        return Refused;
    return context.show(context.ask(RevokeKey {.kid = kid}), [](const KeyView &revoked) {
        printLine(revoked.purpose == KeyPurpose::Refresh ? u"Revoked; %1 ended."_s.arg(sessionsOf(revoked))
                                                         : u"Revoked; %1 must refresh."_s.arg(sessionsOf(revoked)));
    });
}

} // namespace warder
