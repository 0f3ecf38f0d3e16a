#include "tests/support/ApiServer.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Tokens as cookies: who gets them, what they are like, what a page must prove, and when they go.
class TestDelivery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void cookies_holdTheTokensAndTheJsonDoesNot_data();
    void cookies_holdTheTokensAndTheJsonDoesNot();
    void attributes_areThoseOfTheContract_data();
    void attributes_areThoseOfTheContract();
    void otherPrefix_isAnotherServersCookie();
    void standardDelivery_isASetting();
    void wholeCycle_worksByCookie();
    void cookieToken_neverBecomesReadable();
    void csrf_data();
    void csrf();
    void csrfToken_ofAnotherSession_doesNotFit();
    void cookieInAnotherCookiesValue_countsNot_data();
    void cookieInAnotherCookiesValue_countsNot();
    void bearerBesideCookies_stillNeedsTheToken();
    void definite401OfRefresh_takesTheCookies_data();
    void definite401OfRefresh_takesTheCookies();
    void refreshWithNothing_setsNothing();
    void emptyTokenInTheBody_isNone();
    void beacon_signsOut_data();
    void beacon_signsOut();
    void parallelRefreshes_setTheSameRefreshCookie();
    void otherRefusals_leaveTheCookies();
    void brokenDatabase_signsNobodyOut();

private:
    Browser signedIn(const QByteArray &origin = ourPage);
    std::unique_ptr<ApiServer> m_server;
};

namespace {

const QByteArray accessCookie = "__Host-warder_access";
const QByteArray refreshCookie = "__Host-warder_refresh";
const QByteArray csrfCookie = "__Host-warder_csrf";
const QByteArray knownCookie = "__Host-warder_known"; // stays when the others go: the browser has signed in all the same

QJsonObject credentials(const QString &delivery = u"cookie"_s)
{
    return {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"token_delivery"_s, delivery}};
}

} // namespace

void TestDelivery::init()
{
    m_server = std::make_unique<ApiServer>();
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
}

Browser TestDelivery::signedIn(const QByteArray &origin)
{
    Browser browser = m_server->browser(origin);
    browser.send("POST", "/login", credentials());
    return browser;
}

void TestDelivery::cookies_holdTheTokensAndTheJsonDoesNot_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("login") << "/login"_ba << 200;
    QTest::newRow("token") << "/token"_ba << 200;
    QTest::newRow("register") << "/register"_ba << 201;
}

void TestDelivery::cookies_holdTheTokensAndTheJsonDoesNot()
{
    QFETCH(QByteArray, path);
    Browser browser = m_server->browser();
    QJsonObject body = credentials();
    if (path == "/register")
        body.insert(u"email"_s, u"bob@example.com"_s);
    const auto answer = browser.send("POST", path, body);
    QTEST(answer.status(), "status");
    QCOMPARE(answer.json().keys(), (QStringList {u"expires_in"_s, u"user"_s}));
    QCOMPARE(browser.cookies(), (QByteArrayList {accessCookie, csrfCookie, knownCookie, refreshCookie}));
    QCOMPARE(answer.header("cache-control"), "no-store");
    QVERIFY(!answer.raw.body.contains(browser.cookie(accessCookie)));
    QVERIFY(!answer.raw.body.contains(browser.cookie(refreshCookie)));
    QCOMPARE(browser.get("/me").status(), 200);
}

void TestDelivery::attributes_areThoseOfTheContract_data()
{
    QTest::addColumn<QByteArray>("prefix");
    QTest::addColumn<bool>("insecure");
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<bool>("secure");
    QTest::newRow("standard") << "warder"_ba << false << "__Host-warder"_ba << true;
    QTest::newRow("http.cookies_insecure") << "warder"_ba << true << "warder"_ba << false;
    QTest::newRow("http.cookie_prefix") << "shop"_ba << false << "__Host-shop"_ba << true;
    QTest::newRow("both") << "my-Shop_2"_ba << true << "my-Shop_2"_ba << false;
}

