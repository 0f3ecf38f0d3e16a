#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/StripProblems.h"
#include "ui/Desktop.h"
#include "ui/Sidebar.h"
#include "ui/alarms/AlarmTexts.h"
#include "ui/alarms/AlarmsPage.h"
#include "ui/limits/LimitsPage.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The list of alarms and the bell: what they say, where they lead, and how long an alarm stays.
class TestAlarmsPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void list_saysWhatHappened_data();
    void list_saysWhatHappened();
    void list_andTray_sayTheSame();
    void details_sayWhatIsKnown();
    void problem_saysWhetherItStands();
    void enter_showsWhereMoreCanBeSeen_data();
    void enter_showsWhereMoreCanBeSeen();
    void user_isShown();
    void keys_markAsSeenAndDone();
    void done_goesOnToTheNext();
    void refusedOrder_andWhatOthersDo_selectNothing();
    void done_ofSeveral_isTakenBack();
    void done_ofMoreThanAnOrderTakes_isOfAll();
    void undo_ofWhatIsOpenAgain_isVoid();
    void whatSomebodyElseMarked_isNotTakenBack();
    void orders_areOnlyThoseThatDoSomething();
    void block_takesTheAddressOver_andCanBeTakenBack();
    void state_filtersTheList();
    void emptyPage_saysWhatWillAppear();
    void news_areRead_andTheSelectionStays();
    void steadyNews_areReadOneAfterTheOther();
    void failure_isSaidInPlace();

    void bell_ringsForWhatCameBefore();
    void bell_followsTheJournal();
    void bell_isSilentWhenAllAreSeen();
    void bell_asksAgain_whenItMissedSome();
    void limits_tellThatSomebodyIsHeldBack();
    void problem_isNotToldTwice();
    void jump_findsWhoIsHeldBack();

private:
    static DataTable *alarmsIn(const QWidget &page) { return tableOf(page, u"Alarms"_s); }
    static QString cell(const QWidget &page, int row, int column)
    {
        return QString(alarmsIn(page)->model()->index(row, column).data().toString()).remove(u'\u200b');
    }
    static QString countOf(const QWidget &page) { return page.findChild<QLabel *>(u"count"_s)->text(); }
    static QString linesIn(const QWidget &page);
    static QString badgeOf(Desktop &desktop, int row);
    /// The page with that row selected, which has the keyboard.
    std::unique_ptr<AlarmsPage> openAt(int row);
    std::unique_ptr<Desktop> openDesktop();
};

QString TestAlarmsPage::linesIn(const QWidget &page)
{
    QStringList lines;
    for (const QLabel *label : page.findChild<DetailsPanel *>()->findChildren<QLabel *>()) {
        if (label->isVisible())
            lines += QString(label->text()).remove(u'\u200b');
    }
    return lines.join(u" | "_s);
}

/// What a screen reader hears of a page in the sidebar beside its name; empty: the name alone.
QString TestAlarmsPage::badgeOf(Desktop &desktop, int row)
{
    const auto *sidebar = desktop.window().findChild<Sidebar *>();
    return sidebar->item(row)->data(Qt::AccessibleTextRole).toString();
}

std::unique_ptr<AlarmsPage> TestAlarmsPage::openAt(int row)
{
    auto page = openPage<AlarmsPage>(*m_scene);
    alarmsIn(*page)->selectRow(row);
    alarmsIn(*page)->setFocus();
    settle();
    return page;
}

std::unique_ptr<Desktop> TestAlarmsPage::openDesktop()
{
    auto desktop = std::make_unique<Desktop>(m_scene->context());
    desktop->open();
    if (comesInFront(&desktop->window()))
        settle();
    return desktop;
}

