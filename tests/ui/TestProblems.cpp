#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/StripProblems.h"
#include "ui/Desktop.h"
#include "ui/overview/OverviewPage.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/ProblemRow.h"
#include "ui/widgets/ProblemStrip.h"
#include "ui/widgets/Toast.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

QStringList heard;

void hear(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::Announcement) {
        const auto *announcement = static_cast<QAccessibleAnnouncementEvent *>(event);
        heard += (announcement->politeness() == QAccessible::AnnouncementPoliteness::Polite ? u"politely: "_s : u"at once: "_s)
                 + announcement->message();
    }
}

const QString portTaken =
    u"cannot listen on 127.0.0.1:18201: another program uses this port: stop it, or choose another port with http.listen"_s;

} // namespace

/// What is wrong is said while it is so, once; what is done is said in passing.
class TestProblems : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void health_isOneWordEverywhere_data();
    void health_isOneWordEverywhere();
    void problem_comesChangesAndLeavesByItself();
    void twoAtOnce_theWorstFirst();
    void many_leaveRoomForThePage();
    void flapping_isSaidOnce_andNeverTwiceOnScreen();
    void failedStart_isOneProblem_goneWhenItRuns();
    void failedStart_canBePutAway_untilTriedAgain();
    void escape_inThePage_putsTheFirstAway();
    void failedStart_isOnEveryPage();
    void brokenReload_isSaid_untilItWorks();
    void longDetail_doesNotWidenTheWindow();
    void silence_isSaid_andWhatWasGreenIsNot();
    void standstill_isNoticed();
    void errorOfAPage_leavesWithTheNextGoodAnswer();
    void errorOfAnOrder_staysUntilRefreshed();
    void errorsOfOneKind_standOnce();
    void done_movesNothing_andLeavesByItself();
    void toast_staysInsideASmallWindow();
    void toast_takesBack();
    void alarms_ofOneKind_areOneRow_data();
    void alarms_ofOneKind_areOneRow();
    void alarmsOfEachKind_haveWords_data();
    void alarmsOfEachKind_haveWords();

private:
    MainWindow &window() { return m_desktop->window(); }
    QStringList shown() { return problemsIn(window().strip()); }
    QString state() { return window().statusBar()->findChild<QLabel *>(u"state"_s)->text(); }
    ServerView &server() { return m_scene->console.overviewNow.server; }
    ProblemView problem(const QString &code, bool down = false, const QString &detail = {})
    {
        return {code, detail, m_scene->clock.now(), down};
    }
    /// Until a question that begins now was answered.
    void waitForA(const QString &question);
    void waitForARefresh() { waitForA(u"overview"_s); }

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
};

void TestProblems::initTestCase()
{
    QApplication::setQuitOnLastWindowClosed(false);
    QLocale::setDefault(QLocale::c());
}

void TestProblems::init()
{
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QTRY_COMPARE(state(), u"Running"_s);
    heard.clear();
    QAccessible::installUpdateHandler(hear);
}

void TestProblems::cleanup()
{
    QAccessible::installUpdateHandler(nullptr);
    m_desktop.reset();
    m_scene.reset();
}

void TestProblems::waitForA(const QString &question)
{
    const int before = m_scene->console.askedCount(question);
    QTRY_VERIFY(m_scene->console.askedCount(question) > before + 1);
}

