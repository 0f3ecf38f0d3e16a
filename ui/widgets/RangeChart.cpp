#include "ui/widgets/RangeChart.h"

#include "ui/support/Space.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ChartLegend.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Labels.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int charactersOfNumbers = 10;

/// Of a line that is out of use, too.
QString titleOf(const QString &name) { return name.isEmpty() ? u"–"_s : name; }

QString inMilliseconds(double value)
{
    //: A span of time in milliseconds, short.
    return RangeChart::tr("%1 ms").arg(QLocale().toString(value, 'f', value < 10 ? 1 : 0));
}

QString valueInWords(double value, RangeChart::Unit unit)
{
    if (value < 0)
        return u"–"_s;
    return unit == RangeChart::Unit::Count ? UiTexts::count(std::llround(value)) : inMilliseconds(value);
}

Column<RangeChart::Point> columnOf(const QString &title, RangeChart::Unit unit, qsizetype line)
{
    using Row = const RangeChart::Point &;
    const double scale = unit == RangeChart::Unit::Count ? 1 : 1000; // so that a tenth of a millisecond counts in an order
    Column<RangeChart::Point> column {.title = titleOf(title), .characters = title.isEmpty() ? 0 : charactersOfNumbers};
    column.number = [line, scale](Row row) -> std::optional<qint64> {
        const double value = row.values.value(line, -1);
        return value < 0 ? std::nullopt : std::optional<qint64>(std::llround(value * scale));
    };
    if (unit != RangeChart::Unit::Count)
        column.text = [line, unit](Row row, TimePoint) { return valueInWords(row.values.value(line, -1), unit); };
    return column;
}

QList<Column<RangeChart::Point>> columnsOf(const QList<RangeChart::Tab> &tabs)
{
    using Row = const RangeChart::Point &;
    QList<Column<RangeChart::Point>> columns;
    //: Column title: when a step of time begins, whose numbers a row has.
    columns += Column<RangeChart::Point> {.title = RangeChart::tr("From"),
                                          .characters = 19,
                                          .text = [](Row row, TimePoint) { return Times::exact(row.from); },
                                          .time = [](Row row) { return std::optional(row.from); }};
    for (const RangeChart::Tab &tab : tabs) {
        for (const RangeChart::Line &line : tab.lines)
            columns += columnOf(line.column, tab.unit, columns.size() - 1);
    }
    return columns;
}

} // namespace

RangeChart::RangeChart(const QString &title, const QString &key, const QList<Tab> &tabs, const Clock &clock, QWidget *parent)
    : Panel({}, parent), m_tabs(tabs), m_model(new RowsModel<Point>(clock, columnsOf(tabs), this))
{
    body()->setContentsMargins(Space::large, Space::small, Space::large, Space::small);
    body()->setSpacing(Space::small);
    body()->addLayout(makeHead(title));
    body()->addLayout(makeChoices());
    body()->addWidget(makeViews(title, key), 1);
    body()->addLayout(makeLegends());
    if (m_chooser)
        connect(m_chooser, &Chips::chosen, this, &RangeChart::setTab);
    connect(m_ranges, &Chips::chosen, this, &RangeChart::changeRange);
    connect(m_asTable, &QPushButton::toggled, this, &RangeChart::showView);
    showView();
}

QHBoxLayout *RangeChart::makeHead(const QString &title)
{
    auto *row = new QHBoxLayout;
    QStringList titles;
    for (const Tab &tab : std::as_const(m_tabs))
        titles += tab.title;
    if (titles.size() > 1)
        //: Name of a choice, for screen readers: which numbers a chart shows.
        row->addWidget(m_chooser = new Chips(tr("Chart of"), titles, this));
    else
        row->addWidget(headingLabel(title, this));
    row->addStretch();
    //: Button above a chart: shows its numbers as a table, or the chart again.
    m_asTable = new QPushButton(tr("As a table"), this);
    m_asTable->setCheckable(true);
    m_asTable->setAutoDefault(false);
    row->addWidget(m_asTable);
    return row;
}

QHBoxLayout *RangeChart::makeChoices()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::medium);
    //: Name of a choice, for screen readers: how much time a chart shows.
    m_ranges = new Chips(tr("Time shown"), ChartRanges::names(), this);
    m_what = new ElidedLabel(this);
    m_what->setObjectName(u"what"_s);
    row->addWidget(m_ranges);
    row->addWidget(m_what, 1);
    return row;
}

QStackedWidget *RangeChart::makeViews(const QString &title, const QString &key)
{
    m_stack = new QStackedWidget(this);
    for (const Tab &tab : std::as_const(m_tabs))
        addChart(tab);
    m_table = new DataTable(title, key, m_stack);
    m_table->present(m_model);
    m_stack->addWidget(m_table);
    return m_stack;
}

void RangeChart::addChart(const Tab &tab)
{
    QList<TimeChart::Line> lines;
    for (const Line &line : tab.lines)
        lines += TimeChart::Line {.name = line.name, .plot = line.plot};
    auto *chart = new TimeChart(tab.name, lines, tab.form, m_stack);
    connect(chart, &TimeChart::chosenChanged, this, &RangeChart::noteChosen);
    m_stack->addWidget(chart);
    m_charts += chart;
}

QHBoxLayout *RangeChart::makeLegends()
{
    auto *row = new QHBoxLayout;
    for (const TimeChart *chart : std::as_const(m_charts)) {
        m_legends += new ChartLegend(chart->lines(), this);
        row->addWidget(m_legends.last());
    }
    return row;
}

