#pragma once

#include "core/base/Clock.h"
#include "ui/support/ChartRange.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/RowsModel.h"
#include "ui/widgets/TimeChart.h"

class QHBoxLayout;
class QPushButton;
class QStackedWidget;

namespace warder {

class ChartLegend;
class Chips;
class DataTable;
class ElidedLabel;

/// Numbers over a time that the person chooses, as one of several charts or as a table of the same numbers, which can be exported. Above
/// them stands what they are, or the numbers of the step that is chosen in the chart, which screen readers hear of if a key chose it; else
/// nothing here is said to them by itself. GUI thread.
class RangeChart final : public Panel
{
    Q_OBJECT
public:
    enum class Unit { Count, Milliseconds };

    struct Line
    {
        QString name;   ///< In the legend of its chart.
        QString column; ///< In the table, which has those of all charts.
        Plot plot;
    };
    struct Tab
    {
        QString title;
        QString name; ///< Of the chart, for screen readers.
        TimeChart::Form form = TimeChart::Form::Stacked;
        Unit unit = Unit::Count;
        QList<Line> lines = {};
    };
    /// A step: a value for each line of each tab; less than 0: there is none.
    struct Point
    {
        TimePoint from;
        QList<double> values;

        bool operator==(const Point &) const = default;
    };

    /// `title`: stands above a chart alone; of several, the tabs do. It also names the table and its file. `key`: for the settings.
    RangeChart(const QString &title, const QString &key, const QList<Tab> &tabs, const Clock &clock, QWidget *parent);

    ChartRange range() const;
    void setRange(ChartRange range);
    int tab() const { return m_tab; }
    void setTab(int tab);
    DataTable &table() const { return *m_table; }

    /// The range is somebody else's to choose: setRange().
    void hideRanges();
    /// A step can be picked in the chart and in the table: see spanPicked(). `words` say what for.
    void offerPicking(const QString &words);

    /// Of a chart alone: other names for its lines, in their order. A line without a name is out of use: in legend, words and table.
    void nameLines(const QStringList &names);

    /// Whose numbers they are, to stand before what they are.
    void setSubject(const QString &subject);
    /// Oldest first, as long as ChartRanges says that the steps of the range are.
    void present(const QList<Point> &points, TimePoint now);

Q_SIGNALS:
    /// Other points are wanted; those of the former range are gone.
    void rangeChanged();
    /// Somebody clicked a step, or pressed Enter on it.
    void spanPicked(warder::TimePoint from, warder::TimePoint until);

private:
    QHBoxLayout *makeHead(const QString &title);
    QHBoxLayout *makeChoices();
    QStackedWidget *makeViews(const QString &title, const QString &key);
    QHBoxLayout *makeLegends();
    void addChart(const Tab &tab);
    void changeRange();
    void showView();
    void showPoints();
    void noteChosen(bool byKey);
    void sayWhat();
    bool isTable() const;
    qsizetype firstLine() const;
    QList<TimeChart::Point> pointsOfTab() const;
    QString unitInWords() const;
    QString chosenInWords() const;

    QList<Tab> m_tabs;
    int m_tab = 0;
    QString m_subject;
    QList<Point> m_points;
    TimePoint m_now;
    RowsModel<Point> *m_model;
    Chips *m_chooser = nullptr; ///< Null where there is one chart.
    Chips *m_ranges = nullptr;
    QPushButton *m_asTable = nullptr;
    ElidedLabel *m_what = nullptr;
    QStackedWidget *m_stack = nullptr;
    QList<TimeChart *> m_charts;
    QList<ChartLegend *> m_legends;
    DataTable *m_table = nullptr;
};

} // namespace warder