void TestProblems::health_isOneWordEverywhere_data()
{
    QTest::addColumn<ServerState>("state");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<int>("tone");
    QTest::newRow("good") << ServerState::Running << QString() << QStringList {} << u"Running"_s << int(Tone::Good);
    QTest::newRow("degraded") << ServerState::Running << QString() << QStringList {u"clock_jumped"_s} << u"Running. The clock jumped."_s
                              << int(Tone::Warning);
    QTest::newRow("cannot write") << ServerState::Running << QString() << QStringList {u"!disk_full"_s} << u"Down. The disk is full."_s
                                  << int(Tone::Bad);
    QTest::newRow("what refuses counts more") << ServerState::Running << QString() << QStringList {u"clock_jumped"_s, u"!database_locked"_s}
                                              << u"Down. Another program locks the database."_s << int(Tone::Bad);
    QTest::newRow("unknown code with a detail") << ServerState::Running << QString() << QStringList {u"sun_spots=too many sun spots"_s}
                                                << u"Running. Something is wrong (sun_spots)."_s << int(Tone::Warning);
    QTest::newRow("unknown code alone") << ServerState::Running << QString() << QStringList {u"sun_spots"_s}
                                        << u"Running. Something is wrong (sun_spots)."_s << int(Tone::Warning);
    QTest::newRow("failed") << ServerState::Failed << portTaken << QStringList {} << u"Failed. It does not listen."_s << int(Tone::Bad);
    QTest::newRow("stopped") << ServerState::Stopped << QString() << QStringList {} << u"Stopped"_s << int(Tone::Neutral);
    QTest::newRow("stopped while the disk is full")
        << ServerState::Stopped << QString() << QStringList {u"!disk_full"_s} << u"Stopped"_s << int(Tone::Neutral);
    QTest::newRow("paused") << ServerState::Paused << QString() << QStringList {} << u"Paused"_s << int(Tone::Warning);
}

void TestProblems::health_isOneWordEverywhere()
{
    QFETCH(ServerState, state);
    QFETCH(QString, problem);
    QFETCH(QStringList, codes);
    QFETCH(QString, sentence);
    QFETCH(int, tone);
    server().state = state;
    server().problem = problem;
    for (QString &code : codes)
        server().problems += this->problem(QString(code).remove(u'!').section(u'=', 0, 0), code.startsWith(u'!'), code.section(u'=', 1));
    QTRY_COMPARE(this->state(), sentence);
    QCOMPARE(int(healthOf(server()).tone), tone);
    const auto *card = window().findChild<Card *>(u"stateCard"_s);
    QVERIFY2(sentence.contains(card->accessibleName().section(u": "_s, 1)), qPrintable(card->accessibleName()));
    if (sentence.contains(u". "_s))
        QVERIFY2(sentence.endsWith(card->accessibleDescription()), qPrintable(card->accessibleDescription()));
    QCOMPARE(shown().size(), codes.size() + (problem.isEmpty() ? 0 : 1));
    QVERIFY(trayIcon(Tone(tone)).pixmap(22).toImage() != trayIcon(tone == int(Tone::Good) ? Tone::Bad : Tone::Good).pixmap(22).toImage());
}

void TestProblems::problem_comesChangesAndLeavesByItself()
{
    server().problems = {problem(u"disk_full"_s, true, u"/var/lib/warder: 0 bytes left"_s)};
    QTRY_COMPARE(shown().size(), 1);
    QVERIFY(shown().first().startsWith(u"The disk is full"_s));
    QCOMPARE(heard.filter(u"disk is full"_s).size(), 1);
    QVERIFY(heard.first().startsWith(u"at once"_s));
    auto *row = window().strip().findChild<ProblemRow *>();
    QVERIFY(!row->findChild<QToolButton *>(u"details"_s)->isHidden());
    server().problems = {problem(u"disk_full"_s, false, u"/var/lib/warder: 9 bytes left"_s)};
    waitForARefresh();
    QCOMPARE(window().strip().findChild<ProblemRow *>(), row); // the same row, changed
    QCOMPARE(state(), u"Running. The disk is full."_s);
    QCOMPARE(heard.filter(u"disk is full"_s).size(), 1); // and not said again
    server().problems.clear();
    QTRY_VERIFY(shown().isEmpty());
    QVERIFY(window().strip().isHidden());
    QCOMPARE(state(), u"Running"_s);
}

void TestProblems::twoAtOnce_theWorstFirst()
{
    server().problems = {problem(u"clock_jumped"_s), problem(u"database_locked"_s, true)};
    QTRY_COMPARE(shown().size(), 2);
    QVERIFY(shown().first().contains(u"locks the database"_s));
    server().problems = {problem(u"clock_jumped"_s)};
    QTRY_COMPARE(shown().size(), 1);
    QVERIFY(shown().first().contains(u"clock"_s));
}