void TestDelivery::attributes_areThoseOfTheContract()
{
    QFETCH(QByteArray, prefix);
    QFETCH(bool, insecure);
    QFETCH(QByteArray, names);
    QFETCH(bool, secure);
    m_server = std::make_unique<ApiServer>(
        ApiOptions {.http = {.allowedOrigins = {QString::fromLatin1(ourPage)}, .cookiesInsecure = insecure, .cookiePrefix = prefix}});
    m_server->join(u"ann@example.com"_s);
    const auto answer = m_server->client().post("/login", credentials());
    QCOMPARE(answer.headers("set-cookie").size(), 4);
    for (const char *name : {"_access", "_refresh", "_csrf", "_known"}) {
        const QByteArray attributes = answer.cookieAttributes(names + name) + ';';
        QVERIFY2(attributes.contains("; Path=/;"), attributes);
        QVERIFY(attributes.contains("; SameSite=Lax;"));
        QCOMPARE(attributes.contains("; Secure;"), secure);
        QCOMPARE(attributes.contains("; HttpOnly;"), QByteArrayView(name) != "_csrf");
        QVERIFY(!attributes.contains("Domain"));
    }
    QVERIFY(answer.cookieAttributes(names + "_access").contains("Max-Age=900"));
    QVERIFY(answer.cookieAttributes(names + "_known").contains("Max-Age=15552000"));
    Browser browser = m_server->browser();
    browser.send("POST", "/login", credentials());
    QCOMPARE(browser.get("/me").status(), 200);
}

void TestDelivery::otherPrefix_isAnotherServersCookie()
{
    Browser browser = signedIn();
    const QByteArray theirs =
        "Cookie: __Host-warder_access=" + browser.cookie(accessCookie) + "; __Host-warder_refresh=" + browser.cookie(refreshCookie);
    m_server = std::make_unique<ApiServer>(ApiOptions {.http = {.cookiePrefix = "shop"}});
    m_server->join(u"ann@example.com"_s);
    QCOMPARE(m_server->client().get("/me", {theirs})["detail"_L1], u"Not authenticated"_s);
    const auto refused = m_server->client().post("/refresh", QJsonObject(), {theirs});
    QCOMPARE(refused.status(), 401);
    for (const QByteArray &cleared : refused.headers("set-cookie"))
        QVERIFY2(cleared.startsWith("__Host-shop_"), cleared); // the neighbour's session lives on
}

void TestDelivery::standardDelivery_isASetting()
{
    m_server = std::make_unique<ApiServer>(ApiOptions {.http = {.deliverByCookie = true}});
    const auto byCookie = m_server->join(u"ann@example.com"_s);
    QVERIFY(byCookie["access_token"_L1].isUndefined());
    QVERIFY(byCookie.cookieValue(accessCookie));
    const auto byBody = m_server->client().post("/login", credentials(u"body"_s));
    QVERIFY(byBody["access_token"_L1].isString());
    QVERIFY(byBody.headers("set-cookie").isEmpty());
}

void TestDelivery::wholeCycle_worksByCookie()
{
    Browser browser = signedIn();
    const QByteArray first = browser.cookie(refreshCookie);
    QCOMPARE(browser.get("/me")["email"_L1], u"ann@example.com"_s);
    browser.drop(accessCookie); // as when its Max-Age has passed
    QCOMPARE(browser.get("/me").status(), 401);
    const auto renewed = browser.send("POST", "/refresh");
    QCOMPARE(renewed.status(), 200);
    QCOMPARE(renewed.json().keys(), (QStringList {u"expires_in"_s, u"user"_s}));
    QVERIFY(browser.cookie(refreshCookie) != first);
    QCOMPARE(browser.get("/me").status(), 200);
    QCOMPARE(browser.send("PATCH", "/me", {{u"name"_s, u"Ann"_s}}).status(), 200);
    const auto out = browser.send("POST", "/logout");
    QCOMPARE(out.status(), 204);
    QCOMPARE(browser.cookies(), QByteArrayList {knownCookie});
    QCOMPARE(browser.get("/me").status(), 401);
}

void TestDelivery::cookieToken_neverBecomesReadable()
{
    Browser browser = signedIn();
    const auto renewed = browser.send("POST", "/refresh", {{u"token_delivery"_s, u"body"_s}});
    QCOMPARE(renewed.status(), 200);
    QVERIFY(renewed["refresh_token"_L1].isUndefined());
    QVERIFY(renewed.cookieValue(refreshCookie));
    QVERIFY(!renewed.raw.body.contains("wrt1_"));
}