void TestAlarmsPage::list_saysWhatHappened_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("happened");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("since");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("times");
    QTest::newRow("theft") << 0
                           << u"A spent refresh token of ada.lovelace@example.com was presented from 203.0.113.9. The session was opened "
                              "from 192.0.2.7. It has been ended for everybody who holds it."_s
                           << u"Open"_s << u"3 min ago"_s << u"203.0.113.9"_s << u"ada.lovelace@example.com"_s << u"1"_s;
    QTest::newRow("guessing") << 1
                              << u"Somebody is guessing the password of an account: 57 were wrong in a row. The last one: "
                                 "grace.hopper@example.com, 203.0.113.66."_s
                              << u"Open"_s << u"8 min ago"_s << u"203.0.113.66"_s << u"grace.hopper@example.com"_s << u"3"_s;
    QTest::newRow("a network") << 2 << u"Somebody is trying passwords of many accounts: 31 so far. The last one: 198.51.100.0/24."_s
                               << u"Seen"_s << u"2 h ago"_s << u"198.51.100.0/24"_s << QString() << u"1"_s;
    QTest::newRow("a limit") << 3 << u"The limit own_data was exceeded by alan.turing@example.com, 203.0.113.77."_s << u"Open"_s
                             << u"5 h ago"_s << u"203.0.113.77"_s << u"alan.turing@example.com"_s << u"214"_s;
    QTest::newRow("the server") << 4
                                << u"The disk is full. Nothing can be saved, so every sign-in and every registration is refused. Free "
                                   "some space; the server goes on by itself then."_s
                                << u"Open"_s << u"26 h ago"_s << QString() << QString() << u"2"_s;
}

void TestAlarmsPage::list_saysWhatHappened()
{
    QFETCH(const int, row);
    const auto page = openAt(row);
    const QAbstractItemModelTester held(alarmsIn(*page)->model());
    QTEST(cell(*page, row, 0), "happened");
    QTEST(cell(*page, row, 1), "state");
    QTEST(cell(*page, row, 2), "since");
    QTEST(cell(*page, row, 3), "address");
    QTEST(cell(*page, row, 4), "account");
    QTEST(cell(*page, row, 5), "times");
    QCOMPARE(countOf(*page), u"5 alarms"_s); // the one that is done is not among them
}

/// One source: the strip says of an alarm what the list says of it, and so does the tray.
void TestAlarmsPage::list_andTray_sayTheSame()
{
    const auto desktop = openDesktop();
    const Alarm theft = m_scene->console.alarmRows.first().alarm;
    m_scene->console.publish({theft});
    QTRY_COMPARE(problemsIn(desktop->window().strip()).size(), 1);
    press(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(desktop->window().pages().current().objectName(), u"alarms"_s);
    const QWidget &page = desktop->window().pages().current();
    QTRY_COMPARE(cell(page, 0, 0), QString(problemsIn(desktop->window().strip()).first()).remove(u'\u200b'));
    QCOMPARE(cell(page, 0, 0), QString(UiTexts::of(theft)).remove(u'\u200b'));
}

void TestAlarmsPage::details_sayWhatIsKnown()
{
    const auto page = openAt(1);
    const QString lines = linesIn(*page);
    for (const QString &line : {u"Password guessing"_s, u"3 times in all"_s, u"203.0.113.66"_s, u"grace.hopper@example.com"_s, u"Open"_s})
        QVERIFY2(lines.contains(line), qPrintable(line + u" is not in "_s + lines));
    alarmsIn(*page)->selectRow(2);
    QVERIFY2(linesIn(*page).contains(u"Seen, by console, "_s), qPrintable(linesIn(*page)));
    alarmsIn(*page)->selectRow(0);
    QVERIFY(linesIn(*page).contains(m_scene->console.alarmRows.first().alarm.sessionId.toString()));
    QVERIFY(linesIn(*page).contains(u"Ask its owner whether the address is theirs."_s));
}

void TestAlarmsPage::problem_saysWhetherItStands()
{
    const auto page = openAt(4);
    QVERIFY(linesIn(*page).contains(u"This is over by itself."_s));
    QVERIFY(linesIn(*page).contains(u"/var/lib/warder/warder.db: no room"_s));
    OverviewView overview = m_scene->console.overviewNow;
    overview.server.problems = {{.code = u"disk_full"_s, .detail = {}, .since = m_scene->clock.now(), .down = true}};
    page->present(overview, true);
    QVERIFY(linesIn(*page).contains(u"This is still so."_s));
}

void TestAlarmsPage::enter_showsWhereMoreCanBeSeen_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("text");
    QTest::newRow("theft") << 0 << u"sessions"_s << u"ada.lovelace@example.com"_s;
    QTest::newRow("guessing") << 1 << u"limits"_s << u"203.0.113.66"_s;
    QTest::newRow("a limit") << 3 << u"limits"_s << u"203.0.113.77"_s;
    QTest::newRow("the server") << 4 << u"overview"_s << QString();
}

