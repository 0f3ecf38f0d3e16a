#include "tests/ui/support/FakeTray.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"

#include <QApplication>
#include <QImage>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// What the desktop's tray shows and tells, and what closing the window does where there is one.
class TestTray : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void state_isTheIconsColour_data();
    void state_isTheIconsColour();
    void desktop_hearsNothing_whileNothingChanges();
    void openAlarms_markIconAndTitle();
    void alarm_isNotified_data();
    void alarm_isNotified();
    void refusal_isToldOnceAMinute();
    void alarmOfWhatRefuses_isNotToldTwice();
    void closing_hides_andGoesOnServing();
    void closing_withoutATray_minimises();
    void withoutATray_nothingIsNotified();

private:
    void open(bool hasTray = true);
    MainWindow &window() { return m_desktop->window(); }
    ServerView &server() { return m_scene->console.overviewNow.server; }
    void setDown(bool isDown);
    QString title() { return window().windowTitle(); }
    static QImage imageOf(const QIcon &icon) { return icon.pixmap(24).toImage(); }

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
    FakeTray *m_tray = nullptr; ///< The desktop's.
};

void TestTray::initTestCase()
{
    QApplication::setQuitOnLastWindowClosed(false);
    QLocale::setDefault(QLocale::c());
}

void TestTray::init()
{
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
}

void TestTray::cleanup()
{
    m_desktop.reset();
    m_scene.reset();
}

void TestTray::open(bool hasTray)
{
    auto tray = std::make_unique<FakeTray>();
    m_tray = tray.get();
    m_tray->hasTray = hasTray;
    m_desktop = std::make_unique<Desktop>(m_scene->context(), std::move(tray));
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QTRY_VERIFY(m_scene->console.askedCount(u"changesSince"_s) > 0);
}

void TestTray::setDown(bool isDown)
{
    server().problems.clear();
    if (isDown)
        server().problems += ProblemView {.code = u"disk_full"_s, .detail = {}, .since = m_scene->clock.now(), .down = true};
    QTRY_VERIFY(m_tray->toolTip.startsWith(isDown ? u"Warder: Down. The disk is full."_s : u"Warder: Running"_s));
}

void TestTray::state_isTheIconsColour_data()
{
    QTest::addColumn<ServerState>("state");
    QTest::addColumn<QString>("problem"); // "!" before what refuses people
    QTest::addColumn<Tone>("tone");
    QTest::addColumn<QString>("toolTip");
    QTest::newRow("running") << ServerState::Running << QString() << Tone::Good << u"Warder: Running"_s;
    QTest::newRow("to be mended") << ServerState::Running << u"clock_jumped"_s << Tone::Warning << u"Warder: Running. The clock jumped."_s;
    QTest::newRow("down") << ServerState::Running << u"!disk_full"_s << Tone::Bad << u"Warder: Down. The disk is full."_s;
    QTest::newRow("paused") << ServerState::Paused << QString() << Tone::Warning << u"Warder: Paused"_s;
    QTest::newRow("stopped") << ServerState::Stopped << QString() << Tone::Neutral << u"Warder: Stopped"_s;
}

void TestTray::state_isTheIconsColour()
{
    QFETCH(ServerState, state);
    QFETCH(QString, problem);
    QFETCH(Tone, tone);
    m_scene->console.alarmRows.clear();
    server().state = state;
    if (!problem.isEmpty())
        server().problems = {
            {.code = QString(problem).remove(u'!'), .detail = {}, .since = m_scene->clock.now(), .down = problem.startsWith(u'!')}};
    open();
    QFETCH(QString, toolTip);
    QTRY_COMPARE(m_tray->toolTip, toolTip);
    QCOMPARE(imageOf(m_tray->icon), imageOf(trayIcon(tone)));
    QVERIFY(m_tray->menu && !m_tray->menu->isEmpty());
}

/// The server is asked each second; a tool tip goes to another program.
void TestTray::desktop_hearsNothing_whileNothingChanges()
{
    open();
    QTRY_COMPARE(m_tray->toolTip, u"Warder: Running\n4 open alarms"_s);
    const int given = m_tray->toolTipsGiven;
    const int asked = m_scene->console.askedCount(u"overview"_s);
    QTRY_VERIFY(m_scene->console.askedCount(u"overview"_s) > asked + 1); // the answer before the last one is there
    QCOMPARE(m_tray->toolTipsGiven, given);
}

void TestTray::openAlarms_markIconAndTitle()
{
    open();
    QTRY_COMPARE(m_tray->toolTip, u"Warder: Running\n4 open alarms"_s);
    QCOMPARE(imageOf(m_tray->icon), imageOf(trayIcon(Tone::Good, true)));
    QCOMPARE(title(), u"(4) 127.0.0.1:8000 – Warder"_s);
    for (AlarmView &row : m_scene->console.alarmRows)
        row.state = AlarmState::Seen; // by the command line
    m_scene->console.publish({AlarmsChanged {}});
    QTRY_COMPARE(m_tray->toolTip, u"Warder: Running"_s);
    QCOMPARE(imageOf(m_tray->icon), imageOf(trayIcon(Tone::Good)));
    QVERIFY(imageOf(trayIcon(Tone::Good)) != imageOf(trayIcon(Tone::Good, true)));
    QCOMPARE(title(), u"127.0.0.1:8000 – Warder"_s);
}

