#include "tests/support/ProbeRoutes.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What a row of the route table may say about who asks, where it is answered and how, over a real socket. TestRouteInput has what it may
/// say about paths, queries and fields.
class TestRouteKinds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE((m_ann = m_server.join(u"ann@example.com"_s)).status(), 201); }

    void caller_isWhoTheRouteAsksFor_data();
    void caller_isWhoTheRouteAsksFor();
    void recent_endsAfterTenMinutes_data();
    void recent_endsAfterTenMinutes();
    void recent_knowsEndedSessions();
    void pending_readsItsBodyFirst();
    void mistakenTable_isNotServed_data();
    void mistakenTable_isNotServed();
    void redirect_isSafe_data();
    void redirect_isSafe();
    void hangingProvider_starvesNobody();
    void description_saysItAll();

private:
    ProbeServer m_probe;
    ApiServer &m_server = m_probe.server();
    ClientResponse m_ann;
};

namespace {

QByteArray basic(const QByteArray &pair) { return "Authorization: Basic " + pair.toBase64(); }

/// Form-encoded before they are joined.
QByteArray goodClient()
{
    return basic(probeClient.toUtf8().toPercentEncoding().replace("%20", "+") + ':' + probeSecret.toUtf8().toPercentEncoding());
}

} // namespace

void TestRouteKinds::caller_isWhoTheRouteAsksFor_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code"); // of a refusal
    QTest::addColumn<QByteArray>("challenge");
    const QByteArray none;
    const QString missing = u"not_authenticated"_s;
    const QString bad = u"invalid_token"_s;
    const QString wrong = u"invalid_credentials"_s;
    const QByteArray token = bearer(m_ann["access_token"_L1]);
    const QByteArray badBearer = "Bearer error=\"invalid_token\"";
    const QByteArray realm = "Basic realm=\"Warder\"";
    const auto add = [](const char *name, const QByteArray &request, const QByteArrayList &headers, const QByteArray &body, int status,
                        const QString &code,
                        const QByteArray &challenge) { QTest::newRow(name) << request << headers << body << status << code << challenge; };
    add("anyone", "GET /probe/anyone", {}, none, 200, {}, none);
    add("anyone, with a bad token", "GET /probe/anyone", {"Authorization: Bearer x"}, none, 200, {}, none);
    add("session", "GET /probe/session", {token}, none, 200, {}, none);
    add("session: none", "GET /probe/session", {}, none, 401, missing, "Bearer");
    add("session: a ticket is no token", "GET /probe/session", {"Cookie: __Host-warder_mfa=" + goodTicket}, none, 401, missing, "Bearer");
    add("session: a client is no user", "GET /probe/session", {goodClient()}, none, 401, missing, "Bearer");
    add("session: bad", "GET /probe/session", {"Authorization: Bearer x"}, none, 401, bad, badBearer);
    add("recent", "POST /probe/recent", {token}, none, 200, {}, none);
    add("recent: none", "POST /probe/recent", {}, none, 401, missing, "Bearer");
    add("recent: bad", "POST /probe/recent", {"Authorization: Bearer x"}, none, 401, bad, badBearer);
    add("recent: a foreign page", "POST /probe/recent", {"Cookie: __Host-warder_access=" + token.sliced(22), "Origin: http://evil.example"},
        none, 403, u"origin_refused"_s, none);

    add("pending by cookie", "POST /probe/pending", {"Cookie: __Host-warder_mfa=" + goodTicket}, none, 200, {}, none);
    add("pending by body", "POST /probe/pending", {asJson}, R"({"mfa_token":"ticket-of-ann"})", 200, {}, none);
    add("pending: none", "POST /probe/pending", {}, none, 401, missing, "Bearer");
    add("pending: a session is none", "POST /probe/pending", {token}, none, 401, missing, "Bearer");
    add("pending: bad", "POST /probe/pending", {"Cookie: __Host-warder_mfa=x"}, none, 401, bad, badBearer);
    add("pending: two tickets, as only a smuggler sends", "POST /probe/pending",
        {"Cookie: __Host-warder_mfa=" + goodTicket + "; __Host-warder_mfa=x"}, none, 401, missing, "Bearer");
    add("pending: a foreign page", "POST /probe/pending", {"Cookie: __Host-warder_mfa=" + goodTicket, "Origin: http://evil.example"}, none,
        403, u"origin_refused"_s, none);

    add("client", "POST /probe/client", {goodClient()}, none, 200, {}, none);
    add("client: the scheme's case", "POST /probe/client", {goodClient().replace("Basic", "bAsIc")}, none, 200, {}, none);
    add("client: none", "POST /probe/client", {}, none, 401, missing, realm);
    add("client: a session is none", "POST /probe/client", {token}, none, 401, wrong, realm);
    add("client: cookies are none", "POST /probe/client", {"Cookie: __Host-warder_access=" + token.sliced(22)}, none, 401, missing, realm);
    add("client: wrong secret", "POST /probe/client", {basic("shop%3A+1:x")}, none, 401, wrong, realm);
    add("client: not form-encoded", "POST /probe/client", {basic(probeClient.toUtf8() + ':' + probeSecret.toUtf8())}, none, 401, wrong,
        realm);
    add("client: no colon", "POST /probe/client", {basic("shop")}, none, 401, wrong, realm);
    add("client: nothing", "POST /probe/client", {"Authorization: Basic"}, none, 401, wrong, realm);
    add("client: no base64", "POST /probe/client", {"Authorization: Basic !!!!"}, none, 401, wrong, realm);
    add("client: base64 of a second spelling", "POST /probe/client", {goodClient().replace("=", "")}, none, 401, wrong, realm);
    add("client: broken escape", "POST /probe/client", {basic("shop%3:x")}, none, 401, wrong, realm);
    add("client: no UTF-8", "POST /probe/client", {basic("%FF:x")}, none, 401, wrong, realm);
    add("client: twice", "POST /probe/client", {goodClient(), goodClient()}, none, 401, wrong, realm);
    add("client: largest", "POST /probe/client", {basic(QByteArray(9000, 'a') + ':')}, none, 401, wrong, realm);
    add("client: a foreign page", "POST /probe/client", {goodClient(), "Origin: http://evil.example"}, none, 403, u"origin_refused"_s,
        none);
}

