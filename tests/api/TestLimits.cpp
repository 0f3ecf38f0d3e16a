#include "core/api/Routes.h"
#include "tests/support/ApiServer.h"
#include "tests/support/LogCapture.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The limits as clients meet them; their arithmetic is tested in core/ratelimit.
class TestLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void logins_areLimitedByAccountAndAddress();
    void wrongPasswords_slowDown_data();
    void wrongPasswords_slowDown();
    void wrongPasswords_besideAGoodToken_slowDownAsWell_data();
    void wrongPasswords_besideAGoodToken_slowDownAsWell();
    void malformedTries_countAsWell();
    void refreshes_areLimitedAndCookiesStay();
    void madeUpAddress_doesNotHelp();
    void addressesBehindTheProxy_countEach();
    void ownersPrivacyAddresses_areOne();
    void ownerAtANewAddress_getsInUnderAttack();
    void guessing_raisesOneAlarm();
    void otherRoutes_areNotLimited();
    void rules_applyToWhatTheWindowSays_data();
    void rules_applyToWhatTheWindowSays();
    void everyRule_appliesToSomething();
    void anyRoute_mayBeLimited_data();
    void anyRoute_mayBeLimited();
    void sessions_countByTheirAccessToken();
    void whatOnlyTells_refusesNobody();
    void changesOfAnAccount_areLimited();
    void fullLane_says503AndOthersAreServed();

private:
    ApiOptions m_options {.rateLimits = true};
    std::unique_ptr<ApiServer> m_server;
};

void TestLimits::init()
{
    m_server = std::make_unique<ApiServer>(m_options);
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
}

void TestLimits::logins_areLimitedByAccountAndAddress()
{
    for (int i = 0; i < 10; ++i)
        QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 200);
    const auto limited = m_server->login(u" ANN@example.com"_s); // another spelling is the same account
    QCOMPARE(limited.status(), 429);
    QCOMPARE(limited.json(), (QJsonObject {{u"detail"_s, u"Too Many Requests"_s}, {u"code"_s, u"limit_reached"_s}}));
    QCOMPARE(limited.header("retry-after"), "6");
    QVERIFY2(limited.header("ratelimit").startsWith("\"login_per_account\";r=0"), limited.header("ratelimit"));
    QCOMPARE(limited.header("ratelimit-policy"), "\"login_per_account\";q=10;w=60");
    QCOMPARE(m_server->login(u"bob@example.com"_s).status(), 401); // another account from there
    m_server->clock.advance(Seconds {6});
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 200);
}

void TestLimits::wrongPasswords_slowDown_data()
{
    QTest::addColumn<QString>("email");
    QTest::newRow("of an account") << u"ann@example.com"_s;
    QTest::newRow("of nobody: it must look the same") << u"nobody@example.com"_s;
}

void TestLimits::wrongPasswords_slowDown()
{
    QFETCH(QString, email);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(m_server->login(email, u"a guess"_s).status(), 401);
    const auto slowed = m_server->login(email, u"a guess"_s);
    QCOMPARE(slowed.status(), 429);
    QCOMPARE(slowed.header("retry-after"), "1");
    QCOMPARE(m_server->login(email).status(), 429); // the right password has to wait as well
    m_server->clock.advance(Seconds {1});
    QCOMPARE(m_server->login(email).status(), email.startsWith("ann"_L1) ? 200 : 401);
}

void TestLimits::wrongPasswords_besideAGoodToken_slowDownAsWell_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("removing the account") << "DELETE"_ba << "/me"_ba;
    QTest::newRow("changing the password") << "POST"_ba << "/me/password"_ba;
    QTest::newRow("proving once more who one is") << "POST"_ba << "/reauthenticate"_ba;
}

