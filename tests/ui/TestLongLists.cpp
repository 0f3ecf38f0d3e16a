#include "tests/ui/support/LongListTest.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/PagedModel.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr std::array longLists {std::pair(LongList::Users, "users"), std::pair(LongList::Sessions, "sessions"),
                                std::pair(LongList::Activity, "activity")};
constexpr int longestSorted = 10'000; ///< Rows that a click on a header has read.
constexpr int pagesTurned = 10;

enum class Hand { TurnsPages, Types, Rests };

/// A page whose second passes when a test says so.
struct RestingPage : ListPage
{
    using ListPage::everySecond;
};

} // namespace

/// What hands do to a long list, and that nothing happens, costs the GUI thread no more than of a short one; what is about all of its
/// rows costs by the row.
class TestLongLists : public LongListTest
{
    Q_OBJECT
private Q_SLOTS:
    void hand_isAsQuick_data();
    void hand_isAsQuick();
    void refresh_costsByTheRow_data() { lists(); }
    void refresh_costsByTheRow();
    void sorting_costsByTheRow_data() { lists(); }
    void sorting_costsByTheRow();

private:
    static void lists();
    void act(Hand hand, ListPage &page);
    /// The least of a few times, each with a page that has read so many of its rows: none, its first ones.
    double costOfAll(LongList list, int rows, int read, const std::function<void(ListPage &)> &work);
    static void verifyByTheRow(double small, double large);
};

void TestLongLists::hand_isAsQuick_data()
{
    QTest::addColumn<LongList>("list");
    QTest::addColumn<Hand>("hand");
    QTest::addColumn<bool>("whole");
    QTest::addColumn<bool>("allSelected");
    for (const auto &[list, name] : longLists) {
        QTest::addRow("%s: pages are turned", name) << list << Hand::TurnsPages << false << false;
        QTest::addRow("%s: pages of what is read to its end are turned", name) << list << Hand::TurnsPages << true << false;
        QTest::addRow("%s: a letter in the filter", name) << list << Hand::Types << false << false;
        QTest::addRow("%s: a letter in the filter, all selected", name) << list << Hand::Types << true << true;
        QTest::addRow("%s: an idle second", name) << list << Hand::Rests << false << false;
        QTest::addRow("%s: an idle second, all selected", name) << list << Hand::Rests << false << true;
        QTest::addRow("%s: an idle second, read to its end, all selected", name) << list << Hand::Rests << true << true;
    }
}

/// As it leaves things, so that it can be done again.
void TestLongLists::act(Hand hand, ListPage &page)
{
    DataTable &table = tableOf(page);
    switch (hand) {
    case Hand::TurnsPages:
        for (int i = 0; i < pagesTurned; ++i) {
            QTest::keyClick(&table, Qt::Key_PageDown);
            settle();
        }
        QTest::keyClick(&table, Qt::Key_Home, Qt::ControlModifier);
        return;
    case Hand::Types:
        QTest::keyClick(page.findChild<FilterBox *>(), Qt::Key_X);
        settle();
        QTest::keyClick(page.findChild<FilterBox *>(), Qt::Key_Backspace); // before the pause after which it is asked for
        return;
    case Hand::Rests:
        m_scene.clock.advance(Seconds {1});
        (page.*(&RestingPage::everySecond))();
        return;
    }
}

void TestLongLists::hand_isAsQuick()
{
    QFETCH(LongList, list);
    QFETCH(Hand, hand);
    QFETCH(bool, whole);
    QFETCH(bool, allSelected);
    const auto cost = [&](int rows) {
        const auto page = open(list, rows, whole ? StillConsole::Reading::Whole : StillConsole::Reading::InPart);
        DataTable &table = tableOf(*page);
        if (table.model()->rowCount() != rows)
            return -1.0;
        table.setFocus(Qt::TabFocusReason);
        if (allSelected)
            table.selectAll();
        settle();
        return leastCostOf([&] { act(hand, *page); });
    };
    const double small = cost(shortList);
    const double large = cost(longList);
    QVERIFY(small > 0 && large > 0);
    QVERIFY2(large < mostGrowth * small, qPrintable(u"%1 ms for twenty times as many rows as for %2 ms"_s.arg(large).arg(small)));
}

void TestLongLists::lists()
{
    QTest::addColumn<LongList>("list");
    for (const auto &[list, name] : longLists)
        QTest::newRow(name) << list;
}

double TestLongLists::costOfAll(LongList list, int rows, int read, const std::function<void(ListPage &)> &work)
{
    double least = std::numeric_limits<double>::max();
    for (int round = 0; round < 3; ++round) {
        const auto page = open(list, rows, StillConsole::Reading::InPages);
        if (read > 0)
            page->findChild<PagedList *>()->reload(read);
        settle();
        least = std::min(least, costOf([&] {
                             work(*page);
                             settle();
                         }));
        if (tableOf(*page).model()->rowCount() != rows)
            return -1;
    }
    return least;
}

void TestLongLists::verifyByTheRow(double small, double large)
{
    QVERIFY(small > 0 && large > 0);
    constexpr int times = longestSorted / shortList;
    const QString found = u"%1 ms for %2 times as many rows as for %3 ms"_s.arg(large).arg(times).arg(small);
    QVERIFY2(large < mostGrowth * times * small, qPrintable(found));
}

/// F5.
void TestLongLists::refresh_costsByTheRow()
{
    QFETCH(LongList, list);
    const auto cost = [&](int rows) { return costOfAll(list, rows, rows, [](ListPage &page) { page.refresh(); }); };
    verifyByTheRow(cost(shortList), cost(longestSorted));
}

/// By a click on a header, which has all of the list read.
void TestLongLists::sorting_costsByTheRow()
{
    QFETCH(LongList, list);
    const auto cost = [&](int rows) {
        return costOfAll(list, rows, 0, [](ListPage &page) { tableOf(page).sortByColumn(0, Qt::DescendingOrder); });
    };
    verifyByTheRow(cost(shortList), cost(longestSorted));
}

QTEST_MAIN(TestLongLists)
#include "TestLongLists.moc"
