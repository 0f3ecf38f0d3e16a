#include "core/base/Bytes.h"
#include "core/ratelimit/LoginBackoff.h"
#include "tests/support/ApiServer.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/LogCapture.h"
#include "tests/support/ProviderWalk.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

/// An app sends people to a provider and hands over what they bring back, over real sockets on both sides.
class TestOAuthRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { start(); }
    void cleanup();

    void providers_areThoseThatAreOn();
    void start_tellsWhereTo();
    void start_isJudged_data();
    void start_isJudged();
    void finish_givesThePair();
    void finish_refusals_data();
    void finish_refusals();
    void finish_isAskedWithOneCodeAndState();
    void cookieDelivery_keepsTheAttemptFromScripts();
    void anotherBrowser_cannotFinish();
    void secondFactor_isStillToCome();
    void secondFactor_byCookie();
    void link_wantsAFreshSession();
    void link_answers204();
    void former_endsWithTheSignIn();
    void outcomes_areCounted();
    void signIn_isTheProofThatPasswordsLack();
    void providersWords_reachTheLogOnly();
    void slowProvider_holdsUpNobodyElse();
    void limit_isPerAddress();

private:
    void start(const ApiOptions &options = {});
    ClientResponse begin(const QJsonObject &body = {}, const QByteArrayList &headers = {}) const
    {
        return client().post("/oauth/start/example", body, headers);
    }
    ClientResponse finish(const QJsonObject &body) const { return client().post("/oauth/finish/example", body); }
    ClientResponse come(const Person &person = {}) const
    {
        m_provider->signInAs(person);
        return finish(broughtBack(*m_provider, begin()));
    }
    ApiClient client() const { return m_server->client(); }
    Providers &providers() const { return m_server->world.core->providers; }

    std::unique_ptr<ApiServer> m_server;
    std::unique_ptr<LyingProvider> m_provider;
};

void TestOAuthRoutes::start(const ApiOptions &options)
{
    cleanup();
    ApiOptions its = options;
    its.world.federation.allowsPrivate = true;
    m_server = std::make_unique<ApiServer>(its);
    m_provider = std::make_unique<LyingProvider>(m_server->clock);
    QVERIFY(providers().add(m_provider->client(), u"test"_s, m_server->clock.now()));
}

void TestOAuthRoutes::cleanup()
{
    m_provider.reset();
    m_server.reset();
}

void TestOAuthRoutes::providers_areThoseThatAreOn()
{
    QVERIFY(providers().add(m_provider->client(u"another"_s), u"test"_s, m_server->clock.now()));
    QVERIFY(providers().edit(u"another"_s, {.label = u"Another"_s}, u"test"_s, m_server->clock.now()));
    QVERIFY(providers().add(m_provider->client(u"off"_s), u"test"_s, m_server->clock.now()));
    QVERIFY(providers().edit(u"off"_s, {.isEnabled = false}, u"test"_s, m_server->clock.now()));
    const auto answer = client().get("/oauth/providers");
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer.header("cache-control"), "no-store");
    QCOMPARE(answer.json(),
             (QJsonObject {{u"providers"_s, QJsonArray {QJsonObject {{u"name"_s, u"another"_s}, {u"label"_s, u"Another"_s}},
                                                        QJsonObject {{u"name"_s, u"example"_s}, {u"label"_s, u"Example"_s}}}}}));
}

void TestOAuthRoutes::start_tellsWhereTo()
{
    const auto answer = begin();
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer.json().keys(), (QStringList {u"attempt"_s, u"authorization_url"_s, u"expires_in"_s}));
    QCOMPARE(answer["expires_in"_L1], 600);
    QCOMPARE(answer["attempt"_L1].toString().size(), 43);
    QVERIFY(answer["authorization_url"_L1].toString().startsWith(m_provider->issuer() + u"/authorize?"_s));
    QVERIFY(!answer["authorization_url"_L1].toString().contains(answer["attempt"_L1].toString()));
    QVERIFY(answer.headers("set-cookie").isEmpty());
    QCOMPARE(client().ask("POST", "/oauth/start/example").status(), 200); // a body is not needed
}

