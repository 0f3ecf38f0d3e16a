#include "core/api/HttpOptions.h"
#include "core/api/filters/Cookies.h"
#include "core/api/filters/CsrfFilter.h"
#include "core/net/gate/ConnectionCounts.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestCookies : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void setOn_namesAndAttributes_data();
    void setOn_namesAndAttributes();
    void clearOn_endsAllThree();
    void attempt_isKeptFromScripts();
    void cookiesOf_readsWhatBrowsersSend_data();
    void cookiesOf_readsWhatBrowsersSend();
    void hostCookie_twice_countsOnlyIfAlike_data();
    void hostCookie_twice_countsOnlyIfAlike();
    void csrf_data();
    void csrf();
    void csrf_isBoundToTheSession();
};

void TestCookies::setOn_namesAndAttributes_data()
{
    QTest::addColumn<bool>("insecure");
    QTest::addColumn<QByteArrayList>("starts");
    QTest::addColumn<QByteArrayList>("ends");
    const QByteArray lax = "; Path=/; Max-Age=";
    QTest::newRow("over HTTPS and on localhost")
        << false << QByteArrayList {"__Host-warder_access=", "__Host-warder_refresh=", "__Host-warder_csrf="}
        << QByteArrayList {lax + "900; SameSite=Lax; Secure; HttpOnly", lax + "1209600; SameSite=Lax; Secure; HttpOnly",
                           lax + "1209600; SameSite=Lax; Secure"};
    QTest::newRow("over plain HTTP in development")
        << true << QByteArrayList {"warder_access=", "warder_refresh=", "warder_csrf="}
        << QByteArrayList {lax + "900; SameSite=Lax; HttpOnly", lax + "1209600; SameSite=Lax; HttpOnly", lax + "1209600; SameSite=Lax"};
}

void TestCookies::setOn_namesAndAttributes()
{
    QFETCH(bool, insecure);
    QFETCH(QByteArrayList, starts);
    QFETCH(QByteArrayList, ends);
    ApiResponse response;
    Cookies("warder", insecure, m_world->refreshTokens).setOn(response, m_world->join(u"ann@example.com"_s).value(), m_clock.now());
    const auto lines = response.headers.values(QHttpHeaders::WellKnownHeader::SetCookie);
    QCOMPARE(lines.size(), 3);
    for (qsizetype i = 0; i < 3; ++i) {
        QVERIFY2(lines[i].startsWith(starts[i]), lines[i].constData());
        QVERIFY2(lines[i].endsWith(ends[i]), lines[i].constData());
        QVERIFY(lines[i].size() < 4096); // RFC 6265 §6.1
    }
}

void TestCookies::clearOn_endsAllThree()
{
    ApiResponse response;
    Cookies("warder", false, m_world->refreshTokens).clearOn(response);
    const auto lines = response.headers.values(QHttpHeaders::WellKnownHeader::SetCookie);
    QCOMPARE(lines.size(), 3);
    for (const auto &line : lines) {
        QVERIFY(line.contains("=; Path=/; Max-Age=0"));
        QVERIFY(line.contains("; Secure")); // without it a browser ignores a __Host- cookie
    }
}

/// Lax: it comes along when a provider sends the browser back, and with nothing that another site posts.
void TestCookies::attempt_isKeptFromScripts()
{
    const Cookies cookies("warder", false, m_world->refreshTokens);
    ApiResponse response;
    cookies.setAttemptOn(response, "secret", Seconds {600});
    cookies.clearAttemptOn(response);
    const auto lines = response.headers.values(QHttpHeaders::WellKnownHeader::SetCookie);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0], "__Host-warder_oauth=secret; Path=/; Max-Age=600; SameSite=Lax; Secure; HttpOnly");
    QCOMPARE(lines[1], "__Host-warder_oauth=; Path=/; Max-Age=0; SameSite=Lax; Secure; HttpOnly");
}