void TestAlarmsPage::enter_showsWhereMoreCanBeSeen()
{
    QFETCH(const int, row);
    const auto page = openAt(row);
    const QSignalSpy spy(page.get(), &Page::goTo);
    press(Qt::Key_Return);
    QCOMPARE(spy.size(), 1);
    QTEST(spy.first().at(0).toString(), "page");
    const auto filter = spy.first().at(1).value<PageFilter>();
    QTEST(filter.text, "text");
    if (row == 0)
        QCOMPARE(filter.user.value_or(Id {}), m_scene->console.alarmRows.first().alarm.userId);
    button(*page, u"Show"_s)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(spy.size(), 2);
}

void TestAlarmsPage::user_isShown()
{
    const auto page = openAt(0);
    const QSignalSpy spy(page.get(), &Page::goTo);
    button(*page, u"Show user"_s)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.first().at(0).toString(), u"users"_s);
    alarmsIn(*page)->selectRow(1); // nobody's
    QVERIFY(!button(*page, u"Show user"_s)->isEnabled());
}

void TestAlarmsPage::keys_markAsSeenAndDone()
{
    const auto page = openAt(0);
    button(*page, u"Mark as seen"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(messageOf(*page), u"One alarm marked as seen."_s);
    QTRY_COMPARE(cell(*page, 0, 1), u"Seen"_s);
    QCOMPARE(m_scene->console.askedCount(u"markAlarms seen 1"_s), 1);
    QCOMPARE(alarmsIn(*page)->selectedRows(), QList {0});
    alarmsIn(*page)->setFocus();
    press(Qt::Key_Delete);
    QTRY_COMPARE(messageOf(*page), u"One alarm done."_s);
    QTRY_COMPARE(countOf(*page), u"4 alarms"_s); // it leaves the list
    QCOMPARE(m_scene->console.askedCount(u"markAlarms done 1"_s), 1);
}

/// Delete upon Delete goes down the list; at its end, up.
void TestAlarmsPage::done_goesOnToTheNext()
{
    const auto page = openAt(3);
    const QString below = cell(*page, 4, 0);
    const QString above = cell(*page, 2, 0);
    press(Qt::Key_Delete);
    QTRY_COMPARE(countOf(*page), u"4 alarms"_s);
    QCOMPARE(alarmsIn(*page)->selectedRows(), QList {3});
    QCOMPARE(cell(*page, 3, 0), below);
    QVERIFY(alarmsIn(*page)->hasFocus());
    press(Qt::Key_Delete);
    QTRY_COMPARE(countOf(*page), u"3 alarms"_s);
    QCOMPARE(alarmsIn(*page)->selectedRows(), QList {2});
    QCOMPARE(cell(*page, 2, 0), above);
    alarmsIn(*page)->selectAll(); // of several it is the one below all of them, and here there is none
    press(Qt::Key_Delete);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    QVERIFY(alarmsIn(*page)->selectedRows().isEmpty());
}

/// Or the next order would be about an alarm that nobody chose.
void TestAlarmsPage::refusedOrder_andWhatOthersDo_selectNothing()
{
    const auto page = openAt(1);
    m_scene->console.failNext(u"markAlarms"_s, {.code = ErrorCode::Busy});
    press(Qt::Key_Delete);
    QTRY_COMPARE(page->problems().size(), 1);
    QCOMPARE(alarmsIn(*page)->selectedRows(), QList {1});
    m_scene->console.alarmRows[1].state = AlarmState::Done; // by the command line
    page->apply({Change {AlarmsChanged {}}});
    QTRY_COMPARE(countOf(*page), u"4 alarms"_s);
    QVERIFY(alarmsIn(*page)->selectedRows().isEmpty());
}

void TestAlarmsPage::done_ofSeveral_isTakenBack()
{
    const auto page = openAt(0);
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Delete);
    QTRY_COMPARE(messageOf(*page), u"5 alarms done."_s);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    page->activateWindow();
    QVERIFY(comesInFront(page.get()));
    page->findChild<QComboBox *>()->setFocus(); // in the filter Ctrl+Z takes back what was typed
    press(Qt::Key_Z, Qt::ControlModifier);
    agree(*page);
    QTRY_COMPARE(messageOf(*page), u"5 alarms are open again."_s);
    QTRY_COMPARE(countOf(*page), u"5 alarms"_s);
    QCOMPARE(m_scene->console.askedCount(u"markAlarms open 5"_s), 1);
}

