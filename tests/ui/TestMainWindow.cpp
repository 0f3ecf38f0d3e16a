#include "tests/ui/support/Keys.h"
#include "tests/ui/support/Scene.h"
#include "ui/Desktop.h"
#include "ui/overview/FirstSteps.h"
#include "ui/widgets/InlineMessage.h"

#include <QAccessible>
#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QLabel>
#include <QPushButton>
#include <QSet>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

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
    void ctrlQ_asksToQuit();
    void quitting_isNotHeldUpByTheWindow();
    void missedSome_readsSnapshots();
    void lostJournal_isSaid_andForgotten();
    void alarm_isShown_andLeadsToSessions();
    void startAndStop_workFromTheStatusBar();
    void pauseAndResume_workFromTheStatusBar();
    void reload_tellsWhatWaits();
    void certificate_isDated();
    void failedStart_isSaidInPlace();
    void address_isCopied();
    void pageAndFilter_areRemembered();
    void firstSteps_comeBackFromTheMenu();

private:
    MainWindow &window() { return m_desktop->window(); }
    QString shownPage() const;

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
};

void TestMainWindow::init()
{
    QApplication::setQuitOnLastWindowClosed(false);
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    m_desktop = std::make_unique<Desktop>(m_scene->desk());
    m_desktop->open();
    QVERIFY(QTest::qWaitForWindowActive(&window()));
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
}

void TestMainWindow::ctrlNumber_showsPage()
{
    QFETCH(Qt::Key, key);
    window().showPage(u"keys"_s);
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
    QCOMPARE(shownPage(), u"keys"_s);
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
        if ((widget->focusPolicy() & Qt::TabFocus) != Qt::TabFocus || widget->parentWidget()->inherits("QAbstractScrollArea") || widget->inherits("QMenu"))
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
    for (const auto &key : {u"overview"_s, u"sessions"_s, u"users"_s, u"limits"_s, u"keys"_s}) {
        window().showPage(key);
        QTest::qWait(50);
        QSet<QWidget *> wanted;
        for (QWidget *widget : window().findChildren<QWidget *>()) {
            if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget->focusProxy()
                && !widget->parentWidget()->inherits("QAbstractScrollArea"))
                wanted += widget;
        }
        QVERIFY(wanted.size() > 3);
        for (int i = 0; i < 80 && !wanted.isEmpty(); ++i) {
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
        QVERIFY(window().notice().text().contains(u"goes on serving"_s));
}

void TestMainWindow::ctrlQ_asksToQuit()
{
    QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
    QTest::keyClick(&window(), Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(quit.size(), 1);
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
    window().showPage(u"sessions"_s);
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
    QTRY_VERIFY(window().notice().text().contains(u"disk I/O error"_s));
    QTRY_VERIFY(window().notice().text().isEmpty());
}

void TestMainWindow::alarm_isShown_andLeadsToSessions()
{
    m_scene->console.tell({Alarm {m_scene->clock.now(), u"brute_force"_s, {}, {}, u"ada.lovelace@example.com"_s, u"203.0.113.66"_s, {}, 57}});
    QTRY_COMPARE(window().notice().text(), u"Somebody is guessing passwords: 57 sign-ins were refused within five minutes, the last one at "
                                           "ada.lovelace@example.com from 203.0.113.66."_s);
    m_scene->console.tell({Alarm {m_scene->clock.now(), u"refresh_reused"_s, {}, {}, u"ada.lovelace@example.com"_s, u"203.0.113.9"_s, u"192.0.2.7"_s}});
    QTRY_VERIFY(window().notice().text().contains(u"presented from 203.0.113.9; the session was opened from 192.0.2.7"_s));
    auto *show = window().notice().findChild<QPushButton *>();
    show->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(shownPage(), u"sessions"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"sessions ada.lovelace@example.com"_s), 1);
}

void TestMainWindow::startAndStop_workFromTheStatusBar()
{
    auto *toggle = window().statusBar()->findChild<QPushButton *>(u"toggleServer"_s);
    QTRY_COMPARE(toggle->text(), u"Stop"_s);
    toggle->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(toggle->text(), u"Start"_s);
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 1);
    QTRY_VERIFY(toggle->isEnabled());
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(toggle->text(), u"Stop"_s);
}

