#include "core/base/Id.h"
#include "core/console/wire/ConsoleSocket.h"
#include "core/console/wire/RemoteConsole.h"
#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/StripProblems.h"
#include "ui/Desktop.h"
#include "ui/ServerStatus.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ProblemStrip.h"
#include "ui/widgets/Toast.h"

#include <QAction>
#include <QDialog>
#include <QHash>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The window of a server that runs elsewhere, over the real socket.
class TestService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setQuitOnLastWindowClosed(false); }
    void init();
    void cleanup();
    void everyPage_works();
    void faults_readAsInTheServer();
    void titleAndMenus_saySo();
    void quitting_asksNothing_andStopsNothing();
    void closing_neverEndsTheService();
    void stop_saysThatTheProcessGoesOn();
    void restart_isSurvived();
    void windowFirst_serviceLater();
    void massRevocation_showsItsProgress_andCanBeStopped();

private:
    void serve();
    MainWindow &window() { return m_desktop->window(); }
    /// Until a question that begins now was answered; what was asked before it has arrived, too.
    void waitForARefresh();
    QString state() { return window().statusBar()->findChild<QLabel *>(u"state"_s)->text(); }

    std::unique_ptr<Scene> m_scene; // the service's side
    std::unique_ptr<ConsoleSocket> m_socket;
    std::unique_ptr<RemoteConsole> m_console; // the window's
    std::unique_ptr<Desktop> m_desktop;
};

void TestService::init()
{
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    m_console = std::make_unique<RemoteConsole>();
    serve();
    m_console->attachTo(m_scene->folder.filePath(u"console.sock"_s));
    m_desktop = std::make_unique<Desktop>(
        PageContext {.console = *m_console, .clock = m_scene->clock, .memory = m_scene->memory, .ofService = true});
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QTRY_COMPARE(state(), u"Running"_s);
}

void TestService::cleanup()
{
    m_desktop.reset();
    m_console.reset();
    m_socket.reset();
    m_scene.reset();
}

void TestService::waitForARefresh()
{
    const int before = m_scene->console.askedCount(u"overview"_s);
    QTRY_VERIFY(m_scene->console.askedCount(u"overview"_s) > before + 1);
}

void TestService::serve()
{
    m_socket = std::make_unique<ConsoleSocket>(m_scene->console);
    QVERIFY(m_socket->listen(m_scene->folder.filePath(u"console.sock"_s)));
}

void TestService::everyPage_works()
{
    for (const auto &page : {u"sessions"_s, u"users"_s, u"limits"_s, u"keys"_s, u"mail"_s, u"providers"_s}) {
        window().pages().showPage(page);
        const auto *table = listOf(*window().findChild<QWidget *>(page));
        QTRY_VERIFY2(table->model()->rowCount() > 0, qPrintable(page));
    }
    QVERIFY2(problemsIn(window().strip()).isEmpty(), qPrintable(problemsIn(window().strip()).join(u'\n')));
    m_scene->console.sessionRows.prepend(m_scene->session(0, u"new@example.com"_s));
    m_scene->console.publish({m_scene->console.sessionRows.first()});
    const auto *table = listOf(*window().findChild<QWidget *>(u"sessions"_s));
    QTRY_COMPARE(table->model()->index(0, 0).data().toString(), u"new@example.com"_s);
    m_scene->console.publish({m_scene->alarm(AlarmType::RefreshReused, u"ada@example.com"_s, u"203.0.113.9"_s)});
    QTRY_COMPARE(problemsIn(window().strip()).size(), 1);
}

