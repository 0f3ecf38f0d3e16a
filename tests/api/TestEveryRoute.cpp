#include "tests/support/ApiServer.h"
#include "tests/support/AuthenticatorApp.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What holds for every row of the route table; a new row is under test without a line here but its own in table().
class TestEveryRoute : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void table_isTheContract();
    void withoutCredentials_isRefused_data()
    {
        rows([](const Route &route) { return route.access != Access::Anyone; });
    }
    void withoutCredentials_isRefused();
    void wrongMethod_isRefused_data() { paths(); }
    void wrongMethod_isRefused();
    void head_isGetWithoutBody_data()
    {
        rows([](const Route &route) { return route.method == HttpMethod::Get; });
    }
    void head_isGetWithoutBody();
    void options_namesTheMethods_data() { paths(); }
    void options_namesTheMethods();
    void wrongContentType_isRefused_data() { rows(hasBody); }
    void wrongContentType_isRefused();
    void badBody_isRefused_data() { rows(hasBody); }
    void badBody_isRefused();
    void missingAndWrongFields_areNamed_data() { rows(hasBody); }
    void missingAndWrongFields_areNamed();
    void unknownFields_areRefusedWhereTheDescriptionSays_data() { rows(hasBody); }
    void unknownFields_areRefusedWhereTheDescriptionSays();
    void foreignPage_isRefused_data()
    {
        rows([](const Route &route) { return route.csrf != Csrf::None; });
    }
    void foreignPage_isRefused();
    void commonHeaders_areThere_data()
    {
        rows([](const Route &) { return true; });
    }
    void commonHeaders_areThere();
    void unknownPath_isNotFound_data();
    void unknownPath_isNotFound();
    void slashAtTheEnd_isSentOn_data();
    void slashAtTheEnd_isSentOn();
    void requestId_isEchoedIfPlain_data();
    void requestId_isEchoedIfPlain();
    void tooLargeBody_isRefused();
    void tooLargeBody_isRefusedEarlier_whereOnlyATokenFits();
    void basePath_standsBeforeEveryPath();

private:
    static bool changesNothing();
    static bool hasBody(const Route &route) { return route.body != Body::None && route.body != Body::Form; }
    static bool isForSession(const Route &route)
    {
        return route.access == Access::Session || route.access == Access::Account || route.access == Access::Recent;
    }
    static void rows(const std::function<bool(const Route &)> &wanted);
    static void paths();
    const Route &route() const;
    QByteArray pathOf(const QByteArray &pattern) const;
    QByteArray ticket() const; ///< Of a sign-in of somebody else that lacks a factor.
    QByteArrayList headersFor(const Route &route) const;
    ClientResponse ask(const QByteArrayList &headers, QByteArrayView body) const;

    std::unique_ptr<ApiServer> m_server;
    ClientResponse m_pair;
};