void TestCookies::cookiesOf_readsWhatBrowsersSend_data()
{
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArray>("a");
    QTest::newRow("one") << QByteArrayList {"a=1"} << "1"_ba;
    QTest::newRow("among others") << QByteArrayList {"x=0; a=1; y=2"} << "1"_ba;
    QTest::newRow("the first of two counts") << QByteArrayList {"a=1; a=2"} << "1"_ba;
    QTest::newRow("two header lines") << QByteArrayList {"x=0", "a=1"} << "1"_ba;
    QTest::newRow("an equals sign in the value") << QByteArrayList {"a=1=2"} << "1=2"_ba;
    QTest::newRow("no value") << QByteArrayList {"a="} << ""_ba;
    QTest::newRow("rubbish before") << QByteArrayList {";;=; a=1"} << "1"_ba;
    QTest::newRow("no equals sign") << QByteArrayList {"a"} << QByteArray();
    QTest::newRow("names are case-sensitive") << QByteArrayList {"A=1"} << QByteArray();
    QTest::newRow("behind a comma, in another's value") << QByteArrayList {"x=0, a=evil; a=1"} << "1"_ba;
    QTest::newRow("behind a comma without a blank") << QByteArrayList {"x=0,a=evil; a=1"} << "1"_ba;
    QTest::newRow("behind a comma, and no other") << QByteArrayList {"x=0, a=evil"} << QByteArray();
    QTest::newRow("behind a comma in another field") << QByteArrayList {"x=0, a=evil", "a=1"} << "1"_ba;
    QTest::newRow("in quotes") << QByteArrayList {"x=\"0; a=1\"; a=2"} << "1\""_ba; // quotes protect nothing (RFC 6265 §5.4)
    QTest::newRow("behind a blank") << QByteArrayList {"x=0 a=evil; a=1"} << "1"_ba;
    QTest::newRow("behind a tab") << QByteArrayList {"x=0\ta=evil; a=1"} << "1"_ba;
    QTest::newRow("a comma in its value") << QByteArrayList {"a=1, 2"} << "1, 2"_ba;
    QTest::newRow("a comma before its name") << QByteArrayList {", a=1"} << QByteArray();
    QTest::newRow("nameless with its name as value") << QByteArrayList {"=a=evil; a=1"} << "1"_ba;
    QTest::newRow("a no-break space before its name") << QByteArrayList {"\xc2\xa0"
                                                                         "a=evil; a=1"}
                                                      << "1"_ba;
    QTest::newRow("with attributes of old") << QByteArrayList {"$Version=1; a=1; $Path=/"} << "1"_ba;
}

void TestCookies::cookiesOf_readsWhatBrowsersSend()
{
    QFETCH(QByteArrayList, lines);
    QHttpHeaders headers;
    for (const QByteArray &line : lines)
        headers.append("Cookie", line);
    QTEST(cookiesOf(headers).value("a"), "a");
}

void TestCookies::hostCookie_twice_countsOnlyIfAlike_data()
{
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("alike") << QByteArrayList {"__Host-a=1; __Host-a=1"} << "1"_ba;
    QTest::newRow("two values") << QByteArrayList {"__Host-a=1; __Host-a=2"} << QByteArray();
    QTest::newRow("two values, two fields") << QByteArrayList {"__Host-a=1", "__Host-a=2"} << QByteArray();
    QTest::newRow("two values, then the first again") << QByteArrayList {"__Host-a=1; __Host-a=2; __Host-a=1"} << QByteArray();
    QTest::newRow("one without a value") << QByteArrayList {"__Host-a=; __Host-a=2"} << QByteArray();
    QTest::newRow("another name twice") << QByteArrayList {"__Host-b=1; __Host-b=2; __Host-a=1"} << "1"_ba;
    QTest::newRow("smuggled behind a comma") << QByteArrayList {"theme=x, __Host-a=2; __Host-a=1"} << "1"_ba;
}

void TestCookies::hostCookie_twice_countsOnlyIfAlike()
{
    QFETCH(QByteArrayList, lines);
    QHttpHeaders headers;
    for (const QByteArray &line : lines)
        headers.append("Cookie", line);
    QTEST(cookiesOf(headers).value("__Host-a"), "value");
}

