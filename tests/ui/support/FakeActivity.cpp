#include "tests/ui/support/FakeConsole.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QString words(const ActivityFilter &filter)
{
    QStringList words;
    if (!filter.types.isEmpty())
        words += filter.types.first();
    if (!filter.user.isEmpty())
        words += u"user="_s + filter.user;
    if (filter.session)
        words += u"session="_s + filter.session->toString();
    if (!filter.address.isEmpty())
        words += u"address="_s + filter.address;
    if (filter.from)
        words += u"from="_s + toText(*filter.from);
    return words.join(u' ');
}

bool isShown(const ActivityView &row, const ActivityFilter &filter)
{
    const bool isTheirs = filter.user.isEmpty() || row.email == filter.user || (row.userId && row.userId->toString() == filter.user);
    const bool isOfSession = !filter.session || row.sessionId == filter.session;
    const bool isFromThere = filter.address.isEmpty() || row.address == filter.address;
    const bool isOfKind = filter.types.isEmpty() || filter.types.contains(row.type);
    const bool isInTime = (!filter.from || row.at >= *filter.from) && (!filter.until || row.at < *filter.until);
    return isOfKind && isTheirs && isOfSession && isFromThere && isInTime;
}

bool isShown(const RefusedRequestView &request, const QString &text)
{
    const QString shown = request.id + u' ' + request.address + u' ' + request.route + u' ' + QString(nameOf(request.code));
    return shown.contains(text, Qt::CaseInsensitive);
}

} // namespace

QList<ActivityView> FakeConsole::shown(const ActivityFilter &filter) const
{
    QList<ActivityView> rows = activityRows;
    rows.removeIf([&filter](const ActivityView &row) { return !isShown(row, filter); });
    return rows;
}

void FakeConsole::record(const ActivityView &view)
{
    ActivityView row = view;
    row.seq = activityRows.isEmpty() ? 1 : activityRows.first().seq + 1;
    activityRows.prepend(row);
    publish({ActivityRecorded {.seq = row.seq}});
}

void FakeConsole::teachActivity()
{
    teach<ListActivity>([this](const ListActivity &order) {
        return Play<ListActivity> {u"activity %1"_s.arg(words(order.filter)), newestFirstPageOf(shown(order.filter), order)};
    });
    teach<CountActivitySteps>([this](const CountActivitySteps &order) {
        QList<qint64> numbers;
        ActivityFilter filter = order.filter;
        for (TimePoint from = *order.filter.from; from < *order.filter.until; from += order.step) {
            filter.from = from;
            filter.until = from + order.step;
            numbers += std::ranges::count_if(activityRows, [&filter](const ActivityView &row) { return isShown(row, filter); });
        }
        return Play<CountActivitySteps> {u"countSteps %1"_s.arg(words(order.filter)), numbers};
    });
    teach<CountActivity>([this](const CountActivity &order) {
        return Play<CountActivity> {u"countActivity %1"_s.arg(words(order.filter)), qint64(shown(order.filter).size())};
    });
    teach<CountActivityEach>([this](const CountActivityEach &order) {
        QStringList each;
        QList<qint64> counts;
        for (const CountActivity &one : order.each) {
            each += words(one.filter);
            counts += shown(one.filter).size();
        }
        return Play<CountActivityEach> {u"eachActivity "_s + each.join(u'|'), counts};
    });
    teach<ReadActivity>([this](const ReadActivity &order) {
        ActivityNews news {.rows = {}, .lookedAt = order.after};
        int looked = 0;
        for (auto row = activityRows.crbegin(); row != activityRows.crend(); ++row) {
            if (row->seq <= order.after)
                continue;
            news.hasMore = looked++ == order.limit;
            if (news.hasMore)
                break;
            news.lookedAt = row->seq;
            if (isShown(*row, order.filter))
                news.rows += *row;
        }
        return Play<ReadActivity> {u"readActivity %1"_s.arg(order.after), news};
    });
    teach<CheckActivity>([this](const CheckActivity &) {
        const qint64 last = activityRows.isEmpty() ? 0 : activityRows.first().seq;
        const ActivityCheck check {.checked = last, .breaks = activityBreaks, .next = {}, .head = u"%1:aa"_s.arg(last), .last = last};
        return Play<CheckActivity> {u"checkActivity"_s, check};
    });
    teachRefusals();
}

void FakeConsole::teachRefusals()
{
    teach<WhyRefused>([this](const WhyRefused &order) { return Play<WhyRefused> {u"whyRefused %1"_s.arg(order.given), refusal}; });
    teach<ListRefusals>([this](const ListRefusals &order) {
        QList<RefusalView> rows = refusalRows;
        rows.removeIf([&order, before = order.cursor.toLongLong()](const RefusalView &row) {
            return (before > 0 && row.request->number >= before) || !isShown(*row.request, order.text);
        });
        PageOf<RefusalView> page {.rows = rows.first(qMin<qsizetype>(rows.size(), order.limit)), .next = {}, .position = 0};
        if (rows.size() > order.limit)
            page.next = QString::number(page.rows.last().request->number);
        return Play<ListRefusals> {u"refusals %1"_s.arg(order.text), page};
    });
}

} // namespace warder::test
