#include "tests/ui/support/Keys.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/StripProblems.h"
#include "ui/Desktop.h"
#include "ui/Sidebar.h"
#include "ui/overview/FirstSteps.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/ProblemStrip.h"
#include "ui/widgets/Toast.h"

#include <QAccessible>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSet>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void ctrlNumber_showsPage_data();
    void ctrlNumber_showsPage();
    void arrows_walkTheSidebar();
    void ctrlF_focusesFilter_andF5Reads();
    void everyFocusableWidget_hasAName();
    void tab_reachesEveryControl();
    void closing_goesOnServing();
    void ctrlQ_asks_whenSomebodyWouldNotice_data();
    void ctrlQ_asks_whenSomebodyWouldNotice();
    void ctrlQ_canKeepItRunning();
    void quitting_isNotHeldUpByTheWindow();
    void missedSome_readsSnapshots();
    void lostJournal_isSaid_andForgotten();
    void alarm_isShown_andLeadsToSessions();
    void serverCard_opensTheMenuOfOrders_data();
    void serverCard_opensTheMenuOfOrders();
    void startAndStop_workFromTheStatusBar();
    void stop_asksOnce_andStopsOnly();
    void pauseAndResume_workFromTheStatusBar();
    void reload_tellsWhatWaits();
    void restart_asksOnce_andPutsInForceWhatWaits();
    void refusedRestart_isSaidInPlace();
    void certificate_isDated();
    void refusedStop_isSaidInPlace();
    void address_isCopied();
    void addresses_areAllInTheMenu();
    void configuredAddress_standsWhileItDoesNotListen();
    void plainHttp_isSaid();
    void card_leadsToTheWholeList();
    void sidebar_saysHowManySessionsAreLive();
    void filterOfAJump_isNotRemembered();
    void pageAndFilter_areRemembered();
    void firstSteps_stayAway_whereThereAreAccounts();
    void firstSteps_comeBackFromTheMenu();
    void help_showsHowToConnectAnApp();

private:
    MainWindow &window() { return m_desktop->window(); }
    QString shownPage() const;
    QAction *order(const QString &name) { return window().findChild<QAction *>(name); }
    QMessageBox *question() { return window().findChild<QMessageBox *>(u"question"_s); }
    QString shown() { return problemsIn(window().strip()).join(u'\n'); }
    QString state() { return window().statusBar()->findChild<QLabel *>(u"state"_s)->text(); }

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
};

void TestMainWindow::init()
{
    QApplication::setQuitOnLastWindowClosed(false);
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    QLocale::setDefault(QLocale::c());
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QTRY_VERIFY(m_scene->console.askedCount(u"changesSince"_s) > 0);
}

void TestMainWindow::cleanup()
{
    m_desktop.reset();
    m_scene.reset();
}

QString TestMainWindow::shownPage() const
{
    return m_desktop->window().findChild<QStackedWidget *>(QString())->currentWidget()->objectName();
}

void TestMainWindow::ctrlNumber_showsPage_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<QString>("page");
    QTest::newRow("overview") << Qt::Key_1 << u"overview"_s;
    QTest::newRow("sessions") << Qt::Key_2 << u"sessions"_s;
    QTest::newRow("users") << Qt::Key_3 << u"users"_s;
    QTest::newRow("limits") << Qt::Key_4 << u"limits"_s;
    QTest::newRow("keys") << Qt::Key_5 << u"keys"_s;
    QTest::newRow("mail") << Qt::Key_6 << u"mail"_s;
    QTest::newRow("providers") << Qt::Key_7 << u"providers"_s;
    QTest::newRow("activity") << Qt::Key_8 << u"activity"_s;
    QTest::newRow("settings") << Qt::Key_9 << u"settings"_s;
    QTest::newRow("alarms") << Qt::Key_0 << u"alarms"_s;
}

void TestMainWindow::ctrlNumber_showsPage()
{
    QFETCH(Qt::Key, key);
    window().pages().showPage(u"keys"_s);
    QTest::keyClick(&window(), key, Qt::ControlModifier);
    QTEST(shownPage(), "page");
}

