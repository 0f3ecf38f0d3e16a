#include "tests/support/ApiServer.h"
#include "tests/support/SchemaCheck.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Holds the running server against the description it serves: every status is described, every body fits its schema, and
/// every described status is really reached (but 503, which TestLimits does).
class TestContract : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void description_isWhole();
    void description_tellsLengths();
    void operation_doesWhatItSays_data();
    void operation_doesWhatItSays();
    void checker_findsFaults_data();
    void checker_findsFaults();

private:
    QList<ClientResponse> askEverything(const QByteArray &method, const QByteArray &path);
    ClientResponse ask(const QByteArrayList &more, const QByteArray &body) const
    {
        return m_server->client().ask(m_method, m_path, more, body);
    }
    QByteArrayList signedIn(const QString &email) const { return {bearer(m_server->join(email)["access_token"_L1]), json}; }

    static inline const QByteArray json = "Content-Type: application/json";
    std::unique_ptr<ApiServer> m_server;
    QByteArray m_method;
    QByteArray m_path;
};

namespace {

QJsonObject described(const ApiServer &server) { return server.client().get("/openapi.json").json(); }

/// A body that the route takes, as one of the known people.
QByteArray goodBody(const QByteArray &method, const QByteArray &path)
{
    if (path == "/register")
        return R"({"email":"new@example.com","password":"correct horse battery","name":"New"})";
    if (path == "/me/password")
        return R"({"current_password":"correct horse battery","new_password":"another horse battery"})";
    if (path == "/me" && method == "PATCH")
        return R"({"name":"Ann"})";
    if (path == "/me" && method == "DELETE")
        return R"({"password":"correct horse battery"})";
    return R"({"email":"ann@example.com","password":"correct horse battery"})";
}

} // namespace

void TestContract::description_isWhole()
{
    const ApiServer server;
    const QJsonObject api = described(server);
    QCOMPARE(api["openapi"_L1], u"3.1.0"_s);
    QSet<QString> operations;
    for (const Route &route : server.routes().routes()) {
        if (route.path.startsWith("/docs") || route.path == "/openapi.json" || route.path == "/favicon.ico" || route.path == "/users/me/")
            continue;
        const QJsonValue operation = api["paths"_L1][QString::fromLatin1(route.path)][QString::fromLatin1(nameOf(route.method)).toLower()];
        QVERIFY2(operation.isObject(), route.path);
        QVERIFY(!operation["summary"_L1].toString().isEmpty());
        QVERIFY(!operations.contains(operation["operationId"_L1].toString()));
        operations += operation["operationId"_L1].toString();
        QCOMPARE(operation["security"_L1].toArray().isEmpty(), route.access == Access::Anyone);
    }
    QCOMPARE(api["components"_L1]["securitySchemes"_L1]["password"_L1]["flows"_L1]["password"_L1]["tokenUrl"_L1], u"/token"_s);

    QCOMPARE(api["components"_L1]["securitySchemes"_L1].toObject().keys(),
             (QStringList {u"bearer"_s, u"password"_s, u"session_cookie"_s})); // first what people can use
    QCOMPARE(api["paths"_L1]["/me"_L1]["patch"_L1]["requestBody"_L1]["content"_L1]["application/json"_L1]["schema"_L1]
                ["additionalProperties"_L1],
             QJsonValue(false));
    QCOMPARE(api["paths"_L1]["/login"_L1]["post"_L1]["requestBody"_L1]["content"_L1].toObject().keys(),
             (QStringList {u"application/json"_s, u"application/x-www-form-urlencoded"_s, u"multipart/form-data"_s}));
    const ApiServer below(ApiOptions {.http = {.basePath = "/auth"}});
    QVERIFY(below.client().get("/auth/openapi.json")["paths"_L1]["/auth/login"_L1].isObject());
}

void TestContract::description_tellsLengths()
{
    const ApiServer server(ApiOptions {.world = {.hashing = quickHashing, .passwords = {.minLength = 12}}});
    const QJsonObject paths = described(server)["paths"_L1].toObject();
    const auto property = [&paths](const QString &path, const QString &method, const QString &field) {
        return paths[path][method]["requestBody"_L1]["content"_L1]["application/json"_L1]["schema"_L1]["properties"_L1][field];
    };
    QCOMPARE(property(u"/register"_s, u"post"_s, u"email"_s)["maxLength"_L1].toInt(), 254);
    QCOMPARE(property(u"/register"_s, u"post"_s, u"name"_s)["maxLength"_L1].toInt(), 200);
    QCOMPARE(property(u"/me"_s, u"patch"_s, u"name"_s)["maxLength"_L1].toInt(), 200);
    for (const QJsonValue &set :
         {property(u"/register"_s, u"post"_s, u"password"_s), property(u"/me/password"_s, u"post"_s, u"new_password"_s)}) {
        QCOMPARE(set["minLength"_L1].toInt(), 12);
        QCOMPARE(set["maxLength"_L1].toInt(), 1024);
        QVERIFY(set["description"_L1].toString().contains("1024 bytes"_L1));
    }
    // What signs in was set under the rules of its day.
    for (const QJsonValue &typed :
         {property(u"/login"_s, u"post"_s, u"password"_s), property(u"/me/password"_s, u"post"_s, u"current_password"_s)})
        QVERIFY(typed["minLength"_L1].isUndefined() && typed["maxLength"_L1].isUndefined());
}

