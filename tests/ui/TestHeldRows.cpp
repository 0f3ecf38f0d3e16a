#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/alarms/AlarmsPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/HeldRows.h"
#include "ui/widgets/RowsModel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPersistentModelIndex>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTimer>
#include <QWindow>

#include <algorithm>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

struct HeldEntry
{
    int id = 0;
    int value = 0;

    bool operator==(const HeldEntry &) const = default;
};

QList<Column<HeldEntry>> heldEntryColumns()
{
    return {{.title = u"Value"_s, .characters = 8, .number = [](const HeldEntry &entry) { return std::optional<qint64>(entry.value); }}};
}

/// Ten of twenty, in any order, each with any value.
QList<HeldEntry> anyEntries(QRandomGenerator &chance)
{
    QList<HeldEntry> entries;
    for (int id = 0; id < 20; ++id) {
        if (chance.bounded(2) == 0)
            entries.insert(chance.bounded(int(entries.size()) + 1), {.id = id, .value = chance.bounded(3)});
    }
    return entries;
}

/// What ends it.
using WayOut = std::function<void(QWidget &)>;

} // namespace

/// Nothing moves below a pointer that is among the rows of a list, whatever comes, goes or changes; and all of it shows afterwards.
class TestHeldRows : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void arrivals_wait_untilThePersonIsDone_data();
    void arrivals_wait_untilThePersonIsDone();
    void pointerThatLies_holdsNothing();
    void values_goOnChanging();
    void rowThatGoes_staysGreyedOut_andOutOfReach();
    void sortedRows_stayInTheirPlaces();
    void scrolling_readsFurther();
    void search_showsWhatItFinds();
    void ownOrder_showsAtOnce();
    void anyChange_leavesTheRowsInPlace_andShowsAfterwards();

private:
    static DataTable &rowsOf(const QWidget &page) { return *listOf(page); }
    static QPushButton &waitingOf(const QWidget &page) { return *rowsOf(page).findChild<QPushButton *>(u"waiting"_s); }
    static QStringList emailsIn(const QWidget &page)
    {
        QStringList emails;
        for (int row = 0; row < rowsOf(page).model()->rowCount(); ++row)
            emails += rowsOf(page).model()->index(row, 0).data().toString();
        return emails;
    }
    /// The window says where the pointer is, as that of a desktop does.
    static void point(QWidget &page, const QWidget &at, const QPoint &place)
    {
        QTest::mouseMove(page.windowHandle(), at.mapTo(&page, place));
        settle();
    }
    /// From outside: a pointer that lies there already would not move.
    static void pointAtRow(QWidget &page, int row)
    {
        const DataTable &table = rowsOf(page);
        point(page, page, {1, 1});
        point(page, *table.viewport(), table.visualRect(table.model()->index(row, 0)).center());
    }
    /// The sessions, as they were read.
    std::unique_ptr<SessionsPage> openSessions()
    {
        auto page = openPage<SessionsPage>(*m_scene);
        [&page] { QTRY_COMPARE(rowsOf(*page).model()->rowCount(), 200); }();
        return page;
    }
    /// Newest first.
    QList<SessionView> twoArrivals() const
    {
        return {m_scene->session(0, u"newer@example.com"_s), m_scene->session(1, u"new@example.com"_s)};
    }
    static void apply(SessionsPage &page, const QList<SessionView> &sessions)
    {
        page.apply(QList<Change>(sessions.begin(), sessions.end()));
    }
};

void TestHeldRows::arrivals_wait_untilThePersonIsDone_data()
{
    QTest::addColumn<WayOut>("act");
    QTest::newRow("the pointer leaves") << WayOut([](QWidget &page) {
        auto *filter = page.findChild<QLineEdit *>();
        point(page, *filter, filter->rect().center());
    });
    QTest::newRow("the button") << WayOut([](QWidget &page) {
        QPushButton &button = waitingOf(page);
        point(page, button, button.rect().center());
        QVERIFY(button.isVisible()); // it is part of the list
        QTest::mouseClick(page.windowHandle(), Qt::LeftButton, {}, button.mapTo(&page, button.rect().center()));
    });
    QTest::newRow("a key") << WayOut([](QWidget &page) { QTest::keyClick(&rowsOf(page), Qt::Key_Down); });
    QTest::newRow("a key that an action takes") << WayOut([](QWidget &page) { QTest::keyClick(&rowsOf(page), Qt::Key_Escape); });
    QTest::newRow("ten quiet seconds") << WayOut([](QWidget &page) { rowsOf(page).findChild<QTimer *>(u"quiet"_s)->start(0); });
    QTest::newRow("read anew") << WayOut([](QWidget &page) { static_cast<SessionsPage &>(page).readAnew(); });
    QTest::newRow("out of view") << WayOut([](QWidget &page) { rowsOf(page).hide(); });
}