namespace {

QString titleOf(const Route &route) { return QString::fromLatin1(nameOf(route.method)) + u' ' + QString::fromLatin1(route.path); }

/// Nothing that a field of the type may hold, and what is said about it.
QJsonValue wrongValue(FieldType type) { return type == FieldType::Integer ? QJsonValue(u"4711"_s) : QJsonValue(4711); }
QString wrongType(FieldType type)
{
    switch (type) {
    case FieldType::Text:
    case FieldType::Email:
    case FieldType::Password: return u"string_type"_s;
    case FieldType::Integer:  return u"int_type"_s;
    case FieldType::Boolean:  return u"bool_type"_s;
    case FieldType::TextList: return u"list_type"_s;
    case FieldType::Object:   return u"dict_type"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// method path, who may call, what a browser must prove; as docs/http.md has it.
QStringList contract()
{
    return {u"POST /register anyone origin"_s,
            u"POST /login anyone origin"_s,
            u"POST /login/mfa pending origin"_s,
            u"POST /login/mfa/passkey pending origin"_s,
            u"POST /login/mfa/totp pending origin"_s,
            u"POST /login/mfa/totp/confirm pending origin"_s,
            u"GET /me/mfa session none"_s,
            u"POST /me/mfa/totp recent token"_s,
            u"POST /me/mfa/totp/confirm session token"_s,
            u"DELETE /me/mfa/totp/{id} recent token"_s,
            u"POST /me/mfa/recovery-codes recent token"_s,
            u"DELETE /me/mfa/devices session token"_s,
            u"POST /token anyone origin"_s,
            u"POST /refresh anyone origin"_s,
            u"POST /logout anyone token"_s,
            u"POST /logout/all session token"_s,
            u"POST /reauthenticate session token"_s,
            u"POST /reauthenticate/passkey session token"_s,
            u"GET /session anyone none"_s,
            u"GET /me account none"_s,
            u"GET /users/me account none"_s,
            u"PATCH /me session token"_s,
            u"DELETE /me session token"_s,
            u"POST /me/password session token"_s,
            u"GET /me/sessions session none"_s,
            u"DELETE /me/sessions/{id} session token"_s,
            u"POST /passkeys/login/options anyone origin"_s,
            u"POST /passkeys/login anyone origin"_s,
            u"POST /passkeys/register/options recent token"_s,
            u"POST /passkeys/register session token"_s,
            u"GET /me/passkeys session none"_s,
            u"PATCH /me/passkeys/{id} session token"_s,
            u"DELETE /me/passkeys/{id} recent token"_s,
            u"GET /oauth/providers anyone none"_s,
            u"POST /oauth/start/{provider} anyone origin"_s,
            u"POST /oauth/finish/{provider} anyone origin"_s,
            u"GET /oauth/authorize/{provider} anyone none"_s,
            u"GET /oauth/callback/{provider} anyone none"_s,
            u"POST /oauth/callback/{provider} anyone none"_s,
            u"GET /me/identities session none"_s,
            u"DELETE /me/identities/{id} recent token"_s,
            u"POST /login/email anyone origin"_s,
            u"POST /login/email/confirm anyone origin"_s,
            u"POST /forgot-password anyone origin"_s,
            u"POST /reset-password anyone origin"_s,
            u"POST /request-verify-token anyone origin"_s,
            u"POST /verify anyone origin"_s,
            u"POST /me/email recent token"_s,
            u"POST /email-change/confirm anyone origin"_s,
            u"POST /sign-in-report anyone origin"_s,
            u"GET /.well-known/jwks.json anyone none"_s,
            u"GET /health/live anyone none"_s,
            u"GET /health/ready anyone none"_s,
            u"GET /metrics anyone none"_s,
            u"GET /docs anyone none"_s,
            u"GET /docs/{file} anyone none"_s,
            u"GET /openapi.json anyone none"_s,
            u"POST /login/access-token anyone origin"_s,
            u"GET /users/me/ account none"_s,
            u"GET / anyone none"_s,
            u"GET /favicon.ico anyone none"_s,
            u"GET /.well-known/oauth-authorization-server anyone none"_s,
            u"GET /.well-known/openid-configuration anyone none"_s};
}

} // namespace

/// Whether the rows of this function share a server, having nothing but refusals and what only reads.
bool TestEveryRoute::changesNothing()
{
    static const QByteArrayList functions {"withoutCredentials_isRefused",   "wrongMethod_isRefused",      "head_isGetWithoutBody",
                                           "options_namesTheMethods",        "wrongContentType_isRefused", "badBody_isRefused",
                                           "foreignPage_isRefused",          "unknownPath_isNotFound",     "slashAtTheEnd_isSentOn",
                                           "missingAndWrongFields_areNamed", "requestId_isEchoedIfPlain"};
    return functions.contains(QByteArray(QTest::currentTestFunction()));
}

void TestEveryRoute::cleanup()
{
    if (!changesNothing() || QTest::currentTestFailed())
        m_server.reset();
}

void TestEveryRoute::init()
{
    if (m_server && changesNothing())
        return;
    m_server = std::make_unique<ApiServer>();
    m_pair = m_server->join(u"ann@example.com"_s);
}

void TestEveryRoute::rows(const std::function<bool(const Route &)> &wanted)
{
    QTest::addColumn<int>("index");
    const ApiServer server;
    for (int i = 0; i < server.routes().routes().size(); ++i) {
        if (wanted(server.routes().routes()[i]))
            QTest::newRow(qPrintable(titleOf(server.routes().routes()[i]))) << i;
    }
}

void TestEveryRoute::paths()
{
    QSet<QByteArray> seen;
    rows([&seen](const Route &route) { return !std::exchange(seen, seen + QSet {route.path}).contains(route.path); });
}

const Route &TestEveryRoute::route() const
{
    QFETCH(int, index);
    return m_server->routes().routes()[index];
}

QByteArray TestEveryRoute::pathOf(const QByteArray &pattern) const
{
    const QString id = m_server->client().get("/me", {bearer(m_pair["access_token"_L1])})["session_id"_L1].toString();
    return pathWith(pattern, id.toLatin1());
}

QByteArray TestEveryRoute::ticket() const
{
    if (const auto bob = m_server->join(u"bob@example.com"_s); bob.status() == 201)
        setUpTotpOver(m_server->client(), bob["access_token"_L1], m_server->clock.now());
    return m_server->login(u"bob@example.com"_s)["mfa_token"_L1].toString().toLatin1();
}

QByteArrayList TestEveryRoute::headersFor(const Route &route) const
{
    if (route.access == Access::Pending)
        return {"Cookie: __Host-warder_mfa=" + ticket()};
    return isForSession(route) ? QByteArrayList {bearer(m_pair["access_token"_L1])} : QByteArrayList {};
}

ClientResponse TestEveryRoute::ask(const QByteArrayList &headers, QByteArrayView body) const
{
    return m_server->client().ask(nameOf(route().method), pathOf(route().path), headersFor(route()) + headers, body);
}

void TestEveryRoute::table_isTheContract()
{
    const QStringList access {u" anyone"_s, u" pending"_s, u" session"_s, u" account"_s, u" recent"_s, u" client"_s};
    const QStringList csrf {u" none"_s, u" origin"_s, u" token"_s};
    QStringList table;
    for (const Route &row : m_server->routes().routes())
        table += titleOf(row) + access[int(row.access)] + csrf[int(row.csrf)];
    QCOMPARE(QSet(table.begin(), table.end()), [] {
        const QStringList all = contract();
        return QSet(all.begin(), all.end());
    }());
}

void TestEveryRoute::withoutCredentials_isRefused()
{
    const auto ask = [this](const QByteArrayList &headers) {
        return m_server->client().ask(nameOf(route().method), pathOf(route().path), headers, "{}");
    };
    const bool mayBeInBody = route().access == Access::Pending; // so that one that cannot be read is told first
    const auto nobody = ask(mayBeInBody ? QByteArrayList {"Content-Type: application/json"} : QByteArrayList {});
    QCOMPARE(nobody.status(), 401);
    QCOMPARE(nobody["code"_L1], u"not_authenticated"_s);
    QVERIFY(nobody.header("www-authenticate").startsWith(route().access == Access::Client ? "Basic" : "Bearer"));
    if (!isForSession(route()))
        return; // whoever checks the others' credentials has a test of its own
    const QByteArrayList none[] {
        {}, {"Authorization: Basic YTpi"}, {"Authorization: Bearer "}, {"Authorization: Bearer"}, {"Cookie: warder_access=x; other=1"}};
    for (const auto &headers : none) {
        const auto answer = ask(headers);
        QCOMPARE(answer.status(), 401);
        QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Not authenticated"_s}, {u"code"_s, u"not_authenticated"_s}}));
        QCOMPARE(answer.header("www-authenticate"), "Bearer");
    }
    const QByteArrayList bad[] {{"Authorization: Bearer x"}, {"authorization: bEaReR x"}, {"Cookie: __Host-warder_access=x"}};
    for (const auto &headers : bad) {
        const auto answer = ask(headers);
        QCOMPARE(answer.status(), 401);
        QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Could not validate credentials"_s}, {u"code"_s, u"invalid_token"_s}}));
        QCOMPARE(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    }
}

void TestEveryRoute::wrongMethod_isRefused()
{
    const QByteArrayList allowed = m_server->routes().find(HttpMethod::Options, pathOf(route().path)).allowed.replace(", ", ",").split(',');
    for (const char *method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
        if (allowed.contains(method))
            continue;
        const auto answer = m_server->client().ask(method, pathOf(route().path), headersFor(route()));
        QCOMPARE(answer.status(), 405);
        QCOMPARE(answer.header("allow"), allowed.join(", "));
        if (QByteArrayView(method) != "HEAD")
            QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Method Not Allowed"_s}, {u"code"_s, u"method_not_allowed"_s}}));
    }
    QCOMPARE(m_server->client().ask("BREW", pathOf(route().path)).status(), 501);
}

void TestEveryRoute::head_isGetWithoutBody()
{
    const QByteArray path = pathOf(route().path);
    const auto get = ask({}, {});
    RawHttp connection(m_server->port());
    const auto head = ApiClient::askOn(connection, "HEAD", path, headersFor(route()));
    QCOMPARE(head.status(), get.status());
    QCOMPARE(head.header("content-type"), get.header("content-type"));
    QCOMPARE(head.header("cache-control"), get.header("cache-control"));
    if (route().path != "/metrics") // whose text changes between two requests
        QCOMPARE(head.header("content-length"), get.header("content-length"));
    QCOMPARE(ApiClient::askOn(connection, "GET", "/health/live").status(), 200); // no byte of a body stands in between
}

void TestEveryRoute::options_namesTheMethods()
{
    const auto answer = m_server->client().ask("OPTIONS", pathOf(route().path));
    QCOMPARE(answer.status(), 204);
    QVERIFY(answer.header("allow").contains(nameOf(route().method)));
    QVERIFY(answer.header("allow").contains("OPTIONS"));
    QVERIFY(answer.header("access-control-allow-methods").isEmpty());
}

void TestEveryRoute::wrongContentType_isRefused()
{
    QByteArrayList types {"Content-Type: image/png", "Content-Type: multipart/mixed; boundary=x", "Content-Type: application/jsonp",
                          "X-None: 1"};
    if (route().body != Body::Beacon)
        types += "Content-Type: text/plain";
    for (const QByteArray &type : types) {
        const auto answer = ask({type}, R"({"password":"hidden"})");
        QCOMPARE(answer.status(), 415);
        QCOMPARE(answer["code"_L1], u"unsupported_media_type"_s);
        QVERIFY(answer["detail"_L1].toString().startsWith(u"Unsupported Media Type: send application/json"_s)); // says what is right
        QVERIFY(answer.header("accept").startsWith("application/json"));
    }
    for (const char *type : {"Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data; boundary=x"})
        QCOMPARE(ask({type}, "a=b").status(), route().body == Body::JsonOrForm ? 422 : 415);
    for (const char *encoding : {"Content-Encoding: gzip", "Content-Encoding: br"}) {
        const auto answer = ask({"Content-Type: application/json", encoding}, R"({"password":"hidden"})");
        QCOMPARE(answer.status(), 415);
        QCOMPARE(answer["code"_L1], u"unsupported_content_encoding"_s);
        QCOMPARE(answer.header("accept-encoding"), "identity");
    }
}

void TestEveryRoute::badBody_isRefused()
{
    const auto broken = ask({"Content-Type: application/json"}, R"({"password": "hidden)");
    QCOMPARE(broken.status(), 422);
    QCOMPARE(broken["detail"_L1][0]["type"_L1], u"json_invalid"_s);
    QCOMPARE(broken["detail"_L1][0]["loc"_L1][0], u"body"_s);
    QVERIFY(broken["detail"_L1][0]["loc"_L1][1].isDouble());
    QVERIFY(!broken.everything().contains("hidden"));
    const QByteArray noObjects[] {R"(["hidden"])", R"("hidden")", "7", "null", "true"};
    for (const QByteArray &body : noObjects) {
        const auto answer = ask({"Content-Type: application/json"}, body);
        QCOMPARE(answer.status(), 422);
        QCOMPARE(answer["detail"_L1][0]["type"_L1], u"model_attributes_type"_s);
        QCOMPARE(answer["detail"_L1][0]["loc"_L1].toArray(), QJsonArray {u"body"_s});
        QVERIFY(!answer.everything().contains("hidden"));
    }
}

void TestEveryRoute::missingAndWrongFields_areNamed()
{
    QStringList missing;
    QStringList wrong;
    QJsonObject values;
    for (const FieldDoc &field : route().doc.fields) {
        if (field.required)
            missing += u"missing "_s + field.name;
        wrong += wrongType(field.type) + u' ' + field.name;
        values.insert(field.name, wrongValue(field.type));
    }
    if (!missing.isEmpty())
        QCOMPARE(faultsOf(ask({"Content-Type: application/json"}, "{}")), missing.join(u", "_s));
    const auto answer = ask({"Content-Type: application/json"}, QJsonDocument(values).toJson());
    QCOMPARE(answer.status(), 422);
    QCOMPARE(faultsOf(answer), wrong.join(u", "_s));
    QCOMPARE(answer["code"_L1], u"invalid_input"_s);
}

void TestEveryRoute::unknownFields_areRefusedWhereTheDescriptionSays()
{
    const auto answer = ask({"Content-Type: application/json"}, R"({"is_superuser":true})");
    QCOMPARE(faultsOf(answer).contains(u"extra_forbidden is_superuser"_s), route().doc.isStrict);
    QCOMPARE(route().doc.isStrict, route().path == "/me" && route().method == HttpMethod::Patch);
}

void TestEveryRoute::foreignPage_isRefused()
{
    const QByteArrayList cookies {"Cookie: __Host-warder_access=" + m_pair["access_token"_L1].toString().toLatin1()
                                  + "; __Host-warder_refresh=" + m_pair["refresh_token"_L1].toString().toLatin1()};
    const QByteArrayList foreign {"Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"};
    for (const QByteArray &origin : foreign) {
        const auto answer = m_server->client().ask(nameOf(route().method), pathOf(route().path),
                                                   cookies + QByteArrayList {origin, "Content-Type: application/json"}, "{}");
        QCOMPARE(answer.status(), 403);
        QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"CSRF check failed"_s}, {u"code"_s, u"origin_refused"_s}}));
    }
    QCOMPARE(m_server->client().get("/me", {bearer(m_pair["access_token"_L1])}).status(), 200); // nothing was ended
}