void TestMainWindow::arrows_walkTheSidebar()
{
    auto *sidebar = window().findChild<QListWidget *>();
    sidebar->setFocus();
    press(Qt::Key_Down);
    QCOMPARE(shownPage(), u"sessions"_s);
    press(Qt::Key_End);
    QCOMPARE(shownPage(), u"alarms"_s);
}

void TestMainWindow::ctrlF_focusesFilter_andF5Reads()
{
    QTest::keyClick(&window(), Qt::Key_2, Qt::ControlModifier);
    QTest::keyClick(&window(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    QTRY_COMPARE(m_scene->console.askedCount(u"sessions "_s), 1);
    press(Qt::Key_F5);
    QTRY_COMPARE(m_scene->console.askedCount(u"sessions "_s), 2);
}

void TestMainWindow::everyFocusableWidget_hasAName()
{
    QStringList nameless;
    for (const QWidget *widget : window().findChildren<QWidget *>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) != Qt::TabFocus || widget->parentWidget()->inherits("QAbstractScrollArea")
            || widget->inherits("QMenu"))
            continue;
        auto *spoken = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        if ((!spoken || spoken->text(QAccessible::Name).isEmpty()) && !widget->inherits("QMenuBar"))
            nameless += QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
    }
    // Buttons whose text depends on what is shown are hidden and empty until then.
    nameless.removeIf([](const QString &name) { return name.startsWith(u"QPushButton"_s); });
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

void TestMainWindow::tab_reachesEveryControl()
{
    for (const auto &key : {u"overview"_s, u"sessions"_s, u"users"_s, u"limits"_s, u"keys"_s, u"mail"_s, u"providers"_s, u"activity"_s,
                            u"settings"_s, u"alarms"_s}) {
        window().pages().showPage(key);
        QVERIFY(settle());
        QSet<QWidget *> wanted;
        for (QWidget *widget : window().findChildren<QWidget *>()) {
            if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus
                && !widget->focusProxy() && !widget->parentWidget()->inherits("QAbstractScrollArea"))
                wanted += widget;
        }
        QVERIFY(wanted.size() > 3);
        for (int i = 0; i < 1000 && !wanted.isEmpty(); ++i) { // there are hundreds of settings
            wanted.remove(QApplication::focusWidget());
            press(Qt::Key_Tab);
        }
        QStringList missed;
        for (const QWidget *widget : std::as_const(wanted))
            missed += QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->accessibleName();
        QVERIFY2(missed.isEmpty(), qPrintable(key + u": "_s + missed.join(u", "_s)));
    }
}

void TestMainWindow::closing_goesOnServing()
{
    QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
    window().close();
    QCOMPARE(quit.size(), 0);
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 0);
    QVERIFY(window().isMinimized() || window().isHidden());
    m_desktop->open();
    QVERIFY(window().isVisible() && !window().isMinimized());
    if (!m_desktop->tray().isAvailable())
        QTRY_VERIFY(window().toast().text().contains(u"goes on serving"_s));
}

void TestMainWindow::ctrlQ_asks_whenSomebodyWouldNotice_data()
{
    QTest::addColumn<ServerState>("state");
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("connections");
    QTest::addColumn<QString>("asked");
    QTest::newRow("requests are being answered")
        << ServerState::Running << 21.4 << 38 << u"21.4 requests a second are being answered. Quit, and stop the server with it?"_s;
    QTest::newRow("paused, and asked all the same")
        << ServerState::Paused << 3.0 << 2 << u"3.0 requests a second are being answered. Quit, and stop the server with it?"_s;
    QTest::newRow("quiet, but somebody is connected")
        << ServerState::Running << 0.0 << 1
        << u"No request came in the last ten seconds; open: one connection. Quit, and stop the server with it?"_s;
    QTest::newRow("nobody is there") << ServerState::Running << 0.0 << 0 << QString();
    QTest::newRow("it does not listen") << ServerState::Stopped << 0.4 << 0 << QString();
    QTest::newRow("it failed") << ServerState::Failed << 0.0 << 0 << QString();
}

