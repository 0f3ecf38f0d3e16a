#include "core/console/wire/ConsoleSocket.h"
#include "core/console/wire/RemoteConsole.h"
#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/Pictures.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/StripProblems.h"
#include "ui/Desktop.h"
#include "ui/elsewhere/ConnectDialog.h"
#include "ui/elsewhere/LineTexts.h"
#include "ui/elsewhere/RecentPlaces.h"
#include "ui/elsewhere/RemoteLine.h"
#include "ui/widgets/ProblemStrip.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

using Phase = RemoteLineState::Phase;

/// The window of a server on another machine, over the real socket, and the way to such windows.
class TestElsewhere : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setQuitOnLastWindowClosed(false); }
    void init();
    void cleanup();

    void title_saysWhere();
    void everyPage_works();
    void roundTrip_isShown_whileConnected();
    void connecting_isNoFault();
    void lostConnection_isSaidOnce_andTriedOnDemand();
    void everyTrouble_hasASentence_data();
    void everyTrouble_hasASentence();
    void whatWasTyped_staysOverABreak();
    void orderInFlight_mayHaveBeenCarriedOut();
    void comingBack_readsAnew();
    void whatIsOfThisMachine_cannotBeChosen();
    void busyPort_offersNoOther();
    void stop_saysThatOnlyThatMachineCanStartIt();
    void connectDialog_byKeys();
    void connectDialog_saysWhatIsWrong_data();
    void connectDialog_saysWhatIsWrong();
    void fieldsOfTheirOwn_win();
    void recentPlaces_areEight_newestFirst();
    void recentPlace_opensAtOnce();
    void recentPlaces_thatAreNone_arePassedOver();
    void pictures_fit_data();
    void pictures_fit();

private:
    void serve();
    /// As ssh's end does: nobody is at the socket, and the way is lost.
    void lose(RemoteTrouble trouble = RemoteTrouble::Broken, bool triesAgain = true);
    void comeBack();
    MainWindow &window() { return m_desktop->window(); }
    QString state() { return window().statusBar()->findChild<QLabel *>(u"state"_s)->text(); }
    QLabel *away() { return window().statusBar()->findChild<QLabel *>(u"away"_s); }
    QString problems() { return problemsIn(window().strip()).join(u'\n'); }
    QString places() const { return m_scene->folder.filePath(u"elsewhere.ini"_s); }
    PageContext context();
    ConnectDialog *openDialog();
    static bool says(const QWidget &widget, const QString &words);

    std::unique_ptr<Scene> m_scene; // the other machine's side
    std::unique_ptr<ConsoleSocket> m_socket;
    std::unique_ptr<RemoteConsole> m_console; // the window's
    std::unique_ptr<RemoteLine> m_line;
    std::unique_ptr<Desktop> m_desktop;
};

void TestElsewhere::init()
{
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    m_console = std::make_unique<RemoteConsole>();
    m_line = std::make_unique<RemoteLine>(RemotePlace {.user = u"root"_s, .host = u"auth.example.com"_s});
    serve();
    m_console->attachThrough(m_scene->folder.filePath(u"console.sock"_s));
    m_desktop = std::make_unique<Desktop>(context());
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    m_line->set({.phase = Phase::Connected});
    QTRY_COMPARE(state(), u"Running"_s);
}

void TestElsewhere::cleanup()
{
    m_desktop.reset();
    m_line.reset();
    m_console.reset();
    m_socket.reset();
    m_scene.reset();
    QApplication::setPalette(palette(false));
}

PageContext TestElsewhere::context()
{
    return {.console = *m_console,
            .clock = m_scene->clock,
            .memory = m_scene->memory,
            .ofService = true,
            .installation = {.placesFile = places()},
            .elsewhere = m_line.get()};
}

void TestElsewhere::serve()
{
    m_socket = std::make_unique<ConsoleSocket>(m_scene->console);
    QVERIFY(m_socket->listen(m_scene->folder.filePath(u"console.sock"_s)));
}

