#include "core/alarms/AlarmStore.h"

#include "core/alarms/AlarmEpisode.h"
#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestDetail = 500;

constexpr QStringView alarmColumns = u"id, type, about, detail, first_at, last_at, times, count, address, opened_from, email, user_id, "
                                     "session_id, state, changed_at, changed_by";

StoredAlarm toStoredAlarm(const Row &row)
{
    return {.id = row.id(0),
            .raised = {.type = fromName<AlarmType>(row.text(1)).value_or(AlarmType::Problem),
                       .about = row.text(2),
                       .at = row.time(4),
                       .lastAt = row.time(5),
                       .times = row.integer(6),
                       .count = row.integer(7),
                       .address = row.text(8),
                       .openedFrom = row.text(9),
                       .email = row.text(10),
                       .user = row.id(11),
                       .session = row.id(12),
                       .detail = row.text(3)},
            .state = fromName<AlarmState>(row.text(13)).value_or(AlarmState::Open),
            .changedAt = row.optionalTime(14),
            .changedBy = row.text(15)};
}

QVariant boundUnlessNull(const Id &id) { return id.isNull() ? QVariant(QMetaType::fromType<QByteArray>()) : bound(id); }

/// False: there is no row that it could belong to.
Result<bool> addToEpisode(DbConnection &connection, const RaisedAlarm &alarm)
{
    const auto added = connection.run(
        u"UPDATE alarms SET last_at = max(last_at, ?), times = times + ?, count = ?, detail = ?, address = ?, opened_from = ?, email = ?, "
        "user_id = ?, session_id = ? WHERE id = (SELECT id FROM alarms WHERE episode = ? AND state <> 'done' AND last_at > ? "
        "AND last_at < ? ORDER BY last_at DESC LIMIT 1)"_s,
        {bound(alarm.lastAt), alarm.times, alarm.count, bound(alarm.detail.left(longestDetail)), bound(alarm.address),
         bound(alarm.openedFrom), bound(alarm.email), boundUnlessNull(alarm.user), boundUnlessNull(alarm.session),
         AlarmEpisode::keyOf(alarm), bound(alarm.at - AlarmEpisode::lengthOf(alarm.type)),
         bound(alarm.lastAt + AlarmEpisode::lengthOf(alarm.type))}); // of a clock that was ahead: nobody would see this one for years
    return added.transform([](qint64 rows) { return rows > 0; });
}

/// A hundredth at once: who fills the table pays for its order once in a hundred rows.
Result<void> makeRoom(DbConnection &connection, qint64 room)
{
    const auto number = connection.number(u"SELECT count(*) FROM alarms"_s);
    if (!number)
        return refused(number);
    if (*number < room)
        return {};
    return connection.perform(u"DELETE FROM alarms WHERE id IN (SELECT id FROM alarms ORDER BY state = 'done' DESC, "
                              "type = (SELECT type FROM alarms GROUP BY type ORDER BY count(*) DESC LIMIT 1) DESC, id LIMIT ?)"_s,
                              {*number - room + qMax<qint64>(1, room / 100)});
}

Result<void> insertAlarm(DbConnection &connection, const RaisedAlarm &alarm)
{
    static const QString sql =
        u"INSERT INTO alarms (%1, episode) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', NULL, '', ?)"_s.arg(alarmColumns);
    return connection.perform(sql, {bound(Id::create(alarm.at)), nameOf(alarm.type), bound(alarm.about),
                                    bound(alarm.detail.left(longestDetail)), bound(alarm.at), bound(alarm.lastAt), alarm.times, alarm.count,
                                    bound(alarm.address), bound(alarm.openedFrom), bound(alarm.email), boundUnlessNull(alarm.user),
                                    boundUnlessNull(alarm.session), AlarmEpisode::keyOf(alarm)});
}

/// What three `?` stand for: the states that are asked for, or all.
QVariantList boundStates(const QList<AlarmState> &states)
{
    QVariantList names;
    for (const AlarmState each : {AlarmState::Open, AlarmState::Seen, AlarmState::Done})
        names.append(bound(states.isEmpty() || states.contains(each) ? nameOf(each) : QString()));
    return names;
}

} // namespace

Result<void> AlarmStore::raise(DbConnection &connection, const RaisedAlarm &alarm, qint64 room)
{
    const auto isAgain = addToEpisode(connection, alarm);
    if (!isAgain)
        return refused(isAgain);
    if (*isAgain)
        return {};
    return makeRoom(connection, room).and_then([&] { return insertAlarm(connection, alarm); });
}

Result<void> AlarmStore::each(DbConnection &connection, const QList<AlarmState> &states, Id before, const Take &take)
{
    static const QString sql = u"SELECT %1 FROM alarms WHERE state IN (?, ?, ?) AND id < ? ORDER BY id DESC"_s.arg(alarmColumns);
    const QVariant end = before.isNull() ? QVariant(QByteArray(16, '\xff')) : bound(before); // no UUIDv7 is as large
    return connection.each(sql, boundStates(states) + QVariantList {end}, [&take](const Row &row) { return take(toStoredAlarm(row)); });
}

Result<qint64> AlarmStore::count(DbConnection &connection, const QList<AlarmState> &states)
{
    return connection.number(u"SELECT count(*) FROM alarms WHERE state IN (?, ?, ?)"_s, boundStates(states));
}

Result<std::optional<StoredAlarm>> AlarmStore::find(DbConnection &connection, Id alarm)
{
    static const QString sql = u"SELECT %1 FROM alarms WHERE id = ?"_s.arg(alarmColumns);
    return connection.one(sql, {bound(alarm)}, toStoredAlarm);
}

Result<int> AlarmStore::mark(DbConnection &connection, const QList<Id> &alarms, AlarmState state, const QString &actor, TimePoint now)
{
    int marked = 0;
    for (const Id &alarm : alarms) {
        const auto changed = connection.run(u"UPDATE alarms SET state = ?, changed_at = ?, changed_by = ? "
                                            "WHERE id = ? AND state <> ? AND NOT (? = 'seen' AND state = 'done')"_s,
                                            {nameOf(state), bound(now), bound(actor), bound(alarm), nameOf(state), nameOf(state)});
        if (!changed)
            return refused(changed);
        marked += int(*changed);
    }
    return marked;
}

Result<qint64> AlarmStore::removeDone(DbConnection &connection, TimePoint before, int limit)
{
    return connection.run(u"DELETE FROM alarms WHERE id IN (SELECT id FROM alarms WHERE state = 'done' AND changed_at < ? LIMIT ?)"_s,
                          {bound(before), limit});
}

} // namespace warder