/// One order takes a thousand, and is taken back by itself.
void TestAlarmsPage::done_ofMoreThanAnOrderTakes_isOfAll()
{
    auto &rows = m_scene->console.alarmRows;
    AlarmView alarm = rows.first();
    QCOMPARE(alarm.state, AlarmState::Open);
    rows.clear();
    for (int i = 0; i < 1500; ++i) {
        alarm.id = Id::create(m_scene->clock.now());
        rows += alarm;
    }
    const auto page = openAt(0);
    for (int i = 0; i < 100 && alarmsIn(*page)->model()->canFetchMore({}); ++i) {
        alarmsIn(*page)->model()->fetchMore({});
        QVERIFY(settle());
    }
    alarmsIn(*page)->setFocus();
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Delete);
    QTRY_COMPARE(messageOf(*page), u"%1 alarms done."_s.arg(UiTexts::count(1500)));
    QCOMPARE(m_scene->console.askedCount(u"markAlarms done 750"_s), 2);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    for (int back = 1; back <= 2; ++back) {
        page->activateWindow();
        QVERIFY(comesInFront(page.get()));
        page->findChild<QComboBox *>()->setFocus();
        press(Qt::Key_Z, Qt::ControlModifier);
        agree(*page);
        QTRY_COMPARE(m_scene->console.askedCount(u"markAlarms open 750"_s), back);
        QVERIFY(settle());
    }
    QVERIFY(std::ranges::all_of(rows, [](const AlarmView &each) { return each.state == AlarmState::Open; }));
}

void TestAlarmsPage::undo_ofWhatIsOpenAgain_isVoid()
{
    const auto page = openAt(0);
    press(Qt::Key_Delete);
    QTRY_COMPARE(messageOf(*page), u"One alarm done."_s);
    m_scene->console.alarmRows[0].state = AlarmState::Open; // by the command line
    page->findChild<QComboBox *>()->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(messageOf(*page), u"Not taken back, because it has been changed again meanwhile: Marking of one alarm as done."_s);
    QCOMPARE(m_scene->console.askedCount(u"markAlarms open"_s), 0);
}

void TestAlarmsPage::whatSomebodyElseMarked_isNotTakenBack()
{
    const auto page = openAt(0);
    m_scene->console.alarmRows[0].state = AlarmState::Done; // by the command line, a moment ago
    press(Qt::Key_Delete);
    QTRY_COMPARE(messageOf(*page), u"0 alarms done."_s);
    page->findChild<QComboBox *>()->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"findAlarms"_s), 0);
}

void TestAlarmsPage::orders_areOnlyThoseThatDoSomething()
{
    const auto page = openAt(2); // seen, and of a network
    QVERIFY(!button(*page, u"Mark as seen"_s)->isEnabled());
    QVERIFY(button(*page, u"Done"_s)->isEnabled());
    QVERIFY(button(*page, u"Block this address"_s)->isEnabled());
    alarmsIn(*page)->selectRow(4); // of the server
    QVERIFY(!button(*page, u"Block this address"_s)->isEnabled());
    alarmsIn(*page)->clearSelection();
    for (const QString &name : {u"Mark as seen"_s, u"Done"_s, u"Show"_s, u"Show user"_s, u"Block this address"_s})
        QVERIFY2(!button(*page, name)->isEnabled(), qPrintable(name));
}