void TestElsewhere::lose(RemoteTrouble trouble, bool triesAgain)
{
    m_socket.reset();
    m_line->set({.phase = Phase::Lost, .trouble = trouble, .said = u"ssh: the last words"_s, .triesAgain = triesAgain});
    QTRY_COMPARE(problemsIn(window().strip()).size(), 1);
}

void TestElsewhere::comeBack()
{
    serve();
    m_console->connectAgain();
    m_line->set({.phase = Phase::Connected});
    QTRY_COMPARE(state(), u"Running"_s);
}

ConnectDialog *TestElsewhere::openDialog()
{
    QTest::keyClick(&window(), Qt::Key_O, Qt::ControlModifier);
    auto *dialog = window().findChild<ConnectDialog *>();
    return dialog && comesInFront(dialog) ? dialog : nullptr;
}

bool TestElsewhere::says(const QWidget &widget, const QString &words)
{
    const auto labels = widget.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&words](const QLabel *each) { return each->text().contains(words); });
}

void TestElsewhere::title_saysWhere()
{
    QTRY_COMPARE(window().windowTitle(), u"(4) auth.example.com (elsewhere) – Warder"_s); // with the alarms that nobody has seen
    QVERIFY(window().findChild<QAction *>(u"quit"_s)->text().contains(u"Close window"_s));
}

void TestElsewhere::everyPage_works()
{
    m_scene->fillSettings();
    for (const auto &page : {u"overview"_s, u"settings"_s}) {
        window().pages().showPage(page);
        QVERIFY(settle());
    }
    QTRY_VERIFY(m_scene->console.askedCount(u"trends"_s) > 0 && m_scene->console.askedCount(u"settings"_s) > 0);
    for (const auto &page : {u"sessions"_s, u"users"_s, u"limits"_s, u"keys"_s, u"mail"_s, u"providers"_s, u"activity"_s, u"alarms"_s}) {
        window().pages().showPage(page);
        const DataTable *table = listOf(*window().findChild<QWidget *>(page));
        QTRY_VERIFY2(table->model()->rowCount() > 0, qPrintable(page));
    }
    QVERIFY2(problems().isEmpty(), qPrintable(problems()));
}

void TestElsewhere::roundTrip_isShown_whileConnected()
{
    QTRY_VERIFY(away()->isVisible());
    QVERIFY2(away()->text().endsWith(u" ms away"_s), qPrintable(away()->text()));
    QCOMPARE(LineTexts::away(Milliseconds {38}), u"38 ms away"_s);
    QCOMPARE(LineTexts::away(Milliseconds {0}), u"1 ms away"_s);
    lose();
    QTRY_VERIFY(!away()->isVisible());
}

void TestElsewhere::connecting_isNoFault()
{
    m_desktop.reset();
    m_socket.reset();
    m_line = std::make_unique<RemoteLine>(RemotePlace {.user = {}, .host = u"auth"_s});
    m_desktop = std::make_unique<Desktop>(context());
    m_desktop->open();
    QTRY_COMPARE(state(), u"Connecting"_s);
    QTRY_VERIFY(problems().contains(u"Connecting to "_s));
    QVERIFY(!problems().contains(u"tried again"_s));
    QVERIFY(!away()->isVisible());
}

void TestElsewhere::lostConnection_isSaidOnce_andTriedOnDemand()
{
    lose();
    QTRY_COMPARE(state(), u"Not connected. What you see is old."_s);
    QVERIFY2(problems().contains(u"ended."_s) && problems().contains(u"tried again by itself"_s), qPrintable(problems()));
    QVERIFY2(problems().contains(u"What you see is of "_s), qPrintable(problems()));
    QSignalSpy wanted(m_line.get(), &RemoteLine::attemptWanted);
    const auto buttons = window().strip().findChildren<QPushButton *>();
    const auto now = std::ranges::find(buttons, u"Try now"_s, &QPushButton::text);
    QVERIFY(now != buttons.end());
    (*now)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(wanted.size(), 1);
    comeBack();
    QTRY_VERIFY2(problems().isEmpty(), qPrintable(problems()));
}