void TestRouteKinds::caller_isWhoTheRouteAsksFor()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArrayList, headers);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    const auto answer = m_probe.ask(request, headers, body);
    QCOMPARE(answer.status(), status);
    QTEST(answer["code"_L1].toString(), "code");
    QTEST(answer.headers("www-authenticate").join(", "), "challenge");
    if (status != 200)
        return;
    const QStringList paths {u"anyone"_s, u"pending"_s, u"session"_s, u"client"_s}; // as the variant has them
    const QString kind = paths.at(answer["kind"_L1].toInt());
    QCOMPARE(kind, QString::fromLatin1(request.split('/').last()).replace(u"recent"_s, u"session"_s));
    if (kind == "session"_L1)
        QCOMPARE(answer["email"_L1], u"ann@example.com"_s);
    if (kind == "client"_L1)
        QCOMPARE(answer["client"_L1], probeClient);
}

void TestRouteKinds::recent_endsAfterTenMinutes_data()
{
    QTest::addColumn<qint64>("age"); // in milliseconds
    QTest::addColumn<bool>("recent");
    QTest::newRow("at once") << qint64(0) << true;
    QTest::newRow("one ms before") << qint64(10 * 60'000 - 1) << true;
    QTest::newRow("exactly") << qint64(10 * 60'000) << false;
    QTest::newRow("later") << qint64(14 * 60'000) << false;
    QTest::newRow("the clock was set back a little") << qint64(-5000) << true;
}

void TestRouteKinds::recent_endsAfterTenMinutes()
{
    QFETCH(qint64, age);
    QFETCH(bool, recent);
    ApiServer server(m_probe.routes().options());
    const auto pair = server.join(u"bob@example.com"_s);
    server.clock.advance(Milliseconds {age});
    const QByteArray token = bearer(pair["access_token"_L1]);
    const auto answer = server.client().ask("POST", "/probe/recent", {token});
    QCOMPARE(answer.status(), recent ? 200 : 403);
    if (!recent)
        QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Please confirm that it is you"_s},
                                              {u"code"_s, u"reauthentication_required"_s},
                                              {u"methods"_s, QJsonArray {u"password"_s}}}));
    QCOMPARE(server.client().get("/probe/session", {token}).status(), 200); // the session is none the worse
    const auto renewed = server.client().post("/refresh", {{u"refresh_token"_s, pair["refresh_token"_L1]}});
    QCOMPARE(server.client().ask("POST", "/probe/recent", {bearer(renewed["access_token"_L1])}).status(), recent ? 200 : 403);
}

