#include "ui/activity/ActivityModel.h"

#include "ui/activity/ActivityTexts.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::chrono::minutes countedEvery {1}; // of a span that moves on

QList<Column<ActivityView>> activityColumns()
{
    using Row = const ActivityView &;
    return {
        //: Column title: what happened.
        {.title = ActivityModel::tr("What"),
         .characters = 24,
         .text = [](Row row, TimePoint) { return ActivityTexts::what(row.type); },
         .tone = [](Row row) { return ActivityTexts::tone(row.type); },
         .icon = [](Row row) { return ActivityTexts::iconName(row.type); }},
        //: Column title: whom a record is about.
        {.title = ActivityModel::tr("Who"), .characters = 28, .text = [](Row row, TimePoint) { return ActivityTexts::who(row); }},
        //: Column title: when it happened.
        {.title = ActivityModel::tr("When"), .characters = 13, .time = [](Row row) { return std::optional(row.at); }},
        //: Column title: the network address that it came from.
        {.title = ActivityModel::tr("Address"),
         .characters = 15,
         .text = [](Row row, TimePoint) { return row.address; },
         .isFixedWidth = true},
        //: Column title: who did it: the user, the window, a command, the server.
        {.title = ActivityModel::tr("By"), .characters = 11, .text = [](Row row, TimePoint) { return ActivityTexts::actor(row.actor); }},
        //: Column title: why or how it happened.
        {.title = ActivityModel::tr("Why, how"), .characters = 20, .text = [](Row row, TimePoint) { return ActivityTexts::reason(row); }},
    };
}

} // namespace

ActivityModel::ActivityModel(const PageContext &context, QObject *page) : PagedModel(context, activityColumns(), page) {}

void ActivityModel::beginHere()
{
    if (!rows().isEmpty())
        m_previous = rows().first().id.toString();
    Q_EMIT updated();
}

void ActivityModel::moveOn(const ActivityFilter &filter)
{
    setFilter(filter);
    const TimePoint begin = filter.from.value_or(TimePoint());
    if (begin - m_countedFrom >= countedEvery || begin < m_countedFrom) {
        m_countedFrom = begin;
        invalidateTotal();
    }
    if (removeBefore(begin))
        Q_EMIT updated();
}

/// Whether some have left.
bool ActivityModel::removeBefore(TimePoint begin)
{
    const auto isOlder = [begin](const ActivityView &record) { return record.at < begin; };
    if (std::ranges::none_of(rows(), isOlder))
        return false;
    if (isOlder(rows().last()))
        m_next.clear(); // what comes behind it is older still
    const Batch batch(*this);
    for (int row = int(rows().size()) - 1; row >= 0; --row) {
        if (isOlder(rows()[row]))
            removeAt(row);
    }
    return true;
}

qint64 ActivityModel::newestNumber() const
{
    const auto newest = std::ranges::max_element(rows(), {}, &ActivityView::seq);
    return newest == rows().end() ? 0 : newest->seq;
}

bool ActivityModel::isBehind(const ActivityView &record, const QString &place) const
{
    const auto id = Id::fromString(place);
    return id && record.id < *id;
}

void ActivityModel::applyOther(const Change &change)
{
    if (const auto *told = std::get_if<ActivityRecorded>(&change))
        Q_EMIT recorded(told->seq);
}

Csv::Fields csvFields(const ActivityView &record)
{
    return {
        {u"id"_s, record.id.toString()}, {u"number"_s, QString::number(record.seq)},
        {u"at"_s, Csv::time(record.at)}, {u"type"_s, record.type},
        {u"actor"_s, record.actor},      {u"user_id"_s, record.userId ? record.userId->toString() : QString()},
        {u"email"_s, record.email},      {u"session_id"_s, record.sessionId ? record.sessionId->toString() : QString()},
        {u"address"_s, record.address},  {u"details"_s, QString::fromUtf8(QJsonDocument(record.details).toJson(QJsonDocument::Compact))},
        {u"hash"_s, record.hash}};
}

} // namespace warder
