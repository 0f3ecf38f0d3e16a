#include "core/config/LiveSettings.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/Topics.h"
#include "core/sessions/SessionStore.h"
#include "core/sessions/Sessions.h"
#include "core/tokens/KeyStore.h"
#include "core/tokens/TokenPolicy.h"

namespace warder {
namespace {

class KeyHandlers final
{
public:
    explicit KeyHandlers(const ConsoleParts &parts) : m_parts(parts) {}

    Result<QList<KeyView>> list(const ListKeys &);
    Result<KeyView> rotate(const RotateKey &order);
    Result<KeyView> revoke(const RevokeKey &order);

private:
    Result<KeyView> counted(const SigningKey &key, TimePoint now);

    const ConsoleParts m_parts;
};

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

Result<QList<KeyView>> KeyHandlers::list(const ListKeys &)
{
    const auto ring = m_parts.keys.ring();
    QList<KeyView> views;
    for (const SigningKey &key : ring->keys) {
        const auto view = counted(key, m_parts.clock.now());
        if (!view)
            return refused(view);
        views += *view;
    }
    return views;
}

Result<KeyView> KeyHandlers::counted(const SigningKey &key, TimePoint now)
{
    KeyView view = viewOf(key);
    if (key.state == KeyState::Revoked)
        return view;
    const SigningSpan span = spanOf(key, m_parts.tokens, now);
    return SessionStore::countIssuedBetween(m_parts.database.reader(), span.from, span.until, now).transform([&view](qint64 sessions) {
        view.sessions = sessions;
        return view;
    });
}

Result<KeyView> KeyHandlers::rotate(const RotateKey &order)
{
    const auto which = fromName<KeyPurpose>(order.purpose);
    if (!which)
        return refused(ErrorCode::InvalidInput, u"the purpose is \"access\" or \"refresh\""_s);
    const Milliseconds overlap = *which == KeyPurpose::Access ? m_parts.tokens.overlap() : SessionPolicy::from(m_parts.settings.get()).idle;
    const auto key = m_parts.keys.rotate(*which, overlap, m_parts.actor, m_parts.clock.now());
    if (!key)
        return refused(key);
    return counted(*key, m_parts.clock.now());
}

Result<KeyView> KeyHandlers::revoke(const RevokeKey &order)
{
    const TimePoint now = m_parts.clock.now();
    const auto key = m_parts.keys.revoke(order.kid, m_parts.actor, now);
    if (!key)
        return refused(key);
    const SigningSpan span = spanOf(*key, m_parts.tokens, now);
    const auto concerned = key->purpose == KeyPurpose::Access
                               ? SessionStore::countIssuedBetween(m_parts.database.reader(), span.from, span.until, now)
                               : m_parts.sessions.revokeIssuedBetween(span.from, span.until, m_parts.actor, now).transform([](int ended) {
                                     return qint64(ended);
                                 });
    if (!concerned)
        return refused(concerned);
    KeyView view = viewOf(*key);
    view.sessions = *concerned;
    return view;
}

} // namespace

void addKeyHandlers(OrderTable &table, const ConsoleParts &parts)
{
    table.add(std::make_shared<KeyHandlers>(parts), &KeyHandlers::list, &KeyHandlers::rotate, &KeyHandlers::revoke);
}

} // namespace warder
