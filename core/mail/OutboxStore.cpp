#include "core/mail/OutboxStore.h"

#include "core/base/Text.h"
#include "core/storage/DbConnection.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr QStringView outboxColumns = u"id, once, kind, is_request, is_asked, user_id, recipient, recipient_key, language, sealed, state, "
                                      "attempts, created_at, due_at, use_by, counted_at, began_at, ended_at, last_line";

const QString overText = u"over before it could be sent"_s;

QVariant blobOrNull(const QByteArray &bytes) { return bytes.isEmpty() ? QVariant(QMetaType::fromType<QByteArray>()) : QVariant(bytes); }

/// An empty blob is not NULL.
QVariant blob(const QByteArray &bytes) { return bytes.isNull() ? QByteArray("") : bytes; }

OutboxRow toOutboxRow(const Row &row)
{
    return {.id = row.id(0),
            .once = row.bytes(1),
            .kind = row.text(2),
            .isRequest = row.flag(3),
            .isAsked = row.flag(4),
            .user = Id::fromBytes(row.bytes(5)),
            .recipient = row.text(6),
            .recipientKey = row.text(7),
            .language = row.text(8),
            .sealed = row.bytes(9),
            .state = fromName<MailState>(row.text(10)).value_or(MailState::Failed),
            .attempts = int(row.integer(11)),
            .createdAt = row.time(12),
            .dueAt = row.time(13),
            .useBy = row.time(14),
            .countedAt = row.optionalTime(15),
            .beganAt = row.optionalTime(16),
            .endedAt = row.optionalTime(17),
            .lastLine = row.text(18)};
}

bool isOneRow(qint64 changed) { return changed == 1; }