ChartRange RangeChart::range() const { return ChartRanges::all[size_t(m_ranges->current())]; }

void RangeChart::setRange(ChartRange range) { m_ranges->choose(int(range)); }

void RangeChart::hideRanges() { m_ranges->hide(); }

void RangeChart::offerPicking(const QString &words)
{
    for (TimeChart *chart : std::as_const(m_charts)) {
        chart->setToolTip(words);
        connect(chart, &TimeChart::picked, this, [this, chart] {
            if (const TimeChart::Point *point = chart->chosen())
                Q_EMIT spanPicked(point->from, point->until);
        });
    }
    m_table->setOpening(words, [this] {
        const QList<int> rows = m_table->selectedRows();
        if (const Point *point = rows.isEmpty() ? nullptr : m_model->rowAt(rows.first()))
            Q_EMIT spanPicked(point->from, point->from + ChartRanges::stepOf(range()));
    });
}

void RangeChart::setTab(int tab)
{
    m_tab = tab;
    if (m_chooser)
        m_chooser->choose(tab);
    showView();
}

void RangeChart::nameLines(const QStringList &names)
{
    QList<Line> &lines = m_tabs.first().lines;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString name = names.value(i);
        if (lines[i].name == name)
            continue;
        lines[i].name = lines[i].column = name;
        m_model->setHeader(int(i) + 1, titleOf(name), name.isEmpty() ? 0 : charactersOfNumbers); // behind the times
    }
    m_legends.first()->setNames(names);
    sayWhat();
}

void RangeChart::setSubject(const QString &subject)
{
    m_subject = subject;
    sayWhat();
}

void RangeChart::changeRange()
{
    for (TimeChart *chart : std::as_const(m_charts))
        chart->setRange(range());
    m_points.clear();
    showView();
    Q_EMIT rangeChanged();
}

bool RangeChart::isTable() const { return m_asTable->isChecked(); }

void RangeChart::showView()
{
    m_charts[m_tab]->forget();
    m_stack->setCurrentIndex(isTable() ? int(m_charts.size()) : m_tab);
    for (int i = 0; i < m_legends.size(); ++i)
        m_legends[i]->setVisible(i == m_tab && !isTable() && m_tabs[i].lines.size() > 1); // a line alone has the chart's name
    showPoints();
}

void RangeChart::present(const QList<Point> &points, TimePoint now)
{
    m_points = points;
    m_now = now;
    if (!points.isEmpty()) // another machine's clock may differ: its last step runs
        m_now = std::clamp(now, points.last().from, points.last().from + ChartRanges::stepOf(range()));
    showPoints();
}

/// Of the charts only in the one in view; the table is exported without being seen, too.
void RangeChart::showPoints()
{
    QList<Point> newestFirst = m_points;
    std::ranges::reverse(newestFirst);
    m_model->updateTo(newestFirst, [](const Point &point) { return toMilliseconds(point.from); });
    if (!isTable())
        m_charts[m_tab]->setPoints(pointsOfTab(), m_now);
    sayWhat();
}

/// Of the tab's lines among all.
qsizetype RangeChart::firstLine() const
{
    qsizetype first = 0;
    for (int i = 0; i < m_tab; ++i)
        first += m_tabs[i].lines.size();
    return first;
}

QList<TimeChart::Point> RangeChart::pointsOfTab() const
{
    const Seconds step = ChartRanges::stepOf(range());
    QList<TimeChart::Point> points;
    for (const Point &point : m_points)
        points += TimeChart::Point {
            .from = point.from, .until = point.from + step, .values = point.values.mid(firstLine(), m_tabs[m_tab].lines.size())};
    return points;
}

void RangeChart::noteChosen(bool byKey)
{
    sayWhat();
    TimeChart *chart = m_charts[m_tab];
    const QString words = chart->chosen() ? chosenInWords() : QString();
    if (!byKey && !words.isEmpty())
        return; // whoever moves the mouse sees it
    if (chart->accessibleDescription() != words)
        chart->setAccessibleDescription(words);
    if (words.isEmpty())
        return;
    QAccessibleAnnouncementEvent heard(chart, words);
    QAccessible::updateAccessibility(&heard);
}

void RangeChart::sayWhat()
{
    const bool isChosen = !isTable() && m_charts[m_tab]->chosen();
    m_what->setText(isChosen ? chosenInWords() : m_subject.isEmpty() ? unitInWords() : UiTexts::inOneLine({m_subject, unitInWords()}));
}

QString RangeChart::unitInWords() const
{
    if (m_tabs[m_tab].unit == Unit::Count || isTable())
        return ChartRanges::perStep(range());
    //: Above a chart of how long requests took: what its numbers are, and how exact.
    return tr("in milliseconds, a tenth more or less");
}

QString RangeChart::chosenInWords() const
{
    const TimeChart::Point *point = m_charts[m_tab]->chosen();
    QStringList phrases {ChartRanges::moment(point->from, range(), m_now)};
    const Tab &tab = m_tabs[m_tab];
    for (qsizetype i = 0; i < tab.lines.size(); ++i) {
        if (tab.lines[i].name.isEmpty())
            continue;
        phrases += UiTexts::named(tab.lines[i].name, valueInWords(point->values.value(i), tab.unit));
    }
    return UiTexts::inOneLine(phrases);
}

} // namespace warder