void TestElsewhere::everyTrouble_hasASentence_data()
{
    QTest::addColumn<RemoteTrouble>("trouble");
    QTest::addColumn<QString>("words");
    using enum RemoteTrouble;
    QTest::newRow("no ssh") << NoSsh << u"Install OpenSSH’s client"_s;
    QTest::newRow("unknown host") << UnknownHost << u"Nobody knows a machine named"_s;
    QTest::newRow("unreachable") << Unreachable << u"does not answer to ssh"_s;
    QTest::newRow("unknown key") << HostKeyUnknown << u"compare the fingerprint"_s;
    QTest::newRow("changed key") << HostKeyChanged << u"nothing was sent"_s;
    QTest::newRow("refused") << LoginRefused << u"did not let you in"_s;
    QTest::newRow("no program") << NoProgram << u"No warderd is in the PATH"_s;
    QTest::newRow("not running") << NotRunning << u"No server of this user runs"_s;
    QTest::newRow("no answer") << NoAnswer << u"Nobody answers at the server’s socket"_s;
    QTest::newRow("an old server") << ServerOutdated << u"Update the server"_s;
    QTest::newRow("an old program") << ProgramOutdated << u"Update this program"_s;
    QTest::newRow("broken") << Broken << u"What you typed stays"_s;
    QTest::newRow("other") << Other << u"“ssh: the last words”"_s;
}

void TestElsewhere::everyTrouble_hasASentence()
{
    QFETCH(RemoteTrouble, trouble);
    QFETCH(QString, words);
    lose(trouble, false);
    QVERIFY2(problems().contains(words), qPrintable(problems()));
    QVERIFY2(!problems().contains(u"tried again by itself"_s), qPrintable(problems()));
}

void TestElsewhere::whatWasTyped_staysOverABreak()
{
    window().pages().showPage(u"users"_s);
    QTest::keyClick(&window(), Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(window().findChild<QDialog *>());
    auto *dialog = window().findChild<QDialog *>();
    auto *email = dialog->findChild<QLineEdit *>(u"email"_s);
    auto *password = dialog->findChild<QLineEdit *>(u"password"_s);
    QTest::keyClicks(email, u"zz@example.com"_s);
    QTest::keyClicks(password, u"correct horse battery"_s);
    lose();
    QTest::keyClick(dialog, Qt::Key_Return); // refused: nobody is there
    QTRY_VERIFY(says(*dialog, u"Try again in a moment"_s));
    QVERIFY(dialog->isVisible());
    comeBack();
    QVERIFY(settle());
    QVERIFY(dialog->isVisible());
    QCOMPARE(email->text(), u"zz@example.com"_s);
    QCOMPARE(password->text(), u"correct horse battery"_s);
    QCOMPARE(m_scene->console.askedCount(u"createUser"_s), 0);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"createUser"_s), 1);
}

void TestElsewhere::orderInFlight_mayHaveBeenCarriedOut()
{
    window().pages().showPage(u"users"_s);
    QTest::keyClick(&window(), Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(window().findChild<QDialog *>());
    auto *dialog = window().findChild<QDialog *>();
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"email"_s), u"zz@example.com"_s);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"password"_s), u"correct horse battery"_s);
    m_scene->console.hold();
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"createUser"_s), 1);
    lose();
    QTRY_VERIFY(says(*dialog, u"it may have been done all the same"_s));
    QCOMPARE(dialog->findChild<QLineEdit *>(u"email"_s)->text(), u"zz@example.com"_s);
    m_scene->console.release();
    QVERIFY(settle()); // what the other machine has done by then finds nobody to tell
}