void TestMainWindow::ctrlQ_asks_whenSomebodyWouldNotice()
{
    QFETCH(QString, asked);
    QFETCH(ServerState, state);
    QFETCH(double, rate);
    QFETCH(int, connections);
    auto &now = m_scene->console.overviewNow;
    now.server.state = state;
    now.requestsPerSecond = rate;
    now.server.connections = connections;
    const int before = m_scene->console.askedCount(u"overview"_s);
    QTRY_VERIFY(m_scene->console.askedCount(u"overview"_s) > before + 1);
    QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
    QTest::keyClick(&window(), Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(quit.size(), asked.isEmpty() ? 1 : 0);
    if (asked.isEmpty())
        return;
    QTRY_VERIFY(question());
    QCOMPARE(question()->text(), asked);
    QTest::keyClick(question(), Qt::Key_Return); // the harmless answer
    QTRY_VERIFY(!question());
    QCOMPARE(quit.size(), 0);
    window().activateWindow();
    QVERIFY(comesInFront(&window()));
    QTest::keyClick(&window(), Qt::Key_Q, Qt::ControlModifier);
    QTRY_VERIFY(question());
    question()->findChild<QPushButton *>(u"quit"_s)->click();
    QCOMPARE(quit.size(), 1);
}

void TestMainWindow::ctrlQ_canKeepItRunning()
{
    QTRY_VERIFY(state().startsWith(u"Running"_s));
    QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
    QTest::keyClick(&window(), Qt::Key_Q, Qt::ControlModifier);
    QTRY_VERIFY(question());
    question()->findChild<QPushButton *>(u"keepRunning"_s)->click();
    QTRY_VERIFY(window().isMinimized() || window().isHidden());
    QCOMPARE(quit.size(), 0);
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 0);
}

void TestMainWindow::quitting_isNotHeldUpByTheWindow()
{
    constexpr int heldUp = 7;
    QTimer::singleShot(0, qApp, [] {
        QCoreApplication::quit(); // as a signal or the dock does
        QTimer::singleShot(0, qApp, [] { QCoreApplication::exit(heldUp); });
    });
    QCOMPARE(QApplication::exec(), 0);
}

void TestMainWindow::missedSome_readsSnapshots()
{
    window().pages().showPage(u"sessions"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"sessions "_s), 1);
    auto *table = window().findChild<QWidget *>(u"sessions"_s)->findChild<QTableView *>();
    QTRY_VERIFY(table->model()->rowCount() > 0);
    m_scene->console.sessionRows.prepend(m_scene->session(0, u"new@example.com"_s));
    m_scene->console.runAway();
    QTRY_COMPARE(table->model()->index(0, 0).data().toString(), u"new@example.com"_s);
}

void TestMainWindow::lostJournal_isSaid_andForgotten()
{
    m_scene->console.failNext(u"changesSince"_s, {.code = ErrorCode::StorageFailure, .detail = u"disk I/O error"_s});
    QTRY_VERIFY(shown().contains(u"does not tell what is new"_s));
    QTRY_COMPARE(shown(), QString());
}

void TestMainWindow::alarm_isShown_andLeadsToSessions()
{
    Alarm guessing = m_scene->alarm(AlarmType::BruteForce, u"ada.lovelace@example.com"_s, u"203.0.113.66"_s);
    guessing.count = 57;
    m_scene->console.publish({guessing});
    QTRY_COMPARE(shown(), u"Somebody is guessing passwords: 57 sign-ins were refused within five minutes. The last one: "
                          "ada.lovelace@example.com, 203.0.113.66."_s);
    window().strip().findChild<QToolButton *>(u"dismiss"_s)->click();
    Alarm theft = m_scene->alarm(AlarmType::RefreshReused, u"ada.lovelace@example.com"_s, u"203.0.113.9"_s);
    theft.openedFrom = u"192.0.2.7"_s;
    m_scene->console.publish({theft});
    QTRY_VERIFY(shown().contains(u"presented from 203.0.113.9. The session was opened from 192.0.2.7."_s));
    auto *show = window().strip().findChild<QPushButton *>(u"action"_s);
    show->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(shownPage(), u"sessions"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"sessions ada.lovelace@example.com"_s), 1);
    QCOMPARE(shown(), QString()); // it has been seen to
}

