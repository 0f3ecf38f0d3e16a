#pragma once

#include "core/base/Id.h"
#include "core/base/MailState.h"
#include "core/base/Result.h"

#include <optional>

namespace warder {

class DbConnection;

/// A mail of the outbox, or a request for one, as it is stored.
struct OutboxRow
{
    Id id;
    QByteArray once = {};
    QString kind;
    bool isRequest = false;
    bool isAsked = false; ///< Strangers can cause it.
    std::optional<Id> user = {};
    QString recipient;
    QString recipientKey;
    QString language = {};
    QByteArray sealed = {}; ///< Empty once it is sent or dropped.
    MailState state = MailState::Queued;
    int attempts = 0;
    TimePoint createdAt;
    TimePoint dueAt;
    TimePoint useBy;
    std::optional<TimePoint> countedAt = {};
    std::optional<TimePoint> beganAt = {};
    std::optional<TimePoint> endedAt = {};
    QString lastLine = {};
};

/// How many mails are in each state.
struct MailCounts
{
    qint64 queued = 0;
    qint64 sending = 0;
    qint64 sent = 0;
    qint64 dropped = 0;
    qint64 failed = 0;
};

/// Which rows a list shows.
struct OutboxFilter
{
    QString text = {}; ///< A part of the recipient; empty: all.
    std::optional<MailState> state = {};
};

/// The SQL of the table `outbox`. Each function runs on the caller's connection.
namespace OutboxStore {

/// False if there was one with that `once`.
Result<bool> insert(DbConnection &connection, const OutboxRow &row);
Result<std::optional<OutboxRow>> find(DbConnection &connection, Id mail);

/// How many wait, of those that strangers cause or of the others. O(1).
Result<qint64> countWaiting(DbConnection &connection, bool isAsked);
Result<MailCounts> countStates(DbConnection &connection);
/// Newest first, older than `before` (null: from the newest).
Result<QList<OutboxRow>> page(DbConnection &connection, const OutboxFilter &filter, Id before, int limit);

/// Which of those that wait may be taken out now.
enum class Which {
    All,
    Notices, ///< Those that no stranger causes, and Begun: of an hour's room the last part is left.
    Begun,   ///< Requests, and mails that were handed to a mail server before: no others have room in this hour.
    None,    ///< The mail server has trouble. A request would have its mail's link made, whose time runs out meanwhile.
};

/// The one that has been due longest; with `mailsFirst` a request only where there is no mail. A due time beyond `latest` counts as well:
/// the clock was set back meanwhile.
Result<std::optional<OutboxRow>> firstDue(DbConnection &connection, TimePoint now, TimePoint latest, Which which, bool mailsFirst = false);
/// When the next one is due.
Result<std::optional<TimePoint>> nextDue(DbConnection &connection, Which which);

/// These count nothing that is later than `now`: the clock was set back meanwhile.
/// When mails to that recipient were counted, since `since`, oldest first, at most `most`.
Result<QList<TimePoint>> counted(DbConnection &connection, const QString &recipientKey, bool isAsked, TimePoint since, TimePoint now,
                                 int most);
/// When mails were first handed to a mail server, since `since`: how many, and the first of them.
struct Begun
{
    qint64 count = 0;
    TimePoint first;
};
Result<Begun> begun(DbConnection &connection, TimePoint since, TimePoint now);

Result<void> noteCounted(DbConnection &connection, Id mail, TimePoint now);
/// It is being sent, once more; taken for lost at `until`.
Result<void> lease(DbConnection &connection, Id mail, TimePoint now, TimePoint until);
/// It waits again, with so many attempts.
Result<void> postpone(DbConnection &connection, Id mail, int attempts, TimePoint dueAt, const QString &line);
/// Sent, dropped or failed; what a failed one said is kept for another try.
Result<void> end(DbConnection &connection, Id mail, MailState state, const QString &line, TimePoint now);
/// A failed or waiting one is due at once, as if it had never been tried; false for others, for what is over, and for what is being sent.
Result<bool> retry(DbConnection &connection, Id mail, TimePoint now);
/// A waiting or failed one is dropped; false for others.
Result<bool> drop(DbConnection &connection, Id mail, const QString &line, TimePoint now);
Result<void> remove(DbConnection &connection, Id mail);

/// These do at most `limit` rows at once, and give how many. Drops what waits and is over; empties what failed and is over.
Result<qint64> dropOver(DbConnection &connection, TimePoint now, int limit);
Result<qint64> emptyOver(DbConnection &connection, TimePoint now, int limit);
/// Removes what ended before `before`, or is older than the `mostKept` that ended last.
Result<qint64> removeEnded(DbConnection &connection, TimePoint before, int limit);
/// Removes what ended after `after`, by a clock that went ahead: it would be kept until then.
Result<qint64> removeAhead(DbConnection &connection, TimePoint after, int limit);

inline constexpr qint64 mostKept = 50'000; ///< Rows that do not wait any more, some 20 MB.

} // namespace OutboxStore
} // namespace warder