void TestElsewhere::comingBack_readsAnew()
{
    window().pages().showPage(u"users"_s);
    const DataTable *table = listOf(*window().findChild<QWidget *>(u"users"_s));
    QTRY_VERIFY(table->model()->rowCount() > 0);
    lose();
    m_scene->console.userRows.prepend({.id = Id::create(m_scene->clock.now()),
                                       .email = u"aaa@example.com"_s,
                                       .name = {},
                                       .roles = {},
                                       .createdAt = m_scene->clock.now(),
                                       .lastSignInAt = {},
                                       .passwordScheme = {}});
    comeBack();
    QTRY_COMPARE(table->model()->index(0, 0).data().toString(), u"aaa@example.com"_s);
}

void TestElsewhere::whatIsOfThisMachine_cannotBeChosen()
{
    auto *autostart = window().findChild<QAction *>(u"autostartElsewhere"_s);
    QVERIFY(autostart && !autostart->isEnabled());
    QVERIFY2(autostart->toolTip().contains(u"this machine only"_s), qPrintable(autostart->toolTip()));
    QVERIFY(!window().findChild<QAction *>(u"autostart"_s));
    QVERIFY(!window().findChild<QAction *>(u"switch"_s));
}

void TestElsewhere::busyPort_offersNoOther()
{
    auto &server = m_scene->console.overviewNow.server;
    server.state = ServerState::Failed;
    server.problem = u"cannot listen"_s;
    server.problemCode = nameOf(ErrorCode::AddressTaken);
    server.otherPort = OtherPort {.port = 8001, .sourceName = {}};
    QTRY_VERIFY2(problems().contains(u"No other port is offered from here"_s), qPrintable(problems()));
    const auto buttons = window().strip().findChildren<QPushButton *>();
    QVERIFY(!std::ranges::contains(buttons, u"Use port 8001"_s, &QPushButton::text));
    QVERIFY(std::ranges::contains(buttons, u"Start again"_s, &QPushButton::text));
}

void TestElsewhere::stop_saysThatOnlyThatMachineCanStartIt()
{
    window().askToStop();
    auto *box = window().findChild<QMessageBox *>(u"question"_s);
    QVERIFY(box);
    QVERIFY2(box->informativeText().contains(u"it can be started on that machine only"_s), qPrintable(box->informativeText()));
    box->reject();
}

void TestElsewhere::connectDialog_byKeys()
{
    QSignalSpy wanted(m_desktop.get(), &Desktop::connectRequested);
    ConnectDialog *dialog = openDialog();
    QVERIFY(dialog);
    type(u"ann@other.example"_s);
    press(Qt::Key_Tab);
    type(u"2222"_s);
    press(Qt::Key_Tab);
    type(u"/srv/warder"_s);
    press(Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toString(), u"ann@other.example:2222:/srv/warder"_s);
    QTRY_VERIFY(!window().findChild<ConnectDialog *>());
    QCOMPARE(RecentPlaces(places()).all(), QStringList()); // what was reached is remembered, by whoever reached it
}

void TestElsewhere::connectDialog_saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::newRow("nothing") << u"server"_s << u""_s;
    QTest::newRow("an option of ssh") << u"server"_s << u"-oProxyCommand=x"_s;
    QTest::newRow("a blank") << u"server"_s << u"ann@a b"_s;
    QTest::newRow("a port of words") << u"port"_s << u"ssh"_s;
    QTest::newRow("port 0") << u"port"_s << u"0"_s;
    QTest::newRow("too great a port") << u"port"_s << u"70000"_s;
    QTest::newRow("a folder that is not absolute") << u"folder"_s << u"srv"_s;
    QTest::newRow("a folder with a variable") << u"folder"_s << u"/srv/${HOME}"_s;
}

void TestElsewhere::connectDialog_saysWhatIsWrong()
{
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QSignalSpy wanted(m_desktop.get(), &Desktop::connectRequested);
    ConnectDialog *dialog = openDialog();
    QVERIFY(dialog);
    auto *server = dialog->findChild<QLineEdit *>(u"server"_s);
    auto *edit = dialog->findChild<QLineEdit *>(field);
    const QString remark = edit->accessibleDescription();
    if (edit != server)
        QTest::keyClicks(server, u"auth"_s);
    edit->setFocus();
    QTest::keyClicks(edit, typed);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(dialog->isVisible());
    QVERIFY(!edit->accessibleDescription().isEmpty() && edit->accessibleDescription() != remark);
    QVERIFY(QApplication::focusWidget() == edit);
    QCOMPARE(edit->text(), typed);
    QCOMPARE(wanted.size(), 0);
    dialog->reject();
}