/// A refusal that crossed the socket reads as one of the own server does.
void TestService::faults_readAsInTheServer()
{
    const Error refusal {.code = ErrorCode::InvalidInput,
                         .faults = {{.type = u"string_too_short"_s,
                                     .location = {u"body"_s, u"password"_s},
                                     .message = u"String should have at least 8 characters"_s,
                                     .context = {{u"min_length"_s, 8}}},
                                    valueFault(u"email"_s, FaultReason::EmailDomainWithoutPeriod)}};
    m_scene->console.failNext(u"createUser"_s, refusal);
    window().pages().showPage(u"users"_s);
    QTest::keyClick(&window(), Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(window().findChild<QDialog *>());
    auto *dialog = window().findChild<QDialog *>();
    auto *password = dialog->findChild<QLineEdit *>(u"password"_s);
    auto *email = dialog->findChild<QLineEdit *>(u"email"_s);
    QTest::keyClicks(email, u"zz@example"_s);
    QTest::keyClicks(password, u"short"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(password->accessibleDescription(), u"Needs at least 8 characters."_s);
    QCOMPARE(password->accessibleDescription(), UiTexts::faultsOf(refusal, u"password"_s));
    QCOMPARE(email->accessibleDescription(), UiTexts::faultsOf(refusal, u"email"_s));
    QVERIFY2(!email->accessibleDescription().contains(u"The reason"_s), qPrintable(email->accessibleDescription()));
}

void TestService::titleAndMenus_saySo()
{
    QTRY_COMPARE(window().windowTitle(), u"(4) 127.0.0.1:8000 (service) – Warder"_s); // with the alarms that nobody has seen
    QVERIFY(window().findChild<QAction *>(u"quit"_s)->text().contains(u"Close window"_s));
    const QAction *server = window().menuBar()->actions().value(0);
    QHash<QString, QString> taken;
    for (const QAction *item : server->menu()->actions()) {
        const QString letter = QKeySequence::mnemonic(item->text()).toString();
        QVERIFY2(letter.isEmpty() || !taken.contains(letter), qPrintable(u"%1 and %2"_s.arg(taken.value(letter), item->text())));
        taken.insert(letter, item->text());
    }
}

void TestService::quitting_asksNothing_andStopsNothing()
{
    QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
    QTest::keyClick(&window(), Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(quit.size(), 1);
    QVERIFY(!window().findChild<QMessageBox *>());
    waitForARefresh();
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 0);
}

void TestService::closing_neverEndsTheService()
{
    QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
    window().close();
    QVERIFY(window().isHidden());
    QCOMPARE(quit.size(), m_desktop->tray().isAvailable() ? 0 : 1); // without a tray there is nothing to come back by
    waitForARefresh();
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 0);
}

void TestService::stop_saysThatTheProcessGoesOn()
{
    window().askToStop();
    auto *box = window().findChild<QMessageBox *>(u"question"_s);
    QVERIFY2(box->informativeText().contains(u"process goes on"_s), qPrintable(box->informativeText()));
    box->findChild<QPushButton *>(u"stop"_s)->click();
    QTRY_COMPARE(m_scene->console.askedCount(u"stopServer"_s), 1);
    QTRY_COMPARE(state(), u"Stopped"_s);
}

void TestService::restart_isSurvived()
{
    window().pages().showPage(u"users"_s);
    const auto *table = listOf(*window().findChild<QWidget *>(u"users"_s));
    QTRY_VERIFY(table->model()->rowCount() > 0);
    m_socket.reset();
    QTRY_COMPARE(problemsIn(window().strip()).size(), 1);
    QVERIFY(problemsIn(window().strip()).first().startsWith(u"The service does not answer; "_s));
    QTRY_COMPARE(state(), u"No answer. What you see is old."_s);
    ServerStatus beside(*m_console, true, nullptr);
    const QSignalSpy looks(&beside, &ServerStatus::updated);
    beside.start();
    QTRY_VERIFY(looks.size() > 2); // between which the window has looked again, too
    QCOMPARE(problemsIn(window().strip()).size(), 1);
    m_scene->console.userRows.prepend({.id = Id::create(m_scene->clock.now()),
                                       .email = u"aaa@example.com"_s,
                                       .name = {},
                                       .roles = {},
                                       .createdAt = m_scene->clock.now(),
                                       .lastSignInAt = {},
                                       .passwordScheme = {}});
    serve();
    QTRY_COMPARE(state(), u"Running"_s);
    QTRY_VERIFY(problemsIn(window().strip()).isEmpty());
    QTRY_COMPARE(table->model()->index(0, 0).data().toString(), u"aaa@example.com"_s); // read anew, without being asked
}

void TestService::windowFirst_serviceLater()
{
    m_desktop.reset();
    m_socket.reset();
    m_console = std::make_unique<RemoteConsole>();
    m_console->attachTo(m_scene->folder.filePath(u"console.sock"_s));
    m_desktop = std::make_unique<Desktop>(
        PageContext {.console = *m_console, .clock = m_scene->clock, .memory = m_scene->memory, .ofService = true});
    m_desktop->open();
    QTRY_COMPARE(state(), u"No answer. What you see is old."_s);
    QCOMPARE(problemsIn(window().strip()).size(), 1);
    serve();
    QTRY_COMPARE(state(), u"Running"_s);
    QTRY_VERIFY(problemsIn(window().strip()).isEmpty());
}

void TestService::massRevocation_showsItsProgress_andCanBeStopped()
{
    for (int i = 0; i < 1000; ++i)
        m_scene->console.sessionRows += m_scene->session(100'000 + i);
    window().pages().showPage(u"sessions"_s);
    auto *page = window().findChild<QWidget *>(u"sessions"_s);
    const auto buttons = page->findChildren<QPushButton *>();
    const QString text = u"Revoke &all shown (%1)"_s.arg(UiTexts::count(1240));
    QTRY_VERIFY(std::ranges::contains(buttons, text, &QPushButton::text));
    auto *all = *std::ranges::find(buttons, text, &QPushButton::text);
    all->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY(page->findChild<QLineEdit *>(u"number"_s));
    m_scene->console.hold();
    QTest::keyClicks(page->findChild<QLineEdit *>(u"number"_s), u"1240\r"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeShown"_s), 1);
    const auto *bar = page->findChild<QProgressBar *>();
    QTRY_VERIFY(bar->isVisible());
    m_scene->console.reportProgress(400, 1240);
    QTRY_COMPARE(bar->value(), 400);
    QCOMPARE(bar->maximum(), 1240);
    QTest::keyClick(page->findChild<QPushButton *>(u"stopWork"_s), Qt::Key_Space);
    QTRY_VERIFY(m_scene->console.wasCanceled()); // in the service
    QTRY_VERIFY(!bar->isVisible());
    QVERIFY2(window().toast().text().startsWith(u"Stopped."_s), qPrintable(window().toast().text()));
    m_scene->console.release();
}

QTEST_MAIN(TestService)
#include "TestService.moc"