void TestProblems::many_leaveRoomForThePage()
{
    window().resize(880, 560);
    for (int i = 0; i < 9; ++i)
        server().problems += problem(u"unheard_of_%1"_s.arg(i));
    QTRY_COMPARE(shown().size(), 3);
    const auto *more = window().strip().findChild<QPushButton *>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(more->isVisible());
    QVERIFY(window().strip().height() < window().height() / 3);
    server().problems.resize(2);
    QTRY_VERIFY(!more->isVisible());
}

void TestProblems::flapping_isSaidOnce_andNeverTwiceOnScreen()
{
    ServerView with = server();
    with.problems = {problem(u"disk_full"_s, true)};
    for (int i = 0; i < 8; ++i) { // every beat of the journal
        m_scene->console.publish({ServerChanged {i % 2 == 0 ? with : server()}});
        const int before = m_scene->console.askedCount(u"changesSince"_s);
        QTRY_VERIFY(m_scene->console.askedCount(u"changesSince"_s) > before);
        QVERIFY(shown().size() <= 1);
    }
    QTRY_VERIFY(shown().isEmpty());
    QVERIFY(heard.filter(u"disk is full"_s).size() <= 1);
    QVERIFY(window().strip().findChildren<ProblemRow *>().size() <= 1);
}

void TestProblems::failedStart_isOneProblem_goneWhenItRuns()
{
    server().state = ServerState::Failed;
    server().url.clear();
    server().problem = portTaken;
    server().problemCode = nameOf(ErrorCode::AddressTaken);
    QTRY_COMPARE(shown().size(), 1);
    QVERIFY(shown().first().contains(u"does not listen. Another program uses the port"_s));
    m_scene->console.failNext(u"startServer"_s, {.code = ErrorCode::AddressTaken, .detail = portTaken});
    window().strip().findChild<QPushButton *>(u"action"_s)->click();
    QTRY_COMPARE(m_scene->console.askedCount(u"startServer"_s), 1);
    waitForARefresh();
    QCOMPARE(shown().size(), 1);
    QVERIFY(!shown().first().contains(u"F5"_s));
    QCOMPARE(state(), u"Failed. It does not listen."_s);
    // the port is free
    window().statusBar()->findChild<QPushButton *>(u"start"_s)->click();
    QTRY_COMPARE(state(), u"Running"_s);
    QVERIFY2(shown().isEmpty(), qPrintable(shown().join(u'\n')));
}

void TestProblems::failedStart_canBePutAway_untilTriedAgain()
{
    server().state = ServerState::Failed;
    server().problem = portTaken;
    QTRY_COMPARE(shown().size(), 1);
    auto *cross = window().strip().findChild<QToolButton *>(u"dismiss"_s);
    cross->setFocus();
    press(Qt::Key_Escape);
    QTRY_VERIFY(shown().isEmpty());
    waitForARefresh();
    QVERIFY(shown().isEmpty()); // it came back within a second once
    QCOMPARE(state(), u"Failed. It does not listen."_s);
    server().problem = QString(portTaken).replace(u"18201"_s, u"18202"_s);
    QTRY_COMPARE(shown().size(), 1); // another one is news
}