void TestMainWindow::pauseAndResume_workFromTheStatusBar()
{
    auto *pause = window().statusBar()->findChild<QPushButton *>(u"togglePause"_s);
    auto *toggle = window().statusBar()->findChild<QPushButton *>(u"toggleServer"_s);
    QTRY_VERIFY(pause->isVisible());
    QCOMPARE(pause->text(), u"Pause"_s);
    pause->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(pause->text(), u"Resume"_s);
    QCOMPARE(toggle->text(), u"Stop"_s);   // a paused server still listens
    QTest::keyClick(&window(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(pause->text(), u"Pause"_s);
    QCOMPARE(m_scene->console.askedCount(u"pauseServer"_s), 1);
    QCOMPARE(m_scene->console.askedCount(u"resumeServer"_s), 1);
    toggle->click();
    QTRY_VERIFY(!pause->isVisible());
}

void TestMainWindow::reload_tellsWhatWaits()
{
    auto *reload = window().findChild<QAction *>(u"reload"_s);
    reload->trigger();
    QTRY_COMPARE(window().notice().text(), u"Settings and certificate were read again."_s);
    m_scene->console.settingsWaiting = {u"tokens.issuer"_s, u"tokens.audience"_s};
    reload->trigger();
    QTRY_VERIFY(window().notice().text().contains(u"tokens.issuer, tokens.audience"_s));
}

void TestMainWindow::certificate_isDated()
{
    const auto *tls = window().statusBar()->findChild<QLabel *>(u"tls"_s);
    QTRY_VERIFY(window().statusBar()->findChild<QToolButton *>(u"address"_s)->isVisible());
    QVERIFY(!tls->isVisible());
    m_scene->console.overviewNow.server.certificateUntil = m_scene->clock.now() + std::chrono::days {90};
    QTRY_VERIFY(tls->isVisible());
    QVERIFY(tls->text().startsWith(u"TLS until "_s));
}

void TestMainWindow::failedStart_isSaidInPlace()
{
    auto *toggle = window().statusBar()->findChild<QPushButton *>(u"toggleServer"_s);
    QTRY_COMPARE(toggle->text(), u"Stop"_s);
    m_scene->console.failNext(u"stopServer"_s, {.code = ErrorCode::Busy, .detail = u"a request runs"_s});
    toggle->click();
    QTRY_VERIFY(window().notice().text().contains(u"a request runs"_s));
}

void TestMainWindow::address_isCopied()
{
    auto *address = window().statusBar()->findChild<QToolButton *>(u"address"_s);
    QTRY_VERIFY(address->isVisible());
    address->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(QApplication::clipboard()->text(), u"http://127.0.0.1:8000"_s);
}

void TestMainWindow::pageAndFilter_areRemembered()
{
    window().showPage(u"sessions"_s, u"hopper"_s);
    m_desktop.reset();
    m_desktop = std::make_unique<Desktop>(m_scene->desk());
    m_desktop->open();
    QCOMPARE(shownPage(), u"sessions"_s);
    QCOMPARE(window().findChild<QWidget *>(u"sessions"_s)->findChild<QLineEdit *>()->text(), u"hopper"_s);
}

void TestMainWindow::firstSteps_comeBackFromTheMenu()
{
    window().showPage(u"keys"_s);
    window().findChild<QAction *>(u"firstSteps"_s)->trigger();
    QCOMPARE(shownPage(), u"overview"_s);
    QVERIFY(window().findChild<FirstSteps *>()->isVisible());
}

QTEST_MAIN(TestMainWindow)
#include "TestMainWindow.moc"