void TestEveryRoute::commonHeaders_areThere()
{
    const auto good = ask({}, {});
    const auto refused = m_server->client().ask("PUT", pathOf(route().path));
    for (const auto &answer : {good, refused}) {
        QVERIFY(Id::fromString(QString::fromLatin1(answer.header("x-request-id"))));
        QCOMPARE(answer.header("x-content-type-options"), "nosniff");
        QCOMPARE(answer.header("referrer-policy"), "no-referrer");
        QVERIFY(answer.header("content-security-policy").startsWith("default-src 'none'")
                && answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        QCOMPARE(answer.headers("content-security-policy").size(), 1);
        QVERIFY(answer.header("vary").contains("Origin"));
        QCOMPARE(answer.headers("cache-control").size(), 1);
        QVERIFY(answer.header("access-control-allow-origin").isEmpty());
    }
    QCOMPARE(refused.header("cache-control"), "no-store");
    if (!route().cacheControl.startsWith("public"))
        QCOMPARE(good.header("cache-control"), "no-store");
}

void TestEveryRoute::unknownPath_isNotFound_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path :
         {"/nothing", "/nothing/", "/ME", "/ME/", "/me/sessions/a/b", "/login/x/", "/users", "/users/", "/admin", "/docs/nothing.js",
          "/docs/..%2Fopenapi.json", "/me%2Fsessions", "/me;x=1", "/me%00", "/.well-known/", "/health"})
        QTest::newRow(path) << QByteArray(path);
}

