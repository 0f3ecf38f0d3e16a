#pragma once

#include "core/base/AlarmType.h"
#include "core/base/EnumNames.h"
#include "core/base/GuessSign.h"
#include "core/base/Id.h"
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

/// Rules, networks, or who is held back, by what an admin did: whoever shows them reads them anew.
struct LimitsChanged
{};

struct ServerChanged
{
    ServerView server;
    static void members(auto &visit, auto &v) { visit("server"_L1, v.server); }
};

/// Something an admin should notice: refresh reuse, brute force, a limit that only tells.
struct Alarm
{
    TimePoint at;
    AlarmType type = AlarmType::BruteForce;
    Id sessionId = {};
    Id userId;
    QString email;
    QString address;         ///< Whom it is about: who presented the spent token, who guesses, who asks too often.
    QString openedFrom = {}; ///< Of RefreshReused: where the session was opened.
    int count = 0; ///< Of BruteForce, by its sign: sign-ins denied within five minutes, wrong passwords in a row, or accounts tried.
    GuessSign sign = GuessSign::Denials;
    QString rule = {}; ///< Of LimitExceeded: the name of the limit.

    static void members(auto &visit, auto &v)
    {
        visit("at"_L1, v.at, "type"_L1, v.type, "session_id"_L1, v.sessionId, "user_id"_L1, v.userId, "email"_L1, v.email, "address"_L1,
              v.address, "opened_from"_L1, v.openedFrom, "count"_L1, v.count, "sign"_L1, v.sign, "rule"_L1, v.rule);
    }
};

/// One thing that happened. A SessionView or UserView is the new state of a row that appeared or changed.
using Change = std::variant<SessionView, SessionGone, UserView, UserGone, UserSignedIn, UsersImported, KeysChanged, LimitsChanged,
                            ServerChanged, Alarm>;

template <>
inline constexpr std::array namesOf<Change> {"session"_L1,        "session_gone"_L1, "user"_L1,   "user_gone"_L1, "user_signed_in"_L1,
                                             "users_imported"_L1, "keys"_L1,         "limits"_L1, "server"_L1,    "alarm"_L1};

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