void TestAlarmsPage::block_takesTheAddressOver_andCanBeTakenBack()
{
    const auto page = openAt(1);
    button(*page, u"Block this address"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY(page->findChild<QDialog *>() && page->findChild<QDialog *>()->isVisible());
    auto *dialog = page->findChild<QDialog *>();
    auto *network = dialog->findChild<QLineEdit *>();
    QCOMPARE(network->text(), u"203.0.113.66"_s);
    QTest::keyClick(network, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).contains(u"is blocked"_s));
    QTRY_VERIFY(std::ranges::contains(m_scene->console.networks, u"203.0.113.66"_s, &NetworkView::network));
    QTRY_VERIFY(!page->findChild<QDialog *>());
    page->activateWindow();
    QVERIFY(comesInFront(page.get()));
    alarmsIn(*page)->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    agree(*page);
    QTRY_COMPARE(m_scene->console.askedCount(u"removeNetwork 203.0.113.66"_s), 1);
    QTRY_COMPARE(messageOf(*page), u"203.0.113.66 is not blocked any more."_s);
}

void TestAlarmsPage::state_filtersTheList()
{
    const auto page = openPage<AlarmsPage>(*m_scene);
    auto *state = page->findChild<QComboBox *>();
    QCOMPARE(state->accessibleName(), u"State of the alarms"_s);
    state->setFocus();
    for (const auto &count : {u"4 alarms"_s, u"One alarm"_s, u"One alarm"_s, u"6 alarms"_s}) { // open, seen, done, all
        press(Qt::Key_Down);
        QTRY_COMPARE(countOf(*page), count);
    }
    page->remember();
    QCOMPARE(openPage<AlarmsPage>(*m_scene)->findChild<QComboBox *>()->currentText(), u"All alarms"_s);
    page->filterBy({.text = u"203.0.113.66"_s});
    QTRY_COMPARE(countOf(*page), u"One alarm"_s);
    QCOMPARE(state->currentText(), u"Not done"_s);
}

void TestAlarmsPage::emptyPage_saysWhatWillAppear()
{
    m_scene->console.alarmRows.clear();
    const auto page = openPage<AlarmsPage>(*m_scene);
    const auto *empty = page->findChild<EmptyState *>();
    QTRY_VERIFY(empty->isVisible());
    QStringList texts;
    for (const QLabel *label : empty->findChildren<QLabel *>())
        texts += label->text();
    QVERIFY2(texts.contains(u"No alarms"_s) && texts.join(u'|').contains(u"also those that came while no window was open"_s),
             qPrintable(texts.join(u'|')));
}

void TestAlarmsPage::news_areRead_andTheSelectionStays()
{
    const auto page = openAt(1);
    AlarmView fresh = m_scene->console.alarmRows.first();
    fresh.id = Id::create(m_scene->clock.now());
    m_scene->console.alarmRows.prepend(fresh);
    page->apply({Change {AlarmsChanged {}}});
    QTRY_COMPARE(countOf(*page), u"6 alarms"_s);
    QTRY_COMPARE(alarmsIn(*page)->selectedRows(), QList {2}); // the same alarm
}

/// Under an attack alarms come faster than the list is read, which would never end if each one began it anew.
void TestAlarmsPage::steadyNews_areReadOneAfterTheOther()
{
    const auto page = openAt(0);
    const int asked = m_scene->console.askedCount(u"alarms "_s);
    m_scene->console.hold();
    for (int i = 0; i < 5; ++i)
        page->apply({Change {AlarmsChanged {}}});
    QCOMPARE(m_scene->console.askedCount(u"alarms "_s), asked + 1);
    m_scene->console.release();
    QTRY_COMPARE(m_scene->console.askedCount(u"alarms "_s), asked + 2);
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"alarms "_s), asked + 2);
}

void TestAlarmsPage::failure_isSaidInPlace()
{
    m_scene->console.failNext(u"markAlarms"_s, {.code = ErrorCode::StorageFailure, .detail = u"database is locked"_s});
    const auto page = openAt(0);
    press(Qt::Key_Delete);
    QTRY_VERIFY(messageOf(*page).contains(u"database is locked"_s));
    QCOMPARE(cell(*page, 0, 1), u"Open"_s);
}