void TestHeldRows::arrivals_wait_untilThePersonIsDone()
{
    QFETCH(const WayOut, act);
    const auto page = openSessions();
    const QStringList before = emailsIn(*page);
    rowsOf(*page).setFocus();
    pointAtRow(*page, 2);
    const QList<SessionView> arrivals = twoArrivals();
    apply(*page, arrivals);
    m_scene->console.sessionRows = arrivals + m_scene->console.sessionRows;
    QVERIFY(settle());
    QCOMPARE(emailsIn(*page), before);
    QVERIFY(waitingOf(*page).isVisible());
    QVERIFY2(waitingOf(*page).text().startsWith(u"2 "_s), qPrintable(waitingOf(*page).text()));
    act(*page);
    QTRY_COMPARE(emailsIn(*page).first(2), (QStringList {u"newer@example.com"_s, u"new@example.com"_s}));
    QVERIFY(waitingOf(*page).isHidden());
}

/// A window may come up anywhere; and who has not moved for a while has left the pointer lying.
void TestHeldRows::pointerThatLies_holdsNothing()
{
    const auto page = openSessions();
    apply(*page, twoArrivals());
    QCOMPARE(emailsIn(*page).first(), u"newer@example.com"_s);
    pointAtRow(*page, 2);
    rowsOf(*page).findChild<QTimer *>(u"quiet"_s)->start(0);
    QVERIFY(settle());
    m_scene->clock.advance(Seconds {1});
    apply(*page, {m_scene->session(0, u"newest@example.com"_s)});
    QCOMPARE(emailsIn(*page).first(), u"newest@example.com"_s);
}

void TestHeldRows::values_goOnChanging()
{
    const auto page = openSessions();
    pointAtRow(*page, 2);
    apply(*page, twoArrivals()); // its row has another number in the model now
    SessionView session = m_scene->console.sessionRows[4];
    session.address = u"198.51.100.99"_s;
    apply(*page, {session});
    QCOMPARE(rowsOf(*page).model()->index(4, 2).data().toString(), session.address);
}

void TestHeldRows::rowThatGoes_staysGreyedOut_andOutOfReach()
{
    const auto page = openSessions();
    const QStringList before = emailsIn(*page);
    pointAtRow(*page, 3);
    QTest::mouseClick(page->windowHandle(), Qt::LeftButton, {},
                      rowsOf(*page).viewport()->mapTo(page.get(), rowsOf(*page).visualRect(rowsOf(*page).model()->index(1, 0)).center()));
    QCOMPARE(rowsOf(*page).selectedRows(), QList<int> {1});
    page->apply({SessionGone {m_scene->console.sessionRows[1].id, u"logout"_s, m_scene->clock.now()}});
    QVERIFY(settle());
    QCOMPARE(emailsIn(*page), before);
    const QModelIndex gone = rowsOf(*page).model()->index(1, 0);
    QVERIFY(!(gone.flags() & (Qt::ItemIsEnabled | Qt::ItemIsSelectable)));
    QVERIFY(rowsOf(*page).selectedRows().isEmpty());
    QVERIFY(!button(*page, u"Revoke"_s)->isEnabled());
    QVERIFY(waitingOf(*page).isVisible());
    // Those below it are still themselves.
    rowsOf(*page).selectRow(1);
    QCOMPARE(emailsIn(*page).size(), before.size() - 1);
    QCOMPARE(rowsOf(*page).currentIndex().data().toString(), before[2]);
}

void TestHeldRows::sortedRows_stayInTheirPlaces()
{
    constexpr int lastSignIn = 4;
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(rowsOf(*page).model()->rowCount(), 200);
    rowsOf(*page).sortByColumn(lastSignIn, Qt::DescendingOrder);
    QTRY_COMPARE(rowsOf(*page).model()->rowCount(), 260);
    QTRY_COMPARE(rowsOf(*page).horizontalHeader()->sortIndicatorSection(), lastSignIn);
    const QStringList before = emailsIn(*page);
    rowsOf(*page).scrollToTop();
    pointAtRow(*page, 2);
    m_scene->clock.advance(Seconds {5});
    for (const QString &email : {before[100], before[200]}) {
        const auto user = std::ranges::find(m_scene->console.userRows, email, &UserView::email);
        page->apply({UserSignedIn {.id = user->id, .at = m_scene->clock.now()}});
    }
    QVERIFY(settle());
    QCOMPARE(emailsIn(*page), before);
    QVERIFY2(waitingOf(*page).text().startsWith(u"2 "_s), qPrintable(waitingOf(*page).text()));
    auto *filter = page->findChild<QLineEdit *>();
    point(*page, *filter, filter->rect().center());
    QTRY_VERIFY(emailsIn(*page).first(2).contains(before[100]));
    QVERIFY(emailsIn(*page).first(2).contains(before[200]));
}