void TestEveryRoute::unknownPath_isNotFound()
{
    QFETCH(QByteArray, path);
    const auto answer = m_server->client().get(path, {bearer(m_pair["access_token"_L1])});
    if (answer.status() == 400) // the gate lets no such path in
        return;
    QCOMPARE(answer.status(), 404);
    QCOMPARE(answer["detail"_L1], u"Not Found"_s);
}

void TestEveryRoute::slashAtTheEnd_isSentOn_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("location"); // empty: 404
    QTest::newRow("reading") << "GET"_ba << "/me/"_ba << "/me"_ba;
    QTest::newRow("HEAD") << "HEAD"_ba << "/me/"_ba << "/me"_ba;
    QTest::newRow("signing in") << "POST"_ba << "/login/"_ba << "/login"_ba;
    QTest::newRow("changing") << "PATCH"_ba << "/me/"_ba << "/me"_ba;
    QTest::newRow("with a query") << "GET"_ba << "/docs/?x[]=1"_ba << "/docs?x[]=1"_ba;
    QTest::newRow("a list") << "GET"_ba << "/me/sessions/"_ba << "/me/sessions"_ba;
    QTest::newRow("a method that the path does not know") << "PUT"_ba << "/login/"_ba << "/login"_ba;
    QTest::newRow("deleting with an empty id") << "DELETE"_ba << "/me/sessions/"_ba << QByteArray();
    QTest::newRow("deleting the account by a bad id") << "DELETE"_ba << "/me/"_ba << QByteArray();
}