void TestElsewhere::fieldsOfTheirOwn_win()
{
    QSignalSpy wanted(m_desktop.get(), &Desktop::connectRequested);
    ConnectDialog *dialog = openDialog();
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"server"_s), u"root@[::1]:22:/var/lib/warder"_s);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"port"_s), u"2222"_s);
    QTest::keyClick(dialog->findChild<QLineEdit *>(u"port"_s), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toString(), u"root@[::1]:2222:/var/lib/warder"_s);
}

void TestElsewhere::recentPlaces_areEight_newestFirst()
{
    const RecentPlaces recent(places());
    for (int i = 0; i < 10; ++i)
        recent.remember(u"host%1"_s.arg(i));
    recent.remember(u"host5"_s);
    QCOMPARE(recent.all().size(), RecentPlaces::most);
    QCOMPARE(recent.all().first(2), (QStringList {u"host5"_s, u"host9"_s}));
    QCOMPARE(recent.all().count(u"host5"_s), 1);
    QVERIFY(RecentPlaces(QString()).all().isEmpty());
}

void TestElsewhere::recentPlace_opensAtOnce()
{
    RecentPlaces(places()).remember(u"root@auth:2222"_s);
    auto *menu = window().findChild<QMenu *>(u"recentPlaces"_s);
    QVERIFY(menu && !menu->isEnabled());
    Q_EMIT qobject_cast<QMenu *>(menu->parentWidget())->aboutToShow(); // another window has remembered it
    QVERIFY(menu->isEnabled());
    QCOMPARE(menu->actions().size(), 1);
    QSignalSpy wanted(m_desktop.get(), &Desktop::connectRequested);
    menu->actions().first()->trigger();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toString(), u"root@auth:2222"_s);
}

void TestElsewhere::recentPlaces_thatAreNone_arePassedOver()
{
    QSettings(places(), QSettings::IniFormat)
        .setValue(u"elsewhere/places"_s, QStringList {u"-oProxyCommand=x"_s, u"root@auth"_s, u"a b"_s});
    QCOMPARE(RecentPlaces(places()).all(), QStringList {u"root@auth"_s});
}

void TestElsewhere::pictures_fit_data()
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<bool>("dark");
    for (const char *scene : {"connected", "lost", "changed-key", "dialog"}) {
        QTest::addRow("elsewhere-%s-light", scene) << QString::fromLatin1(scene) << false;
        QTest::addRow("elsewhere-%s-dark", scene) << QString::fromLatin1(scene) << true;
    }
}

void TestElsewhere::pictures_fit()
{
    QFETCH(QString, scene);
    QFETCH(bool, dark);
    QApplication::setPalette(palette(dark));
    window().resize(1280, 800);
    QTRY_VERIFY(away()->isVisible());
    if (scene == "lost"_L1)
        lose();
    if (scene == "changed-key"_L1)
        lose(RemoteTrouble::HostKeyChanged, false);
    ConnectDialog *dialog = scene == "dialog"_L1 ? openDialog() : nullptr;
    QWidget &shown = dialog ? static_cast<QWidget &>(*dialog) : window();
    QVERIFY(settle());
    QVERIFY(savePicture(shown, QString::fromLatin1(QTest::currentDataTag())));
    QTRY_VERIFY2(clippedIn(shown).isEmpty(), qPrintable(clippedIn(shown).join(u'\n')));
    if (dialog)
        dialog->reject();
}

int main(int argc, char *argv[])
{
    qputenv("TZ", "UTC");
    QApplication app(argc, argv);
    dress(app);
    TestElsewhere test;
    return QTest::qExec(&test, argc, argv);
}
#include "TestElsewhere.moc"
