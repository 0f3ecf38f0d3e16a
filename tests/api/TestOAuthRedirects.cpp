#include "tests/support/ApiServer.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/LogCapture.h"
#include "tests/support/LyingProvider.h"

#include <QTest>
#include <QUrl>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QString ownCallback = u"http://localhost:8000/oauth/callback/example"_s;

} // namespace

/// Browsers that reach this server themselves, over real sockets: all that they are answered is a redirect.
class TestOAuthRedirects : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { start(); }
    void cleanup();

    void walk_endsOnTheSite();
    void authorize_isRefusedOnTheSite_data();
    void authorize_isRefusedOnTheSite();
    void callback_isRefusedOnTheSite_data();
    void callback_isRefusedOnTheSite();
    void callback_isForItsBrowser();
    void parameters_comeOnce_data();
    void parameters_comeOnce();
    void refusals_keepWhereToGo();
    void secondFactor_isAskedOnTheSite();
    void postedCallback_isAskedForAgain();
    void postedCallback_isBounded();
    void withoutASite_nothingIsSentOn();
    void withoutAName_nobodyIsSent();
    void reasons_areLogged();

private:
    void start(const ApiOptions &options = {});
    QByteArray locationOf(const ClientResponse &answer) const { return answer.header("location"); }
    /// The query that the provider sends a browser back with.
    QByteArray agreed(const ClientResponse &sent) const { return m_provider->authorize(locationOf(sent)).query(); }

    std::unique_ptr<ApiServer> m_server;
    std::unique_ptr<LyingProvider> m_provider;
};

void TestOAuthRedirects::start(const ApiOptions &options)
{
    cleanup();
    ApiOptions its = options;
    its.world.federation.allowsPrivate = true;
    m_server = std::make_unique<ApiServer>(its);
    m_provider = std::make_unique<LyingProvider>(m_server->clock);
    NewProvider wanted = m_provider->client();
    wanted.callbacks += ownCallback;
    QVERIFY(m_server->world.core->providers.add(wanted, u"test"_s, m_server->clock.now()));
}

void TestOAuthRedirects::cleanup()
{
    m_provider.reset();
    m_server.reset();
}

void TestOAuthRedirects::walk_endsOnTheSite()
{
    Browser browser = m_server->browser(QByteArray());
    const auto sent = browser.get("/oauth/authorize/example?redirect_to=%2Fhome%3Ftab%3D1");
    QCOMPARE(sent.status(), 302);
    QVERIFY(sent.raw.body.isEmpty());
    QCOMPARE(sent.header("cache-control"), "no-store");
    QVERIFY(locationOf(sent).startsWith(m_provider->issuer().toLatin1() + "/authorize?"));
    QVERIFY(locationOf(sent).contains("redirect_uri=" + ownCallback.toLatin1().toPercentEncoding()));
    QCOMPARE(sent.cookieAttributes(attemptCookie), "; Path=/; Max-Age=600; SameSite=Lax; Secure; HttpOnly");
    const auto back = browser.get("/oauth/callback/example?" + agreed(sent));
    QCOMPARE(back.status(), 303);
    QVERIFY(back.raw.body.isEmpty());
    QCOMPARE(locationOf(back), ourPage + "/home?tab=1");
    QVERIFY(browser.cookie(attemptCookie).isEmpty());
    QCOMPARE(browser.get("/me")["email"_L1], u"ann@example.com"_s);
}

void TestOAuthRedirects::authorize_isRefusedOnTheSite_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("location"); // behind the site
    QTest::newRow("no such provider") << "/oauth/authorize/nobody"_ba << "/login?error=not_configured"_ba;
    QTest::newRow("to another site") << "/oauth/authorize/example?redirect_to=//evil.example"_ba << "/login?error=invalid_input"_ba;
    QTest::newRow("twice") << "/oauth/authorize/example?redirect_to=/a&redirect_to=/b"_ba << "/login?error=invalid_input"_ba;
    QTest::newRow("no such provider, and where to go") << "/oauth/authorize/nobody?redirect_to=/a%26b"_ba
                                                       << "/login?error=not_configured&redirect_to=%2Fa%26b"_ba;
}

void TestOAuthRedirects::authorize_isRefusedOnTheSite()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, location);
    const auto answer = m_server->client().get(target);
    QCOMPARE(answer.status(), 303);
    QCOMPARE(locationOf(answer), ourPage + location);
    QVERIFY(answer.headers("set-cookie").isEmpty());
}