void TestEveryRoute::slashAtTheEnd_isSentOn()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, location);
    const auto answer = m_server->client().ask(method, path, {bearer(m_pair["access_token"_L1])});
    QCOMPARE(answer.status(), location.isEmpty() ? 404 : 307);
    QCOMPARE(answer.header("location"), location);
    QCOMPARE(answer.header("cache-control"), "no-store");
    const auto preflight = m_server->client().ask("OPTIONS", "/login/", {"Origin: " + ourPage, "Access-Control-Request-Method: POST"});
    QCOMPARE(preflight.status(), 204);
    QCOMPARE(preflight.header("access-control-allow-origin"), ourPage);
}

void TestEveryRoute::requestId_isEchoedIfPlain_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<bool>("echoed");
    QTest::newRow("a UUID") << "8f14e45f-ceea-467f-a8b5-0d9c1b1c0d8e"_ba << true;
    QTest::newRow("64 characters") << QByteArray(64, 'a') << true;
    QTest::newRow("65 characters") << QByteArray(65, 'a') << false;
    QTest::newRow("with a space") << "a b"_ba << false;
    QTest::newRow("forging a log line") << "a\" level=error"_ba << false;
    QTest::newRow("not ASCII") << "\xc3\xa4"_ba << false;
}

void TestEveryRoute::requestId_isEchoedIfPlain()
{
    QFETCH(QByteArray, given);
    QFETCH(bool, echoed);
    const auto answer = m_server->client().get("/health/live", {"X-Request-Id: " + given});
    if (echoed)
        QCOMPARE(answer.header("x-request-id"), given);
    else
        QVERIFY(Id::fromString(QString::fromLatin1(answer.header("x-request-id"))));
}