void TestDelivery::csrf_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<bool>("withToken");
    QTest::addColumn<QString>("code");
    QTest::newRow("our page, with the token") << ourPage << QByteArrayList {} << true << QString();
    QTest::newRow("our page, without") << ourPage << QByteArrayList {} << false << u"csrf_failed"_s;
    QTest::newRow("our page, made-up token") << ourPage << QByteArrayList {"X-CSRF-Token: made-up"} << false << u"csrf_failed"_s;
    QTest::newRow("our page, empty token") << ourPage << QByteArrayList {"X-CSRF-Token: "} << false << u"csrf_failed"_s;
    QTest::newRow("foreign page, with the token") << evilPage << QByteArrayList {} << true << u"origin_refused"_s;
    QTest::newRow("null origin, with the token") << "null"_ba << QByteArrayList {} << true << u"origin_refused"_s;
    QTest::newRow("no origin, cross-site") << ""_ba << QByteArrayList {"Sec-Fetch-Site: cross-site"} << true << u"origin_refused"_s;
    QTest::newRow("no origin, same origin, with the token") << ""_ba << QByteArrayList {"Sec-Fetch-Site: same-origin"} << true << QString();
    QTest::newRow("no origin, same origin, without")
        << ""_ba << QByteArrayList {"Sec-Fetch-Site: same-origin"} << false << u"csrf_failed"_s;
    QTest::newRow("no browser") << ""_ba << QByteArrayList {} << false << QString();
}

void TestDelivery::csrf()
{
    QFETCH(QByteArray, origin);
    QFETCH(QByteArrayList, headers);
    QFETCH(bool, withToken);
    QFETCH(QString, code);
    Browser browser = signedIn();
    browser.moveTo(origin);
    const QJsonObject name {{u"name"_s, u"Changed"_s}};
    const auto answer = withToken ? browser.send("PATCH", "/me", name, headers) : browser.sendWithoutToken("PATCH", "/me", name, headers);
    QCOMPARE(answer.status(), code.isEmpty() ? 200 : 403);
    QCOMPARE(browser.get("/me")["name"_L1], code.isEmpty() ? u"Changed"_s : u""_s);
    if (!code.isEmpty())
        QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"CSRF check failed"_s}, {u"code"_s, code}}));
    QCOMPARE(browser.cookies().size(), 4);
}

void TestDelivery::csrfToken_ofAnotherSession_doesNotFit()
{
    Browser victim = signedIn();
    m_server->join(u"eve@example.com"_s);
    const auto eve = m_server->client().post(
        "/login", {{u"email"_s, u"eve@example.com"_s}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}});
    victim.put(csrfCookie, *eve.cookieValue(csrfCookie)); // cookie tossing: cookie and header agree, but are Eve's
    QCOMPARE(victim.send("PATCH", "/me", {{u"name"_s, u"x"_s}}).status(), 403);
}

void TestDelivery::cookieInAnotherCookiesValue_countsNot_data()
{
    QTest::addColumn<QByteArray>("before"); // %1: what a sibling site wants us to read
    QTest::newRow("behind a comma") << "theme=a, %1; "_ba;
    QTest::newRow("behind a comma, in a field of its own") << "theme=a, %1\r\nCookie: "_ba;
    QTest::newRow("behind several commas") << "theme=a, , %1, b; "_ba;
    QTest::newRow("behind a blank") << "theme=a %1; "_ba;
}

/// A page of x.example.com may set a cookie for all of example.com, but none with `__Host-`.
void TestDelivery::cookieInAnotherCookiesValue_countsNot()
{
    QFETCH(QByteArray, before);
    Browser victim = signedIn();
    const auto attacker = m_server->join(u"eve@example.com"_s);
    const auto line = [&](const QByteArray &name, const QByteArray &smuggled) {
        return "Cookie: " + QByteArray(before).replace("%1", name + '=' + smuggled) + name + '=' + victim.cookie(name);
    };
    const auto me = m_server->client().get("/me", {line(accessCookie, attacker["access_token"_L1].toString().toLatin1())});
    QCOMPARE(me["email"_L1], u"ann@example.com"_s);
    const auto renewed = m_server->client().ask(
        "POST", "/refresh", {"Origin: " + ourPage, line(refreshCookie, attacker["refresh_token"_L1].toString().toLatin1())});
    QCOMPARE(renewed["user"_L1]["email"_L1], u"ann@example.com"_s);
    const auto named = m_server->client().send("PATCH", "/me", {{u"name"_s, u"Ann"_s}},
                                               {"Origin: " + ourPage, "X-CSRF-Token: forged",
                                                line(csrfCookie, "forged") + "; " + accessCookie + '=' + victim.cookie(accessCookie)});
    QCOMPARE(named.status(), 403);
}