/// Where nothing else takes it: a filter that has a text does.
void TestProblems::escape_inThePage_putsTheFirstAway()
{
    server().problems = {problem(u"clock_jumped"_s), problem(u"disk_full"_s, true)};
    window().pages().showPage(u"users"_s);
    QTRY_COMPARE(shown().size(), 2);
    auto *page = window().findChild<QWidget *>(u"users"_s);
    auto *filter = page->findChild<QLineEdit *>();
    filter->setFocus();
    QTest::keyClicks(filter, u"ada"_s);
    press(Qt::Key_Escape);
    QVERIFY(filter->text().isEmpty());
    QCOMPARE(shown().size(), 2);
    press(Qt::Key_Escape);
    QCOMPARE(shown().size(), 1);
    QVERIFY2(shown().first().startsWith(u"The clock jumped"_s), qPrintable(shown().first())); // the worst went
    QTRY_VERIFY(listOf(*page)->model()->rowCount() > 0);
    listOf(*page)->setFocus();
    press(Qt::Key_Escape);
    QVERIFY(filter->hasFocus()); // a list leads back to its filter
    QCOMPARE(shown().size(), 1);
    press(Qt::Key_Escape);
    QVERIFY(shown().isEmpty());
    waitForARefresh();
    QVERIFY(shown().isEmpty()); // until it changes
    press(Qt::Key_Escape);
    QVERIFY(window().isVisible());
}

void TestProblems::failedStart_isOnEveryPage()
{
    server().state = ServerState::Failed;
    server().problem = portTaken;
    QTRY_COMPARE(shown().size(), 1);
    for (const auto &page : {u"overview"_s, u"sessions"_s, u"users"_s, u"limits"_s, u"keys"_s, u"mail"_s, u"providers"_s, u"activity"_s,
                             u"settings"_s, u"alarms"_s}) {
        window().pages().showPage(page);
        QVERIFY2(window().strip().isVisible() && shown().join(u' ').contains(u"18201"_s), qPrintable(page));
    }
}

void TestProblems::brokenReload_isSaid_untilItWorks()
{
    auto *reload = window().findChild<QAction *>(u"reload"_s);
    m_scene->console.failNext(u"reloadServer"_s,
                              {.code = ErrorCode::ConfigInvalid, .detail = u"the TLS certificate file /etc/warder/tls.crt is empty"_s});
    reload->trigger();
    QTRY_COMPARE(
        shown(),
        QStringList {
            u"The settings could not be read again; the ones before them go on. The reason: “the TLS certificate file /etc/warder/tls.crt is empty”"_s});
    QCOMPARE(state(), u"Running"_s); // it serves as before
    waitForARefresh();
    QCOMPARE(shown().size(), 1);
    reload->trigger();
    QTRY_VERIFY(shown().isEmpty());
    QTRY_COMPARE(window().toast().text(), u"Settings and certificate were read again."_s);
}

void TestProblems::longDetail_doesNotWidenTheWindow()
{
    window().resize(880, 560);
    const auto narrowest = [this](int lengthOfDetails) {
        server().problems = {problem(u"unheard_of"_s, true, QString(lengthOfDetails, u'x')),
                             problem(u"disk_full"_s, true, u"/"_s + QString(lengthOfDetails, u'y'))};
        waitForARefresh();
        for (auto *details : window().strip().findChildren<QToolButton *>(u"details"_s))
            details->setChecked(true);
        settle();
        return window().minimumSizeHint().width();
    };
    const int ofShortOnes = narrowest(3);
    QCOMPARE(shown().size(), 2);
    QCOMPARE(narrowest(500), ofShortOnes);
    QVERIFY(ofShortOnes <= 880);
    QVERIFY(state().size() < 80);
}

void TestProblems::silence_isSaid_andWhatWasGreenIsNot()
{
    for (const QString &question : {u"overview"_s, u"changesSince"_s, u"traffic"_s})
        m_scene->console.failAlways(question, {.code = ErrorCode::Busy, .detail = u"the server is gone"_s});
    QTRY_COMPARE(state(), u"No answer. What you see is old."_s);
    waitForA(u"traffic"_s); // the page's own question has failed as well
    QCOMPARE(shown().size(), 1);
    QVERIFY(shown().first().contains(u"What you see is of "_s));
    QVERIFY(!window().findChild<QAction *>(u"toggle"_s)->isEnabled());
    m_scene->console.failNoMore();
    QTRY_COMPARE(state(), u"Running"_s);
    QTRY_VERIFY(shown().isEmpty());
}

