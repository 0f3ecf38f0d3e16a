#include "ui/widgets/ChartLegend.h"

#include "ui/support/Space.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateDot.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

namespace warder {
namespace {

constexpr int inOneRow = 4;

} // namespace

ChartLegend::ChartLegend(const QList<TimeChart::Line> &lines, QWidget *parent) : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, Space::narrow, 0);
    grid->setHorizontalSpacing(Space::large);
    grid->setVerticalSpacing(Space::narrow);
    const bool isOfRows = lines.size() > inOneRow;
    QStringList names;
    for (const TimeChart::Line &line : lines) {
        names += line.name;
        const int place = int(m_entries.size());
        m_entries += makeEntry(line.plot, isOfRows);
        grid->addWidget(m_entries.last().whole, place / inOneRow, place % inOneRow);
    }
    for (int column = 0; isOfRows && column < inOneRow; ++column)
        grid->setColumnStretch(column, 1);
    if (!isOfRows)
        grid->setColumnStretch(inOneRow, 1); // what room is left
    setNames(names);
}

ChartLegend::Entry ChartLegend::makeEntry(Plot plot, bool mayBeCut)
{
    auto *whole = new QWidget(this);
    auto *row = new QHBoxLayout(whole);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::narrow);
    auto *dot = new StateDot(whole);
    dot->setPlot(plot);
    QLabel *name = mayBeCut ? new ElidedLabel(whole) : quietLabel({}, whole);
    name->setWordWrap(false);
    row->addWidget(dot);
    row->addWidget(name, 1);
    return {.whole = whole, .name = name};
}

void ChartLegend::setNames(const QStringList &names)
{
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        m_entries[i].name->setText(names.value(i));
        m_entries[i].whole->setVisible(!names.value(i).isEmpty());
    }
}

} // namespace warder