void TestEveryRoute::tooLargeBody_isRefused()
{
    const auto fits = m_server->client().ask("POST", "/login", {"Content-Type: application/json"}, QByteArray(64 * 1024, ' '));
    QCOMPARE(fits.status(), 422);
    const auto answer = m_server->client().ask("POST", "/login", {"Content-Type: application/json"}, QByteArray(64 * 1024 + 1, ' '));
    QCOMPARE(answer.status(), 413);
    QVERIFY(answer["detail"_L1].isString());
    QCOMPARE(answer["code"_L1], u"body_too_large"_s);
}

void TestEveryRoute::tooLargeBody_isRefusedEarlier_whereOnlyATokenFits()
{
    for (const QByteArray &path : {"/refresh"_ba, "/logout"_ba, "/logout/all"_ba}) {
        const auto fits = m_server->client().ask("POST", path, {"Content-Type: application/json"}, QByteArray(8 * 1024, ' '));
        QVERIFY2(fits.status() != 413, path);
        // Said before a byte of it is sent.
        RawHttp client(m_server->port());
        QVERIFY(client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 8193\r\n\r\n"));
        QCOMPARE(client.read().value_or(RawAnswer()).status, 413);
    }
}

void TestEveryRoute::basePath_standsBeforeEveryPath()
{
    m_server = std::make_unique<ApiServer>(ApiOptions {.http = {.basePath = "/auth"}});
    QCOMPARE(m_server->client().get("/auth/health/live").status(), 200);
    for (const char *path : {"/health/live", "/", "/authhealth/live", "/authx", "/auth/auth/health/live"})
        QCOMPARE(m_server->client().get(path).status(), 404);
    QCOMPARE(m_server->client().get("/auth").header("location"), "/auth/"_ba);
    QCOMPARE(m_server->client().get("/auth/").status(), 200);
    QCOMPARE(m_server->client().get("/auth/docs/").header("location"), "/auth/docs"_ba);
}

QTEST_GUILESS_MAIN(TestEveryRoute)
#include "TestEveryRoute.moc"