void TestRouteKinds::recent_knowsEndedSessions()
{
    const auto pair = m_server.join(u"eve@example.com"_s);
    const QByteArray token = bearer(pair["access_token"_L1]);
    QCOMPARE(m_probe.ask("POST /probe/recent", {token}).status(), 200);
    QCOMPARE(m_server.client().ask("POST", "/logout", {token}).status(), 204);
    const auto answer = m_probe.ask("POST /probe/recent", {token});
    QCOMPARE(answer.status(), 401);
    QCOMPARE(answer["code"_L1], u"invalid_token"_s);
}

/// Its ticket may stand there.
void TestRouteKinds::pending_readsItsBodyFirst()
{
    const auto broken = m_probe.ask("POST /probe/pending", {asJson}, R"({"mfa_token":"ticket-of-ann)");
    QCOMPARE(broken.status(), 422);
    QCOMPARE(faultsOf(broken), u"json_invalid 27"_s);
    QVERIFY(!broken.everything().contains("ticket"));
}

void TestRouteKinds::mistakenTable_isNotServed_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<Csrf>("csrf"); // instead of the row's own
    QTest::addColumn<bool>("clients");
    QTest::addColumn<QByteArray>("why"); // empty: it is served
    const QByteArray unchecked = "nobody checks the callers that it asks for";
    const QByteArray ridable = "browsers send such credentials by themselves, so it needs Csrf::Origin";
    QTest::newRow("as it is") << "/probe/pending"_ba << Csrf::Origin << true << QByteArray();
    QTest::newRow("nobody checks clients") << "/probe/client"_ba << Csrf::Origin << false << unchecked;
    QTest::newRow("tickets from any page") << "/probe/pending"_ba << Csrf::None << true << ridable;
    QTest::newRow("a ticket has no CSRF token") << "/probe/pending"_ba << Csrf::Token << true << ridable;
    QTest::newRow("clients from any page") << "/probe/client"_ba << Csrf::None << true << ridable;
}

void TestRouteKinds::mistakenTable_isNotServed()
{
    QFETCH(QByteArray, path);
    QFETCH(Csrf, csrf);
    QFETCH(bool, clients);
    QFETCH(QByteArray, why);
    ApiOptions options = m_probe.routes().options();
    if (!clients)
        options.callers.client = nullptr;
    options.routes = [made = options.routes, path, csrf](const ApiContext &api) {
        QList<Route> routes = made(api);
        std::ranges::find(routes, path, &Route::path)->csrf = csrf;
        return routes;
    };
    QByteArray said;
    try {
        const ApiServer server(options);
    } catch (const std::logic_error &mistake) {
        said = mistake.what();
    }
    QCOMPARE(said, why.isEmpty() ? why : "route " + path + ": " + why);
}

