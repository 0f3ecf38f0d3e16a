#pragma once

#include "core/console/TextMatcher.h"
#include "core/console/Views.h"

namespace warder {

/// Which sessions a list shows. One value, and one judge of it (SessionMatcher), for the page that is read, the row that
/// changes, the count, and the order to end what is shown.
struct SessionFilter
{
    QString text; ///< A part of e-mail, address or device, as the list shows them; empty: all.
    std::optional<Id> user;
    bool ended = false; ///< Also those that ended in the last day.

    bool operator==(const SessionFilter &) const = default;
};

/// How many sessions a filter shows.
struct SessionCounts
{
    qint64 sessions = 0; ///< All of them.
    qint64 live = 0;     ///< Of those: live ones, which an order would end.
    qint64 users = 0;    ///< Whose live ones they are.

    bool operator==(const SessionCounts &) const = default;
};

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