void TestOAuthRoutes::start_isJudged_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says"); // the code, or the faults
    const auto row = [](const char *name, const QJsonObject &body, const QString &says) {
        QTest::newRow(name) << "/oauth/start/example"_ba << body << 422 << says;
    };
    QTest::newRow("nobody") << "/oauth/start/nobody"_ba << QJsonObject {} << 404 << u"not_configured"_s;
    row("another callback", {{u"callback"_s, u"https://evil.example/back"_s}}, u"value_error callback"_s);
    row("no text for a callback", {{u"callback"_s, 7}}, u"string_type callback"_s);
    int number = 0;
    for (const QString &place : {u"https://evil.example/"_s, u"//evil.example"_s, u"/\\evil.example"_s, u"\\/evil.example"_s, u"evil"_s,
                                 u"/a b"_s, u"/\t/evil.example"_s, u"javascript:alert(1)"_s, u"/ä"_s, u"/"_s + QString(2000, u'a')})
        row(qPrintable(u"to elsewhere, %1"_s.arg(++number)), {{u"redirect_to"_s, place}}, u"value_error redirect_to"_s);
    row("a delivery that is none", {{u"token_delivery"_s, u"mail"_s}}, u"string_pattern_mismatch token_delivery"_s);
}

void TestOAuthRoutes::start_isJudged()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QJsonObject, body);
    QFETCH(const QString, says);
    const auto answer = client().post(path, body);
    QTEST(answer.status(), "status");
    QCOMPARE(answer.status() == 422 ? faultsOf(answer) : answer["code"_L1].toString(), says);
    QVERIFY(!answer.everything().contains("evil"));
}

void TestOAuthRoutes::finish_givesThePair()
{
    m_provider->signInAs({.name = u"Ann Ä"_s});
    const auto made = finish(broughtBack(*m_provider, begin({{u"redirect_to"_s, u"/home?tab=1#x"_s}})));
    QCOMPARE(made.status(), 200);
    QCOMPARE(made.json().keys(),
             (QStringList {u"access_token"_s, u"created"_s, u"expires_in"_s, u"redirect_to"_s, u"refresh_token"_s, u"token_type"_s}));
    QCOMPARE(made["created"_L1], true);
    QCOMPARE(made["redirect_to"_L1], u"/home?tab=1#x"_s);
    const auto me = client().get("/me", {bearer(made["access_token"_L1])});
    QCOMPARE(me["email"_L1], u"ann@example.com"_s);
    QCOMPARE(me["name"_L1], u"Ann Ä"_s);
    QCOMPARE(me["has_password"_L1], false);
    const auto again = come();
    QCOMPARE(again["created"_L1], false);
    QCOMPARE(again["redirect_to"_L1], u"/"_s);
    QCOMPARE(client().get("/me", {bearer(again["access_token"_L1])})["id"_L1], me["id"_L1]);
}

void TestOAuthRoutes::finish_refusals_data()
{
    QTest::addColumn<Lies>("lies");
    QTest::addColumn<Person>("person");
    QTest::addColumn<QJsonObject>("change"); // of what the browser brought; null: it did not
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    const QJsonValue none = QJsonValue::Null;
    QTest::newRow("they did not agree") << Lies {} << Person {} << QJsonObject {{u"code"_s, none}, {u"error"_s, u"access_denied"_s}} << 403
                                        << u"provider_denied"_s;
    QTest::newRow("it could not") << Lies {} << Person {} << QJsonObject {{u"code"_s, none}, {u"error"_s, u"server_error"_s}} << 502
                                  << u"provider_error"_s;
    QTest::newRow("it lies") << Lies {.claims = {{u"aud"_s, u"other"_s}}} << Person {} << QJsonObject {} << 502 << u"provider_error"_s;
    QTest::newRow("it breaks") << Lies {.tokenAnswer = "<html>", .tokenStatus = 500} << Person {} << QJsonObject {} << 502
                               << u"provider_error"_s;
    QTest::newRow("another's answer") << Lies {} << Person {} << QJsonObject {{u"iss"_s, u"https://evil.example"_s}} << 502
                                      << u"provider_error"_s;
    QTest::newRow("an unproven address") << Lies {} << Person {.isVerified = false} << QJsonObject {} << 403 << u"email_not_verified"_s;
    QTest::newRow("an account is there") << Lies {} << Person {.email = u"bob@example.com"_s} << QJsonObject {} << 409
                                         << u"account_exists"_s;
    QTest::newRow("another state") << Lies {} << Person {} << QJsonObject {{u"state"_s, QString(43, u'A')}} << 400 << u"invalid_link"_s;
    QTest::newRow("no attempt") << Lies {} << Person {} << QJsonObject {{u"attempt"_s, none}} << 400 << u"invalid_link"_s;
    QTest::newRow("another attempt") << Lies {} << Person {} << QJsonObject {{u"attempt"_s, QString(43, u'A')}} << 400 << u"invalid_link"_s;
    QTest::newRow("no code") << Lies {} << Person {} << QJsonObject {{u"code"_s, none}} << 400 << u"invalid_link"_s;
}