QString clauseOf(OutboxStore::Which which)
{
    switch (which) {
    case OutboxStore::Which::All:     return {};
    case OutboxStore::Which::Notices: return u" AND (is_asked = 0 OR began_at IS NOT NULL OR is_request = 1)"_s;
    case OutboxStore::Which::Begun:   return u" AND (began_at IS NOT NULL OR is_request = 1)"_s;
    case OutboxStore::Which::None:    return u" AND 0 = 1"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

Result<bool> OutboxStore::insert(DbConnection &connection, const OutboxRow &row)
{
    static const QString sql =
        u"INSERT INTO outbox (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (once) DO NOTHING"_s.arg(
            outboxColumns);
    return connection
        .run(sql, {bound(row.id), blobOrNull(row.once), row.kind, bound(row.isRequest), bound(row.isAsked),
                   row.user ? bound(*row.user) : QVariant(QMetaType::fromType<QByteArray>()), bound(row.recipient), bound(row.recipientKey),
                   bound(row.language), blob(row.sealed), nameOf(row.state), row.attempts, bound(row.createdAt), bound(row.dueAt),
                   bound(row.useBy), bound(row.countedAt), bound(row.beganAt), bound(row.endedAt), bound(row.lastLine)})
        .transform(isOneRow);
}

Result<std::optional<OutboxRow>> OutboxStore::find(DbConnection &connection, Id mail)
{
    static const QString sql = u"SELECT %1 FROM outbox WHERE id = ?"_s.arg(outboxColumns);
    return connection.one(sql, {bound(mail)}, toOutboxRow);
}

Result<qint64> OutboxStore::countWaiting(DbConnection &connection, bool isAsked)
{
    return connection.number(u"SELECT number FROM row_counts WHERE name = ?"_s,
                             {isAsked ? u"asked_mails_waiting"_s : u"notices_waiting"_s});
}

Result<MailCounts> OutboxStore::countStates(DbConnection &connection)
{
    MailCounts counts;
    const auto read = connection.each(u"SELECT state, count(*) FROM outbox GROUP BY state"_s, {}, [&counts](const Row &row) {
        const qint64 number = row.integer(1);
        switch (fromName<MailState>(row.text(0)).value_or(MailState::Failed)) {
        case MailState::Queued:  counts.queued = number; break;
        case MailState::Sending: counts.sending = number; break;
        case MailState::Sent:    counts.sent = number; break;
        case MailState::Dropped: counts.dropped = number; break;
        case MailState::Failed:  counts.failed = number; break;
        }
        return true;
    });
    return read.transform([&counts] { return counts; });
}

Result<QList<OutboxRow>> OutboxStore::page(DbConnection &connection, const OutboxFilter &filter, Id before, int limit)
{
    QString sql = u"SELECT %1 FROM outbox WHERE (? OR id < ?)"_s.arg(outboxColumns);
    QVariantList values {bound(before.isNull()), bound(before)};
    if (filter.state) {
        sql += u" AND state = ?"_s;
        values += nameOf(*filter.state);
    }
    if (!filter.text.isEmpty()) {
        sql += u" AND instr(search_key(recipient), ?) > 0"_s;
        values += searchKey(filter.text);
    }
    values += limit;
    return connection.all(sql + u" ORDER BY id DESC LIMIT ?"_s, values, toOutboxRow);
}

Result<std::optional<OutboxRow>> OutboxStore::firstDue(DbConnection &connection, TimePoint now, TimePoint latest, Which which,
                                                       bool mailsFirst)
{
    const QString sql = u"SELECT %1 FROM outbox WHERE ended_at IS NULL AND (due_at <= ? OR due_at > ?)%2 ORDER BY %3due_at LIMIT 1"_s.arg(
        outboxColumns, clauseOf(which), mailsFirst ? u"is_request, "_s : QString());
    return connection.one(sql, {bound(now), bound(latest)}, toOutboxRow);
}

Result<std::optional<TimePoint>> OutboxStore::nextDue(DbConnection &connection, Which which)
{
    const QString sql = u"SELECT due_at FROM outbox WHERE ended_at IS NULL%1 ORDER BY due_at LIMIT 1"_s.arg(clauseOf(which));
    return connection.one(sql, {}, [](const Row &row) { return row.time(0); });
}

Result<QList<TimePoint>> OutboxStore::counted(DbConnection &connection, const QString &recipientKey, bool isAsked, TimePoint since,
                                              TimePoint now, int most)
{
    auto times =
        connection.all(u"SELECT counted_at FROM outbox WHERE recipient_key = ? AND is_asked = ? "
                       "AND counted_at > ? AND counted_at <= ? ORDER BY counted_at DESC LIMIT ?"_s,
                       {bound(recipientKey), bound(isAsked), bound(since), bound(now), most}, [](const Row &row) { return row.time(0); });
    if (times)
        std::ranges::reverse(*times);
    return times;
}

Result<OutboxStore::Begun> OutboxStore::begun(DbConnection &connection, TimePoint since, TimePoint now)
{
    return connection
        .one(u"SELECT count(*), coalesce(min(began_at), 0) FROM outbox WHERE began_at > ? AND began_at <= ?"_s, {bound(since), bound(now)},
             [](const Row &row) { return Begun {.count = row.integer(0), .first = row.time(1)}; })
        .transform([](const std::optional<Begun> &found) { return found.value_or(Begun()); });
}

Result<void> OutboxStore::noteCounted(DbConnection &connection, Id mail, TimePoint now)
{
    return connection.perform(u"UPDATE outbox SET counted_at = ? WHERE id = ?"_s, {bound(now), bound(mail)});
}

Result<void> OutboxStore::lease(DbConnection &connection, Id mail, TimePoint now, TimePoint until)
{
    return connection.perform(u"UPDATE outbox SET state = 'sending', attempts = attempts + 1, due_at = ?, began_at = coalesce(began_at, ?) "
                              "WHERE id = ?"_s,
                              {bound(until), bound(now), bound(mail)});
}

Result<void> OutboxStore::postpone(DbConnection &connection, Id mail, int attempts, TimePoint dueAt, const QString &line)
{
    return connection.perform(
        u"UPDATE outbox SET state = 'queued', attempts = ?, due_at = ?, last_line = ? WHERE id = ? AND ended_at IS NULL"_s,
        {attempts, bound(dueAt), bound(line), bound(mail)});
}

Result<void> OutboxStore::end(DbConnection &connection, Id mail, MailState state, const QString &line, TimePoint now)
{
    return connection.perform(u"UPDATE outbox SET state = ?, ended_at = ?, last_line = ?, sealed = iif(?, sealed, x'') WHERE id = ?"_s,
                              {nameOf(state), bound(now), bound(line), bound(state == MailState::Failed), bound(mail)});
}

Result<bool> OutboxStore::retry(DbConnection &connection, Id mail, TimePoint now)
{
    return connection
        .run(u"UPDATE outbox SET state = 'queued', attempts = 0, due_at = ?, ended_at = NULL "
             "WHERE id = ? AND state IN ('queued', 'failed') AND use_by > ? AND sealed <> x''"_s,
             {bound(now), bound(mail), bound(now)})
        .transform(isOneRow);
}

Result<bool> OutboxStore::drop(DbConnection &connection, Id mail, const QString &line, TimePoint now)
{
    return connection
        .run(
            u"UPDATE outbox SET state = 'dropped', ended_at = ?, last_line = ?, sealed = x'' WHERE id = ? AND state IN ('queued', 'failed')"_s,
            {bound(now), bound(line), bound(mail)})
        .transform(isOneRow);
}

Result<void> OutboxStore::remove(DbConnection &connection, Id mail)
{
    return connection.perform(u"DELETE FROM outbox WHERE id = ?"_s, {bound(mail)});
}

Result<qint64> OutboxStore::dropOver(DbConnection &connection, TimePoint now, int limit)
{
    return connection.run(u"UPDATE outbox SET state = 'dropped', ended_at = ?, last_line = ?, sealed = x'' WHERE id IN "
                          "(SELECT id FROM outbox WHERE ended_at IS NULL AND use_by <= ? AND state = 'queued' LIMIT ?)"_s,
                          {bound(now), overText, bound(now), limit});
}

Result<qint64> OutboxStore::emptyOver(DbConnection &connection, TimePoint now, int limit)
{
    return connection.run(u"UPDATE outbox SET sealed = x'' WHERE id IN "
                          "(SELECT id FROM outbox WHERE state = 'failed' AND use_by <= ? AND sealed <> x'' LIMIT ?)"_s,
                          {bound(now), limit});
}

Result<qint64> OutboxStore::removeEnded(DbConnection &connection, TimePoint before, int limit)
{
    const auto ended = connection.number(u"SELECT number FROM row_counts WHERE name = 'mails_over'"_s);
    if (!ended)
        return ended;
    const auto old =
        connection.run(u"DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE ended_at < ? LIMIT ?)"_s, {bound(before), limit});
    const qint64 tooMany = std::min<qint64>(*ended - mostKept - old.value_or(0), limit);
    if (!old || tooMany <= 0)
        return old;
    return connection
        .run(u"DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE ended_at IS NOT NULL ORDER BY ended_at LIMIT ?)"_s, {tooMany})
        .transform([&old](qint64 more) { return *old + more; });
}

Result<qint64> OutboxStore::removeAhead(DbConnection &connection, TimePoint after, int limit)
{
    return connection.run(u"DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE ended_at > ? LIMIT ?)"_s, {bound(after), limit});
}

} // namespace warder