void TestLimits::wrongPasswords_besideAGoodToken_slowDownAsWell()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    const QByteArrayList header {bearer(m_server->login(u"ann@example.com"_s)["access_token"_L1])};
    const QJsonObject guess {
        {u"password"_s, u"a guess"_s}, {u"current_password"_s, u"a guess"_s}, {u"new_password"_s, u"another long sentence"_s}};
    for (int i = 0; i < 5; ++i)
        QCOMPARE(m_server->client().send(method, path, guess, header).status(), 422);
    const auto slowed = m_server->client().send(method, path, guess, header);
    QCOMPARE(slowed.status(), 429);
    QCOMPARE(slowed.header("retry-after"), "1");
    QCOMPARE(m_server->client().get("/me", header).status(), 200);
}

void TestLimits::malformedTries_countAsWell()
{
    int refused = 0;
    for (int i = 0; i < 40; ++i)
        refused += m_server->client().ask("POST", "/login", {"Content-Type: application/json"}, "{").status() == 429;
    QCOMPARE(refused, 10);
}

void TestLimits::refreshes_areLimitedAndCookiesStay()
{
    Browser browser = m_server->browser();
    browser.send("POST", "/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}});
    for (int i = 0; i < 120; ++i)
        QCOMPARE(browser.send("POST", "/refresh").status(), 200);
    const QByteArray kept = browser.cookie("__Host-warder_refresh");
    const auto limited = browser.send("POST", "/refresh");
    QCOMPARE(limited.status(), 429);
    QVERIFY(limited.headers("set-cookie").isEmpty());
    QVERIFY(limited.header("retry-after").toInt() >= 1);
    QCOMPARE(browser.cookie("__Host-warder_refresh"), kept);
    QCOMPARE(browser.get("/me").status(), 200);
    m_server->clock.advance(Seconds {1});
    QCOMPARE(browser.send("POST", "/refresh").status(), 200);
}

void TestLimits::madeUpAddress_doesNotHelp()
{
    int limited = 0;
    for (int i = 0; i < 12; ++i) {
        const QByteArrayList made {"X-Forwarded-For: 198.51.100." + QByteArray::number(i), "Forwarded: for=198.51.100.1",
                                   "X-Real-IP: 198.51.100.2"};
        limited += m_server->client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}}, made).status() == 429;
    }
    QCOMPARE(limited, 2);
}

void TestLimits::addressesBehindTheProxy_countEach()
{
    m_server =
        std::make_unique<ApiServer>(ApiOptions {.rateLimits = true, .trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    m_server->join(u"ann@example.com"_s);
    for (int i = 0; i < 40; ++i) {
        const QByteArrayList from {"X-Forwarded-For: 203.0.113.99, 198.51.100."
                                   + QByteArray::number(i)}; // the left one is the client's own claim
        QCOMPARE(m_server->client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}}, from).status(), 200);
    }
}

/// Behind a proxy, where a test can be many clients.
static ClientResponse loginFrom(const ApiServer &server, const QByteArray &address, const QString &with)
{
    return server.client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, with}}, {"X-Forwarded-For: " + address});
}

