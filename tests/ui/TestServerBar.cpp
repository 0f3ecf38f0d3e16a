#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/ServerBar.h"
#include "ui/ServerStatus.h"
#include "ui/support/Times.h"

#include <QLabel>
#include <QTest>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// What the status bar says of the server, second by second.
class TestServerBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void traffic_isShown_data();
    void traffic_isShown();
    void since_isWhenItBeganToListen_data();
    void since_isWhenItBeganToListen();
    void since_doesNotWaver();
    void since_followsTheClockThatWasSet();
    void silence_emptiesTheNumbers();

private:
    QString text(const QString &label) const { return m_bar->findChild<QLabel *>(label)->text(); }
    bool isShown(const QString &label) const { return m_bar->findChild<QLabel *>(label)->isVisible(); }
    ServerView &server() { return m_scene->console.overviewNow.server; }
    /// Asks the server now, and waits for the answer.
    void look();

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<ServerStatus> m_status;
    std::unique_ptr<ServerBar> m_bar;
};

void TestServerBar::init()
{
    QLocale::setDefault(QLocale::c());
    m_scene = std::make_unique<Scene>();
    m_status = std::make_unique<ServerStatus>(m_scene->console, false, nullptr);
    m_bar = std::make_unique<ServerBar>(*m_status, m_scene->clock, nullptr);
    m_bar->show();
}

void TestServerBar::cleanup()
{
    m_bar.reset();
    m_status.reset();
    m_scene.reset();
}

void TestServerBar::look()
{
    m_status->refresh();
    QVERIFY(settle());
}

void TestServerBar::traffic_isShown_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("p99"); // less than 0: there were no requests
    QTest::addColumn<QString>("rateText");
    QTest::addColumn<QString>("slowestText");
    QTest::newRow("busy") << 1041.26 << 7.04 << u"1041.3 requests/s"_s << u"p99 7.0 ms"_s;
    QTest::newRow("slow") << 3.0 << 1234.4 << u"3.0 requests/s"_s << u"p99 1234 ms"_s;
    QTest::newRow("nobody") << 0.0 << -1.0 << u"0.0 requests/s"_s << QString();
}

void TestServerBar::traffic_isShown()
{
    QFETCH(double, rate);
    QFETCH(double, p99);
    m_scene->console.overviewNow.requestsPerSecond = rate;
    m_scene->console.overviewNow.p99 = p99 < 0 ? std::nullopt : std::optional(p99);
    look();
    QTEST(text(u"rate"_s), "rateText");
    QTEST(text(u"slowest"_s), "slowestText");
    QCOMPARE(isShown(u"slowest"_s), p99 >= 0);
}

void TestServerBar::since_isWhenItBeganToListen_data()
{
    QTest::addColumn<ServerState>("state");
    QTest::addColumn<int>("minutes");
    QTest::addColumn<bool>("shown");
    QTest::newRow("a minute") << ServerState::Running << 1 << true;
    QTest::newRow("days") << ServerState::Running << 3 * 24 * 60 << true;
    QTest::newRow("paused") << ServerState::Paused << 7 << true;
    QTest::newRow("just now") << ServerState::Running << 0 << false;
    QTest::newRow("stopped") << ServerState::Stopped << 0 << false;
    QTest::newRow("failed") << ServerState::Failed << 0 << false;
}

void TestServerBar::since_isWhenItBeganToListen()
{
    QFETCH(ServerState, state);
    QFETCH(int, minutes);
    QFETCH(bool, shown);
    server().state = state;
    server().runningFor = std::chrono::minutes {minutes};
    look();
    const TimePoint since = m_scene->clock.now() - server().runningFor;
    QCOMPARE(isShown(u"since"_s), shown);
    QCOMPARE(text(u"since"_s), shown ? u"up since "_s + Times::timeOrDate(since, m_scene->clock.now()) : QString());
    if (shown)
        QCOMPARE(m_bar->findChild<QLabel *>(u"since"_s)->toolTip(), Times::exact(since));
}

/// Answers take a while, and seconds are whole: the minute does not change back and forth for that.
void TestServerBar::since_doesNotWaver()
{
    const auto intoMinute = m_scene->clock.now().time_since_epoch() % std::chrono::minutes {1};
    m_scene->clock.advance(std::chrono::minutes {1} - intoMinute); // a whole minute
    server().runningFor = 60s;
    look();
    const QString shown = text(u"since"_s);
    for (const Milliseconds late : {900ms, -600ms, 1'900ms, -1'900ms}) {
        m_scene->clock.advance(late);
        look();
        QCOMPARE(text(u"since"_s), shown);
        m_scene->clock.advance(-late);
    }
}

void TestServerBar::since_followsTheClockThatWasSet()
{
    server().runningFor = 60s;
    look();
    const QString before = text(u"since"_s);
    m_scene->clock.advance(-3h);
    look();
    QVERIFY(text(u"since"_s) != before);
    QCOMPARE(text(u"since"_s), u"up since "_s + Times::timeOrDate(m_scene->clock.now() - 60s, m_scene->clock.now()));
}

void TestServerBar::silence_emptiesTheNumbers()
{
    m_scene->console.overviewNow.requestsPerSecond = 21.4;
    m_scene->console.overviewNow.p99 = 6.8;
    look();
    QCOMPARE(text(u"state"_s), u"Running"_s);
    QVERIFY(!text(u"rate"_s).isEmpty() && !text(u"slowest"_s).isEmpty() && !text(u"since"_s).isEmpty());
    m_scene->console.failAlways(u"overview"_s, {.code = ErrorCode::Busy, .detail = {}});
    look();
    QCOMPARE(text(u"state"_s), u"No answer. What you see is old."_s);
    for (const auto &label : {u"rate"_s, u"slowest"_s, u"since"_s})
        QVERIFY2(text(label).isEmpty(), qPrintable(label));
    QVERIFY(!isShown(u"slowest"_s) && !isShown(u"since"_s));
    m_scene->console.failNoMore();
    look();
    QCOMPARE(text(u"rate"_s), u"21.4 requests/s"_s);
    QCOMPARE(text(u"slowest"_s), u"p99 6.8 ms"_s);
    QVERIFY(isShown(u"since"_s));
}

QTEST_MAIN(TestServerBar)
#include "TestServerBar.moc"
