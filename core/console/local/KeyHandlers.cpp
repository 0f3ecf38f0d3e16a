#include "core/console/ViewsOf.h"
#include "core/console/local/LocalConsole.h"
#include "core/sessions/Sessions.h"
#include "core/tokens/KeyRules.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// With what the ring, the schedule and the rules say of it.
KeyView inRing(ConsoleContext &console, const SigningKey &key, qint64 sessions)
{
    const auto ring = console.keys.ring();
    KeyView view = viewOf(key, sessions);
    view.rotatesAt = console.keys.rotatesAt(key);
    for (const KeyMove move : KeyRules::movesOf(key, *ring, console.now()))
        view.moves += {.move = move, .to = KeyRules::outcomeOf(move, key, *ring, console.now()).value_or(std::nullopt)};
    if (key.state != KeyState::Current)
        return view;
    view.displacedTo = KeyRules::whenDisplaced(key);
    if (const SignatureAlgorithm next = ring->algorithmOf(key.purpose); next != key.material->algorithm())
        view.nextAlgorithm = nameOf(next);
    return view;
}

Result<KeyView> counted(ConsoleContext &console, const SigningKey &key)
{
    return console.sessions.countSignedBy(key, console.now()).transform([&](qint64 sessions) { return inRing(console, key, sessions); });
}

Result<QList<KeyView>> list(ConsoleContext &console, const ListKeys &)
{
    const auto ring = console.keys.ring();
    QList<KeyView> views;
    for (const SigningKey &key : ring->keys) {
        const auto view = counted(console, key);
        if (!view)
            return refused(view);
        views += *view;
    }
    return views;
}

Result<KeyView> rotate(ConsoleContext &console, const RotateKey &order)
{
    return console.keys.rotate(order.purpose, console.actor, console.now(), order.kid).transform([&](const SigningKey &key) {
        return inRing(console, key, 0); // it has signed nothing yet
    });
}

Result<KeyView> revoke(ConsoleContext &console, const RevokeKey &order)
{
    return console.sessions.revokeKey(order.kid, console.actor, console.now()).transform([&](const RevokedKey &revoked) {
        return inRing(console, revoked.key, revoked.sessions);
    });
}

Result<KeyRestored> restore(ConsoleContext &console, const RestoreKey &order)
{
    const auto restored = console.sessions.restoreKey(order.kid, console.actor, console.now());
    if (!restored)
        return refused(restored);
    const auto key = counted(console, restored->key);
    if (!key)
        return refusedMidway(key);
    KeyRestored answer {.key = *key, .displaced = {}, .ended = restored->ended};
    if (restored->displaced) {
        const auto displaced = counted(console, *restored->displaced);
        if (!displaced)
            return refusedMidway(displaced);
        answer.displaced = *displaced;
    }
    return answer;
}

Result<KeyView> remove(ConsoleContext &console, const RemoveKey &order)
{
    return console.sessions.removeKey(order.kid, console.actor, console.now()).transform([](const SigningKey &key) {
        return viewOf(key, 0);
    });
}

Result<KeyView> importKey(ConsoleContext &console, const ImportKey &order)
{
    const auto algorithm = order.algorithm ? fromName<SignatureAlgorithm>(*order.algorithm) : std::nullopt;
    if (order.algorithm && !algorithm)
        return refused(ErrorCode::InvalidInput, u"there is no algorithm %1"_s.arg(order.algorithm->left(16)));
    return KeyReader::read(SecretBytes(order.key.toUtf8()), SecretBytes(order.passphrase.toUtf8()), algorithm)
        .and_then([&](const ForeignKey &foreign) { return console.keys.importKey(foreign, console.actor, console.now()); })
        .transform([&](const SigningKey &key) { return inRing(console, key, 0); });
}

Result<KeyView> importFormer(ConsoleContext &console, const ImportFormerSecret &order)
{
    return console.keys.importFormer(SecretBytes(order.secret.toUtf8()), order.lasting, console.actor, console.now())
        .transform([&](const SigningKey &key) { return inRing(console, key, 0); });
}

Result<QList<KeyConsumerView>> listConsumers(ConsoleContext &console, const ListKeyConsumers &)
{
    const QStringList published = console.keys.ring()->published(console.now());
    QList<KeyConsumerView> views;
    for (const JwksConsumer &one : console.keys.consumers().all())
        views += {.address = one.address,
                  .userAgent = one.userAgent,
                  .fetchedAt = one.at,
                  .kids = one.kids,
                  .isCurrent = std::ranges::all_of(published, [&one](const QString &kid) { return one.kids.contains(kid); })};
    return views;
}

} // namespace

void LocalConsole::addKeyHandlers() { add(list, listConsumers, rotate, revoke, restore, remove, importKey, importFormer); }

} // namespace warder