void TestAlarmsPage::bell_ringsForWhatCameBefore()
{
    const auto desktop = openDesktop();
    QTRY_COMPARE(badgeOf(*desktop, 9), u"Alarms: 4 open alarms"_s);
    press(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(desktop->window().pages().current().objectName(), u"alarms"_s);
    QTRY_COMPARE(countOf(desktop->window().pages().current()), u"5 alarms"_s);
}

void TestAlarmsPage::bell_followsTheJournal()
{
    const auto desktop = openDesktop();
    QTRY_COMPARE(badgeOf(*desktop, 9), u"Alarms: 4 open alarms"_s);
    m_scene->console.alarmRows[0].state = AlarmState::Seen; // by the command line
    m_scene->console.publish({AlarmsChanged {}});
    QTRY_COMPARE(badgeOf(*desktop, 9), u"Alarms: 3 open alarms"_s);
    const int asked = m_scene->console.askedCount(u"countAlarms"_s);
    const int polls = m_scene->console.askedCount(u"changesSince"_s);
    m_scene->console.publish({KeysChanged {}});
    QTRY_VERIFY(m_scene->console.askedCount(u"changesSince"_s) > polls); // it has heard of that
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"countAlarms"_s), asked); // what concerns no alarm asks nothing
}

void TestAlarmsPage::bell_isSilentWhenAllAreSeen()
{
    const auto desktop = openDesktop();
    QTRY_COMPARE(badgeOf(*desktop, 9), u"Alarms: 4 open alarms"_s);
    m_scene->console.publish({m_scene->console.alarmRows.first().alarm});
    QTRY_COMPARE(problemsIn(desktop->window().strip()).size(), 1);
    for (AlarmView &row : m_scene->console.alarmRows)
        row.state = AlarmState::Done;
    m_scene->console.publish({AlarmsChanged {}});
    QTRY_COMPARE(badgeOf(*desktop, 9), QString());
    QTRY_VERIFY(problemsIn(desktop->window().strip()).isEmpty()); // the strip says it no more, either
}

void TestAlarmsPage::bell_asksAgain_whenItMissedSome()
{
    const auto desktop = openDesktop();
    QTRY_COMPARE(badgeOf(*desktop, 9), u"Alarms: 4 open alarms"_s);
    m_scene->console.alarmRows[1].state = AlarmState::Done;
    m_scene->console.runAway();
    QTRY_COMPARE(badgeOf(*desktop, 9), u"Alarms: 3 open alarms"_s);
}

void TestAlarmsPage::limits_tellThatSomebodyIsHeldBack()
{
    const auto desktop = openDesktop();
    QTRY_COMPARE(badgeOf(*desktop, 3), u"Limits: 3 held back now"_s);
    m_scene->console.overviewNow.limitedNow = 0;
    QTRY_COMPARE(badgeOf(*desktop, 3), QString());
    QCOMPARE(badgeOf(*desktop, 1), QString());
}

/// The strip has it for as long as it stands; an alarm of it adds no second row.
void TestAlarmsPage::problem_isNotToldTwice()
{
    m_scene->console.overviewNow.server.problems = {{.code = u"clock_jumped"_s, .detail = {}, .since = m_scene->clock.now()}};
    const auto desktop = openDesktop();
    QTRY_COMPARE(problemsIn(desktop->window().strip()).size(), 1);
    Alarm jumped = m_scene->alarm(AlarmType::Problem, {}, {});
    jumped.problem = u"clock_jumped"_s;
    const int asked = m_scene->console.askedCount(u"countAlarms"_s);
    m_scene->console.publish({jumped});
    QTRY_VERIFY(m_scene->console.askedCount(u"countAlarms"_s) > asked);
    QVERIFY(settle());
    QCOMPARE(problemsIn(desktop->window().strip()).size(), 1);
}

void TestAlarmsPage::jump_findsWhoIsHeldBack()
{
    const HeldBackView wanted = m_scene->console.heldBack.last();
    const auto page = openPage<LimitsPage>(*m_scene);
    page->filterBy({.text = wanted.address.isEmpty() ? wanted.account : wanted.address});
    auto *table = tableOf(*page, u"Held back"_s);
    QTRY_COMPARE(table->selectedRows().size(), 1);
    QVERIFY(table->isVisible());
}

QTEST_MAIN(TestAlarmsPage)
#include "TestAlarmsPage.moc"
