#include "tests/support/ApiServer.h"
#include "tests/support/RawHttp.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestSystemRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void health_isTold();
    void health_namesProblems();
    void jwks_areOnlyPublicKeysThatVerify();
    void jwks_remembersWhoFetchedThem();
    void metrics_areForLoopbackOrTheToken_data();
    void metrics_areForLoopbackOrTheToken();
    void metrics_areNotForStrangersBehindAProxy();
    void metrics_areNotForOtherNames_data();
    void metrics_areNotForOtherNames();
    void metrics_tellWhatTheGateRefused();
    void metrics_takeTheTokenAsMeDoes_data();
    void metrics_takeTheTokenAsMeDoes();
    void root_tellsWhatThisIs();
    void icon_isThere();
    void docs_canBeSwitchedOff();
    void metadata_tellsOnlyWhatIsSo_data();
    void metadata_tellsOnlyWhatIsSo();
    void metadata_isForUrlsOnly_data();
    void metadata_isForUrlsOnly();
    void docs_areServedFromHere();
    void traffic_isCounted();
};

void TestSystemRoutes::health_isTold()
{
    const ApiServer server;
    for (const char *path : {"/health/live", "/health/ready"}) {
        const auto answer = server.client().get(path);
        QCOMPARE(answer.status(), 200);
        QCOMPARE(answer["status"_L1], u"ok"_s);
        QCOMPARE(answer.header("cache-control"), "no-store");
    }
}

void TestSystemRoutes::health_namesProblems()
{
    ApiServer server;
    const auto ready = [&server] { return server.client().get("/health/ready"); };
    QCOMPARE(ready().raw.body, R"({"status":"ok"})"_ba); // as it always was
    server.health().set({.code = u"disk_low"_s, .detail = u"/secret/place"_s}, server.clock.now());
    QCOMPARE(ready().status(), 200);
    QCOMPARE(ready().raw.body, R"({"problems":["disk_low"],"status":"ok"})"_ba);
    server.health().set({.code = u"disk_full"_s, .detail = u"/secret/place"_s, .down = true}, server.clock.now());
    QCOMPARE(ready().status(), 503);
    QCOMPARE(ready().raw.body, R"({"problems":["disk_full","disk_low"],"reason":"the disk is full","status":"unavailable"})"_ba);
    QCOMPARE(server.client().get("/health/live").status(), 200); // the process itself is well
    const QByteArray metrics = server.client().get("/metrics").raw.body;
    QVERIFY2(metrics.contains("\nwarder_healthy 0\n")
                 && metrics.contains("\nwarder_problem{code=\"disk_full\"} 2\nwarder_problem{code=\"disk_low\"} 1\n"),
             metrics);
    QVERIFY(metrics.contains("\nwarder_log_lines_dropped_total "));
    server.health().clear(u"disk_full");
    server.health().clear(u"disk_low");
    QCOMPARE(ready().raw.body, R"({"status":"ok"})"_ba);
}

void TestSystemRoutes::jwks_areOnlyPublicKeysThatVerify()
{
    ApiServer server;
    const auto keys = [&server] { return server.client().get("/.well-known/jwks.json")["keys"_L1].toArray(); };
    QCOMPARE(keys().size(), 2); // the one that signs, and the one that will
    QCOMPARE(keys().first().toObject().keys(), (QStringList {u"alg"_s, u"crv"_s, u"kid"_s, u"kty"_s, u"use"_s, u"x"_s, u"y"_s}));
    QVERIFY(server.world.keys.rotate(KeyPurpose::Access, u"test"_s, server.clock.now()));
    QCOMPARE(keys().size(), 3);
    server.clock.advance(server.world.issuer.policy().longestLife());
    QCOMPARE(keys().size(), 2);
}