void TestOAuthRoutes::finish_refusals()
{
    QFETCH(const Lies, lies);
    QFETCH(const Person, person);
    QFETCH(const QJsonObject, change);
    QFETCH(const QString, code);
    QCOMPARE(m_server->join(u"bob@example.com"_s).status(), 201); // who has not proven the address
    m_provider->lie(lies);
    m_provider->signInAs(person);
    QJsonObject body = broughtBack(*m_provider, begin());
    for (auto one = change.begin(); one != change.end(); ++one) {
        if (one.value().isNull())
            body.remove(one.key());
        else
            body.insert(one.key(), one.value());
    }
    const auto answer = finish(body);
    QTEST(answer.status(), "status");
    QCOMPARE(answer["code"_L1], code);
    QCOMPARE(answer.json().keys(), (QStringList {u"code"_s, u"detail"_s})); // nothing of what the provider did
    QVERIFY(answer.headers("set-cookie").isEmpty());
}

/// RFC 6749 §3.1: parameters come once; lists, numbers and what is too long are faults of the request.
void TestOAuthRoutes::finish_isAskedWithOneCodeAndState()
{
    const auto right = broughtBack(*m_provider, begin());
    const auto with = [&right](const QString &name, const QJsonValue &value) {
        QJsonObject body = right;
        body.insert(name, value);
        return body;
    };
    QCOMPARE(faultsOf(finish(with(u"state"_s, QJsonArray {right["state"_L1], u"x"_s}))), u"string_type state"_s);
    QCOMPARE(faultsOf(finish(with(u"code"_s, QJsonArray {right["code"_L1], u"x"_s}))), u"string_type code"_s);
    QCOMPARE(faultsOf(finish(with(u"code"_s, QString(5000, u'x')))), u"string_too_long code"_s);
    QCOMPARE(faultsOf(finish({})), u"missing state"_s);
    QCOMPARE(finish(right).status(), 200); // none of these spent it
}

void TestOAuthRoutes::cookieDelivery_keepsTheAttemptFromScripts()
{
    Browser browser = m_server->browser();
    const auto started = browser.send("POST", "/oauth/start/example", {{u"token_delivery"_s, u"cookie"_s}});
    QCOMPARE(started.status(), 200);
    QVERIFY(!started.json().contains("attempt"_L1));
    QCOMPARE(started.cookieAttributes(attemptCookie), "; Path=/; Max-Age=600; SameSite=Lax; Secure; HttpOnly");
    const auto pair = browser.send("POST", "/oauth/finish/example", broughtBack(*m_provider, started));
    QCOMPARE(pair.status(), 200);
    QVERIFY(!pair.json().contains("access_token"_L1) && !pair.json().contains("refresh_token"_L1));
    QCOMPARE(pair["redirect_to"_L1], u"/"_s);
    QVERIFY(browser.cookie(attemptCookie).isEmpty());
    QVERIFY(!browser.cookie("__Host-warder_access").isEmpty());
    QCOMPARE(browser.get("/me").status(), 200);
}

/// Login CSRF: somebody's own answer in another's browser.
void TestOAuthRoutes::anotherBrowser_cannotFinish()
{
    Browser attacker = m_server->browser();
    const auto started = attacker.send("POST", "/oauth/start/example", {{u"token_delivery"_s, u"cookie"_s}});
    const QJsonObject brought = broughtBack(*m_provider, started);
    Browser victim = m_server->browser();
    QCOMPARE(victim.send("POST", "/oauth/finish/example", brought)["code"_L1], u"invalid_link"_s);
    (void)victim.send("POST", "/oauth/start/example", {{u"token_delivery"_s, u"cookie"_s}});
    QCOMPARE(victim.send("POST", "/oauth/finish/example", brought)["code"_L1], u"invalid_link"_s);
    QVERIFY(victim.cookie("__Host-warder_access").isEmpty());
    victim.moveTo(evilPage);
    QCOMPARE(victim.send("POST", "/oauth/finish/example", brought)["code"_L1], u"origin_refused"_s);
    QCOMPARE(attacker.send("POST", "/oauth/finish/example", brought).status(), 200);
}