void TestHeldRows::scrolling_readsFurther()
{
    const auto page = openSessions();
    pointAtRow(*page, 2);
    apply(*page, twoArrivals());
    QScrollBar *bar = rowsOf(*page).verticalScrollBar();
    bar->setValue(bar->maximum()); // the wheel does not leave the rows
    QTRY_COMPARE(rowsOf(*page).model()->rowCount(), 240);
    QVERIFY(!emailsIn(*page).contains(u"newer@example.com"_s));
}

void TestHeldRows::search_showsWhatItFinds()
{
    const auto page = openSessions();
    pointAtRow(*page, 2);
    page->focusFilter(); // by the keyboard: the pointer lies where it was
    type(u"zuse\r"_s);
    QTRY_VERIFY(rowsOf(*page).isEnabled());
    QTRY_VERIFY(rowsOf(*page).model()->rowCount() < 200);
    for (const QString &email : emailsIn(*page))
        QVERIFY2(email.contains(u"zuse"_s), qPrintable(email));
    QVERIFY(waitingOf(*page).isHidden());
}

/// What the person takes away goes at once, though they have moved the pointer meanwhile.
void TestHeldRows::ownOrder_showsAtOnce()
{
    const auto page = openPage<AlarmsPage>(*m_scene);
    QTRY_COMPARE(rowsOf(*page).model()->rowCount(), 5);
    const QString next = emailsIn(*page)[1]; // what happened, here
    rowsOf(*page).selectRow(0);
    rowsOf(*page).setFocus();
    m_scene->console.hold();
    press(Qt::Key_Delete);
    pointAtRow(*page, 3);
    m_scene->console.release();
    QTRY_COMPARE(rowsOf(*page).model()->rowCount(), 4);
    QCOMPARE(rowsOf(*page).selectedRows(), QList<int> {0});
    QCOMPARE(rowsOf(*page).currentIndex().siblingAtColumn(0).data().toString(), next);
}

void TestHeldRows::anyChange_leavesTheRowsInPlace_andShowsAfterwards()
{
    RowsModel<HeldEntry> model(m_scene->clock, heldEntryColumns(), nullptr);
    HeldRows held(HeldRows::Sight {.passes = [](int) { return false; }, .keeps = [](int) { return true; }});
    held.setModel(&model);
    const QAbstractItemModelTester tester(&held);
    QRandomGenerator chance(4711);
    QList<int> shown; // ids, of what stood there when they were held
    QList<std::pair<int, QPersistentModelIndex>> places;
    for (int round = 0; round < 1'000; ++round) {
        if (chance.bounded(6) == 0) {
            held.isHeld() ? held.release() : held.hold();
            shown.clear();
            for (const HeldEntry &entry : model.rows())
                shown += entry.id;
            for (const auto &[id, place] : std::exchange(places, {}))
                QVERIFY(!place.isValid() || model.rows()[place.row()].id == id);
            for (int row = 0; row < shown.size(); ++row)
                places.append(std::pair(shown[row], QPersistentModelIndex(held.index(row, 0))));
        }
        model.updateTo(anyEntries(chance), &HeldEntry::id);
        const QList<HeldEntry> &rows = model.rows();
        QCOMPARE(held.rowCount(), held.isHeld() ? int(shown.size()) : int(rows.size()));
        for (int row = 0; row < held.rowCount(); ++row) {
            const int at = held.modelRow(row);
            QVERIFY(at >= 0 || held.isHeld());
            QVERIFY(at < 0 || !held.isHeld() || rows[at].id == shown[row]);
            QVERIFY(at < 0 || held.data(held.index(row, 0), SortRole).toInt() == rows[at].value);
            QVERIFY(at < 0 || held.rowOf(at) == row);
        }
        QVERIFY(held.isHeld() || held.waiting() == 0);
    }
}

QTEST_MAIN(TestHeldRows)
#include "TestHeldRows.moc"