void TestDelivery::bearerBesideCookies_stillNeedsTheToken()
{
    Browser browser = signedIn();
    const QByteArrayList header {bearer(browser.cookie(accessCookie))};
    QCOMPARE(browser.sendWithoutToken("PATCH", "/me", {{u"name"_s, u"x"_s}}, header).status(), 403);
    Browser clean = m_server->browser();
    QCOMPARE(clean.send("PATCH", "/me", {{u"name"_s, u"x"_s}}, header).status(), 200);
    Browser elsewhere = m_server->browser(evilPage); // which the browser would not let read the answer
    QCOMPARE(elsewhere.send("PATCH", "/me", {{u"name"_s, u"x"_s}}, header).status(), 200);
}

void TestDelivery::definite401OfRefresh_takesTheCookies_data()
{
    QTest::addColumn<QString>("end");
    QTest::newRow("signed out elsewhere") << u"revoked"_s;
    QTest::newRow("reuse") << u"reuse"_s;
    QTest::newRow("nonsense in the cookie") << u"nonsense"_s;
    QTest::newRow("idle too long") << u"idle"_s;
}

void TestDelivery::definite401OfRefresh_takesTheCookies()
{
    QFETCH(QString, end);
    Browser browser = signedIn();
    Browser copy = browser;
    if (end == "revoked"_L1) {
        QCOMPARE(copy.send("POST", "/logout/all").status(), 204);
    } else if (end == "reuse"_L1) {
        copy.send("POST", "/refresh");
        m_server->clock.advance(Seconds {31});
    } else if (end == "nonsense"_L1) {
        browser.put(refreshCookie, "wrt1_nonsense");
    } else {
        m_server->clock.advance(std::chrono::days {15});
    }
    const auto answer = browser.send("POST", "/refresh");
    QCOMPARE(answer.status(), 401);
    QCOMPARE(browser.cookies(), QByteArrayList {knownCookie});
    QVERIFY(answer.cookieAttributes(refreshCookie).contains("Secure"));
}

void TestDelivery::refreshWithNothing_setsNothing()
{
    const auto answer = m_server->client().ask("POST", "/refresh");
    QCOMPARE(answer.status(), 401);
    QVERIFY(answer.headers("set-cookie").isEmpty());
    Browser browser = signedIn();
    browser.drop(refreshCookie);
    QCOMPARE(browser.send("POST", "/refresh").status(), 401);
    QCOMPARE(browser.cookies(), QByteArrayList {knownCookie});
}

void TestDelivery::emptyTokenInTheBody_isNone()
{
    Browser browser = signedIn();
    QCOMPARE(browser.send("POST", "/refresh", {{u"refresh_token"_s, u""_s}}).status(), 200);
    QCOMPARE(browser.send("POST", "/refresh", {{u"refresh_token"_s, QJsonValue()}}).status(), 200);
    QCOMPARE(browser.send("POST", "/refresh", {{u"refresh_token"_s, u" "_s}}).status(), 401); // that is a token, and no good one
    QCOMPARE(m_server->client().post("/refresh", {{u"refresh_token"_s, u""_s}})["code"_L1], u"not_authenticated"_s);
    QCOMPARE(browser.send("POST", "/logout", {{u"refresh_token"_s, u""_s}}).status(), 204);
}

void TestDelivery::beacon_signsOut_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("body"); // %1: the session's CSRF token
    QTest::addColumn<int>("status");
    QTest::newRow("our page with the token") << ourPage << R"({"csrf_token":"%1"})"_ba << 204;
    QTest::newRow("our page without the token") << ourPage << "{}"_ba << 403;
    QTest::newRow("our page with nothing") << ourPage << ""_ba << 403;
    QTest::newRow("our page with another token") << ourPage << R"({"csrf_token":"forged"})"_ba << 403;
    QTest::newRow("a foreign page with the token") << evilPage << R"({"csrf_token":"%1"})"_ba << 403;
    QTest::newRow("a sandboxed page with the token") << "null"_ba << R"({"csrf_token":"%1"})"_ba << 403;
}