void TestMainWindow::serverCard_opensTheMenuOfOrders_data()
{
    QTest::addColumn<bool>("byMouse");
    QTest::newRow("by the mouse") << true;
    QTest::newRow("by the keyboard") << false;
}

void TestMainWindow::serverCard_opensTheMenuOfOrders()
{
    QFETCH(bool, byMouse);
    window().pages().showPage(u"overview"_s);
    QTRY_COMPARE(state(), u"Running"_s);
    auto *card = window().findChild<Card *>(u"stateCard"_s);
    card->setFocus();
    if (byMouse)
        QTest::mouseClick(card, Qt::LeftButton);
    else
        press(Qt::Key_Space);
    QTRY_COMPARE(QApplication::activePopupWidget(), window().statusBar()->findChild<QPushButton *>(u"server"_s)->menu());
    QVERIFY(QApplication::activePopupWidget()->actions().contains(order(u"toggle"_s)));
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!QApplication::activePopupWidget());
    QCOMPARE(shownPage(), u"overview"_s);
    QVERIFY(!question()); // nothing was ordered
}

void TestMainWindow::startAndStop_workFromTheStatusBar()
{
    QTRY_COMPARE(state(), u"Running"_s);
    auto *start = window().statusBar()->findChild<QPushButton *>(u"start"_s);
    QVERIFY(!start->isVisible());
    const auto *menu = window().statusBar()->findChild<QPushButton *>(u"server"_s)->menu();
    QVERIFY(menu->actions().contains(order(u"toggle"_s)));
    order(u"toggle"_s)->trigger();
    QTRY_VERIFY(question());
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 0);
    question()->findChild<QPushButton *>(u"stop"_s)->click();
    QTRY_COMPARE(state(), u"Stopped"_s);
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 1);
    QTRY_VERIFY(start->isVisible());
    window().activateWindow();
    QVERIFY(comesInFront(&window()));
    start->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(state(), u"Running"_s);
}

void TestMainWindow::stop_asksOnce_andStopsOnly()
{
    QTRY_COMPARE(state(), u"Running"_s);
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(question());
    QCOMPARE(question()->text(), u"21.4 requests a second are being answered. Stop the server?"_s);
    QVERIFY(question()->informativeText().contains(u"connection refused"_s));
    window().askToStop(); // the tray's menu
    QCOMPARE(window().findChildren<QMessageBox *>().size(), 1);
    QTest::keyClick(question(), Qt::Key_Return);
    QTRY_VERIFY(!question());
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 0);

    window().askToStop();
    QTRY_VERIFY(question());
    m_scene->console.overviewNow.server.state = ServerState::Stopped; // meanwhile, from the command line
    QTRY_COMPARE(state(), u"Stopped"_s);
    question()->findChild<QPushButton *>(u"stop"_s)->click();
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"startServer"_s), 0);
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 0);
}