void TestOAuthRoutes::secondFactor_isStillToCome()
{
    const auto first = come();
    const SetUp phone = setUpTotpOver(client(), first["access_token"_L1], m_server->clock.now());
    m_server->clock.advance(Seconds {30});
    m_provider->signInAs({});
    const auto needed = finish(broughtBack(*m_provider, begin({{u"redirect_to"_s, u"/home"_s}})));
    QCOMPARE(needed.status(), 403);
    QCOMPARE(needed["code"_L1], u"mfa_required"_s);
    QCOMPARE(needed["redirect_to"_L1], u"/home"_s);
    const auto pair =
        client().post("/login/mfa", {{u"mfa_token"_s, needed["mfa_token"_L1]}, {u"code"_s, phone.app.codeAt(m_server->clock.now())}});
    QCOMPARE(pair.status(), 200);
    const auto sessions = client().get("/me/sessions", {bearer(pair["access_token"_L1])});
    QCOMPARE(sessions["sessions"_L1][0]["method"_L1], u"example"_s);
}

void TestOAuthRoutes::secondFactor_byCookie()
{
    const auto first = come();
    const SetUp phone = setUpTotpOver(client(), first["access_token"_L1], m_server->clock.now());
    m_server->clock.advance(Seconds {30});
    Browser browser = m_server->browser();
    const auto started = browser.send("POST", "/oauth/start/example", {{u"token_delivery"_s, u"cookie"_s}});
    const auto needed = browser.send("POST", "/oauth/finish/example", broughtBack(*m_provider, started));
    QCOMPARE(needed.status(), 403);
    QVERIFY(!needed.json().contains("mfa_token"_L1) && !browser.cookie(ticketCookie).isEmpty());
    QVERIFY(browser.cookie(attemptCookie).isEmpty());
    QCOMPARE(browser.send("POST", "/login/mfa", {{u"code"_s, phone.app.codeAt(m_server->clock.now())}}).status(), 200);
}

void TestOAuthRoutes::link_wantsAFreshSession()
{
    const QJsonObject link {{u"link"_s, true}};
    QCOMPARE(begin(link)["code"_L1], u"not_authenticated"_s);
    QCOMPARE(begin(link, {bearer("x"_ba)})["code"_L1], u"invalid_token"_s);
    const auto pair = m_server->join(u"ann@example.com"_s);
    m_server->clock.advance(minutes {10});
    const auto refreshed = client().post("/refresh", {{u"refresh_token"_s, pair["refresh_token"_L1]}});
    const auto stale = begin(link, {bearer(refreshed["access_token"_L1])});
    QCOMPARE(stale.status(), 403);
    QCOMPARE(stale["code"_L1], u"reauthentication_required"_s);
    QCOMPARE(stale["methods"_L1].toArray(), QJsonArray {u"password"_s});
    QCOMPARE(begin({}, {bearer(refreshed["access_token"_L1])}).status(), 200); // a sign-in as any other
    QCOMPARE(client().post("/reauthenticate", {{u"password"_s, password}}, {bearer(refreshed["access_token"_L1])}).status(), 204);
    QCOMPARE(begin(link, {bearer(refreshed["access_token"_L1])}).status(), 200);
}

void TestOAuthRoutes::link_answers204()
{
    const auto ann = m_server->join(u"ann@example.com"_s);
    const auto link = [this](const ClientResponse &pair) {
        return finish(broughtBack(*m_provider, begin({{u"link"_s, true}}, {bearer(pair["access_token"_L1])})));
    };
    const auto linked = link(ann);
    QCOMPARE(linked.status(), 204);
    QVERIFY(linked.raw.body.isEmpty() && linked.headers("set-cookie").isEmpty());
    QCOMPARE(client().get("/me/identities", {bearer(ann["access_token"_L1])})["identities"_L1].toArray().size(), 1);
    const auto taken = link(m_server->join(u"bob@example.com"_s));
    QCOMPARE(taken.status(), 409);
    QCOMPARE(taken["code"_L1], u"identity_taken"_s);
    QCOMPARE(client().get("/me", {bearer(come()["access_token"_L1])})["email"_L1], u"ann@example.com"_s);
}