/// navigator.sendBeacon(): text/plain and cookies, and no field that a page could set.
void TestDelivery::beacon_signsOut()
{
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    Browser browser = signedIn();
    const QByteArrayList headers {"Origin: " + origin, "Content-Type: text/plain;charset=UTF-8",
                                  "Cookie: " + accessCookie + '=' + browser.cookie(accessCookie) + "; " + refreshCookie + '='
                                      + browser.cookie(refreshCookie) + "; " + csrfCookie + '=' + browser.cookie(csrfCookie)};
    const auto answer = m_server->client().ask("POST", "/logout", headers, QByteArray(body).replace("%1", browser.cookie(csrfCookie)));
    QCOMPARE(answer.status(), status);
    QCOMPARE(browser.get("/me").status(), status == 204 ? 401 : 200);
    QCOMPARE(m_server->client().ask("POST", "/refresh", headers, "{}").status(),
             origin == ourPage ? 415 : 403); // elsewhere text is no JSON
}

void TestDelivery::parallelRefreshes_setTheSameRefreshCookie()
{
    const Browser browser = signedIn();
    std::mutex mutex;
    QSet<QByteArray> successors;
    QSet<int> statuses;
    {
        std::vector<std::jthread> tabs;
        for (int i = 0; i < 16; ++i)
            tabs.emplace_back([&] {
                Browser tab = browser;
                const auto answer = tab.send("POST", "/refresh");
                const std::lock_guard lock(mutex);
                statuses += answer.status();
                successors += tab.cookie(refreshCookie);
            });
    }
    QCOMPARE(statuses, QSet<int> {200});
    QCOMPARE(successors.size(), 1);
    QVERIFY(!successors.contains(browser.cookie(refreshCookie)));
}

void TestDelivery::otherRefusals_leaveTheCookies()
{
    Browser browser = signedIn();
    const QByteArray kept = browser.cookie(refreshCookie);
    browser.drop(accessCookie);
    QCOMPARE(browser.get("/me").status(), 401); // a refresh would help
    QCOMPARE(browser.sendWithoutToken("POST", "/logout").status(), 403);
    browser.moveTo(evilPage);
    QCOMPARE(browser.send("POST", "/refresh").status(), 403);
    browser.moveTo(ourPage);
    QCOMPARE(browser.send("POST", "/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"wrong"_s}}).status(), 401);
    QCOMPARE(browser.send("POST", "/refresh", {{u"token_delivery"_s, u"pigeon"_s}}).status(), 422);
    QCOMPARE(browser.send("POST", "/refresh", {{u"refresh_token"_s, u"not the cookie's"_s}}).status(), 401);
    QCOMPARE(browser.cookie(refreshCookie), kept);
    QCOMPARE(browser.send("POST", "/refresh").status(), 200);
}

void TestDelivery::brokenDatabase_signsNobodyOut()
{
    Browser browser = signedIn();
    const auto rename = [this](const QString &sql) {
        return m_server->world.database->write([&sql](DbConnection &connection) { return connection.run(sql, {}); });
    };
    QVERIFY(rename(u"ALTER TABLE users RENAME TO elsewhere"_s));
    for (const char *path : {"/refresh", "/login"}) {
        const auto answer = browser.send("POST", path, credentials());
        QCOMPARE(answer.status(), 500);
        QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Internal Server Error"_s}, {u"code"_s, u"storage_failure"_s}}));
        QVERIFY(answer.headers("set-cookie").isEmpty());
    }
    QCOMPARE(browser.get("/me").status(), 500);
    QCOMPARE(browser.get("/health/ready").status(), 503);
    QCOMPARE(browser.get("/health/live").status(), 200);
    QVERIFY(rename(u"ALTER TABLE elsewhere RENAME TO users"_s));
    QCOMPARE(browser.send("POST", "/refresh").status(), 200);
    QCOMPARE(browser.get("/me").status(), 200);
}

QTEST_GUILESS_MAIN(TestDelivery)
#include "TestDelivery.moc"
