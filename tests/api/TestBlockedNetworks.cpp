#include "tests/support/ApiServer.h"
#include "tests/support/LogCapture.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

namespace {

const QByteArrayList inside {"X-Forwarded-For: 203.0.113.7"};
const QByteArrayList outside {"X-Forwarded-For: 198.51.100.7"};

} // namespace

/// A blocked network is answered nothing but 403, an exempt one is never limited. (Which network an address is in: core/ratelimit.)
class TestBlockedNetworks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void everyRoute_isClosed_data();
    void everyRoute_isClosed();
    void pathsOfNobody_areClosedToo();
    void pages_areToldByTheirOrigin();
    void others_areServed();
    void block_holdsAtOnceAndEnds();
    void session_ofABlockedNetwork_isNotEnded();
    void exemption_knowsNoLimit();
    void log_saysWhy();

private:
    void say(const QString &network, NetworkStanding standing, std::optional<TimePoint> until = {})
    {
        m_server->limiter().setNetworks({{.id = Id::create(m_server->clock.now()),
                                          .network = network,
                                          .standing = standing,
                                          .until = until,
                                          .createdAt = m_server->clock.now()}});
    }

    std::unique_ptr<ApiServer> m_server;
};

void TestBlockedNetworks::init()
{
    m_server =
        std::make_unique<ApiServer>(ApiOptions {.rateLimits = true, .trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
}

void TestBlockedNetworks::everyRoute_isClosed_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    const ApiServer server;
    for (const Route &route : server.routes().routes()) {
        const QByteArray method = nameOf(route.method).toByteArray();
        QTest::newRow((method + ' ' + route.path).constData()) << method << route.path;
    }
}

void TestBlockedNetworks::everyRoute_isClosed()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    say(u"203.0.113.0/24"_s, NetworkStanding::Blocked);
    const auto answer = m_server->client().ask(method, pathWith(path), inside);
    const bool isHealth = path.startsWith("/health/");
    QCOMPARE(answer.status(), isHealth ? 200 : 403);
    if (isHealth)
        return;
    QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"This address is blocked"_s}, {u"code"_s, u"address_blocked"_s}}));
    QCOMPARE(answer.header("ratelimit"), "");
    QVERIFY(answer.headers("set-cookie").isEmpty());
}

void TestBlockedNetworks::pathsOfNobody_areClosedToo()
{
    say(u"203.0.113.0/24"_s, NetworkStanding::Blocked);
    QCOMPARE(m_server->client().get("/nothing", inside).status(), 403);
    QCOMPARE(m_server->client().get("/me/", inside).status(), 403);
    QCOMPARE(m_server->client().ask("PUT", "/login", inside).status(), 403);
    QCOMPARE(m_server->client().ask("OPTIONS", "/login", inside).status(), 403);
}

void TestBlockedNetworks::pages_areToldByTheirOrigin()
{
    say(u"203.0.113.0/24"_s, NetworkStanding::Blocked);
    const auto answer = m_server->client().get("/session", inside + QByteArrayList {"Origin: " + ourPage});
    QCOMPARE(answer.status(), 403);
    QCOMPARE(answer.header("access-control-allow-origin"), ourPage); // so that a script can read why
}

void TestBlockedNetworks::others_areServed()
{
    say(u"203.0.113.0/24"_s, NetworkStanding::Blocked);
    QCOMPARE(m_server->client().get("/session", outside).status(), 200);
    QCOMPARE(m_server->client().get("/session").status(), 200); // the proxy itself
}

void TestBlockedNetworks::block_holdsAtOnceAndEnds()
{
    QCOMPARE(m_server->client().get("/session", inside).status(), 200);
    say(u"203.0.113.7/32"_s, NetworkStanding::Blocked, m_server->clock.now() + 1h);
    QCOMPARE(m_server->client().get("/session", inside).status(), 403);
    m_server->clock.advance(1h - 1ms);
    QCOMPARE(m_server->client().get("/session", inside).status(), 403);
    m_server->clock.advance(1ms);
    QCOMPARE(m_server->client().get("/session", inside).status(), 200);
}

void TestBlockedNetworks::session_ofABlockedNetwork_isNotEnded()
{
    const QJsonValue token = m_server->login(u"ann@example.com"_s)["refresh_token"_L1];
    say(u"203.0.113.0/24"_s, NetworkStanding::Blocked);
    QCOMPARE(m_server->client().post("/refresh", {{u"refresh_token"_s, token}}, inside).status(), 403);
    QCOMPARE(m_server->client().post("/refresh", {{u"refresh_token"_s, token}}, outside).status(), 200);
}

void TestBlockedNetworks::exemption_knowsNoLimit()
{
    say(u"203.0.113.0/24"_s, NetworkStanding::Exempt);
    const auto guess = [this](const QString &email, const QByteArrayList &from) {
        return m_server->client().post("/login", {{u"email"_s, email}, {u"password"_s, u"a guess"_s}}, from).status();
    };
    for (int i = 0; i < 60; ++i)
        QCOMPARE(guess(u"ann@example.com"_s, inside), 401); // neither a limit nor a back-off
    for (int i = 0; i < 5; ++i)
        QCOMPARE(guess(u"bob@example.com"_s, outside), 401);
    QCOMPARE(guess(u"bob@example.com"_s, outside), 429);
}

void TestBlockedNetworks::log_saysWhy()
{
    say(u"203.0.113.0/24"_s, NetworkStanding::Blocked);
    const LogCapture log;
    m_server->client().get("/session", inside);
    const QByteArray text = log.text();
    QVERIFY2(text.contains("status=403") && text.contains("its network is blocked"), text);
}

QTEST_GUILESS_MAIN(TestBlockedNetworks)
#include "TestBlockedNetworks.moc"