void TestOAuthRoutes::former_endsWithTheSignIn()
{
    const auto former = m_server->join(u"bob@example.com"_s);
    QJsonObject body = broughtBack(*m_provider, begin());
    body.insert("refresh_token"_L1, former["refresh_token"_L1]);
    QCOMPARE(finish(body).status(), 200);
    QCOMPARE(client().get("/me", {bearer(former["access_token"_L1])}).status(), 401);
}

void TestOAuthRoutes::outcomes_areCounted()
{
    const auto counts = [this] {
        qint64 good = 0;
        qint64 bad = 0;
        for (const TrafficPoint &point : m_server->traffic().history(Seconds {600}, m_server->clock.now())) {
            good += point.signIns;
            bad += point.failedSignIns;
        }
        return std::pair(good, bad);
    };
    const auto first = come();
    QCOMPARE(counts(), std::pair(qint64(1), qint64(0)));
    QCOMPARE(finish({{u"state"_s, u"x"_s}, {u"code"_s, u"c"_s}}).status(), 400);
    QCOMPARE(counts(), std::pair(qint64(1), qint64(1)));
    const auto link = begin({{u"link"_s, true}}, {bearer(first["access_token"_L1])});
    QCOMPARE(finish(broughtBack(*m_provider, link)).status(), 204);
    setUpTotpOver(client(), first["access_token"_L1], m_server->clock.now());
    QCOMPARE(come().status(), 403);
    QCOMPARE(counts(), std::pair(qint64(1), qint64(1))); // neither of these is one, yet
}

/// Strangers are looked at again once the owner was there, whichever way nobody guesses.
void TestOAuthRoutes::signIn_isTheProofThatPasswordsLack()
{
    start({.rateLimits = true});
    QCOMPARE(come().status(), 200);
    LoginBackoff &backoff = m_server->world.core->backoff;
    const auto from = [](const QString &address) { return LoginTry {.address = QHostAddress(address), .account = u"ann@example.com"_s}; };
    for (int i = 0; i < 100; ++i)
        backoff.failed(from(u"203.0.113.7"_s), m_server->clock.now());
    LoginTry stranger = from(u"198.51.100.1"_s);
    QVERIFY(backoff.check(stranger, m_server->clock.now()).needsProof);
    QCOMPARE(come().status(), 200);
    QVERIFY(backoff.check(stranger, m_server->clock.now()).allowed);
}

void TestOAuthRoutes::providersWords_reachTheLogOnly()
{
    m_provider->lie({.claims = {{u"iss"_s, u"https://evil.example"_s}}});
    LogCapture log;
    const auto answer = come();
    QCOMPARE(answer.status(), 502);
    QVERIFY(!answer.everything().contains("evil.example"));
    const QByteArray lines = log.text();
    QVERIFY2(lines.contains("evil.example") && lines.contains("provider example"), lines);
    for (const char *secret : {LyingProvider::accessToken, LyingProvider::secret})
        QVERIFY(!lines.contains(secret));
}

/// Lane outbound is full of those who wait; people with passwords are not among them.
void TestOAuthRoutes::slowProvider_holdsUpNobodyElse()
{
    QCOMPARE(m_server->join(u"bob@example.com"_s).status(), 201);
    QList<QJsonObject> bodies;
    for (int i = 0; i < 4; ++i)
        bodies += broughtBack(*m_provider, begin());
    m_provider->lie({.isSilent = true});
    {
        std::vector<std::jthread> threads;
        for (const QJsonObject &body : std::as_const(bodies))
            threads.emplace_back([this, body] { (void)finish(body); });
        QTRY_COMPARE_WITH_TIMEOUT(m_provider->waiting(), 4, 60'000);
        QCOMPARE(m_server->login(u"bob@example.com"_s).status(), 200);
        QCOMPARE(client().get("/oauth/providers").status(), 200);
        m_provider->lie({});
    }
}

void TestOAuthRoutes::limit_isPerAddress()
{
    start({.rateLimits = true});
    for (int i = 0; i < 30; ++i) {
        QCOMPARE(begin().status(), 200);
        QCOMPARE(finish({{u"state"_s, u"x"_s}, {u"code"_s, u"c"_s}}).status(), 400);
    }
    const auto limited = begin();
    QCOMPARE(limited.status(), 429);
    QVERIFY(!limited.header("retry-after").isEmpty());
    QCOMPARE(client().get("/oauth/authorize/example").status(), 429);
    QCOMPARE(client().get("/oauth/providers").status(), 200);
}

QTEST_GUILESS_MAIN(TestOAuthRoutes)
#include "TestOAuthRoutes.moc"