void TestOAuthRedirects::callback_isRefusedOnTheSite_data()
{
    QTest::addColumn<Lies>("lies");
    QTest::addColumn<Person>("person");
    QTest::addColumn<QByteArray>("query"); // in place of what the provider gave, but for the state; empty: that
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("they did not agree") << Lies {} << Person {} << "error=access_denied"_ba << "provider_denied"_ba;
    QTest::newRow("it could not") << Lies {} << Person {} << "error=server_error&error_description=x"_ba << "provider_error"_ba;
    QTest::newRow("it lies") << Lies {.claims = {{u"nonce"_s, u"x"_s}}} << Person {} << QByteArray() << "provider_error"_ba;
    QTest::newRow("an unproven address") << Lies {} << Person {.isVerified = false} << QByteArray() << "email_not_verified"_ba;
    QTest::newRow("an account is there") << Lies {} << Person {.email = u"bob@example.com"_s} << QByteArray() << "account_exists"_ba;
}

void TestOAuthRedirects::callback_isRefusedOnTheSite()
{
    QFETCH(const Lies, lies);
    QFETCH(const Person, person);
    QFETCH(QByteArray, query);
    QFETCH(const QByteArray, error);
    QCOMPARE(m_server->join(u"bob@example.com"_s).status(), 201);
    m_provider->lie(lies);
    m_provider->signInAs(person);
    Browser browser = m_server->browser(QByteArray());
    const auto back = m_provider->authorize(locationOf(browser.get("/oauth/authorize/example")));
    if (query.isEmpty())
        query = back.query();
    else
        query += "&state=" + back.state;
    const auto answer = browser.get("/oauth/callback/example?" + query);
    QCOMPARE(answer.status(), 303);
    QCOMPARE(locationOf(answer), ourPage + "/login?error=" + error);
    QVERIFY(browser.cookie("__Host-warder_access").isEmpty());
}

void TestOAuthRedirects::callback_isForItsBrowser()
{
    Browser browser = m_server->browser(QByteArray());
    const QByteArray query = agreed(browser.get("/oauth/authorize/example"));
    const QByteArray invalid = ourPage + "/login?error=invalid_link";
    Browser other = m_server->browser(QByteArray());
    QCOMPARE(locationOf(other.get("/oauth/callback/example?" + query)), invalid);
    (void)other.get("/oauth/authorize/example");
    QCOMPARE(locationOf(other.get("/oauth/callback/example?" + query)), invalid);
    QCOMPARE(locationOf(browser.get("/oauth/callback/nobody?" + query)), invalid);
    QCOMPARE(locationOf(browser.get("/oauth/callback/example")), invalid);
    QCOMPARE(locationOf(browser.get("/oauth/callback/example?" + query)), ourPage + '/');
    QCOMPARE(locationOf(browser.get("/oauth/callback/example?" + query)), invalid); // once
}

void TestOAuthRedirects::parameters_comeOnce_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("state twice") << "&state=x"_ba;
    QTest::newRow("code twice") << "&code=x"_ba;
    QTest::newRow("iss twice") << "&iss=x&iss=y"_ba;
    QTest::newRow("code and error") << "&error=access_denied"_ba;
}

void TestOAuthRedirects::parameters_comeOnce()
{
    QFETCH(const QByteArray, more);
    Browser browser = m_server->browser(QByteArray());
    const QByteArray query = agreed(browser.get("/oauth/authorize/example"));
    QCOMPARE(locationOf(browser.get("/oauth/callback/example?" + query + more)), ourPage + "/login?error=invalid_link");
    QVERIFY(!m_provider->asked().contains("/token"));
    QCOMPARE(locationOf(browser.get("/oauth/callback/example?" + query)), ourPage + '/');
}

void TestOAuthRedirects::refusals_keepWhereToGo()
{
    Browser browser = m_server->browser(QByteArray());
    const auto back = m_provider->authorize(locationOf(browser.get("/oauth/authorize/example?redirect_to=/home")));
    QCOMPARE(locationOf(browser.get("/oauth/callback/example?error=access_denied&state=" + back.state)),
             ourPage + "/login?error=provider_denied&redirect_to=%2Fhome");
}

