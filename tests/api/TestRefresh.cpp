#include "core/sessions/RefreshChain.h"
#include "tests/support/ApiServer.h"

#include <QTest>

#include <barrier>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestRefresh : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void token_isExchanged();
    void parallelCallers_getOneSuccessor();
    void spentToken_withinGrace_getsTheSameSuccessor();
    void spentToken_afterGrace_endsTheFamily();
    void spentToken_isAlarmedByWhoPresentedIt();
    void uses_areKept_withWhereTheyCameFrom();
    void nonsense_isRefused_data();
    void nonsense_isRefused();
    void noToken_isRefused();
    void disabledAccount_isRefused();
    void endedSession_isRefused_data();
    void endedSession_isRefused();

private:
    ClientResponse refresh(const QJsonValue &token) const { return m_server->client().post("/refresh", {{u"refresh_token"_s, token}}); }
    bool isGood(const ClientResponse &pair) const
    {
        return m_server->client().get("/me", {bearer(pair["access_token"_L1])}).status() == 200;
    }
    std::unique_ptr<ApiServer> m_server;
    ClientResponse m_first;
};

void TestRefresh::init()
{
    m_server = std::make_unique<ApiServer>();
    m_first = m_server->join(u"ann@example.com"_s);
    QCOMPARE(m_first.status(), 201);
}

void TestRefresh::token_isExchanged()
{
    m_server->clock.advance(Seconds {60});
    const auto second = refresh(m_first["refresh_token"_L1]);
    QCOMPARE(second.status(), 200);
    QCOMPARE(second["token_type"_L1], u"bearer"_s);
    QCOMPARE(second["expires_in"_L1].toInt(), 900);
    QVERIFY(second["refresh_token"_L1] != m_first["refresh_token"_L1]);
    QVERIFY(second["access_token"_L1] != m_first["access_token"_L1]);
    QVERIFY(isGood(second));
    QVERIFY(isGood(m_first)); // the same session: its access tokens live on
    QCOMPARE(refresh(second["refresh_token"_L1]).status(), 200);
}

void TestRefresh::parallelCallers_getOneSuccessor()
{
    constexpr int callers = 32;
    QList<ClientResponse> answers(callers);
    std::barrier together(callers);
    {
        std::vector<std::jthread> threads;
        for (ClientResponse &answer : answers)
            threads.emplace_back([this, &together, &answer] {
                together.arrive_and_wait();
                answer = refresh(m_first["refresh_token"_L1]);
            });
    }
    for (const ClientResponse &answer : std::as_const(answers)) {
        QCOMPARE(answer.status(), 200);
        QCOMPARE(answer["refresh_token"_L1], answers.first()["refresh_token"_L1]);
        QVERIFY(isGood(answer));
    }
    QVERIFY(answers.first()["refresh_token"_L1] != m_first["refresh_token"_L1]);

    m_server->clock.advance(Seconds {31});
    QCOMPARE(refresh(m_first["refresh_token"_L1]).status(), 401);
    QVERIFY(!isGood(answers.first()));
    QCOMPARE(refresh(answers.first()["refresh_token"_L1]).status(), 401);
}