void TestMainWindow::pauseAndResume_workFromTheStatusBar()
{
    QTRY_COMPARE(state(), u"Running"_s);
    auto *pause = order(u"pause"_s);
    QVERIFY(pause->text().contains(u"ause"_s) && pause->isEnabled());
    pause->trigger();
    QTRY_COMPARE(state(), u"Paused"_s);
    QVERIFY(order(u"toggle"_s)->text().contains(u"Stop"_s)); // a paused server still listens
    QTest::keyClick(&window(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(state(), u"Running"_s);
    QCOMPARE(m_scene->console.askedCount(u"pauseServer"_s), 1);
    QCOMPARE(m_scene->console.askedCount(u"resumeServer"_s), 1);
}

void TestMainWindow::reload_tellsWhatWaits()
{
    order(u"reload"_s)->trigger();
    QTRY_COMPARE(window().toast().text(), u"Settings and certificate were read again."_s);
    m_scene->console.overviewNow.server.waiting = {u"tokens.issuer"_s, u"tokens.audience"_s};
    order(u"reload"_s)->trigger();
    QTRY_VERIFY(shown().contains(u"tokens.issuer, tokens.audience"_s));
}

void TestMainWindow::restart_asksOnce_andPutsInForceWhatWaits()
{
    m_scene->console.overviewNow.server.waiting = {u"tokens.issuer"_s};
    QTRY_VERIFY(shown().contains(u"These act after a restart of the server: tokens.issuer"_s));
    const auto buttons = window().strip().findChildren<QPushButton *>();
    const auto restart = std::ranges::find(buttons, u"Restart…"_s, &QPushButton::text);
    QVERIFY(restart != buttons.end());
    QTest::keyClick(*restart, Qt::Key_Space);
    QTRY_VERIFY(question());
    QVERIFY2(question()->text().endsWith(u"Restart the server?"_s), qPrintable(question()->text()));
    QTest::keyClick(question(), Qt::Key_Escape);
    QTRY_VERIFY(!question());
    QCOMPARE(m_scene->console.askedCount(u"restartServer"_s), 0);
    order(u"restart"_s)->trigger(); // the same question
    QTRY_VERIFY(question());
    question()->findChild<QPushButton *>(u"restart"_s)->click();
    QTRY_COMPARE(m_scene->console.askedCount(u"restartServer"_s), 1);
    QTRY_COMPARE(window().toast().text(), u"The server restarts: it is back in a moment."_s);
    QTRY_COMPARE(shown(), QString());
}

void TestMainWindow::refusedRestart_isSaidInPlace()
{
    m_scene->console.failNext(u"restartServer"_s, {.code = ErrorCode::Busy, .detail = u"the server opens anew already"_s});
    order(u"restart"_s)->trigger();
    QTRY_VERIFY(question());
    question()->findChild<QPushButton *>(u"restart"_s)->click();
    QTRY_VERIFY2(shown().contains(u"The server was not restarted; it goes on as before."_s), qPrintable(shown()));
    m_scene->console.overviewNow.server.problems = {{.code = u"reload_failed"_s, .detail = u"http.listn"_s, .since = m_scene->clock.now()}};
    QTRY_VERIFY(shown().contains(u"The new settings were refused."_s)); // now the server says it, and it is said once
    QVERIFY2(!shown().contains(u"not restarted"_s), qPrintable(shown()));
}

void TestMainWindow::certificate_isDated()
{
    const auto *tls = window().statusBar()->findChild<QLabel *>(u"tls"_s);
    QTRY_VERIFY(window().statusBar()->findChild<QToolButton *>(u"address"_s)->isVisible());
    m_scene->console.overviewNow.server.certificateUntil = m_scene->clock.now() + std::chrono::days {90};
    QTRY_VERIFY(tls->text().startsWith(u"TLS until "_s));
    QVERIFY(tls->isVisible());
}

void TestMainWindow::plainHttp_isSaid()
{
    const auto *tls = window().statusBar()->findChild<QLabel *>(u"tls"_s);
    QTRY_COMPARE(tls->text(), u"plain HTTP"_s);
    QVERIFY(tls->isVisible());
    m_scene->console.overviewNow.server.url = u"unix:/run/warder/warder.sock"_s;
    QTRY_VERIFY(!tls->isVisible()); // no network sees it
}

void TestMainWindow::refusedStop_isSaidInPlace()
{
    QTRY_COMPARE(state(), u"Running"_s);
    m_scene->console.failNext(u"stopServer"_s, {.code = ErrorCode::Busy, .detail = u"for the log"_s});
    window().askToStop();
    question()->findChild<QPushButton *>(u"stop"_s)->click();
    QTRY_COMPARE(shown(),
                 u"The server could not be stopped. The server has too much to do just now, or was stopped. Try again in a moment."_s);
    QTRY_COMPARE(state(), u"Running"_s);
    m_scene->console.overviewNow.server.state = ServerState::Stopped; // somebody else stopped it
    QTRY_COMPARE(shown(), QString());
}

void TestMainWindow::address_isCopied()
{
    auto *address = window().statusBar()->findChild<QToolButton *>(u"address"_s);
    QTRY_VERIFY(address->isVisible());
    address->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(QApplication::clipboard()->text(), u"http://127.0.0.1:8000"_s);
    QCOMPARE(window().toast().text(), u"Copied: http://127.0.0.1:8000"_s);
    QCOMPARE(address->text(), u"http://127.0.0.1:8000"_s); // nothing moves for it
}

void TestMainWindow::addresses_areAllInTheMenu()
{
    auto *address = window().statusBar()->findChild<QToolButton *>(u"address"_s);
    QTRY_VERIFY(address->isVisible());
    QVERIFY(!address->menu());
    m_scene->console.overviewNow.server.addresses = {u"http://127.0.0.1:8000"_s, u"http://[2001:db8::1]:8000"_s,
                                                     u"unix:/run/warder/warder.sock"_s};
    QTRY_VERIFY(address->menu());
    QCOMPARE(address->menu()->actions().size(), 3);
    address->menu()->actions().at(2)->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"unix:/run/warder/warder.sock"_s);
}

void TestMainWindow::configuredAddress_standsWhileItDoesNotListen()
{
    auto &server = m_scene->console.overviewNow.server;
    server = {};
    server.configured = {u"http://127.0.0.1:18201"_s};
    const auto *address = window().statusBar()->findChild<QToolButton *>(u"address"_s);
    QTRY_COMPARE(address->text(), u"http://127.0.0.1:18201"_s);
    QVERIFY(address->toolTip().contains(u"does not listen"_s));
    order(u"firstSteps"_s)->trigger();
    QStringList lines;
    for (const auto *field : window().findChildren<CopyField *>())
        lines += field->text();
    const QString shown = lines.join(u'\n');
    QVERIFY2(shown.contains(u"WARDER_URL=http://127.0.0.1:18201\n"_s), qPrintable(shown));
    QVERIFY2(shown.contains(u"curl http://127.0.0.1:18201/register"_s), qPrintable(shown));
    QVERIFY2(!shown.contains(u":8000"_s), qPrintable(shown));
    server.configured.clear(); // nobody knows: then no address at all
    QTRY_VERIFY(!address->isVisible());
    for (const auto *field : window().findChildren<CopyField *>())
        QVERIFY2(!field->text().contains(u"http"_s), qPrintable(field->text()));
}

void TestMainWindow::pageAndFilter_areRemembered()
{
    window().pages().showPage(u"sessions"_s);
    auto *filter = window().findChild<QWidget *>(u"sessions"_s)->findChild<QLineEdit *>();
    filter->setFocus();
    QTest::keyClicks(filter, u"hopper"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"sessions hopper"_s), 1);
    m_desktop.reset();
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    m_desktop->open();
    QCOMPARE(shownPage(), u"sessions"_s);
    QCOMPARE(window().findChild<QWidget *>(u"sessions"_s)->findChild<QLineEdit *>()->text(), u"hopper"_s);
}