void TestLimits::ownersPrivacyAddresses_areOne()
{
    m_server =
        std::make_unique<ApiServer>(ApiOptions {.rateLimits = true, .trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
    QCOMPARE(loginFrom(*m_server, "2001:db8:1:1::aaaa", password).status(), 200);
    for (int i = 0; i < 100; ++i)
        loginFrom(*m_server, "2001:db8:" + QByteArray::number(100 + i) + "::1", u"a guess"_s);
    QCOMPARE(loginFrom(*m_server, "2001:db8:1:1::bbbb", password).status(), 200);
    QCOMPARE(loginFrom(*m_server, "2001:db8:77:1::bbbb", password).status(), 429); // the budget of newcomers is spent
}

void TestLimits::ownerAtANewAddress_getsInUnderAttack()
{
    m_server =
        std::make_unique<ApiServer>(ApiOptions {.rateLimits = true, .trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
    int looked = 0;
    for (int second = 0; second < 40; ++second, m_server->clock.advance(Seconds {1})) {
        for (int i = 0; i < 20; ++i)
            looked += loginFrom(*m_server, "198.51.100." + QByteArray::number(i), u"a guess"_s).status() == 401;
        if (second % 10 == 5) {
            QCOMPARE(loginFrom(*m_server, "203.0.113." + QByteArray::number(second), u"mistyped"_s).status(), 401);
            QCOMPARE(loginFrom(*m_server, "203.0.113." + QByteArray::number(second), password).status(), 200);
        }
    }
    QVERIFY2(looked < 60, qPrintable(QString::number(looked)));
}

void TestLimits::guessing_raisesOneAlarm()
{
    for (int i = 0; i < 120; ++i)
        m_server->login(u"ann@example.com"_s, u"a guess"_s);
    const auto alarms = [this] { return m_server->world.listener.names().filter(u"brute force"_s); };
    QTRY_COMPARE(alarms(), QStringList {u"brute force from 127.0.0.1"_s});
    for (int i = 0; i < 120; ++i)
        m_server->login(u"ann@example.com"_s, u"a guess"_s);
    QCOMPARE(alarms().size(), 1);
}

void TestLimits::otherRoutes_areNotLimited()
{
    for (int i = 0; i < 60; ++i)
        QCOMPARE(m_server->client().get("/session").status(), 200);
    QCOMPARE(m_server->client().get("/session").header("ratelimit"), "");
}

void TestLimits::rules_applyToWhatTheWindowSays_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("limit"); // under which the window names the route; empty: nowhere
    const ApiServer server;
    for (const Route &route : server.routes().routes()) {
        const LimitedRoute limited = forLimits(route);
        QTest::newRow(qPrintable(limited.title)) << nameOf(route.method).toByteArray() << pathWith(route.path) << limited.group;
    }
}

void TestLimits::rules_applyToWhatTheWindowSays()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QString, limit);
    const QByteArrayList ann {bearer(m_server->login(u"ann@example.com"_s)["access_token"_L1])};
    const QByteArray policy = m_server->client().ask(method, path, ann).header("ratelimit-policy");
    const auto rules = m_server->limiter().rules();
    const auto rule = std::ranges::find(rules, QString::fromLatin1(policy.split('"').value(1)), &RateRule::name);
    QCOMPARE(rule == rules.end() ? QString() : rule->routes.value(0), limit);
}

void TestLimits::everyRule_appliesToSomething()
{
    const QList<LimitedRoute> routes = routesForLimits(m_server->routes().routes());
    for (const RateRule &rule : m_server->limiter().rules()) {
        QCOMPARE(rule.routes.isEmpty(), rule.counts != RateCount::Requests);
        const bool applies = std::ranges::any_of(routes, [&rule](const LimitedRoute &route) { return appliesTo(rule, route); });
        QVERIFY2(applies || rule.routes.isEmpty(), qPrintable(rule.name));
    }
}

/// A rule that an admin has added, of three requests a minute.
static RateRule ofThree(const QString &selector, RateKey key = RateKey::Address, RateAction action = RateAction::Deny)
{
    return {.name = u"of_three"_s,
            .title = u"Three at most"_s,
            .routes = {selector},
            .key = key,
            .rate = {.amount = 3, .period = Seconds {60}, .burst = 3},
            .action = action};
}

void TestLimits::anyRoute_mayBeLimited_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("limited");
    QTest::newRow("a path") << u"/session"_s << "/session"_ba << true;
    QTest::newRow("a path with its method") << u"GET /session"_s << "/session"_ba << true;
    QTest::newRow("another method") << u"POST /session"_s << "/session"_ba << false;
    QTest::newRow("all below a path") << u"/oauth/*"_s << "/oauth/providers"_ba << true;
    QTest::newRow("not what is beside it") << u"/oauth/*"_s << "/session"_ba << false;
    QTest::newRow("health is for whoever watches the server") << u"/health/*"_s << "/health/ready"_ba << false;
}

