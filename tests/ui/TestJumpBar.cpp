#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/activity/ActivityPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/JumpBar.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QLabel>
#include <QScrollBar>
#include <QTest>

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// The bar beside a list that is not read to its end: where it leads, what that costs, and that nothing lies about where one is.
class TestJumpBar : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void letter_leadsToItsAddresses_data();
    void letter_leadsToItsAddresses();
    void age_leadsToWhatIsOlder_data();
    void age_leadsToWhatIsOlder();
    void click_jumps_andTheKeyboardGoesToTheRows();
    void earlierRows_come_andMoveNothing();
    void inside_noThumbSaysWhereOneIs();
    void begin_isOneMark_andTheListGoesOnFromIt();
    void scrolling_showsThePlace();
    void reload_staysAtThePlace();
    void changes_comeWhereTheyBelong();
    void sorting_readsTheListFromItsBegin();
    void search_beginsAtItsBegin();
    void failedJump_leavesTheListAsItWas();
    void count_saysThatItIsAPart();
    void wholeList_hasNoBar();
    void screenReaders_hearPlaces();

private:
    static DataTable &rowsOf(const QWidget &page) { return *listOf(page); }
    static JumpBar &barOf(const QWidget &page) { return *page.findChild<JumpBar *>(); }
    static QString emailAt(const QWidget &page, int row) { return rowsOf(page).model()->index(row, 0).data().toString(); }
    static QString currentEmail(const QWidget &page) { return emailAt(page, rowsOf(page).currentIndex().row()); }
    static QStringList emailsIn(const QWidget &page)
    {
        QStringList emails;
        for (int row = 0; row < rowsOf(page).model()->rowCount(); ++row)
            emails += emailAt(page, row);
        return emails;
    }
    QStringList allEmails() const
    {
        QStringList emails;
        for (const UserView &user : std::as_const(m_scene->console.userRows))
            emails += user.email;
        return emails;
    }
    /// As a person does: Tab is left out.
    static void jump(QWidget &page, Qt::Key key)
    {
        barOf(page).setFocus(Qt::TabFocusReason);
        press(key);
        press(Qt::Key_Return);
    }
    std::unique_ptr<UsersPage> openUsers() { return openPage<UsersPage>(*m_scene); }
};

void TestJumpBar::letter_leadsToItsAddresses_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<QString>("first");
    QTest::newRow("beyond what was read") << Qt::Key_T << u"tony"_s;
    QTest::newRow("within it") << Qt::Key_G << u"grace"_s;
    QTest::newRow("a letter that nobody has") << Qt::Key_P << u"radia"_s;
    QTest::newRow("nothing comes behind it") << Qt::Key_Z << u"tony"_s;
}

void TestJumpBar::letter_leadsToItsAddresses()
{
    QFETCH(Qt::Key, key);
    QFETCH(QString, first);
    const auto page = openUsers();
    const QAbstractItemModelTester held(rowsOf(*page).model());
    QTRY_VERIFY(barOf(*page).isVisible());
    jump(*page, key);
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    QVERIFY2(currentEmail(*page).startsWith(first), qPrintable(currentEmail(*page)));
    QVERIFY(rowsOf(*page).selectedRows().isEmpty());
}

void TestJumpBar::age_leadsToWhatIsOlder_data()
{
    QTest::addColumn<int>("steps"); // of the arrow, from the newest on
    QTest::addColumn<Seconds>("age");
    QTest::newRow("an hour") << 1 << Seconds {1h};
    QTest::newRow("six hours") << 2 << Seconds {6h};
}