void TestMainWindow::card_leadsToTheWholeList()
{
    window().pages().showPage(u"sessions"_s);
    auto *filter = window().findChild<QWidget *>(u"sessions"_s)->findChild<QLineEdit *>();
    filter->setFocus();
    QTest::keyClicks(filter, u"zzz"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"sessions zzz"_s), 1);
    window().pages().showPage(u"overview"_s);
    window().findChild<Card *>(u"sessionsCard"_s)->click();
    QCOMPARE(shownPage(), u"sessions"_s);
    QCOMPARE(filter->text(), QString());
    auto *table = window().findChild<QWidget *>(u"sessions"_s)->findChild<QTableView *>();
    QTRY_COMPARE(table->model()->rowCount(), 200);
    QTest::keyClick(&window(), Qt::Key_3, Qt::ControlModifier);
    auto *search = window().findChild<QWidget *>(u"users"_s)->findChild<QLineEdit *>();
    QTest::keyClicks(search, u"zzz"_s);
    window().pages().showPage(u"overview"_s);
    window().findChild<Card *>(u"usersCard"_s)->click();
    QCOMPARE(search->text(), QString());
}

/// Where the eye is, whatever page is in view; in short, since it stands beside a name.
void TestMainWindow::sidebar_saysHowManySessionsAreLive()
{
    const auto *sidebar = window().findChild<Sidebar *>();
    const QListWidgetItem *sessions = sidebar->item(1);
    const auto shownCount = [sessions] { return sessions->data(Sidebar::CountRole).toString(); };
    QTRY_COMPARE(shownCount(), u"1.2k"_s); // 1284
    QVERIFY2(sessions->toolTip().startsWith(UiTexts::count(1284)), qPrintable(sessions->toolTip()));
    const std::pair<qint64, QString> numbers[] {{0, {}}, {999, u"999"_s}, {1000, u"1.0k"_s}, {9'999, u"9.9k"_s}, {100'027, u"100k"_s}};
    for (const auto &[number, text] : numbers) {
        m_scene->console.overviewNow.counts->liveSessions = number;
        order(u"reload"_s)->trigger(); // reads the overview, too
        QTRY_COMPARE(shownCount(), text);
    }
    QVERIFY(sessions->data(Qt::AccessibleTextRole).toString().isEmpty()); // it would be said each second
    m_scene->console.overviewNow.counts.reset();                          // nobody knows
    QTRY_COMPARE(shownCount(), QString());
}

