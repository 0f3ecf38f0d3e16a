#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/users/UserTabs.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DetailsPanel.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QMessageBox>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// What stands beside the list of users: the account, its sessions, its activity.
class TestUserTabs : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void sessions_areListedAndCounted();
    void tabs_areWalkedByTheKeyboard();
    void session_isRevokedAlone();
    void session_thatHadEnded_isSaid();
    void sessions_followWhatHappens();
    void sessions_thatAreOver_leave();
    void sessions_ofNobody_areSaid();
    void failure_isSaidInPlace();
    void activity_isReadWhileSomebodyLooks();
    void activity_followsTheRecord();
    void ways_leadToTheUserAlone_data();
    void ways_leadToTheUserAlone();
    void enter_goesToWhatIsInView_data();
    void enter_goesToWhatIsInView();
    void rightAndEscape_goToTheDetailsAndBack_data();
    void rightAndEscape_goToTheDetailsAndBack();
    void selectionOfSeveral_isNobodys();

private:
    const int place = 7;

    UserView &subject() { return m_scene->console.userRows[place]; }
    /// Live ones of ours, newest first, at the begin of the list.
    void giveSessions(int many);
    void giveRecords(int many);
    std::unique_ptr<UsersPage> openAt(int tab);
    static Chips *tabs(const QWidget &page) { return page.findChild<Chips *>(u"userTabs"_s); }
    static QString titleOf(const QWidget &page, int tab) { return tabs(page)->findChildren<QAbstractButton *>()[tab]->text(); }
    static DataTable *sessions(const QWidget &page) { return tableOf(page, u"Sessions of the user"_s); }
    static DataTable *activity(const QWidget &page) { return tableOf(page, u"Activity of the user"_s); }
    static DataTable *users(const QWidget &page) { return tableOf(page, u"Users"_s); }
    /// What is said in place of the rows of a list that is in view.
    static QString said(const DataTable *list);
};

void TestUserTabs::giveSessions(int many)
{
    for (int i = 0; i < many; ++i)
        m_scene->console.sessionRows[i].userId = subject().id;
}

void TestUserTabs::giveRecords(int many)
{
    for (int i = 0; i < many; ++i)
        m_scene->console.activityRows[i].userId = subject().id;
}

std::unique_ptr<UsersPage> TestUserTabs::openAt(int tab)
{
    auto page = openPage<UsersPage>(*m_scene);
    users(*page)->selectRow(place);
    tabs(*page)->choose(tab);
    settle();
    return page;
}

QString TestUserTabs::said(const DataTable *list)
{
    for (const QLabel *label : list->parentWidget()->findChildren<QLabel *>()) {
        if (label->isVisible())
            return label->text();
    }
    return {};
}

void TestUserTabs::sessions_areListedAndCounted()
{
    giveSessions(4);
    m_scene->console.sessionRows[2].endedAt = m_scene->clock.now();
    const auto page = openAt(UserTabs::Account);
    QTRY_COMPARE(titleOf(*page, UserTabs::Sessions), u"Sessions (3)"_s);
    QVERIFY(page->findChild<DetailsPanel *>()->isVisible() && !sessions(*page)->isVisible());
    tabs(*page)->choose(UserTabs::Sessions);
    QVERIFY(!page->findChild<DetailsPanel *>()->isVisible() && sessions(*page)->isVisible());
    const QAbstractItemModel *rows = sessions(*page)->model();
    const QAbstractItemModelTester held(sessions(*page)->model());
    QCOMPARE(rows->rowCount(), 3);
    for (int row = 0; row < 3; ++row)
        QCOMPARE(rows->index(row, 2).data().toString(), m_scene->console.sessionRows[row < 2 ? row : 3].address);
    users(*page)->selectRow(place + 1);
    QCOMPARE(titleOf(*page, UserTabs::Sessions), u"Sessions"_s); // nobody knows yet
    QTRY_COMPARE(titleOf(*page, UserTabs::Sessions), u"Sessions (0)"_s);
}

void TestUserTabs::tabs_areWalkedByTheKeyboard()
{
    giveSessions(2);
    const auto page = openAt(UserTabs::Account);
    tabs(*page)->findChildren<QAbstractButton *>().first()->setFocus();
    press(Qt::Key_Right);
    QCOMPARE(tabs(*page)->current(), int(UserTabs::Sessions));
    QTRY_VERIFY(sessions(*page)->isVisible());
    press(Qt::Key_Tab); // from the choice to what it shows
    QVERIFY(sessions(*page)->hasFocus());
}