void TestJumpBar::age_leadsToWhatIsOlder()
{
    QFETCH(int, steps);
    QFETCH(Seconds, age);
    const auto page = openPage<SessionsPage>(*m_scene);
    QTRY_VERIFY(barOf(*page).isVisible());
    const auto isOlder = [&](const SessionView &row) { return row.openedAt < m_scene->clock.now() - age; };
    const auto &all = m_scene->console.sessionRows;
    const auto first = std::ranges::find_if(all, isOlder);
    QVERIFY(first != all.end());
    barOf(*page).setFocus(Qt::TabFocusReason);
    for (int i = 0; i < steps; ++i)
        press(Qt::Key_Down);
    press(Qt::Key_Return);
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    QCOMPARE(rowsOf(*page).currentIndex().siblingAtColumn(5).data(Qt::UserRole + 1).toLongLong(), toMilliseconds(first->openedAt));
}

void TestJumpBar::click_jumps_andTheKeyboardGoesToTheRows()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    JumpBar &bar = barOf(*page);
    QListWidgetItem *mark = bar.findItems(u"R"_s, Qt::MatchExactly).value(0);
    QVERIFY(mark);
    bar.scrollToItem(mark);
    const int before = m_scene->console.askedCount(u"users "_s);
    QTest::mouseClick(bar.viewport(), Qt::LeftButton, {}, bar.visualItemRect(mark).center());
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    QVERIFY(currentEmail(*page).startsWith(u"radia"_s));
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"users "_s), before + 2); // for the place, and for what comes before it
}

void TestJumpBar::earlierRows_come_andMoveNothing()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    jump(*page, Qt::Key_T);
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    const QString first = currentEmail(*page);
    QTRY_VERIFY(rowsOf(*page).model()->rowCount() > 200);
    DataTable &table = rowsOf(*page);
    QCOMPARE(currentEmail(*page), first);
    QVERIFY(table.viewport()->rect().contains(table.visualRect(table.currentIndex()).center()));
    const QStringList all = allEmails();
    press(Qt::Key_Up);
    QCOMPARE(currentEmail(*page), all[all.indexOf(first) - 1]);
    const QStringList read = emailsIn(*page);
    QCOMPARE(read, all.mid(all.indexOf(read.first()), read.size()));
    table.verticalScrollBar()->setValue(0); // and on, up to the begin
    QTRY_COMPARE(emailsIn(*page), all);
}

void TestJumpBar::inside_noThumbSaysWhereOneIs()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    QVERIFY(rowsOf(*page).verticalScrollBar()->isVisible());
    jump(*page, Qt::Key_R);
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    QVERIFY(!rowsOf(*page).verticalScrollBar()->isVisible());
    jump(*page, Qt::Key_NumberSign);
    QTRY_VERIFY(rowsOf(*page).verticalScrollBar()->isVisible());
}

void TestJumpBar::begin_isOneMark_andTheListGoesOnFromIt()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    jump(*page, Qt::Key_R);
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    QVERIFY(settle());
    barOf(*page).setFocus(Qt::TabFocusReason);
    press(Qt::Key_Home);
    press(Qt::Key_Return);
    QTRY_COMPARE(emailsIn(*page), allEmails().first(200));
    rowsOf(*page).setFocus(Qt::TabFocusReason);
    press(Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(emailsIn(*page), allEmails());
}

void TestJumpBar::scrolling_showsThePlace()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    const JumpBar &bar = barOf(*page);
    QCOMPARE(bar.item(bar.place())->text(), u"A"_s);
    const QStringList all = allEmails();
    const auto isHedy = [](const QString &email) { return email.startsWith(u'h'); };
    const int row = int(std::ranges::find_if(all, isHedy) - all.begin());
    rowsOf(*page).scrollTo(rowsOf(*page).model()->index(row, 0), QAbstractItemView::PositionAtTop);
    QTRY_COMPARE(bar.item(bar.place())->text(), u"H"_s);
    QCOMPARE(bar.currentRow(), bar.place()); // where the arrows begin
}

void TestJumpBar::reload_staysAtThePlace()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    jump(*page, Qt::Key_T);
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    QVERIFY(settle());
    const QStringList read = emailsIn(*page);
    const QString current = currentEmail(*page);
    page->refresh();
    QVERIFY(settle());
    QCOMPARE(emailsIn(*page), read);
    QCOMPARE(currentEmail(*page), current);
}