void TestSystemRoutes::jwks_remembersWhoFetchedThem()
{
    ApiServer server(ApiOptions {.trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    const auto fetch = [&server](const QByteArray &from, const QByteArray &agent) {
        return server.client().get("/.well-known/jwks.json", {"X-Forwarded-For: " + from, "User-Agent: " + agent}).status();
    };
    const JwksConsumers &consumers = server.world.keys.consumers();
    QCOMPARE(consumers.all().size(), 0);
    QCOMPARE(fetch("198.51.100.9", "jose/6 \xe2\x80\xae evil"), 200);
    server.clock.advance(Seconds {1});
    QCOMPARE(fetch("198.51.100.10", QByteArray(400, 'x')), 200);
    const QStringList before = server.world.keys.ring()->published(server.clock.now());
    QVERIFY(server.world.keys.rotate(KeyPurpose::Access, u"test"_s, server.clock.now()));
    QCOMPARE(fetch("198.51.100.9", "jose/6 \xe2\x80\xae evil"), 200);
    const auto all = consumers.all();
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].address, u"198.51.100.9"_s);
    QCOMPARE(all[0].userAgent, u"jose/6  evil"_s);
    QCOMPARE(all[0].at, server.clock.now());
    QCOMPARE(all[0].kids, server.world.keys.ring()->published(server.clock.now()));
    QCOMPARE(all[1].kids, before); // this one lacks the key that stands by now
    QCOMPARE(all[1].userAgent.size(), JwksConsumers::longestUserAgent);
}

void TestSystemRoutes::metrics_areForLoopbackOrTheToken_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("status");
    QTest::newRow("from here") << QString() << "X-None: 1"_ba << 200;
    QTest::newRow("from elsewhere, through the proxy") << QString() << "X-Forwarded-For: 198.51.100.9"_ba << 401;
    QTest::newRow("from elsewhere, empty token") << QString() << "Authorization: Bearer "_ba << 200;
    QTest::newRow("with the token") << u"scrape-me-please"_s << "Authorization: Bearer scrape-me-please"_ba << 200;
    QTest::newRow("from here, without the token") << u"scrape-me-please"_s << "X-None: 1"_ba << 401;
    QTest::newRow("with another token") << u"scrape-me-please"_s << "Authorization: Bearer scrape-me"_ba << 401;
}

void TestSystemRoutes::metrics_areForLoopbackOrTheToken()
{
    QFETCH(QString, token);
    QFETCH(QByteArray, header);
    const ApiServer server(ApiOptions {.http = {.metricsToken = token}, .trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    const auto answer = server.client().get("/metrics", {header});
    QTEST(answer.status(), "status");
    QCOMPARE(answer.raw.body.contains("# TYPE warder_"), answer.status() == 200);
}

void TestSystemRoutes::metrics_areNotForStrangersBehindAProxy()
{
    const ApiServer server; // which knows of no proxy, and sees one of this machine
    for (const QByteArray &word : {"X-Forwarded-For: 198.51.100.9"_ba, "X-Forwarded-Host: shop.example"_ba, "X-Real-IP: 198.51.100.9"_ba,
                                   "Forwarded: for=198.51.100.9"_ba, "Via: 1.1 front"_ba})
        QCOMPARE(server.client().get("/metrics", {word}).status(), 401);
}

void TestSystemRoutes::metrics_areNotForOtherNames_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    QTest::newRow("localhost") << "HTTP/1.1\r\nHost: localhost:8000"_ba << 200;
    QTest::newRow("an address of this machine") << "HTTP/1.1\r\nHost: 127.0.0.1"_ba << 200;
    QTest::newRow("IPv6") << "HTTP/1.1\r\nHost: [::1]:8000"_ba << 200;
    QTest::newRow("a page that made its name point here") << "HTTP/1.1\r\nHost: evil.example:8000"_ba << 401;
    QTest::newRow("the public name, through a proxy that adds nothing") << "HTTP/1.1\r\nHost: auth.example.com"_ba << 401;
    QTest::newRow("an address of the network") << "HTTP/1.1\r\nHost: 192.168.1.5"_ba << 401;
    QTest::newRow("nginx as it comes") << "HTTP/1.0\r\nHost: 127.0.0.1:8000\r\nConnection: close"_ba << 401;
    QTest::newRow("no name at all") << "HTTP/1.0"_ba << 401;
}

void TestSystemRoutes::metrics_areNotForOtherNames()
{
    QFETCH(QByteArray, head);
    const ApiServer server;
    QTEST(RawHttp(server.port()).ask("GET /metrics " + head + "\r\n\r\n").value_or(RawAnswer()).status, "status");
}

void TestSystemRoutes::metrics_tellWhatTheGateRefused()
{
    const ApiServer server;
    for (int i = 0; i < 3; ++i)
        QCOMPARE(RawHttp(server.port()).ask("GET / HTTP/1.1\r\n\r\n").value_or(RawAnswer()).status, 400);
    QCOMPARE(RawHttp(server.port()).ask("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n").value_or(RawAnswer()).status, 501);
    const QByteArray text = server.client().get("/metrics").raw.body;
    QVERIFY(text.contains("\nwarder_gate_refusals_total{status=\"400\"} 3\n"));
    QVERIFY(text.contains("\nwarder_gate_refusals_total{status=\"501\"} 1\n"));
}

void TestSystemRoutes::metrics_takeTheTokenAsMeDoes_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("status");
    QTest::newRow("bearer") << "Authorization: Bearer scrape-me-please"_ba << 200;
    QTest::newRow("small letters") << "Authorization: bearer scrape-me-please"_ba << 200;
    QTest::newRow("capitals") << "Authorization: BEARER scrape-me-please"_ba << 200;
    QTest::newRow("two blanks") << "Authorization: Bearer  scrape-me-please"_ba << 200;
    QTest::newRow("the token in capitals") << "Authorization: Bearer SCRAPE-ME-PLEASE"_ba << 401;
    QTest::newRow("no scheme") << "Authorization: scrape-me-please"_ba << 401;
    QTest::newRow("another scheme") << "Authorization: Basic scrape-me-please"_ba << 401;
    QTest::newRow("no token") << "Authorization: Bearer"_ba << 401;
    QTest::newRow("no token behind a blank") << "Authorization: Bearer "_ba << 401;
    QTest::newRow("in quotes") << "Authorization: Bearer \"scrape-me-please\""_ba << 401;
    QTest::newRow("two fields") << "Authorization: Bearer scrape-me-please\r\nAuthorization: Bearer x"_ba << 401;
}

