#include "core/console/ViewsOf.h"
#include "core/console/local/LocalConsole.h"
#include "core/sessions/Sessions.h"

namespace warder {
namespace {

KeyView scheduled(ConsoleContext &console, const SigningKey &key, qint64 sessions)
{
    KeyView view = viewOf(key, sessions);
    view.rotatesAt = console.keys.rotatesAt(key);
    return view;
}

Result<KeyView> counted(ConsoleContext &console, const SigningKey &key)
{
    return console.sessions.countSignedBy(key, console.now()).transform([&](qint64 sessions) { return scheduled(console, key, sessions); });
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
    return console.keys.rotate(order.purpose, console.actor, console.now()).transform([&](const SigningKey &key) {
        return scheduled(console, key, 0); // it has signed nothing yet
    });
}

Result<KeyView> revoke(ConsoleContext &console, const RevokeKey &order)
{
    return console.sessions.revokeKey(order.kid, console.actor, console.now()).transform([](const RevokedKey &revoked) {
        return viewOf(revoked.key, revoked.sessions);
    });
}

} // namespace

void LocalConsole::addKeyHandlers() { add(list, rotate, revoke); }

} // namespace warder