void TestMainWindow::filterOfAJump_isNotRemembered()
{
    window().pages().jumpTo(u"sessions"_s, {.text = u"hopper"_s});
    window().pages().jumpTo(u"users"_s, {.text = u"turing"_s});
    m_desktop.reset();
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    for (const auto &page : {u"sessions"_s, u"users"_s})
        QCOMPARE(window().findChild<QWidget *>(page)->findChild<QLineEdit *>()->text(), QString());
}

void TestMainWindow::firstSteps_stayAway_whereThereAreAccounts()
{
    window().pages().showPage(u"overview"_s);
    QVERIFY(!window().findChild<FirstSteps *>()->isVisible());
    QTRY_COMPARE(state(), u"Running"_s);
    QVERIFY(!window().findChild<FirstSteps *>()->isVisible());
}

void TestMainWindow::firstSteps_comeBackFromTheMenu()
{
    window().pages().showPage(u"keys"_s);
    window().findChild<QAction *>(u"firstSteps"_s)->trigger();
    QCOMPARE(shownPage(), u"overview"_s);
    QVERIFY(window().findChild<FirstSteps *>()->isVisible());
}

/// Also where other steps were looked at last, and where there are accounts.
void TestMainWindow::help_showsHowToConnectAnApp()
{
    window().pages().showPage(u"keys"_s);
    order(u"connectApp"_s)->trigger();
    QCOMPARE(shownPage(), u"overview"_s);
    const auto isShown = [this](const QString &begin) {
        const auto fields = window().findChildren<CopyField *>();
        return std::ranges::any_of(fields, [&begin](const CopyField *each) { return each->isVisible() && each->text().startsWith(begin); });
    };
    QTRY_VERIFY(isShown(u"WARDER_URL="_s));
    QVERIFY(isShown(u"curl http://127.0.0.1:8000/register"_s));
}

QTEST_MAIN(TestMainWindow)
#include "TestMainWindow.moc"