void TestSystemRoutes::metrics_takeTheTokenAsMeDoes()
{
    QFETCH(QByteArray, header);
    const ApiServer server(ApiOptions {.http = {.metricsToken = u"scrape-me-please"_s}});
    QTEST(server.client().get("/metrics", {header}).status(), "status");
}

void TestSystemRoutes::root_tellsWhatThisIs()
{
    const ApiServer server;
    const auto answer = server.client().get("/");
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer["name"_L1], u"Warder"_s);
    QCOMPARE(answer["docs"_L1], u"/docs"_s);
    const ApiServer below(ApiOptions {.http = {.basePath = "/auth"}});
    QCOMPARE(below.client().get("/auth/")["docs"_L1], u"/auth/docs"_s);
}

void TestSystemRoutes::icon_isThere()
{
    const auto icon = ApiServer().client().get("/favicon.ico");
    QCOMPARE(icon.status(), 200);
    QCOMPARE(icon.header("content-type"), "image/svg+xml"_ba);
    QVERIFY(icon.raw.body.contains("<svg"));
}

void TestSystemRoutes::docs_canBeSwitchedOff()
{
    const ApiServer server(ApiOptions {.http = {.issuer = u"https://auth.example.com"_s, .docs = false}});
    for (const char *path : {"/docs", "/docs/", "/docs/start.js", "/openapi.json"})
        QCOMPARE(server.client().get(path).status(), 404);
    QVERIFY(!server.client().get("/").json().contains("docs"_L1));
    QVERIFY(!server.client().get("/.well-known/oauth-authorization-server").json().contains("service_documentation"_L1));
    QCOMPARE(server.client().get("/health/live").status(), 200);
}

void TestSystemRoutes::metadata_tellsOnlyWhatIsSo_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QByteArray>("basePath");
    QTest::addColumn<QString>("url");
    QTest::newRow("a host") << u"https://auth.example.com"_s << ""_ba << u"https://auth.example.com"_s;
    QTest::newRow("with a slash") << u"https://auth.example.com/"_s << ""_ba << u"https://auth.example.com"_s;
    QTest::newRow("with a port") << u"http://localhost:8000"_s << ""_ba << u"http://localhost:8000"_s;
    QTest::newRow("below a path") << u"https://example.com/auth"_s << "/auth"_ba << u"https://example.com/auth"_s;
    QTest::newRow("a path that is no place") << u"https://example.com/tenants/7"_s << ""_ba << u"https://example.com"_s;
    QTest::newRow("IPv6") << u"http://[::1]:8000"_s << ""_ba << u"http://[::1]:8000"_s;
}

