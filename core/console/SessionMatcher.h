#pragma once

#include "core/base/Id.h"
#include "core/console/TextMatcher.h"
#include "core/console/orders/Sessions.h"

namespace warder {

/// Says of a session whether a filter shows it. Pure; any thread.
class SessionMatcher final
{
public:
    static constexpr std::chrono::days endedKept {1};

    explicit SessionMatcher(const SessionFilter &filter);

    bool matches(const SessionView &session, TimePoint now) const;

    /// The parts of it, for texts that are folded already.
    bool isOfUser(const Id &user) const { return !m_user || *m_user == user; }
    bool isInTime(TimePoint expiresAt, std::optional<TimePoint> endedAt, TimePoint now) const;
    bool isInWords(QByteArrayView email, QByteArrayView address, QByteArrayView device) const;

private:
    std::optional<Id> m_user;
    bool m_ended;
    TextMatcher m_text;
    TextMatcher m_address; ///< The same, or the usual form of an IPv6 address that was typed in another.
};

} // namespace warder