void TestUserTabs::session_isRevokedAlone()
{
    giveSessions(3);
    const auto page = openAt(UserTabs::Sessions);
    QTRY_COMPARE(sessions(*page)->model()->rowCount(), 3);
    QVERIFY(!button(*sessions(*page)->parentWidget()->parentWidget(), u"Revoke"_s)->isEnabled());
    sessions(*page)->selectRow(1);
    sessions(*page)->setFocus();
    press(Qt::Key_Delete);
    QTRY_VERIFY(page->findChild<QMessageBox *>(u"confirm"_s));
    const auto *question = page->findChild<QMessageBox *>(u"confirm"_s);
    QCOMPARE(question->text().remove(u'\u200b'), u"Revoke this session of %1?"_s.arg(subject().email));
    const SessionView &session = m_scene->console.sessionRows[1];
    QVERIFY(question->informativeText().startsWith(u"It was opened with %1 at %2."_s.arg(session.device, session.address)));
    agree(*page);
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeSessions 1"_s), 1);
    QVERIFY(m_scene->console.sessionRows[1].endedAt && !m_scene->console.sessionRows[0].endedAt);
    QTRY_COMPARE(sessions(*page)->model()->rowCount(), 2);
    QCOMPARE(titleOf(*page, UserTabs::Sessions), u"Sessions (2)"_s);
    QVERIFY(messageOf(*page).startsWith(u"Revoked a session of "_s));
}

void TestUserTabs::session_thatHadEnded_isSaid()
{
    giveSessions(1);
    const auto page = openAt(UserTabs::Sessions);
    QTRY_COMPARE(sessions(*page)->model()->rowCount(), 1);
    sessions(*page)->selectRow(0);
    m_scene->console.sessionRows[0].endedAt = m_scene->clock.now();
    sessions(*page)->setFocus();
    press(Qt::Key_Delete);
    agree(*page);
    QTRY_COMPARE(messageOf(*page), u"It had ended meanwhile, nothing was left to revoke."_s);
}

void TestUserTabs::sessions_followWhatHappens()
{
    giveSessions(1);
    const auto page = openAt(UserTabs::Sessions);
    QTRY_COMPARE(sessions(*page)->model()->rowCount(), 1);
    const int asked = m_scene->console.askedCount(u"sessions "_s);
    SessionView used = m_scene->console.sessionRows[0];
    used.device = u"curl/9"_s;
    page->apply({used}); // a refresh tells all there is
    QCOMPARE(sessions(*page)->model()->index(0, 0).data().toString(), used.device);
    page->apply({m_scene->console.sessionRows[1]}); // somebody else's
    QCOMPARE(m_scene->console.askedCount(u"sessions "_s), asked);
    giveSessions(2);
    page->apply({m_scene->console.sessionRows[1]});
    QTRY_COMPARE(sessions(*page)->model()->rowCount(), 2);
    m_scene->console.sessionRows[0].endedAt = m_scene->clock.now();
    page->apply({SessionGone {.id = used.id, .reason = u"logout"_s, .at = m_scene->clock.now()}});
    QTRY_COMPARE(sessions(*page)->model()->rowCount(), 1);
    QCOMPARE(titleOf(*page, UserTabs::Sessions), u"Sessions (1)"_s);
}

void TestUserTabs::sessions_thatAreOver_leave()
{
    giveSessions(2);
    const auto page = openAt(UserTabs::Sessions);
    QTRY_COMPARE(sessions(*page)->model()->rowCount(), 2);
    m_scene->clock.advance(15 * 24h);
    QTRY_COMPARE(titleOf(*page, UserTabs::Sessions), u"Sessions (0)"_s);
    QVERIFY(!sessions(*page)->isVisible());
}

void TestUserTabs::sessions_ofNobody_areSaid()
{
    const auto page = openAt(UserTabs::Sessions);
    QTRY_COMPARE(said(sessions(*page)), u"Not signed in anywhere."_s);
    users(*page)->setFocus();
    press(Qt::Key_Return);
    const auto *label = qobject_cast<QLabel *>(QApplication::focusWidget());
    QVERIFY(label); // the keyboard is where the sentence is
    QCOMPARE(label->text(), u"Not signed in anywhere."_s);
}

void TestUserTabs::failure_isSaidInPlace()
{
    m_scene->console.failNext(u"sessions"_s, {.code = ErrorCode::StorageFailure, .detail = u"database is locked"_s});
    const auto page = openAt(UserTabs::Sessions);
    QTRY_VERIFY(said(sessions(*page)).contains(u"database is locked"_s));
    QCOMPARE(titleOf(*page, UserTabs::Sessions), u"Sessions"_s);
    QVERIFY(page->problems().isEmpty());
    giveSessions(1);
    page->refresh();
    QTRY_COMPARE(sessions(*page)->model()->rowCount(), 1);
}

