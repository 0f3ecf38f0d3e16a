#pragma once

#include "core/base/Id.h"
#include "core/base/Rotation.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

struct SessionView
{
    Id id;
    Id userId;
    QString email;
    QString device; ///< Names from the user agent: "Firefox, Linux". Empty: nobody knows.
    QString userAgent;
    QString address; ///< Where it was opened.
    QString method;
    QStringList amr = {}; ///< How its owner proved who they are (RFC 8176); proofsOf() says it to people.
    TimePoint openedAt;
    TimePoint lastSeenAt;
    TimePoint expiresAt; ///< The earlier of idle and absolute expiry.
    qint64 generation = 0;
    qint64 graceHits = 0;
    std::optional<TimePoint> endedAt;
    QString endReason;        ///< "logout", "admin", "reuse", …; empty while live.
    QString lastAddress = {}; ///< Where it was last refreshed; after a reuse: where the spent token came from. May be empty.

    bool isLive(TimePoint now) const { return !endedAt && now < expiresAt; }
    bool operator==(const SessionView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("id"_L1, v.id, "user_id"_L1, v.userId, "email"_L1, v.email, "device"_L1, v.userAgent, "device_name"_L1, v.device,
              "address"_L1, v.address, "method"_L1, v.method, "amr"_L1, v.amr, "opened_at"_L1, v.openedAt, "last_seen_at"_L1, v.lastSeenAt,
              "expires_at"_L1, v.expiresAt, "generation"_L1, v.generation, "grace_hits"_L1, v.graceHits, "ended_at"_L1, v.endedAt,
              "end_reason"_L1, v.endReason, "last_address"_L1, v.lastAddress);
    }
};

enum class SessionState { Live, Ended };

template <>
inline constexpr std::array namesOf<SessionState> {"live"_L1, "ended"_L1};

/// Which sessions a list shows. One value, and one judge of it (SessionMatcher), for the page that is read, the row that
/// changes, the count, and the order to end what is shown. What a person types becomes one by session_query::filterOf(). An address
/// that is none, a time that is none, and a text that is too long are InvalidInput.
struct SessionFilter
{
    QString text = {}; ///< A part of e-mail, address or device, as the list shows them; empty: all.
    std::optional<Id> user = {};
    bool ended = false;                     ///< Also those that ended in the last day.
    std::optional<SessionState> state = {}; ///< Only these, whatever `ended` says.
    std::optional<QString> email = {};      ///< The whole e-mail address of their user, in any case.
    std::optional<QString> address = {};    ///< Where they were opened: an address or a network, as parseNetwork() reads them.
    std::optional<QString> device = {};     ///< A part of the device, as the list shows it.
    std::optional<QString> since = {};      ///< Opened since then: as Since::fromText() reads it, in UTC.

    bool operator==(const SessionFilter &) const = default;
    static void members(auto &visit, auto &v)
    {
        visit("text"_L1, v.text, "user"_L1, v.user, "ended"_L1, v.ended, "state"_L1, v.state, "email"_L1, v.email, "address"_L1, v.address,
              "device"_L1, v.device, "since"_L1, v.since);
    }
};

/// How many sessions a filter shows.
struct SessionCounts
{
    qint64 sessions = 0;           ///< All of them.
    qint64 live = 0;               ///< Of those: live ones, which an order would end.
    qint64 users = 0;              ///< Whose live ones they are.
    std::optional<Id> newest = {}; ///< Of the live ones: an order about those that were counted has no younger ones.

    bool operator==(const SessionCounts &) const = default;
    static void members(auto &visit, auto &v)
    {
        visit("sessions"_L1, v.sessions, "live"_L1, v.live, "users"_L1, v.users, "newest"_L1, v.newest);
    }
};

/// One use of a session's refresh token.
struct RefreshView
{
    Rotation what = Rotation::Rotate;
    qint64 generation = 0; ///< Of the token that was answered; of a reuse, which is answered none: of the one that came.
    TimePoint at;          ///< The last time, where it came more than once.
    QString address;       ///< Where it came from; may be empty.
    QString device;        ///< As SessionView::device.
    qint64 times = 1;      ///< How many parallel requests from one place got the same token again.

    bool operator==(const RefreshView &) const = default;
    static void members(auto &visit, auto &v)
    {
        visit("what"_L1, v.what, "generation"_L1, v.generation, "at"_L1, v.at, "address"_L1, v.address, "device"_L1, v.device, "times"_L1,
              v.times);
    }
};

/// Newest first; cursorAt() is a cursor too.
struct ListSessions : OrderFor<PageOf<SessionView>, "sessions.list">
{
    static constexpr bool onlyReads = true;
    SessionFilter filter = {};
    QString cursor = {};
    int limit = 0;          ///< 1–500.
    bool backwards = false; ///< See PageOf.

    static void members(auto &visit, auto &v)
    {
        visit("filter"_L1, v.filter, "cursor"_L1, v.cursor, "limit"_L1, v.limit, "backwards"_L1, v.backwards);
    }
};

/// How many the filter shows at this moment.
struct CountSessions : OrderFor<SessionCounts, "sessions.count">
{
    static constexpr bool onlyReads = true;
    SessionFilter filter = {};
    static void members(auto &visit, auto &v) { visit("filter"_L1, v.filter); }
};

using CountSessionsEach = CountEach<CountSessions, "sessions.countEach">;

/// Answers how many it ended.
struct RevokeSessions : OrderFor<int, "sessions.revoke">
{
    QList<Id> sessions;
    static void members(auto &visit, auto &v) { visit("sessions"_L1, v.sessions); }
};

/// Ends exactly the live ones the filter shows, if they are as many as the person saw (SessionCounts::live); else Conflict, and none is
/// ended. With `newest` (of the same count) those that were opened since are none of them, and fewer than were seen are no Conflict: on a
/// busy server some come and go each second, and nobody ends whom the person did not see. In pieces, each a transaction, so that nobody
/// else waits: who cancels, or meets an error midway, finds some ended and the others live. The future tells its progress.
struct RevokeShown : OrderFor<int, "sessions.revokeShown">
{
    SessionFilter filter = {};
    qint64 seen = 0;
    std::optional<Id> newest = {};
    static void members(auto &visit, auto &v) { visit("filter"_L1, v.filter, "seen"_L1, v.seen, "newest"_L1, v.newest); }
};

/// How the refresh token of a session was used lately, newest first: the last ten uses, none of those before an upgrade from a version
/// that kept none. NotFound.
struct FindRefreshes : OrderFor<QList<RefreshView>, "sessions.refreshes">
{
    Id session;
    static void members(auto &visit, auto &v) { visit("session"_L1, v.session); }
};

struct EndSessionsOf : OrderFor<int, "sessions.endOfUser">
{
    Id user;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user); }
};

using SessionOrders = std::tuple<ListSessions, CountSessions, CountSessionsEach, RevokeSessions, RevokeShown, FindRefreshes, EndSessionsOf>;

} // namespace warder
