#pragma once

#include "core/base/AlarmState.h"
#include "core/base/AlarmType.h"
#include "core/base/GuessSign.h"
#include "core/base/Id.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

/// Something an admin should notice: refresh reuse, brute force, a limit that only tells, a problem of the server.
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
    QString rule = {};    ///< Of LimitExceeded: the name of the limit.
    QString problem = {}; ///< Of Problem: its code, as ProblemView has it…
    QString detail = {};  ///< …and its particulars.

    bool operator==(const Alarm &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("at"_L1, v.at, "type"_L1, v.type, "session_id"_L1, v.sessionId, "user_id"_L1, v.userId, "email"_L1, v.email, "address"_L1,
              v.address, "opened_from"_L1, v.openedFrom, "count"_L1, v.count, "sign"_L1, v.sign, "rule"_L1, v.rule, "problem"_L1, v.problem,
              "detail"_L1, v.detail);
    }
};

/// An alarm as it is kept until somebody has seen to it: what happened, how often within one episode, and what became of it.
struct AlarmView
{
    Id id;
    Alarm alarm; ///< `at`: when the episode began; all else is of its last time.
    TimePoint lastAt;
    qint64 times = 1;
    AlarmState state = AlarmState::Open;
    std::optional<TimePoint> changedAt = {}; ///< When the state became that; nothing: it is as it began.
    QString changedBy = {};                  ///< "console", "command line".

    bool operator==(const AlarmView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("id"_L1, v.id);
        Alarm::members(visit, v.alarm);
        visit("last_at"_L1, v.lastAt, "times"_L1, v.times, "state"_L1, v.state, "changed_at"_L1, v.changedAt, "changed_by"_L1, v.changedBy);
    }
};

/// By when they began, newest first.
struct ListAlarms : OrderFor<PageOf<AlarmView>, "alarms.list">
{
    static constexpr bool onlyReads = true;
    QString text = {};             ///< A part of the account, the address, the limit's name or the problem's code (TextMatcher).
    QList<AlarmState> states = {}; ///< Only in these; none: in any.
    QString cursor = {};
    int limit = 0; ///< 1–500.

    static void members(auto &visit, auto &v)
    {
        visit("text"_L1, v.text, "states"_L1, v.states, "cursor"_L1, v.cursor, "limit"_L1, v.limit);
    }
};

/// How many that list has at this moment.
struct CountAlarms : OrderFor<qint64, "alarms.count">
{
    static constexpr bool onlyReads = true;
    QString text = {};
    QList<AlarmState> states = {};
    static void members(auto &visit, auto &v) { visit("text"_L1, v.text, "states"_L1, v.states); }
};

/// Gives them that state, and notes who did so and when: Seen, Done, or Open to take either back. What is done does not become seen.
/// Answers how many changed; NotFound for one alone that there is not.
struct MarkAlarms : OrderFor<int, "alarms.mark">
{
    static constexpr qsizetype most = 1000;
    QList<Id> alarms; ///< At most `most`.
    AlarmState state = AlarmState::Seen;
    static void members(auto &visit, auto &v) { visit("alarms"_L1, v.alarms, "state"_L1, v.state); }
};

/// These as they are now, in the order that they are asked for; one that there is not is left out.
struct FindAlarms : OrderFor<QList<AlarmView>, "alarms.find">
{
    static constexpr bool onlyReads = true;
    QList<Id> alarms; ///< At most MarkAlarms::most.
    static void members(auto &visit, auto &v) { visit("alarms"_L1, v.alarms); }
};

using AlarmOrders = std::tuple<ListAlarms, CountAlarms, MarkAlarms, FindAlarms>;

} // namespace warder