void TestCookies::csrf_data()
{
    QTest::addColumn<Csrf>("rule");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("cookies"); // letters: a(ccess) r(efresh) c(srf)
    QTest::addColumn<QByteArray>("token");   // right, wrong or empty
    QTest::addColumn<bool>("passes");
    const QByteArray ours = "http://localhost:3000";
    const QByteArray evil = "http://evil.example";
    QTest::newRow("all right") << Csrf::Token << ours << "arc"_ba << "right"_ba << true;
    QTest::newRow("only the refresh cookie is left") << Csrf::Token << ours << "rc"_ba << "right"_ba << true;
    QTest::newRow("no token") << Csrf::Token << ours << "arc"_ba << ""_ba << false;
    QTest::newRow("wrong token") << Csrf::Token << ours << "arc"_ba << "wrong"_ba << false;
    QTest::newRow("token without its cookie") << Csrf::Token << ours << "ar"_ba << "right"_ba << false;
    QTest::newRow("right token from a foreign page") << Csrf::Token << evil << "arc"_ba << "right"_ba << false;
    QTest::newRow("null origin") << Csrf::Token << "null"_ba << "arc"_ba << "right"_ba << false;
    QTest::newRow("no cookies, foreign page") << Csrf::Token << evil << ""_ba << ""_ba << true;
    QTest::newRow("no browser") << Csrf::Token << ""_ba << "arc"_ba << ""_ba << true;
    QTest::newRow("login from our page") << Csrf::Origin << ours << ""_ba << ""_ba << true;
    QTest::newRow("login from a foreign page") << Csrf::Origin << evil << ""_ba << ""_ba << false;
    QTest::newRow("login from no browser") << Csrf::Origin << ""_ba << ""_ba << ""_ba << true;
    QTest::newRow("refresh needs no token") << Csrf::Origin << ours << "rc"_ba << ""_ba << true;
    QTest::newRow("reading from a foreign page") << Csrf::None << evil << "arc"_ba << ""_ba << true;
}

void TestCookies::csrf()
{
    QFETCH(Csrf, rule);
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, cookies);
    QFETCH(QByteArray, token);
    const auto pair = m_world->join(u"ann@example.com"_s).value();
    const QByteArray right = m_world->refreshTokens.issueCsrf(pair.session.id);
    const Cookies names("warder", false, m_world->refreshTokens);
    const Origins origins({u"http://localhost:3000"_s});
    Lanes lanes {{}};
    const ConnectionCounts counts;
    const std::atomic<bool> paused {false};
    const HttpOptions options;
    const ApiContext api {m_world->core->services(lanes, counts, paused), options, names};

    Call call {.requestId = {}, .path = {}, .client = {}, .now = m_clock.now()};
    if (!origin.isEmpty())
        call.headers.append("Origin", origin);
    if (cookies.contains('a'))
        call.cookies.insert(names.accessName(), pair.accessToken);
    if (cookies.contains('r'))
        call.cookies.insert("__Host-warder_refresh", pair.refreshToken);
    if (cookies.contains('c'))
        call.cookies.insert(names.csrfName(), right);
    if (!token.isEmpty())
        call.headers.append("X-CSRF-Token", token == "right" ? right : token);
    const Route route {.method = HttpMethod::Post,
                       .path = {},
                       .access = Access::Session,
                       .lane = Lane::Light,
                       .body = Body::None,
                       .csrf = rule,
                       .limit = {},
                       .handler = {},
                       .doc = {.operation = {}, .summary = {}, .tag = {}}};
    const auto checked = checkCsrf(route, call, origins, api);
    QTEST(checked.has_value(), "passes");
    if (!checked)
        QCOMPARE(checked.error().code, origin == "http://localhost:3000" ? ErrorCode::CsrfFailed : ErrorCode::OriginRefused);
}

void TestCookies::csrf_isBoundToTheSession()
{
    const auto mine = m_world->join(u"ann@example.com"_s).value();
    const auto theirs = m_world->join(u"bob@example.com"_s).value();
    const QByteArray token = m_world->refreshTokens.issueCsrf(theirs.session.id);
    QVERIFY(m_world->refreshTokens.verifyCsrf(token, theirs.session.id, m_clock.now()));
    QVERIFY(!m_world->refreshTokens.verifyCsrf(token, mine.session.id, m_clock.now()));
}

QTEST_GUILESS_MAIN(TestCookies)
#include "TestCookies.moc"
