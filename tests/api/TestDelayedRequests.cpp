#include "tests/support/ApiServer.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

namespace {

RateRule slowly(const QString &selector, const Rate &rate)
{
    return {.name = u"slowly"_s, .title = u"Slowly"_s, .routes = {selector}, .rate = rate, .action = RateAction::Delay};
}

} // namespace

/// A rule that lets requests wait their turn: they do, nobody else does, and nothing is held meanwhile but their connections.
class TestDelayedRequests : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_server = std::make_unique<ApiServer>(); }
    void cleanup() { m_server.reset(); }

    void requestsTooMany_waitTheirTurn();
    void whatWouldBeRefused_waitsAsWell();
    void others_areServedMeanwhile();
    void longWaits_areRefused();
    void noMoreThanBounded_wait();
    void stop_waitsForNobody();

private:
    /// Who waits six seconds, and what they are answered in the end.
    std::jthread waitInBackground(ClientResponse &answer)
    {
        return std::jthread([&answer, client = m_server->client()] { answer = client.get("/session"); });
    }

    std::unique_ptr<ApiServer> m_server;
};

void TestDelayedRequests::requestsTooMany_waitTheirTurn()
{
    m_server->limiter().setRules({slowly(u"/session"_s, {.amount = 10, .period = Seconds {1}, .burst = 1})});
    QCOMPARE(m_server->client().get("/session").status(), 200);
    QElapsedTimer time;
    time.start();
    const auto second = m_server->client().get("/session");
    const auto third = m_server->client().get("/session"); // by the clock of the limiter no time has passed
    QCOMPARE(second.status(), 200);
    QCOMPARE(third.status(), 200);
    QVERIFY2(time.elapsed() >= 100 + 200, qPrintable(QString::number(time.elapsed())));
    QVERIFY(second.header("ratelimit").startsWith("\"slowly\""));
}

/// Or somebody could tell by the time what they are not told.
void TestDelayedRequests::whatWouldBeRefused_waitsAsWell()
{
    m_server->limiter().setRules({slowly(u"/me"_s, {.amount = 10, .period = Seconds {1}, .burst = 1})});
    QCOMPARE(m_server->client().get("/me").status(), 401);
    QElapsedTimer time;
    time.start();
    QCOMPARE(m_server->client().get("/me").status(), 401);
    QVERIFY2(time.elapsed() >= 100, qPrintable(QString::number(time.elapsed())));
}

void TestDelayedRequests::others_areServedMeanwhile()
{
    m_server->limiter().setRules({slowly(u"/session"_s, {.amount = 10, .period = Seconds {60}, .burst = 1})});
    QCOMPARE(m_server->client().get("/session").status(), 200);
    ClientResponse answer;
    {
        const std::jthread waiting = waitInBackground(answer);
        QTRY_COMPARE(m_server->lanes().delayed(), std::size_t(1));
        for (int i = 0; i < 10; ++i)
            QCOMPARE(m_server->client().get("/health/live").status(), 200);
        QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
        QCOMPARE(m_server->lanes().delayed(), std::size_t(1)); // and still waits
        m_server->lanes().setHurried(true);
    }
    QCOMPARE(answer.status(), 200);
}

void TestDelayedRequests::longWaits_areRefused()
{
    m_server->limiter().setRules({slowly(u"/session"_s, {.amount = 1, .period = Seconds {60}, .burst = 1})});
    QCOMPARE(m_server->client().get("/session").status(), 200);
    const auto refused = m_server->client().get("/session");
    QCOMPARE(refused.status(), 429);
    QCOMPARE(refused.header("retry-after"), "50"); // then it waits the ten seconds that one may
    QCOMPARE(m_server->lanes().delayed(), std::size_t(0));
}

void TestDelayedRequests::noMoreThanBounded_wait()
{
    m_server->limiter().setRules({slowly(u"/session"_s, {.amount = 10, .period = Seconds {60}, .burst = 1})});
    for (std::size_t i = 0; i < Delays::most; ++i)
        QVERIFY(m_server->lanes().runAfter(1h, [] {}));
    QCOMPARE(m_server->client().get("/session").status(), 200);
    const auto refused = m_server->client().get("/session");
    QCOMPARE(refused.status(), 503);
    QCOMPARE(refused.json()["code"_L1].toString(), u"busy"_s);
}

void TestDelayedRequests::stop_waitsForNobody()
{
    m_server->limiter().setRules({slowly(u"/session"_s, {.amount = 10, .period = Seconds {60}, .burst = 1})});
    QCOMPARE(m_server->client().get("/session").status(), 200);
    ClientResponse answer;
    {
        const std::jthread waiting = waitInBackground(answer);
        QTRY_COMPARE(m_server->lanes().delayed(), std::size_t(1));
        m_server.reset();
    }
    QCOMPARE(answer.status(), 200); // it was answered, not cut off
}

QTEST_GUILESS_MAIN(TestDelayedRequests)
#include "TestDelayedRequests.moc"