void TestRouteKinds::redirect_isSafe_data()
{
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("a path") << "/a?b=c#d"_ba << "/a?b=c#d"_ba;
    QTest::newRow("a URL") << "https://u@a.example:8443/x/;y='(z)'?c=d,e&f[]=%20!*$#top"_ba
                           << "https://u@a.example:8443/x/;y='(z)'?c=d,e&f[]=%20!*$#top"_ba;
    QTest::newRow("an app's scheme") << "com.example.app:/cb"_ba << "com.example.app:/cb"_ba;
    QTest::newRow("line ends") << "/a\r\nSet-Cookie: x=1\r\n\r\n<html>"_ba << "/a%0D%0ASet-Cookie:%20x=1%0D%0A%0D%0A%3Chtml%3E"_ba;
    QTest::newRow("one line end") << "/a\nX: y"_ba << "/a%0AX:%20y"_ba;
    QTest::newRow("NUL, tab, DEL") << QByteArray("/\0\t\x7f", 4) << "/%00%09%7F"_ba;
    QTest::newRow("not ASCII") << "/ä/日"_ba << "/%C3%A4/%E6%97%A5"_ba;
    QTest::newRow("what browsers read as slashes") << "/\\evil.example"_ba << "/%5Cevil.example"_ba;
    QTest::newRow("quotes and brackets") << "/\"<>{}|^`"_ba << "/%22%3C%3E%7B%7D%7C%5E%60"_ba;
    QTest::newRow("largest") << "/" + QByteArray(7000, 'a') << "/" + QByteArray(7000, 'a');
}

void TestRouteKinds::redirect_isSafe()
{
    QFETCH(QByteArray, to);
    for (const int status : {302, 303, 307}) {
        const auto answer = m_probe.ask("GET /probe/redirect?status=" + QByteArray::number(status) + "&to=" + to.toPercentEncoding("/"));
        QCOMPARE(answer.status(), status);
        QTEST(answer.header("location"), "location");
        QCOMPARE(answer.headers("cache-control"), QByteArrayList {"no-store"}); // and not what the row says
        QVERIFY(answer.headers("set-cookie").isEmpty());
        QVERIFY(answer.raw.body.isEmpty());
    }
}