void TestLimits::anyRoute_mayBeLimited()
{
    QFETCH(const QString, selector);
    QFETCH(const QByteArray, path);
    QFETCH(const bool, limited);
    m_server->limiter().setRules({ofThree(selector)});
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_server->client().get(path).status(), 200);
    const auto fourth = m_server->client().get(path);
    QCOMPARE(fourth.status(), limited ? 429 : 200);
    QCOMPARE(fourth.header("ratelimit-policy"), limited ? "\"of_three\";q=3;w=60"_ba : ""_ba);
    m_server->clock.advance(Seconds {20});
    QCOMPARE(m_server->client().get(path).status(), 200);
}

void TestLimits::sessions_countByTheirAccessToken()
{
    const auto signIn = [this] { return QByteArrayList {bearer(m_server->login(u"ann@example.com"_s)["access_token"_L1])}; };
    const QByteArrayList here = signIn();
    const QByteArrayList there = signIn();
    m_server->limiter().setRules({ofThree(u"/me"_s, RateKey::Session)});
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_server->client().get("/me", here).status(), 200);
        QCOMPARE(m_server->client().get("/me", there).status(), 200);
    }
    QCOMPARE(m_server->client().get("/me", here).status(), 429);
    QCOMPARE(m_server->client().get("/me", there).status(), 429);
    QCOMPARE(m_server->client().get("/me", signIn()).status(), 200);
    QCOMPARE(m_server->client().get("/me").status(), 401); // of no session
}

void TestLimits::whatOnlyTells_refusesNobody()
{
    const LogCapture log;
    m_server->limiter().setRules({ofThree(u"/session"_s, RateKey::Address, RateAction::Alert)});
    for (int i = 0; i < 10; ++i)
        QCOMPARE(m_server->client().get("/session").status(), 200);
    QCOMPARE(log.text().count("limit_exceeded rule=of_three"), 1);
}

void TestLimits::changesOfAnAccount_areLimited()
{
    const QByteArrayList ann {bearer(m_server->login(u"ann@example.com"_s)["access_token"_L1])};
    for (int i = 0; i < 600; ++i)
        QCOMPARE(m_server->client().get("/me/sessions", ann).status(), 200);
    const auto limited = m_server->client().get("/me/sessions", ann);
    QCOMPARE(limited.status(), 429);
    QVERIFY2(limited.header("ratelimit").startsWith("\"account_per_address\""), limited.header("ratelimit"));
    QCOMPARE(m_server->client().send("PATCH", "/me", {{u"name"_s, u"x"_s}}, ann).status(), 429);
    QCOMPARE(m_server->client().ask("POST", "/logout/all", ann).status(), 429);
    QCOMPARE(m_server->client().get("/me", ann).status(), 200);
    m_server->clock.advance(Seconds {1});
    QCOMPARE(m_server->client().ask("POST", "/logout", ann).status(), 204);
}

void TestLimits::fullLane_says503AndOthersAreServed()
{
    m_server = std::make_unique<ApiServer>(
        ApiOptions {.world = {.hashing = {.memoryKib = 32 * 1024, .iterations = 3}}, .lanes = {.hashingThreads = 1, .hashingQueue = 1}});
    std::mutex mutex;
    QList<ClientResponse> answers;
    {
        std::vector<std::jthread> storm;
        for (int i = 0; i < 16; ++i)
            storm.emplace_back([&] {
                const auto answer = m_server->login(u"nobody@example.com"_s);
                const std::lock_guard lock(mutex);
                answers += answer;
            });
        for (int i = 0; i < 20; ++i)
            QCOMPARE(m_server->client().get("/session").status(), 200);
    }
    QCOMPARE(answers.size(), 16);
    int busy = 0;
    for (const ClientResponse &answer : std::as_const(answers)) {
        QVERIFY(answer.status() == 401 || answer.status() == 503);
        busy += answer.status() == 503;
        if (answer.status() == 503)
            QVERIFY(answer.header("retry-after").toInt() >= 1);
    }
    QVERIFY(busy > 0);
    QVERIFY(busy < 16);
}

QTEST_GUILESS_MAIN(TestLimits)
#include "TestLimits.moc"
