#pragma once

#include "core/base/EnumNames.h"
#include "core/base/Id.h"
#include "core/console/orders/Alarms.h"
#include "core/console/orders/Members.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"

#include <array>
#include <tuple>
#include <variant>

namespace warder {

struct SessionGone
{
    Id id;
    QString reason;
    TimePoint at;
    static void members(auto &visit, auto &v) { visit("id"_L1, v.id, "reason"_L1, v.reason, "at"_L1, v.at); }
};

struct UserGone
{
    Id id;
    static void members(auto &visit, auto &v) { visit("id"_L1, v.id); }
};

/// Too many to be told one by one: whoever lists users reads them anew.
struct UsersImported
{
    qint64 count = 0;
    static void members(auto &visit, auto &v) { visit("count"_L1, v.count); }
};

/// Of a user nothing else changed.
struct UserSignedIn
{
    Id id;
    TimePoint at;
    static void members(auto &visit, auto &v) { visit("id"_L1, v.id, "at"_L1, v.at); }
};

struct KeysChanged
{};

/// The audit record goes up to this number now: whoever shows it reads what is behind the newest that it has.
struct ActivityRecorded
{
    qint64 seq = 0;
    static void members(auto &visit, auto &v) { visit("seq"_L1, v.seq); }
};

/// Rules, networks, or who is held back, by what an admin did: whoever shows them reads them anew.
struct LimitsChanged
{};

struct ServerChanged
{
    ServerView server;
    static void members(auto &visit, auto &v) { visit("server"_L1, v.server); }
};

/// Rows of the list of alarms came, or are in another state: whoever shows them reads them anew. (An Alarm says what has just happened, and
/// may come before its row.)
struct AlarmsChanged
{};

/// One thing that happened. A SessionView or UserView is the new state of a row that appeared or changed.
using Change = std::variant<SessionView, SessionGone, UserView, UserGone, UserSignedIn, UsersImported, KeysChanged, LimitsChanged,
                            ServerChanged, Alarm, AlarmsChanged, ActivityRecorded>;

template <>
inline constexpr std::array namesOf<Change> {"session"_L1,        "session_gone"_L1,   "user"_L1,   "user_gone"_L1,
                                             "user_signed_in"_L1, "users_imported"_L1, "keys"_L1,   "limits"_L1,
                                             "server"_L1,         "alarm"_L1,          "alarms"_L1, "activity"_L1};

/// What is new since a position.
struct Changes
{
    quint64 position = 0;    ///< Ask with this next time.
    bool missedSome = false; ///< The asker fell behind the ring: take a fresh snapshot.
    QList<Change> changes = {};
    static void members(auto &visit, auto &v) { visit("position"_L1, v.position, "missed_some"_L1, v.missedSome, "changes"_L1, v.changes); }
};

/// What is new since a position; if nothing is, answered as soon as something is, or empty after `wait`. No thread waits meanwhile.
struct ChangesSince : OrderFor<Changes, "changes.since">
{
    static constexpr bool onlyReads = true;
    static constexpr Seconds longestWait {60};
    quint64 position = 0;
    Milliseconds wait {0}; ///< At most longestWait.

    static void members(auto &visit, auto &v) { visit("position"_L1, v.position, "wait"_L1, v.wait); }
};

using ChangeOrders = std::tuple<ChangesSince>;

} // namespace warder