void TestSystemRoutes::metadata_tellsOnlyWhatIsSo()
{
    QFETCH(QString, issuer);
    QFETCH(QByteArray, basePath);
    QFETCH(QString, url);
    const ApiServer server(ApiOptions {.http = {.basePath = basePath, .issuer = issuer}});
    for (const char *path : {"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"}) {
        const auto answer = server.client().get(basePath + path);
        QCOMPARE(answer.status(), 200);
        QCOMPARE(answer.header("cache-control"), "public, max-age=300"_ba);
        QCOMPARE(answer["issuer"_L1], issuer); // RFC 8414 §3.3: to the letter
        QCOMPARE(answer["jwks_uri"_L1], url + u"/.well-known/jwks.json"_s);
        QCOMPARE(answer["token_endpoint"_L1], url + u"/token"_s);
        QCOMPARE(answer["grant_types_supported"_L1].toArray(), QJsonArray {u"password"_s});
        QCOMPARE(answer["access_token_signing_alg_values_supported"_L1].toArray(), QJsonArray {u"ES256"_s});
        for (const char *no : {"authorization_endpoint", "userinfo_endpoint", "id_token_signing_alg_values_supported", "scopes_supported"})
            QVERIFY2(!answer.json().contains(QLatin1StringView(no)), no);
    }
    const QByteArray keys = server.client().get(basePath + "/.well-known/oauth-authorization-server")["jwks_uri"_L1].toString().toLatin1();
    QCOMPARE(server.client().get(keys.sliced(keys.indexOf('/', 8))).status(), 200);
}

void TestSystemRoutes::metadata_isForUrlsOnly_data()
{
    QTest::addColumn<QString>("issuer");
    for (const auto &issuer : {u""_s, u"warder"_s, u"auth.example.com"_s, u"unix:/run/warder/warder.sock"_s, u"urn:example:warder"_s,
                               u"\"https://auth.example.com\""_s, u"https://"_s})
        QTest::newRow(qPrintable(issuer.isEmpty() ? u"nothing"_s : issuer)) << issuer;
}

void TestSystemRoutes::metadata_isForUrlsOnly()
{
    QFETCH(QString, issuer);
    const ApiServer server(ApiOptions {.http = {.issuer = issuer}});
    QCOMPARE(server.client().get("/.well-known/oauth-authorization-server").status(), 404);
    QCOMPARE(server.client().get("/.well-known/openid-configuration").status(), 404);
}

void TestSystemRoutes::docs_areServedFromHere()
{
    const ApiServer server;
    const auto page = server.client().get("/docs");
    QCOMPARE(page.status(), 200);
    QVERIFY(page.header("content-type").startsWith("text/html"));
    QVERIFY(page.header("content-security-policy").contains("default-src 'none'"));
    QVERIFY(!page.raw.body.contains("http://"));
    QVERIFY(!page.raw.body.contains("https://"));
    static const QRegularExpression link(u"(?:src|href)=\"([^\"#]+)\""_s);
    int files = 0;
    for (const auto &match : link.globalMatch(QString::fromUtf8(page.raw.body))) {
        const QString target = match.captured(1);
        const auto file = server.client().get((target.startsWith(u'/') ? target : u'/' + target).toLatin1());
        QVERIFY2(file.status() == 200, qPrintable(target));
        QVERIFY(!file.raw.body.isEmpty());
        ++files;
    }
    QVERIFY(files >= 3);
}

void TestSystemRoutes::traffic_isCounted()
{
    ApiServer server;
    server.join(u"ann@example.com"_s);
    server.login(u"ann@example.com"_s);
    server.login(u"ann@example.com"_s, u"a wrong one"_s);
    server.client().get("/nothing");
    const auto point = server.traffic().history(Seconds {1}, server.clock.now()).last();
    QCOMPARE(point.requests(), 4);
    QCOMPARE(point.succeeded, 2);
    QCOMPARE(point.refused, 2);
    QCOMPARE(point.signIns, 2);
    QCOMPARE(point.failedSignIns, 1);
}

QTEST_GUILESS_MAIN(TestSystemRoutes)
#include "TestSystemRoutes.moc"