void TestTray::alarm_isNotified_data()
{
    QTest::addColumn<AlarmType>("type");
    QTest::addColumn<QString>("begins");
    QTest::newRow("theft") << AlarmType::RefreshReused << u"Warder: alarm: A spent refresh token of ada@example.com"_s;
    QTest::newRow("guessing") << AlarmType::BruteForce << u"Warder: alarm: Somebody is guessing passwords"_s;
    QTest::newRow("a problem of the server") << AlarmType::Problem << u"Warder: alarm: The clock jumped"_s;
}

/// Also while the window is closed.
void TestTray::alarm_isNotified()
{
    QFETCH(AlarmType, type);
    QFETCH(QString, begins);
    open();
    window().close();
    m_tray->notified.clear(); // of the first closing
    Alarm alarm = m_scene->alarm(type, u"ada@example.com"_s, u"203.0.113.9"_s);
    if (type == AlarmType::Problem)
        alarm.problem = u"clock_jumped"_s;
    m_scene->console.publish({alarm});
    QTRY_COMPARE(m_tray->notified.size(), 1);
    QVERIFY2(m_tray->notified.first().startsWith(begins), qPrintable(m_tray->notified.first()));
    QVERIFY(window().isHidden()); // nothing comes up by itself
    Q_EMIT m_tray->clicked();
    QTRY_VERIFY(window().isVisible());
}

void TestTray::refusal_isToldOnceAMinute()
{
    open();
    setDown(true);
    QCOMPARE(m_tray->notified, QStringList {u"Warder refuses sign-ins: Down. The disk is full."_s});
    setDown(false);
    m_scene->clock.advance(59s);
    setDown(true);
    QCOMPARE(m_tray->notified.size(), 1);
    setDown(false);
    m_scene->clock.advance(1s);
    setDown(true);
    QCOMPARE(m_tray->notified.size(), 2);
    setDown(false);
    m_scene->clock.advance(-24h); // set back: that is no reason to be quiet for a day
    setDown(true);
    QCOMPARE(m_tray->notified.size(), 3);
}

void TestTray::alarmOfWhatRefuses_isNotToldTwice()
{
    open();
    setDown(true);
    Alarm full = m_scene->alarm(AlarmType::Problem, {}, {});
    full.problem = u"disk_full"_s;
    const int asked = m_scene->console.askedCount(u"countAlarms"_s);
    m_scene->console.publish({full});
    QTRY_VERIFY(m_scene->console.askedCount(u"countAlarms"_s) > asked); // it has come
    QVERIFY(settle());
    QCOMPARE(m_tray->notified.size(), 1);
}

void TestTray::closing_hides_andGoesOnServing()
{
    open();
    const QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
    window().close();
    QTRY_VERIFY(window().isHidden());
    QCOMPARE(m_tray->notified.size(), 1);
    QVERIFY2(m_tray->notified.first().startsWith(u"Warder goes on serving"_s), qPrintable(m_tray->notified.first()));
    const int before = m_scene->console.askedCount(u"overview"_s);
    QTRY_VERIFY(m_scene->console.askedCount(u"overview"_s) > before); // the icon follows the server
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 0);
    Q_EMIT m_tray->clicked();
    QTRY_VERIFY(window().isVisible());
    window().close();
    QTRY_VERIFY(window().isHidden());
    QCOMPARE(m_tray->notified.size(), 1); // said once
    QCOMPARE(quit.size(), 0);
}

void TestTray::closing_withoutATray_minimises()
{
    open(false);
    const QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
    window().close();
    QTRY_VERIFY(window().isMinimized());
    QVERIFY(!window().isHidden());
    QCOMPARE(quit.size(), 0);
    QCOMPARE(m_scene->console.askedCount(u"stopServer"_s), 0);
}

void TestTray::withoutATray_nothingIsNotified()
{
    open(false);
    m_scene->console.publish({m_scene->alarm(AlarmType::BruteForce, u"ada@example.com"_s, u"203.0.113.9"_s)});
    const int asked = m_scene->console.askedCount(u"countAlarms"_s);
    QTRY_VERIFY(m_scene->console.askedCount(u"countAlarms"_s) > asked);
    QVERIFY(settle());
    QVERIFY(!m_tray->isShown && m_tray->notified.isEmpty());
    QVERIFY(title().startsWith(u"(4)"_s)); // the window says it
}

QTEST_MAIN(TestTray)
#include "TestTray.moc"