void TestRefresh::spentToken_withinGrace_getsTheSameSuccessor()
{
    const auto second = refresh(m_first["refresh_token"_L1]);
    m_server->clock.advance(Milliseconds {29'999});
    const auto again = refresh(m_first["refresh_token"_L1]);
    QCOMPARE(again.status(), 200);
    QCOMPARE(again["refresh_token"_L1], second["refresh_token"_L1]);
}

void TestRefresh::spentToken_afterGrace_endsTheFamily()
{
    const auto second = refresh(m_first["refresh_token"_L1]);
    QVERIFY(isGood(second));
    m_server->clock.advance(Seconds {31});
    const auto reused = refresh(m_first["refresh_token"_L1]);
    QCOMPARE(reused.status(), 401);
    QCOMPARE(reused.json(), (QJsonObject {{u"detail"_s, u"Could not validate credentials"_s}, {u"code"_s, u"invalid_token"_s}}));
    QCOMPARE(reused.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    QVERIFY(!isGood(second));
    QCOMPARE(refresh(second["refresh_token"_L1]).status(), 401);
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 200); // the account is not locked
}

void TestRefresh::spentToken_isAlarmedByWhoPresentedIt()
{
    m_server = std::make_unique<ApiServer>(ApiOptions {.trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    const auto from = [this](const QByteArray &address, const QByteArray &path, const QJsonObject &body) {
        return m_server->client().post(path, body, {"X-Forwarded-For: " + address});
    };
    const auto first = from("198.51.100.7", "/register", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}});
    const QJsonObject spent {{u"refresh_token"_s, first["refresh_token"_L1]}};
    QCOMPARE(from("198.51.100.8", "/refresh", spent).status(), 200);
    m_server->clock.advance(Seconds {31});
    QCOMPARE(from("203.0.113.66", "/refresh", spent).status(), 401);
    QVERIFY(m_server->world.listener.names().contains(u"reused from 203.0.113.66"_s));
}

void TestRefresh::uses_areKept_withWhereTheyCameFrom()
{
    m_server = std::make_unique<ApiServer>(ApiOptions {.trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    const auto from = [this](const QByteArray &address, const QByteArray &path, const QJsonObject &body) {
        return m_server->client().post(path, body, {"X-Forwarded-For: " + address});
    };
    const auto first = from("198.51.100.7", "/register", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}});
    const QJsonObject spent {{u"refresh_token"_s, first["refresh_token"_L1]}};
    QCOMPARE(from("198.51.100.7", "/refresh", spent).status(), 200);
    QCOMPARE(from("198.51.100.8", "/refresh", spent).status(), 200); // twice in the grace
    m_server->clock.advance(Seconds {31});
    QCOMPARE(from("203.0.113.66", "/refresh", spent).status(), 401);
    const auto kept =
        m_server->world.database->reader().one(u"SELECT refreshes FROM sessions"_s, {}, [](const Row &row) { return row.text(0); });
    QStringList uses;
    for (const RefreshStep &step : refresh_chain::stepsOf(kept.value().value()))
        uses += u"%1 %2 %3"_s.arg(nameOf(step.what)).arg(step.generation).arg(step.address.value_or(u"home"_s));
    QCOMPARE(uses, (QStringList {u"rotate 1 home"_s, u"repeat 1 198.51.100.8"_s, u"reused 0 203.0.113.66"_s}));
}

void TestRefresh::nonsense_isRefused_data()
{
    QTest::addColumn<QString>("token");
    QTest::newRow("words") << u"let me in"_s;
    QTest::newRow("only the prefix") << u"wrt1_"_s;
    QTest::newRow("right form, wrong MAC") << u"wrt1_"_s + QString(75, u'A');
    QTest::newRow("JWT without signature") << u"eyJhbGciOiJub25lIn0.e30."_s;
    QTest::newRow("very long") << QString(8'000, u'A');
    QTest::newRow("not ASCII") << u"wrt1_äöü💥"_s;
}

void TestRefresh::nonsense_isRefused()
{
    QFETCH(QString, token);
    const auto answer = refresh(token);
    QCOMPARE(answer.status(), 401);
    QCOMPARE(answer["code"_L1], u"invalid_token"_s);
    QVERIFY(isGood(m_first));
}

void TestRefresh::noToken_isRefused()
{
    for (const auto &answer : {m_server->client().post("/refresh", {}), m_server->client().ask("POST", "/refresh")}) {
        QCOMPARE(answer.status(), 401);
        QCOMPARE(answer["detail"_L1], u"Not authenticated"_s);
        QCOMPARE(answer.header("www-authenticate"), "Bearer");
    }
    QCOMPARE(faultsOf(refresh(7)), u"string_type refresh_token"_s);
    QCOMPARE(refresh(m_first["access_token"_L1]).status(), 401);                                  // an access token is none
    QCOMPARE(m_server->client().get("/me", {bearer(m_first["refresh_token"_L1])}).status(), 401); // nor the other way round
}

void TestRefresh::disabledAccount_isRefused()
{
    const auto user = m_server->world.accounts.findByEmail(u"ann@example.com").value().value();
    QVERIFY(m_server->world.changes.setDisabled(user.id, true, u"test"_s, m_server->clock.now()));
    QCOMPARE(refresh(m_first["refresh_token"_L1]).status(), 401);
    QVERIFY(!isGood(m_first));
}

void TestRefresh::endedSession_isRefused_data()
{
    QTest::addColumn<Milliseconds>("later");
    QTest::addColumn<int>("status");
    QTest::newRow("one ms before the idle limit") << Milliseconds {std::chrono::days {14}} - Milliseconds {1} << 200;
    QTest::newRow("at the idle limit") << Milliseconds {std::chrono::days {14}} << 401;
}

void TestRefresh::endedSession_isRefused()
{
    QFETCH(Milliseconds, later);
    m_server->clock.advance(later);
    QTEST(refresh(m_first["refresh_token"_L1]).status(), "status");
}

QTEST_GUILESS_MAIN(TestRefresh)
#include "TestRefresh.moc"