/// What is older than the first row stays away, as what is newer than the last one does.
void TestJumpBar::changes_comeWhereTheyBelong()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    jump(*page, Qt::Key_T);
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    QVERIFY(settle());
    const int rows = rowsOf(*page).model()->rowCount();
    QVERIFY(rows < 260);
    UserView user = m_scene->console.userRows.first();
    user.id = Id::create(m_scene->clock.now());
    user.email = u"aaa@example.com"_s;
    page->apply({user});
    QCOMPARE(rowsOf(*page).model()->rowCount(), rows);
    user.id = Id::create(m_scene->clock.now());
    user.email = u"tina@example.com"_s;
    page->apply({user});
    QCOMPARE(rowsOf(*page).model()->rowCount(), rows + 1);
    QVERIFY(emailsIn(*page).contains(user.email));
    QVERIFY(std::ranges::is_sorted(emailsIn(*page)));
}

void TestJumpBar::sorting_readsTheListFromItsBegin()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    jump(*page, Qt::Key_T);
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    rowsOf(*page).sortByColumn(1, Qt::AscendingOrder);
    QTRY_COMPARE(rowsOf(*page).model()->rowCount(), 260);
    QTRY_VERIFY(!barOf(*page).isVisible());
    QVERIFY(rowsOf(*page).model()->index(0, 1).data().toString().startsWith(u"Ada"_s));
}

void TestJumpBar::search_beginsAtItsBegin()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    jump(*page, Qt::Key_T);
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    page->focusFilter();
    type(u"example.com\r"_s);
    QTRY_COMPARE(emailsIn(*page), allEmails().first(200));
    jump(*page, Qt::Key_R); // in what was found
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    QVERIFY(currentEmail(*page).startsWith(u"radia"_s));
    QVERIFY(m_scene->console.askedCount(u"users example.com"_s) >= 2);
}

void TestJumpBar::failedJump_leavesTheListAsItWas()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    QVERIFY(settle());
    m_scene->console.failNext(u"users"_s, {.code = ErrorCode::Busy});
    jump(*page, Qt::Key_T);
    QTRY_VERIFY(!page->problems().isEmpty());
    QCOMPARE(emailsIn(*page), allEmails().first(200));
    page->refresh();
    QTRY_VERIFY(page->problems().isEmpty());
    QCOMPARE(emailsIn(*page), allEmails().first(200));
}

void TestJumpBar::count_saysThatItIsAPart()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    jump(*page, Qt::Key_T);
    QTRY_VERIFY(rowsOf(*page).hasFocus());
    const auto words = [&page] { return page->findChild<QLabel *>(u"count"_s)->text(); };
    QTRY_VERIFY2(words().startsWith(u"260 users · "_s) && words().contains(u"from a place inside the list"_s), qPrintable(words()));
}

void TestJumpBar::wholeList_hasNoBar()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    QTRY_VERIFY(rowsOf(*page).model()->rowCount() > 0);
    QVERIFY(settle());
    QVERIFY(!barOf(*page).isVisible());
}

void TestJumpBar::screenReaders_hearPlaces()
{
    const auto page = openUsers();
    QTRY_VERIFY(barOf(*page).isVisible());
    QAccessibleInterface *bar = QAccessible::queryAccessibleInterface(&barOf(*page));
    QVERIFY(bar);
    QCOMPARE(bar->text(QAccessible::Name), u"Jump to a place in the list"_s);
    QCOMPARE(bar->role(), QAccessible::List);
    QStringList names;
    for (int i = 0; i < bar->childCount(); ++i)
        names += bar->child(i)->text(QAccessible::Name);
    QVERIFY(names.contains(u"Addresses that begin with T"_s));
    QVERIFY(barOf(*page).focusPolicy() & Qt::TabFocus);
}

QTEST_MAIN(TestJumpBar)
#include "TestJumpBar.moc"
