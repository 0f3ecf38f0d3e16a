#include "core/net/gate/GateRequest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestGateRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void method_isTaken_data();
    void method_isTaken();
    void target_hasOneSpelling_data();
    void target_hasOneSpelling();
    void fieldsOfTheWay_areDropped_data();
    void fieldsOfTheWay_areDropped();
    void client_isWhoTheGateSays();
};

namespace {

const QHostAddress peer(u"192.0.2.1"_s);

HttpRequest requestFor(const RequestHead &head, std::string_view body = {}) { return requestOf(head, body, {.address = peer}, peer); }

} // namespace

void TestGateRequest::method_isTaken_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<HttpMethod>("method");
    QTest::newRow("GET") << "GET"_ba << HttpMethod::Get;
    QTest::newRow("HEAD") << "HEAD"_ba << HttpMethod::Head;
    QTest::newRow("POST") << "POST"_ba << HttpMethod::Post;
    QTest::newRow("PUT") << "PUT"_ba << HttpMethod::Put;
    QTest::newRow("PATCH") << "PATCH"_ba << HttpMethod::Patch;
    QTest::newRow("DELETE") << "DELETE"_ba << HttpMethod::Delete;
    QTest::newRow("OPTIONS") << "OPTIONS"_ba << HttpMethod::Options;
}

void TestGateRequest::method_isTaken()
{
    QFETCH(QByteArray, word);
    QTEST(requestFor({.method = word.toStdString(), .target = "/", .host = "h"}).method, "method");
}

void TestGateRequest::target_hasOneSpelling_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("plain") << "/me/sessions"_ba << "/me/sessions"_ba << ""_ba;
    QTest::newRow("root") << "/"_ba << "/"_ba << ""_ba;
    QTest::newRow("a query") << "/a?b=c&d"_ba << "/a"_ba << "b=c&d"_ba;
    QTest::newRow("an empty query") << "/a?"_ba << "/a"_ba << ""_ba;
    QTest::newRow("a question in a query") << "/a?b?c"_ba << "/a"_ba << "b?c"_ba;
    QTest::newRow("letters need no escape") << "/%6D%65"_ba << "/me"_ba << ""_ba;
    QTest::newRow("small hexadecimal digits") << "/%c3%a4"_ba << "/%C3%A4"_ba << ""_ba;
    QTest::newRow("a space stays escaped") << "/a%20b?c%20d"_ba << "/a%20b"_ba << "c%20d"_ba;
    QTest::newRow("a slash stays escaped") << "/a%2Fb"_ba << "/a%2Fb"_ba << ""_ba;
    QTest::newRow("what should have been escaped") << "/a\"b|c"_ba << "/a%22b%7Cc"_ba << ""_ba;
    QTest::newRow("what browsers leave as it is in a query") << "/a?x[]=1&y={z}|^`\\"_ba << "/a"_ba << "x[]=1&y=%7Bz%7D%7C%5E%60%5C"_ba;
    QTest::newRow("colons and semicolons") << "/a:b;c=d,e"_ba << "/a:b;c=d,e"_ba << ""_ba;
}

void TestGateRequest::target_hasOneSpelling()
{
    QFETCH(QByteArray, target);
    const HttpRequest request = requestFor({.method = "GET", .target = target.toStdString(), .host = "h"});
    QTEST(request.path, "path");
    QTEST(request.query, "query");
}

void TestGateRequest::fieldsOfTheWay_areDropped_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("dropped");
    for (const char *name :
         {"Connection", "Content-Length", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "HTTP2-Settings", "Expect", "Keep-Alive",
          "Proxy-Connection", "Forwarded", "X-Forwarded-For", "x-forwarded-proto", "X-FORWARDED-HOST", "X-Forwarded-Port"})
        QTest::newRow(name) << QByteArray(name) << true;
    for (const char *name : {"Authorization", "Cookie", "Content-Type", "Origin", "X-Request-Id", "User-Agent", "X-Forwarded", "Host"})
        QTest::newRow(name) << QByteArray(name) << false;
}

void TestGateRequest::fieldsOfTheWay_areDropped()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, dropped);
    const std::string field = name.toStdString();
    RequestHead head {.method = "GET", .target = "/", .host = "h"};
    head.fields = {{"accept", "*/*"}, {field, "some value"}, {"accept", "text/plain"}};
    const HttpRequest request = requestFor(head, "body");
    QCOMPARE(request.headers.contains(name), !dropped);
    QCOMPARE(request.headers.values("accept"), (QList<QByteArray> {"*/*", "text/plain"}));
    QCOMPARE(request.body, "body");
    if (!dropped)
        QCOMPARE(request.headers.value(name), "some value");
}

void TestGateRequest::client_isWhoTheGateSays()
{
    const QHostAddress client(u"2001:db8::7"_s);
    const HttpRequest request = requestOf({.method = "GET", .target = "/", .host = "h"}, {}, {.address = client, .secure = true}, peer);
    QCOMPARE(request.client, client);
    QCOMPARE(request.peer, peer);
    QVERIFY(request.secure);
    QVERIFY(!requestFor({.method = "GET", .target = "/", .host = "h"}).secure);
}

QTEST_GUILESS_MAIN(TestGateRequest)
#include "TestGateRequest.moc"
