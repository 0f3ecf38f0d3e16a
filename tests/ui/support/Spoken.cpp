#include "tests/ui/support/Spoken.h"

#include "tests/ui/support/Keys.h"
#include "tests/ui/support/TabStops.h"
#include "ui/widgets/TableModel.h"

#include <QAccessible>
#include <QSet>
#include <QTableView>
#include <QWidget>

#include <functional>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

constexpr int rowsRead = 5;

bool isTable(const QAccessibleInterface &each)
{
    return each.role() == QAccessible::Table || each.role() == QAccessible::List || each.role() == QAccessible::Tree;
}

/// What is seen there is more than its text.
bool hasMarks(const QModelIndex &index)
{
    return index.data(ToneRole).isValid() || index.data(IconRole).isValid() || index.data(HistoryRole).isValid();
}

QStringList faultsOfTable(QAccessibleInterface &spoken)
{
    const auto *view = qobject_cast<const QTableView *>(spoken.object());
    QAccessibleTableInterface *table = spoken.tableInterface();
    if (!view || !view->model())
        return {};
    if (!table)
        return {u"a table that is none: "_s + describe(*view)};
    QStringList faults;
    for (int column = 0; column < view->model()->columnCount(); ++column) {
        if (table->columnDescription(column).isEmpty())
            faults += u"a column without a title: %1 of %2"_s.arg(column).arg(describe(*view));
        for (int row = 0; row < qMin(rowsRead, view->model()->rowCount()); ++row) {
            const QAccessibleInterface *cell = table->cellAt(row, column);
            if (!cell || cell->role() != QAccessible::Cell)
                faults += u"no cell: %1, %2 of %3"_s.arg(row).arg(column).arg(describe(*view));
            else if (hasMarks(view->model()->index(row, column)) && cell->text(QAccessible::Name).isEmpty())
                faults += u"a mark that no text stands for: %1, %2 of %3"_s.arg(row).arg(column).arg(describe(*view));
        }
    }
    return faults;
}

QStringList faultsOf(QAccessibleInterface &each)
{
    const QString name = each.text(QAccessible::Name);
    const auto *widget = qobject_cast<const QWidget *>(each.object());
    const QString who = widget ? describe(*widget) : name;
    QStringList faults;
    if (each.state().focusable && each.role() == QAccessible::Client)
        faults += u"no role: "_s + who;
    const bool isAsked = each.state().focusable && each.role() != QAccessible::StaticText; // whose words somebody may mark
    const bool needsName = isAsked || each.role() == QAccessible::Heading || each.role() == QAccessible::Chart
                           || each.role() == QAccessible::Graphic || each.role() == QAccessible::Dialog;
    if (needsName && name.isEmpty() && each.role() != QAccessible::MenuBar)
        faults += u"no name: "_s + who;
    const bool isQtsOwn = widget && widget->window()->inherits("QMessageBox");
    if (!isQtsOwn && name.contains(u'\u200b'))
        faults += u"places to break a word: "_s + who;
    return isTable(each) ? faults + faultsOfTable(each) : faults;
}

/// Of all that is shown, from the top; the cells of tables are not asked for.
void visitShown(QAccessibleInterface *each, const std::function<void(QAccessibleInterface &)> &visit)
{
    if (!each || !each->isValid() || each->state().invisible)
        return;
    visit(*each);
    for (int i = 0; !isTable(*each) && i < each->childCount(); ++i)
        visitShown(each->child(i), visit);
}

} // namespace

QStringList unspokenIn(QWidget &window)
{
    QStringList faults;
    visitShown(QAccessible::queryAccessibleInterface(&window), [&faults](QAccessibleInterface &each) { faults += faultsOf(each); });
    return faults;
}

QStringList headingsIn(QWidget &window)
{
    QStringList headings;
    visitShown(QAccessible::queryAccessibleInterface(&window), [&headings](QAccessibleInterface &each) {
        if (each.role() == QAccessible::Heading)
            headings += each.text(QAccessible::Name);
    });
    return headings;
}

QStringList unreachedIn(const QWidget &window)
{
    const QList<QWidget *> all = tabStopsIn(window);
    QSet<const QWidget *> wanted(all.begin(), all.end());
    for (qsizetype i = 0; i < 2 * all.size() + 4 && !wanted.isEmpty(); ++i) {
        wanted.remove(QApplication::focusWidget());
        press(Qt::Key_Tab);
    }
    QStringList missed;
    for (const QWidget *each : std::as_const(wanted))
        missed += u"Tab does not come to "_s + describe(*each);
    return missed;
}

} // namespace warder::test
