#include "core/statistics/TrafficStore.h"

#include "core/storage/DbConnection.h"

#include <QtEndian>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Durations = decltype(TrafficCounts::durations);

constexpr qsizetype bytesAClass = 1 + sizeof(quint32);
static_assert(latency::classes <= 256);

/// For each class that anything is in its number, and how many, little end first.
QByteArray packed(const Durations &durations)
{
    QByteArray bytes(""); // not NULL
    for (size_t i = 0; i < durations.size(); ++i) {
        if (durations[i] == 0)
            continue;
        const auto many = quint32(std::min<quint64>(durations[i], std::numeric_limits<quint32>::max()));
        const quint32 littleEndian = qToLittleEndian(many);
        bytes += char(i);
        bytes.append(reinterpret_cast<const char *>(&littleEndian), sizeof littleEndian);
    }
    return bytes;
}

/// What is no class, or half a one, counts as nothing.
Durations unpacked(const QByteArray &bytes)
{
    Durations durations {};
    for (qsizetype at = 0; at + bytesAClass <= bytes.size(); at += bytesAClass) {
        const auto number = size_t(uchar(bytes[at]));
        if (number < durations.size())
            durations[number] += qFromLittleEndian<quint32>(bytes.constData() + at + 1);
    }
    return durations;
}

TrafficStep toStep(const Row &row)
{
    TrafficStep step {.from = row.time(0),
                      .counts = {.succeeded = row.integer(1),
                                 .redirected = row.integer(2),
                                 .refused = row.integer(3),
                                 .limited = row.integer(4),
                                 .failed = row.integer(5),
                                 .signIns = row.integer(6),
                                 .failedSignIns = row.integer(7),
                                 .refreshes = row.integer(8),
                                 .durations = unpacked(row.bytes(9))}};
    if (!row.isNull(10))
        step.levels = ServerLevels {.sessions = row.integer(10), .users = row.integer(11)};
    return step;
}

Result<void> put(DbConnection &connection, Seconds length, const TrafficStep &step)
{
    const TrafficCounts &counts = step.counts;
    const auto level = [&step](qint64 ServerLevels::*which) {
        return step.levels ? QVariant((*step.levels).*which) : QVariant(QMetaType::fromType<qint64>());
    };
    return connection.perform(
        u"INSERT OR REPLACE INTO traffic_counts (step, at, succeeded, redirected, refused, limited, failed, sign_ins, failed_sign_ins, "
        "refreshes, durations, sessions, users) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {qint64(length.count()), bound(step.from), counts.succeeded, counts.redirected, counts.refused, counts.limited, counts.failed,
         counts.signIns, counts.failedSignIns, counts.refreshes, packed(counts.durations), level(&ServerLevels::sessions),
         level(&ServerLevels::users)});
}

} // namespace

Result<QList<TrafficStep>> TrafficStore::find(DbConnection &connection, Seconds length, TimePoint from, TimePoint to)
{
    return findKept(connection, length, from, to).transform([](const Kept &kept) { return kept.steps; });
}

Result<TrafficStore::Kept> TrafficStore::findKept(DbConnection &connection, Seconds length, TimePoint from, TimePoint to)
{
    Kept kept;
    const auto take = [&kept](const Row &row) {
        kept.steps += toStep(row);
        kept.batch = row.id(12);
        return true;
    };
    return connection
        .each(u"SELECT at, succeeded, redirected, refused, limited, failed, sign_ins, failed_sign_ins, refreshes, durations, sessions, "
              "users, (SELECT value FROM facts WHERE key = 'traffic_batch') FROM traffic_counts WHERE step = ? AND at >= ? AND at <= ? "
              "ORDER BY at"_s,
              {qint64(length.count()), bound(from), bound(to)}, take)
        .transform([&kept] { return kept; });
}

Result<void> TrafficStore::noteBatch(DbConnection &connection, Id batch)
{
    return connection.perform(u"INSERT INTO facts (key, value) VALUES ('traffic_batch', ?) ON CONFLICT (key) DO UPDATE SET "
                              "value = excluded.value"_s,
                              {bound(batch)});
}

Result<void> TrafficStore::add(DbConnection &connection, Seconds length, const TrafficStep &more)
{
    const TimePoint at = traffic_steps::startOf(more.from, length);
    return find(connection, length, at, at).and_then([&](const QList<TrafficStep> &there) {
        TrafficStep sum = there.isEmpty() ? TrafficStep {.from = at} : there.first();
        sum.counts += more.counts;
        if (more.levels)
            sum.levels = more.levels;
        return put(connection, length, sum);
    });
}

Result<void> TrafficStore::removeBetween(DbConnection &connection, TimePoint after, TimePoint until)
{
    return connection.perform(u"DELETE FROM traffic_counts WHERE step IN (?, ?) AND at > ? AND at <= ?"_s,
                              {qint64(byMinute.count()), qint64(byHour.count()), bound(after), bound(until)});
}

Result<void> TrafficStore::removeFurthest(DbConnection &connection, Seconds length, qint64 most, TimePoint now)
{
    const qint64 step = length.count();
    return connection.number(u"SELECT count(*) FROM traffic_counts WHERE step = ?"_s, {step}).and_then([&](qint64 count) {
        return count <= most ? Result<void>()
                             : connection.perform(u"DELETE FROM traffic_counts WHERE step = ? AND at IN (SELECT at FROM traffic_counts "
                                                  "WHERE step = ? ORDER BY abs(at - ?) DESC LIMIT ?)"_s,
                                                  {step, step, bound(now), count - most});
    });
}

} // namespace warder
