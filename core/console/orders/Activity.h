#pragma once

#include "core/base/AuditFlaw.h"
#include "core/base/Id.h"
#include "core/console/orders/Members.h"

#include <QJsonObject>

#include <tuple>

namespace warder {

/// A record of who did what. Holds no secret.
struct ActivityView
{
    Id id;
    qint64 seq = 0; ///< Its number in the chain.
    TimePoint at;
    QString type;                  ///< "login_failed", of namespace audit.
    QString actor;                 ///< "user", "console", "command line", "system".
    std::optional<Id> userId = {}; ///< Whom it is about.
    QString email = {};            ///< Theirs, or the address that was typed; empty: of nobody, or of an account that is gone.
    std::optional<Id> sessionId = {};
    QString address = {};
    QJsonObject details = {}; ///< What more there is, by names that depend on the type.
    QString hash = {};        ///< Hexadecimal; empty: it is older than the chain.

    bool operator==(const ActivityView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("id"_L1, v.id, "seq"_L1, v.seq, "at"_L1, v.at, "type"_L1, v.type, "actor"_L1, v.actor, "user_id"_L1, v.userId, "email"_L1,
              v.email, "session_id"_L1, v.sessionId, "address"_L1, v.address, "details"_L1, v.details, "hash"_L1, v.hash);
    }
};

/// Which records a list shows. One value, for the page that is read, what is new since, and the count.
struct ActivityFilter
{
    QStringList types = {};         ///< Any of these; empty: all.
    QString user = {};              ///< The e-mail address or the id of an account, whole; empty: anybody.
    std::optional<Id> session = {}; ///< One of that user, who is needed with it.
    QString address = {};           ///< A network address, whole, in any spelling; empty: any.
    std::optional<TimePoint> from = {};
    std::optional<TimePoint> until = {}; ///< Before that.

    bool operator==(const ActivityFilter &) const = default;
    static void members(auto &visit, auto &v)
    {
        visit("types"_L1, v.types, "user"_L1, v.user, "session"_L1, v.session, "address"_L1, v.address, "from"_L1, v.from, "until"_L1,
              v.until);
    }
};

/// Newest first; cursorAt() is a cursor too. An account that there is not has no records.
struct ListActivity : OrderFor<PageOf<ActivityView>, "activity.list">
{
    static constexpr bool onlyReads = true;
    ActivityFilter filter = {};
    QString cursor = {};
    int limit = 0;          ///< 1–500.
    bool backwards = false; ///< See PageOf.

    static void members(auto &visit, auto &v)
    {
        visit("filter"_L1, v.filter, "cursor"_L1, v.cursor, "limit"_L1, v.limit, "backwards"_L1, v.backwards);
    }
};

/// How many the filter shows at this moment.
struct CountActivity : OrderFor<qint64, "activity.count">
{
    static constexpr bool onlyReads = true;
    ActivityFilter filter = {};
    static void members(auto &visit, auto &v) { visit("filter"_L1, v.filter); }
};

using CountActivityEach = CountEach<CountActivity, "activity.countEach">;

/// How many of them there are in each `step` from `filter.from` until `filter.until`, both needed; the last step may be cut. InvalidInput
/// for more steps than `most`, or a step of no time.
struct CountActivitySteps : OrderFor<QList<qint64>, "activity.countSteps">
{
    static constexpr bool onlyReads = true;
    static constexpr qint64 most = 500;
    ActivityFilter filter = {};
    Seconds step {0};

    static void members(auto &visit, auto &v) { visit("filter"_L1, v.filter, "step"_L1, v.step); }
};

/// Records in the order in which they were written.
struct ActivityNews
{
    QList<ActivityView> rows;
    qint64 lookedAt = 0;  ///< The number to ask with next time; records that the filter does not show are behind it, too.
    bool hasMore = false; ///< There are more already.
    quint64 position = 0; ///< Of the journal when these were read: wait for changes since then.

    static void members(auto &visit, auto &v)
    {
        visit("rows"_L1, v.rows, "looked_at"_L1, v.lookedAt, "has_more"_L1, v.hasMore, "position"_L1, v.position);
    }
};

/// What was written after the record of that number, oldest first: for a list that lives, and for whoever keeps the record elsewhere.
struct ReadActivity : OrderFor<ActivityNews, "activity.read">
{
    static constexpr bool onlyReads = true;
    ActivityFilter filter = {};
    qint64 after = 0; ///< 0: from the oldest.
    int limit = 0;    ///< 1–500: how many are looked at, whether they match or not.

    static void members(auto &visit, auto &v) { visit("filter"_L1, v.filter, "after"_L1, v.after, "limit"_L1, v.limit); }
};

struct ActivityBreakView
{
    AuditFlaw flaw = AuditFlaw::Changed;
    qint64 from = 0;
    qint64 to = 0;

    bool operator==(const ActivityBreakView &) const = default;
    static void members(auto &visit, auto &v) { visit("flaw"_L1, v.flaw, "from"_L1, v.from, "to"_L1, v.to); }
};

/// What a check of a part of the chain has found.
struct ActivityCheck
{
    qint64 checked = 0;
    QList<ActivityBreakView> breaks;
    QString next;     ///< Cursor of the part that follows; empty: the chain ends here.
    QString head;     ///< Of the newest record, "4711:9f3c…": whoever keeps it elsewhere notices a chain that was made anew.
    qint64 first = 0; ///< The number after which the chain is checked: older ones were removed, or are of before there was a chain.
    qint64 last = 0;  ///< The number of the newest record.

    static void members(auto &visit, auto &v)
    {
        visit("checked"_L1, v.checked, "breaks"_L1, v.breaks, "next"_L1, v.next, "head"_L1, v.head, "first"_L1, v.first, "last"_L1, v.last);
    }
};

/// Checks `step` records of the chain at a time. `remembered`: a head of before, which must still be there unless it is older than what is
/// kept; with the first part only. InvalidInput for a head or cursor that is none.
struct CheckActivity : OrderFor<ActivityCheck, "activity.check">
{
    static constexpr bool onlyReads = true;
    static constexpr int step = 20'000;
    QString cursor = {};
    QString remembered = {};

    static void members(auto &visit, auto &v) { visit("cursor"_L1, v.cursor, "remembered"_L1, v.remembered); }
};

using ActivityOrders = std::tuple<ListActivity, CountActivity, CountActivityEach, CountActivitySteps, ReadActivity, CheckActivity>;

} // namespace warder