void TestUserTabs::activity_isReadWhileSomebodyLooks()
{
    giveRecords(3);
    const QString question = u"activity user="_s + subject().id.toString();
    const auto page = openAt(UserTabs::Account);
    QCOMPARE(m_scene->console.askedCount(question), 0);
    tabs(*page)->choose(UserTabs::Activity);
    QTRY_COMPARE(activity(*page)->model()->rowCount(), 3);
    QCOMPARE(m_scene->console.askedCount(question), 1);
    QCOMPARE(activity(*page)->model()->index(0, 2).data().toString(), m_scene->console.activityRows[0].address);
    users(*page)->selectRow(place + 1);
    QTRY_COMPARE(said(activity(*page)), u"Nothing is recorded of this user."_s);
}

void TestUserTabs::activity_followsTheRecord()
{
    giveRecords(1);
    const auto page = openAt(UserTabs::Activity);
    QTRY_COMPARE(activity(*page)->model()->rowCount(), 1);
    giveRecords(2);
    page->apply({ActivityRecorded {.seq = 100}});
    QTRY_COMPARE(activity(*page)->model()->rowCount(), 2);
}

void TestUserTabs::ways_leadToTheUserAlone_data()
{
    QTest::addColumn<int>("tab");
    QTest::addColumn<QString>("pressed");
    QTest::addColumn<QString>("goal");
    QTest::newRow("a button to the sessions") << int(UserTabs::Account) << u"Show sessions"_s << u"sessions"_s;
    QTest::newRow("a button to the activity") << int(UserTabs::Activity) << u"Show activity"_s << u"activity"_s;
    QTest::newRow("Enter on a session") << int(UserTabs::Sessions) << QString() << u"sessions"_s;
    QTest::newRow("Enter on a record") << int(UserTabs::Activity) << QString() << u"activity"_s;
}

void TestUserTabs::ways_leadToTheUserAlone()
{
    QFETCH(const int, tab);
    QFETCH(const QString, pressed);
    QFETCH(const QString, goal);
    giveSessions(1);
    giveRecords(1);
    const auto page = openAt(tab);
    QString ledTo;
    PageFilter filter;
    connect(page.get(), &Page::goTo, page.get(), [&](const QString &key, const PageFilter &wanted) {
        ledTo = key;
        filter = wanted;
    });
    DataTable *list = tab == UserTabs::Sessions ? sessions(*page) : activity(*page);
    if (pressed.isEmpty()) {
        QTRY_VERIFY(list->isVisible());
        list->setFocus(Qt::TabFocusReason);
        press(Qt::Key_Return);
    } else {
        QTRY_VERIFY(button(*page, pressed)->isVisible());
        button(*page, pressed)->click();
    }
    QCOMPARE(ledTo, goal);
    QCOMPARE(filter.text, subject().email);
    QVERIFY(filter.user == subject().id);
}

void TestUserTabs::enter_goesToWhatIsInView_data()
{
    QTest::addColumn<int>("tab");
    QTest::newRow("account") << int(UserTabs::Account);
    QTest::newRow("sessions") << int(UserTabs::Sessions);
    QTest::newRow("activity") << int(UserTabs::Activity);
}

void TestUserTabs::enter_goesToWhatIsInView()
{
    QFETCH(const int, tab);
    giveSessions(1);
    giveRecords(1);
    const auto page = openAt(tab);
    QWidget *goals[] {page->findChild<DetailsPanel *>(), sessions(*page), activity(*page)};
    QTRY_VERIFY(goals[tab]->isVisible());
    users(*page)->setFocus();
    press(Qt::Key_Return);
    QVERIFY(goals[tab]->hasFocus());
}

void TestUserTabs::rightAndEscape_goToTheDetailsAndBack_data() { enter_goesToWhatIsInView_data(); }

void TestUserTabs::rightAndEscape_goToTheDetailsAndBack()
{
    QFETCH(const int, tab);
    giveSessions(1);
    giveRecords(1);
    const auto page = openAt(tab);
    QWidget *goals[] {page->findChild<DetailsPanel *>(), sessions(*page), activity(*page)};
    QTRY_VERIFY(goals[tab]->isVisible());
    users(*page)->setFocus();
    press(Qt::Key_Right);
    QVERIFY(goals[tab]->hasFocus());
    press(Qt::Key_Escape);
    QVERIFY(users(*page)->hasFocus());
    QCOMPARE(users(*page)->selectedRows(), QList<int> {place});
}

void TestUserTabs::selectionOfSeveral_isNobodys()
{
    giveSessions(2);
    const auto page = openAt(UserTabs::Sessions);
    QTRY_VERIFY(sessions(*page)->isVisible());
    users(*page)->setFocus();
    press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(users(*page)->selectedRows().size(), 2);
    QVERIFY(page->findChild<DetailsPanel *>()->isVisible() && !sessions(*page)->isVisible());
    QVERIFY(!tabs(*page)->isEnabled());
    users(*page)->selectRow(place);
    QVERIFY(tabs(*page)->isEnabled());
    QTRY_VERIFY(sessions(*page)->isVisible()); // as it was chosen
}

QTEST_MAIN(TestUserTabs)
#include "TestUserTabs.moc"