void TestOAuthRedirects::secondFactor_isAskedOnTheSite()
{
    Browser browser = m_server->browser();
    QCOMPARE(locationOf(browser.get("/oauth/callback/example?" + agreed(browser.get("/oauth/authorize/example")))), ourPage + '/');
    const auto begun = browser.send("POST", "/me/mfa/totp", {{u"name"_s, u"phone"_s}});
    const AuthenticatorApp app(begun["secret"_L1].toString());
    const QJsonObject first {{u"id"_s, begun["id"_L1]}, {u"code"_s, app.codeAt(m_server->clock.now())}};
    QCOMPARE(browser.send("POST", "/me/mfa/totp/confirm", first).status(), 200);
    m_server->clock.advance(Seconds {30});
    Browser next = m_server->browser();
    const auto back = next.get("/oauth/callback/example?" + agreed(next.get("/oauth/authorize/example?redirect_to=/home")));
    QCOMPARE(locationOf(back), ourPage + "/login?error=mfa_required&redirect_to=%2Fhome");
    QVERIFY(next.cookie("__Host-warder_access").isEmpty());
    QCOMPARE(next.send("POST", "/login/mfa", {{u"code"_s, app.codeAt(m_server->clock.now())}}).status(), 200);
}

/// Apple's answer is a form of another site, with which no cookie comes along.
void TestOAuthRedirects::postedCallback_isAskedForAgain()
{
    Browser browser = m_server->browser(QByteArray());
    const auto back = m_provider->authorize(locationOf(browser.get("/oauth/authorize/example")));
    const QByteArray form = back.query() + "&user=%7B%22name%22%3A1%7D&id_token=a.b.c&next=%2F%2Fevil.example";
    const auto posted = m_server->client().postForm("/oauth/callback/example", form, {"Origin: https://appleid.apple.com"});
    QCOMPARE(posted.status(), 303);
    QVERIFY(posted.raw.body.isEmpty() && posted.headers("set-cookie").isEmpty());
    QVERIFY2(locationOf(posted).startsWith("/oauth/callback/example?code="), locationOf(posted));
    QVERIFY(!locationOf(posted).contains("id_token") && !locationOf(posted).contains("evil"));
    QVERIFY(!m_provider->asked().contains("/token"));
    QCOMPARE(locationOf(browser.get(locationOf(posted))), ourPage + '/');
    start({.http = {.basePath = "/auth", .issuer = u"http://localhost:8000/auth"_s, .frontend = QString::fromLatin1(ourPage)}});
    const auto below = m_server->client().postForm("/auth/oauth/callback/example", "state=s&code=a%26b%23%0D%0A");
    QCOMPARE(locationOf(below), "/auth/oauth/callback/example?code=a%26b%23%0D%0A&state=s"_ba);
}

void TestOAuthRedirects::postedCallback_isBounded()
{
    const auto post = [this](const QByteArray &form) { return m_server->client().postForm("/oauth/callback/example", form); };
    QCOMPARE(locationOf(post("state=s&code=" + QByteArray(10'000, 'c'))), ourPage + "/login?error=invalid_link");
    QCOMPARE(locationOf(post({})), "/oauth/callback/example?"_ba);
    QCOMPARE(post("state=%ff").status(), 422);
    QCOMPARE(m_server->client().post("/oauth/callback/example", {{u"state"_s, u"s"_s}}).status(), 415);
    QCOMPARE(m_server->client().postForm("/oauth/callback/example", QByteArray(70'000, 'x')).status(), 413);
}

void TestOAuthRedirects::withoutASite_nothingIsSentOn()
{
    start({.http = {.issuer = u"http://localhost:8000"_s}});
    const auto client = m_server->client();
    for (const auto &answer : {client.get("/oauth/authorize/example"), client.get("/oauth/callback/example?state=x&code=y"),
                               client.postForm("/oauth/callback/example", "state=x&code=y")}) {
        QCOMPARE(answer.status(), 404);
        QCOMPARE(answer["code"_L1], u"not_configured"_s);
    }
    QVERIFY(m_provider->asked().isEmpty());
}

/// Where it does not know what it is called it cannot say where to come back to.
void TestOAuthRedirects::withoutAName_nobodyIsSent()
{
    start({.http = {.issuer = u"warder"_s, .frontend = QString::fromLatin1(ourPage)}});
    QCOMPARE(locationOf(m_server->client().get("/oauth/authorize/example")), ourPage + "/login?error=not_configured");
}

/// The line of the request says 303 and no reason.
void TestOAuthRedirects::reasons_areLogged()
{
    LogCapture log;
    m_provider->lie({.claims = {{u"aud"_s, u"other"_s}}});
    Browser browser = m_server->browser(QByteArray());
    (void)browser.get("/oauth/callback/example?" + agreed(browser.get("/oauth/authorize/example")));
    const QByteArray lines = log.text();
    QVERIFY2(lines.contains("oauth_refused") && lines.contains("provider_error") && lines.contains("(aud)"), lines);
}

QTEST_GUILESS_MAIN(TestOAuthRedirects)
#include "TestOAuthRedirects.moc"