void TestProblems::standstill_isNoticed()
{
    m_scene->console.hold();
    QTRY_VERIFY_WITH_TIMEOUT(state().startsWith(u"No answer"_s), 12'000);
    m_scene->console.release();
    QTRY_COMPARE(state(), u"Running"_s);
}

void TestProblems::errorOfAPage_leavesWithTheNextGoodAnswer()
{
    m_scene->console.failNext(u"users"_s, {.code = ErrorCode::StorageFailure, .detail = u"disk I/O error Unable to fetch row (10)"_s});
    window().pages().showPage(u"users"_s);
    QTRY_COMPARE(shown().size(), 1);
    QVERIFY2(!shown().first().contains(u"Unable to"_s) && shown().first().contains(u"disk I/O error"_s), qPrintable(shown().first()));
    window().pages().showPage(u"keys"_s);
    QVERIFY(shown().isEmpty()); // that page is well
    window().pages().showPage(u"users"_s);
    QCOMPARE(shown().size(), 1);
    QTest::keyClick(&window(), Qt::Key_F5);
    QTRY_VERIFY(shown().isEmpty());
    waitForARefresh();
    QVERIFY(shown().isEmpty());
}

void TestProblems::errorOfAnOrder_staysUntilRefreshed()
{
    window().pages().showPage(u"keys"_s);
    QTRY_VERIFY(m_scene->console.askedCount(u"keys"_s) > 0);
    m_scene->console.failNext(u"rotateKey"_s, {.code = ErrorCode::CryptoFailure, .detail = u"no entropy"_s});
    const QWidget *page = window().findChild<QWidget *>(u"keys"_s);
    QTRY_VERIFY(listOf(*page)->model()->rowCount() > 0);
    listOf(*page)->selectRow(0);
    for (auto *button : page->findChildren<QPushButton *>()) {
        if (QString(button->text()).remove(u'&') == u"Rotate…"_s)
            button->click();
    }
    QTRY_VERIFY(page->findChild<QPushButton *>(u"confirmed"_s));
    page->findChild<QPushButton *>(u"confirmed"_s)->click();
    QTRY_COMPARE(shown().size(), 1);
    const int before = m_scene->console.askedCount(u"keys"_s);
    m_scene->console.publish({KeysChanged {}}); // a snapshot that is read well is no answer to the order
    QTRY_VERIFY(m_scene->console.askedCount(u"keys"_s) > before);
    QCOMPARE(shown().size(), 1);
    window().activateWindow();
    QVERIFY(comesInFront(&window()));
    QTest::keyClick(&window(), Qt::Key_F5);
    QTRY_VERIFY(shown().isEmpty());
}

void TestProblems::errorsOfOneKind_standOnce()
{
    const Error locked {.code = ErrorCode::StorageFailure, .detail = u"database is locked"_s};
    for (const QString &question : {u"limitRules"_s, u"heldBack"_s})
        m_scene->console.failAlways(question, locked);
    window().pages().showPage(u"limits"_s);
    QTRY_COMPARE(shown().size(), 1);
    waitForA(u"heldBack"_s);
    QCOMPARE(shown().size(), 1);
    m_scene->console.failNoMore();
    QTRY_VERIFY(shown().isEmpty());
}

void TestProblems::done_movesNothing_andLeavesByItself()
{
    window().pages().showPage(u"users"_s);
    auto *page = window().findChild<Page *>(u"users"_s);
    QVERIFY(settle());
    const QRect before = page->geometry();
    Q_EMIT page->done(u"Created ada@example.com."_s);
    Toast &toast = window().toast();
    QVERIFY(toast.isVisible());
    QVERIFY(settle());
    QCOMPARE(page->geometry(), before);
    const QRect room = toast.parentWidget()->rect();
    QVERIFY(room.contains(toast.geometry()));
    QVERIFY(toast.geometry().center().x() > room.center().x() && toast.geometry().center().y() > room.center().y());
    QCOMPARE(heard, QStringList {u"politely: Created ada@example.com."_s});
    QVERIFY(QApplication::focusWidget() == nullptr || !toast.isAncestorOf(QApplication::focusWidget()));
    QVERIFY(toast.timer().isActive() && toast.timer().isSingleShot());
    QCOMPARE(toast.timer().intervalAsDuration(), Toast::lasting);
    toast.timer().start(0); // as if that long had passed
    QTRY_VERIFY(!toast.isVisible());
    QCOMPARE(page->geometry(), before);
}

void TestProblems::toast_takesBack()
{
    Toast &toast = window().toast();
    int asked = 0;
    toast.showMessage(u"Done."_s, Toast::lasting, [&asked] { ++asked; });
    auto *undo = toast.findChild<QPushButton *>();
    QVERIFY(undo->isVisible());
    undo->click();
    QCOMPARE(asked, 1);
    QVERIFY(!toast.isVisible());
    toast.showMessage(u"Done."_s);
    QVERIFY(!undo->isVisible()); // this one is for good
}

void TestProblems::toast_staysInsideASmallWindow()
{
    window().resize(880, 560);
    window().toast().showMessage(u"A key with a long name of its own signs from now on. "_s.repeated(6) + QString(120, u'k'));
    QVERIFY(settle());
    const QRect room = window().toast().parentWidget()->rect();
    QVERIFY(room.contains(window().toast().geometry()));
    window().resize(1400, 800);
    QVERIFY(settle());
    QVERIFY(window().toast().geometry().right() > 1400 - 30);
}

void TestProblems::alarms_ofOneKind_areOneRow_data()
{
    QTest::addColumn<AlarmType>("type");
    QTest::newRow("theft") << AlarmType::RefreshReused;
    QTest::newRow("guessing") << AlarmType::BruteForce;
}

void TestProblems::alarms_ofOneKind_areOneRow()
{
    QFETCH(AlarmType, type);
    QList<Change> alarms;
    for (int i = 0; i < 1200; ++i) // more than a list of them would keep
        alarms += m_scene->alarm(type, u"user%1@example.com"_s.arg(i), u"203.0.113.66"_s);
    m_scene->console.publish(alarms);
    QTRY_VERIFY(!shown().isEmpty());
    QTRY_VERIFY2(shown().first().startsWith(u"1200 alarms of this kind. This is the newest. "_s) // a turn takes fewer
                     && shown().first().contains(u"user1199@example.com"_s),
                 qPrintable(shown().first()));
    QCOMPARE(shown().size(), 1);
    window().strip().findChild<QToolButton *>(u"dismiss"_s)->click();
    QTRY_VERIFY(shown().isEmpty());
    m_scene->console.publish({alarms.first()});
    QTRY_COMPARE(shown().size(), 1); // a new one is news
}

void TestProblems::alarmsOfEachKind_haveWords_data()
{
    QTest::addColumn<AlarmType>("type");
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("address");
    QTest::newRow("theft") << AlarmType::RefreshReused << u"ada@example.com"_s << u"203.0.113.66"_s;
    QTest::newRow("theft, from nobody knows where") << AlarmType::RefreshReused << u"ada@example.com"_s << QString();
    QTest::newRow("guessing at one account") << AlarmType::BruteForce << u"ada@example.com"_s << u"203.0.113.66"_s;
    QTest::newRow("guessing from one address") << AlarmType::BruteForce << QString() << u"203.0.113.66"_s;
    QTest::newRow("guessing from everywhere") << AlarmType::BruteForce << u"ada@example.com"_s << QString();
}

void TestProblems::alarmsOfEachKind_haveWords()
{
    QFETCH(AlarmType, type);
    QFETCH(QString, email);
    QFETCH(QString, address);
    const QString words = UiTexts::of(m_scene->alarm(type, email, address));
    QVERIFY2(words.contains(email) && words.contains(address), qPrintable(words));
    QVERIFY2(!words.contains(u"from ."_s) && !words.contains(u"  "_s) && !words.contains(u'%') && words.front().isUpper(),
             qPrintable(words));
}

QTEST_MAIN(TestProblems)
#include "TestProblems.moc"
