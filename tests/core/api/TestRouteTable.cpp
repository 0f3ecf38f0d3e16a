#include "core/api/RouteTable.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestRouteTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void find_data();
    void find();
};

namespace {

Route row(HttpMethod method, const QByteArray &path, const QString &name)
{
    return {.method = method,
            .path = path,
            .access = Access::Anyone,
            .lane = Lane::Inline,
            .body = Body::None,
            .csrf = Csrf::None,
            .limit = {},
            .handler = {},
            .doc = {.operation = name, .summary = {}, .tag = {}}};
}

} // namespace

void TestRouteTable::find_data()
{
    QTest::addColumn<HttpMethod>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("name"); // empty: no row
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("allowed"); // empty: 404
    const QByteArray me = "GET, HEAD, PATCH, OPTIONS";
    const QByteArray one = "GET, HEAD, DELETE, OPTIONS";
    QTest::newRow("exact") << HttpMethod::Get << "/me"_ba << u"me"_s << QString() << me;
    QTest::newRow("the other method") << HttpMethod::Patch << "/me"_ba << u"rename"_s << QString() << me;
    QTest::newRow("HEAD is GET") << HttpMethod::Head << "/me"_ba << u"me"_s << QString() << me;
    QTest::newRow("HEAD of what has no GET") << HttpMethod::Head << "/login"_ba << QString() << QString() << "POST, OPTIONS"_ba;
    QTest::newRow("wrong method") << HttpMethod::Delete << "/me"_ba << QString() << QString() << me;
    QTest::newRow("unknown") << HttpMethod::Get << "/nothing"_ba << QString() << QString() << QByteArray();
    QTest::newRow("paths are case-sensitive") << HttpMethod::Get << "/Me"_ba << QString() << QString() << QByteArray();
    QTest::newRow("a slash too many") << HttpMethod::Get << "/me/"_ba << QString() << QString() << QByteArray();
    QTest::newRow("with an id") << HttpMethod::Delete << "/things/7"_ba << u"drop"_s << u"7"_s << one;
    QTest::newRow("an id with an escape") << HttpMethod::Delete << "/things/a%20b"_ba << u"drop"_s << u"a b"_s << one;
    QTest::newRow("an id with an escaped slash") << HttpMethod::Get << "/things/a%2Fb"_ba << u"show"_s << u"a/b"_s << one;
    QTest::newRow("exact wins over an id") << HttpMethod::Get << "/things/first"_ba << u"first"_s << QString() << "GET, HEAD, OPTIONS"_ba;
    QTest::newRow("no id") << HttpMethod::Delete << "/things/"_ba << QString() << QString() << QByteArray();
    QTest::newRow("two segments") << HttpMethod::Delete << "/things/7/8"_ba << QString() << QString() << QByteArray();
    QTest::newRow("the server as a whole") << HttpMethod::Options << "*"_ba << QString() << QString() << QByteArray();
    QTest::newRow("empty") << HttpMethod::Get << ""_ba << QString() << QString() << QByteArray();
    QTest::newRow("a row with a slash") << HttpMethod::Get << "/old/"_ba << u"slash"_s << QString() << "GET, HEAD, OPTIONS"_ba;
    QTest::newRow("a slash too few") << HttpMethod::Get << "/old"_ba << QString() << QString() << QByteArray();
    QTest::newRow("root") << HttpMethod::Get << "/"_ba << QString() << QString() << QByteArray();
}

void TestRouteTable::find()
{
    const RouteTable table({
        row(HttpMethod::Get, "/me", u"me"_s),
        row(HttpMethod::Patch, "/me", u"rename"_s),
        row(HttpMethod::Post, "/login", u"login"_s),
        row(HttpMethod::Get, "/things/{id}", u"show"_s),
        row(HttpMethod::Delete, "/things/{id}", u"drop"_s),
        row(HttpMethod::Get, "/things/first", u"first"_s),
        row(HttpMethod::Get, "/old/", u"slash"_s),
    });
    QFETCH(HttpMethod, method);
    QFETCH(QByteArray, path);
    const auto match = table.find(method, path);
    QTEST(match.route ? match.route->doc.operation : QString(), "name");
    QTEST(match.id, "id");
    QTEST(match.allowed, "allowed");
}

QTEST_GUILESS_MAIN(TestRouteTable)
#include "TestRouteTable.moc"
