#include "core/config/LiveSettings.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/LocalConsole.h"
#include "core/sessions/SessionStore.h"
#include "core/sessions/Sessions.h"
#include "core/tokens/SigningKeys.h"
#include "core/tokens/TokenPolicy.h"

namespace warder {
namespace {

/// When the key signed the tokens that may still be good: nobody else signed then.
struct SigningSpan
{
    TimePoint from;
    TimePoint until;
};

SigningSpan spanOf(const SigningKey &key, const TokenPolicy &tokens, TimePoint now)
{
    if (!key.activatedAt)
        return {.from = now, .until = now}; // it stands by, or never did more
    const TimePoint oldest = key.purpose == KeyPurpose::Access ? now - tokens.accessLifetime - tokens.leeway : *key.activatedAt;
    return {.from = std::max(*key.activatedAt, oldest), .until = key.retiredAt.value_or(now) + Milliseconds {1}};
}

Result<qint64> countIssued(ConsoleContext &console, const SigningSpan &span, TimePoint now)
{
    return SessionStore::countIssuedBetween(console.database.reader(), span.from, span.until, now);
}

KeyView viewOf(const SigningKey &key, qint64 sessions)
{
    KeyView view = viewOf(key);
    view.sessions = sessions;
    return view;
}

Result<KeyView> counted(ConsoleContext &console, const SigningKey &key, TimePoint now)
{
    const auto sessions = key.state == KeyState::Revoked ? Result<qint64>(0) : countIssued(console, spanOf(key, console.tokens, now), now);
    return sessions.transform([&key](qint64 number) { return viewOf(key, number); });
}

Result<QList<KeyView>> list(ConsoleContext &console, const ListKeys &)
{
    const auto ring = console.keys.ring();
    QList<KeyView> views;
    for (const SigningKey &key : ring->keys) {
        const auto view = counted(console, key, console.now());
        if (!view)
            return refused(view);
        views += *view;
    }
    return views;
}

Result<KeyView> rotate(ConsoleContext &console, const RotateKey &order)
{
    const auto which = fromName<KeyPurpose>(order.purpose);
    if (!which)
        return refused(ErrorCode::InvalidInput, u"the purpose is \"access\" or \"refresh\""_s);
    const Milliseconds overlap = *which == KeyPurpose::Access ? console.tokens.overlap() : SessionPolicy::from(console.settings.get()).idle;
    return console.keys.rotate(*which, overlap, console.actor, console.now()).and_then([&console](const SigningKey &key) {
        return counted(console, key, console.now());
    });
}

Result<KeyView> revoke(ConsoleContext &console, const RevokeKey &order)
{
    const TimePoint now = console.now();
    const auto key = console.keys.revoke(order.kid, console.actor, now);
    if (!key)
        return refused(key);
    const SigningSpan span = spanOf(*key, console.tokens, now);
    const auto concerned = key->purpose == KeyPurpose::Access
                               ? countIssued(console, span, now)
                               : console.sessions.revokeIssuedBetween(span.from, span.until, console.actor, now).transform([](int ended) {
                                     return qint64(ended);
                                 });
    return concerned.transform([&key](qint64 sessions) { return viewOf(*key, sessions); });
}

} // namespace

void LocalConsole::addKeyHandlers() { add(list, rotate, revoke); }

} // namespace warder