/// Two calls run, one waits, as many as ProbeRoutes lets.
void TestRouteKinds::hangingProvider_starvesNobody()
{
    std::vector<std::unique_ptr<RawHttp>> hanging;
    QList<RawAnswer> refused;
    while (hanging.size() < 3 || refused.isEmpty()) {
        auto client = std::make_unique<RawHttp>(m_server.port(), Milliseconds {hanging.size() < 3 ? 300 : 20'000});
        const auto answer = client->ask(RawHttp::request("GET", "/probe/outbound"));
        if (answer)
            refused += *answer;
        else
            hanging.push_back(std::move(client));
    }
    QCOMPARE(hanging.size(), 3U);
    QCOMPARE(refused.first().status, 503);
    QCOMPARE(refused.first().header("retry-after"), "1"_ba);
    QCOMPARE(m_probe.ask("GET /probe/light").status(), 200);
    QCOMPARE(m_probe.ask("GET /probe/anyone").status(), 200);
    QCOMPARE(m_server.login(u"ann@example.com"_s).status(), 200); // hashing
    m_probe.routes().release(3);
    for (const auto &client : hanging)
        QVERIFY(client->read().value_or(RawAnswer {}).status == 204 || !client->isConnected());
    m_probe.routes().release();
    QCOMPARE(m_server.client().get("/probe/outbound").status(), 204);
}

void TestRouteKinds::description_saysItAll()
{
    const auto operation = [this](const QString &path, const QString &method) { return m_probe.description()["paths"_L1][path][method]; };
    const auto schemesOf = [&operation](const QString &path, const QString &method) {
        QStringList schemes;
        for (const QJsonValue one : operation(path, method)["security"_L1].toArray())
            schemes += one.toObject().keys();
        return schemes;
    };
    const QStringList session {u"bearer"_s, u"password"_s, u"session_cookie"_s};
    QCOMPARE(schemesOf(u"/probe/anyone"_s, u"get"_s), QStringList());
    QCOMPARE(schemesOf(u"/probe/pending"_s, u"post"_s), QStringList {u"sign_in_ticket"_s});
    QCOMPARE(schemesOf(u"/probe/session"_s, u"get"_s), session);
    QCOMPARE(schemesOf(u"/probe/recent"_s, u"post"_s), session);
    QCOMPARE(schemesOf(u"/probe/client"_s, u"post"_s), QStringList {u"client"_s});
    const QJsonValue schemes = m_probe.description()["components"_L1]["securitySchemes"_L1];
    QCOMPARE(schemes["client"_L1], (QJsonObject {{u"type"_s, u"http"_s}, {u"scheme"_s, u"basic"_s}}));
    QCOMPARE(schemes["sign_in_ticket"_L1]["name"_L1], u"__Host-warder_mfa"_s);
    QVERIFY(operation(u"/probe/recent"_s, u"post"_s)["responses"_L1]["403"_L1].isObject());
    for (const QString &path : {u"/probe/pending"_s, u"/probe/client"_s, u"/probe/recent"_s})
        QVERIFY(operation(path, u"post"_s)["responses"_L1]["401"_L1].isObject());

    const QJsonArray inPath = operation(u"/probe/orgs/{org}/members/{member}"_s, u"delete"_s)["parameters"_L1].toArray();
    QCOMPARE(inPath.size(), 2);
    QCOMPARE(
        inPath[0].toObject(),
        (QJsonObject {
            {u"name"_s, u"org"_s}, {u"in"_s, u"path"_s}, {u"required"_s, true}, {u"schema"_s, QJsonObject {{u"type"_s, u"string"_s}}}}));
    const QJsonArray inQuery = operation(u"/probe/query"_s, u"get"_s)["parameters"_L1].toArray();
    const QJsonObject inBody =
        operation(u"/probe/fields"_s, u"post"_s)["requestBody"_L1]["content"_L1]["application/json"_L1]["schema"_L1].toObject();
    QCOMPARE(inQuery.size(), probeFields().size());
    QCOMPARE(inBody["required"_L1].toArray(), QJsonArray {u"count"_s});
    for (const QJsonValue parameter : inQuery) {
        QCOMPARE(parameter["in"_L1], u"query"_s);
        QCOMPARE(parameter["required"_L1], parameter["name"_L1] == u"count"_s);
        QCOMPARE(parameter["schema"_L1], inBody["properties"_L1][parameter["name"_L1].toString()]); // one list describes both
    }
    const auto property = [&inBody](const QString &name) { return inBody["properties"_L1][name].toObject(); };
    QCOMPARE(property(u"count"_s), (QJsonObject {{u"type"_s, u"integer"_s}, {u"minimum"_s, 1}, {u"maximum"_s, 100}}));
    QCOMPARE(property(u"any"_s), (QJsonObject {{u"type"_s, u"integer"_s}}));
    QCOMPARE(property(u"flag"_s), (QJsonObject {{u"type"_s, u"boolean"_s}}));
    QCOMPARE(property(u"names"_s),
             (QJsonObject {
                 {u"type"_s, u"array"_s}, {u"items"_s, QJsonObject {{u"type"_s, u"string"_s}}}, {u"minItems"_s, 1}, {u"maxItems"_s, 3}}));
    QCOMPARE(property(u"kind"_s)["enum"_L1].toArray(), (QJsonArray {u"a"_s, u"b"_s}));
    QCOMPARE(property(u"credential"_s), (QJsonObject {{u"type"_s, u"object"_s}}));
}

QTEST_GUILESS_MAIN(TestRouteKinds)
#include "TestRouteKinds.moc"