void TestContract::operation_doesWhatItSays_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    const ApiServer server;
    const QJsonObject paths = described(server)["paths"_L1].toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        for (const QString &method : path->toObject().keys())
            QTest::addRow("%s %s", qPrintable(method), qPrintable(path.key())) << method.toUpper().toLatin1() << path.key().toLatin1();
    }
}

QList<ClientResponse> TestContract::askEverything(const QByteArray &method, const QByteArray &path)
{
    const QByteArrayList ann = signedIn(u"ann@example.com"_s);
    const QByteArrayList wendy = signedIn(u"wendy@example.com"_s);
    const QByteArray session = m_server->client().get("/me", wendy)["session_id"_L1].toString().toLatin1();
    const QByteArray cookies = "Cookie: __Host-warder_access=" + ann.first().sliced(22) + "; __Host-warder_refresh=x";
    m_method = method;
    m_path = QByteArray(path).replace("{id}", session);
    const QByteArray body = goodBody(method, path);
    QList<ClientResponse> answers;
    for (const QByteArray &bad : {"{"_ba, "[]"_ba, "{}"_ba, R"({"email":1,"password":2,"name":3,"refresh_token":4})"_ba})
        answers << ask(ann, bad);
    const Route *route = m_server->routes().find(methodFromName(method).value(), m_path).route;
    if (route->body != Body::None)
        answers << ask(ann, QByteArray(70'000, ' '));
    answers << ask({ann.first(), "Content-Type: text/plain"}, body) << ask({ann.first(), "Content-Type: image/png"}, body)
            << ask({json}, body) << ask({bearer("x"_ba), json}, body) << ask({cookies, json, "Origin: http://evil.example"}, body)
            << ask({"X-Forwarded-For: 192.0.2.1"}, {})
            << ask(ann, R"({"email":"wendy@example.com","password":"wrong","current_password":"wrong","new_password":"long enough"})");
    if (path == "/me/sessions/{id}")
        answers << ask(ann, {});
    if (path == "/refresh")
        answers << ask(
            {json}, QJsonDocument(QJsonObject {{u"refresh_token"_s, m_server->login(u"ann@example.com"_s)["refresh_token"_L1]}}).toJson());
    answers << ask(wendy, body) << ask({json, "Content-Length: 0"}, {}) << ask({json}, body); // the second: 409
    const QByteArray user = R"({"email":"disabled@example.com","password":"correct horse battery"})";
    const QString id = m_server->join(u"disabled@example.com"_s)["user"_L1]["id"_L1].toString();
    (void)m_server->world.changes.setDisabled(Id::fromString(id).value(), true, u"test"_s, m_server->clock.now());
    answers << ask({json}, user);
    for (int i = 0; i < 1300 && !path.contains("me"); ++i) { // until a limit is reached
        answers << ask({json}, "{}");
        if (answers.last().status() == 429 || route->limit.isEmpty())
            break;
    }
    return answers;
}

void TestContract::operation_doesWhatItSays()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    m_server =
        std::make_unique<ApiServer>(ApiOptions {.rateLimits = true, .trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    const QJsonObject api = described(*m_server);
    const QJsonObject responses =
        api["paths"_L1][QString::fromLatin1(path)][QString::fromLatin1(method.toLower())]["responses"_L1].toObject();
    QSet<QString> reached;
    for (const ClientResponse &answer : askEverything(method, path)) {
        const QString status = QString::number(answer.status());
        QVERIFY2(responses.contains(status), qPrintable(status + u" is not described: "_s + QString::fromUtf8(answer.raw.body)));
        reached += status;
        const QJsonObject content = responses[status]["content"_L1].toObject();
        if (content.isEmpty()) {
            QVERIFY(answer.raw.body.isEmpty());
            continue;
        }
        const QString type = QString::fromLatin1(answer.header("content-type").split(';').first());
        QVERIFY2(content.contains(type), qPrintable(type));
        if (type == "application/json"_L1)
            QCOMPARE(schemaFault(api, content[type]["schema"_L1].toObject(), answer.json()), QString());
    }
    QStringList never;
    for (const QString &status : responses.keys()) {
        if (!reached.contains(status) && status != "503"_L1 && !(status == "429"_L1 && path.startsWith("/me")))
            never += status;
    }
    QCOMPARE(never, QStringList());
    m_server.reset();
}

void TestContract::checker_findsFaults_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("fits");
    QTest::newRow("fits") << R"({"detail":"x","code":"y"})"_ba << true;
    QTest::newRow("lacks a member") << R"({"detail":"x"})"_ba << false;
    QTest::newRow("wrong type") << R"({"detail":[],"code":"y"})"_ba << false;
    QTest::newRow("undescribed member") << R"({"detail":"x","code":"y","password":"z"})"_ba << false;
}

void TestContract::checker_findsFaults()
{
    QFETCH(QByteArray, value);
    const ApiServer server;
    const QJsonObject schema {{u"$ref"_s, u"#/components/schemas/Error"_s}};
    QTEST(schemaFault(described(server), schema, QJsonDocument::fromJson(value).object()).isEmpty(), "fits");
}

QTEST_GUILESS_MAIN(TestContract)
#include "TestContract.moc"
