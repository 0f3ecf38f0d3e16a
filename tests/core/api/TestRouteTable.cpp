#include "core/api/RouteTable.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestRouteTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void find_data();
    void find();
    void patterns_data();
    void patterns();
    void badTable_isRefused_data();
    void badTable_isRefused();
    void hostilePath_costsNoMoreThanItsLength();
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
    QTEST(match.placeholders.value("id"), "id");
    QTEST(match.allowed, "allowed");
}

void TestRouteTable::patterns_data()
{
    QTest::addColumn<HttpMethod>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("name"); // empty: no row
    QTest::addColumn<QString>("values");
    QTest::addColumn<QByteArray>("allowed"); // empty: 404
    const QByteArray member = "GET, HEAD, DELETE, OPTIONS";
    const auto get = HttpMethod::Get;
    QTest::newRow("two") << get << "/orgs/acme/members/ann"_ba << u"member"_s << u"acme ann"_s << member;
    QTest::newRow("by method") << HttpMethod::Delete << "/orgs/acme/members/ann"_ba << u"leave"_s << u"acme ann"_s << member;
    QTest::newRow("wrong method") << HttpMethod::Post << "/orgs/acme/members/ann"_ba << QString() << u"acme ann"_s << member;
    QTest::newRow("in the middle") << get << "/orgs/acme/members"_ba << u"members"_s << u"acme "_s << "GET, HEAD, OPTIONS"_ba;
    QTest::newRow("literal wins") << get << "/orgs/acme/members/me"_ba << u"own"_s << u"acme "_s << "GET, HEAD, OPTIONS"_ba;
    QTest::newRow("literal wins, whatever the method")
        << HttpMethod::Delete << "/orgs/acme/members/me"_ba << QString() << u"acme "_s << "GET, HEAD, OPTIONS"_ba;
    QTest::newRow("literal in the middle leaves the others")
        << get << "/orgs/me/members"_ba << u"members"_s << u"me "_s << "GET, HEAD, OPTIONS"_ba;
    QTest::newRow("all literal wins") << get << "/orgs/me/keys"_ba << u"keys"_s << u" "_s << "GET, HEAD, OPTIONS"_ba;
    QTest::newRow("at the start") << get << "/acme/about"_ba << u"about"_s << u"acme "_s << "GET, HEAD, OPTIONS"_ba;
    QTest::newRow("decoded once") << get << "/orgs/%2541/members/%C3%A4%20b"_ba << u"member"_s << u"%41 \u00e4 b"_s << member;
    QTest::newRow("an encoded brace is a value") << get << "/orgs/%7Borg%7D/members/x"_ba << u"member"_s << u"{org} x"_s << member;
    QTest::newRow("a plus is a plus") << get << "/orgs/a+b/members/x"_ba << u"member"_s << u"a+b x"_s << member;
    for (const char *path : {"/orgs//members/ann", "/orgs/acme/members/", "/orgs/acme/members/ann/", "/orgs/acme/members/ann/x",
                             "/orgs/%FF/members/ann", "/orgs/acme/Members/ann", "orgs/acme/members/ann", "//members", "/", ""})
        QTest::addRow("none: %s", path) << get << QByteArray(path) << QString() << u" "_s << QByteArray();
}

void TestRouteTable::patterns()
{
    const RouteTable table({
        row(HttpMethod::Get, "/{org}/about", u"about"_s),
        row(HttpMethod::Get, "/orgs/{org}/members/{member}", u"member"_s),
        row(HttpMethod::Get, "/orgs/{org}/members/me", u"own"_s),
        row(HttpMethod::Delete, "/orgs/{org}/members/{member}", u"leave"_s),
        row(HttpMethod::Get, "/orgs/{org}/members", u"members"_s),
        row(HttpMethod::Get, "/orgs/me/keys", u"keys"_s),
    });
    QFETCH(HttpMethod, method);
    QFETCH(QByteArray, path);
    const auto match = table.find(method, path);
    QTEST(match.route ? match.route->doc.operation : QString(), "name");
    QTEST(match.placeholders.value("org") + u' ' + match.placeholders.value("member"), "values");
    QTEST(match.allowed, "allowed");
}

void TestRouteTable::badTable_isRefused_data()
{
    QTest::addColumn<QByteArrayList>("paths");
    QTest::addColumn<bool>("good");
    QTest::newRow("one within the other") << QByteArrayList {"/a/{x}/{y}", "/a/b/{y}", "/a/b/c"} << true;
    QTest::newRow("never the same path") << QByteArrayList {"/a/{x}/c", "/a/{y}/d"} << true;
    QTest::newRow("another length") << QByteArrayList {"/a/{x}", "/a/{y}/b"} << true;
    QTest::newRow("the same twice") << QByteArrayList {"/a", "/a"} << false;
    QTest::newRow("the same pattern twice") << QByteArrayList {"/a/{x}", "/a/{x}"} << false;
    QTest::newRow("another name") << QByteArrayList {"/a/{x}", "/a/{y}"} << false;
    QTest::newRow("neither within the other") << QByteArrayList {"/a/{x}/c", "/a/b/{y}"} << false;
    QTest::newRow("neither within the other, later") << QByteArrayList {"/{x}/b", "/q", "/a/{y}"} << false;
    QTest::newRow("two of one name") << QByteArrayList {"/a/{x}/{x}"} << false;
    for (const char *path : {"", "a", "{x}", "/a/{}", "/a/{x", "/a/x}", "/a/b{x}", "/a/{x}b", "/a/{x}{y}", "/a/{{x}}"})
        QTest::addRow("malformed: %s", path) << QByteArrayList {path} << false;
}

void TestRouteTable::badTable_isRefused()
{
    QFETCH(QByteArrayList, paths);
    QFETCH(bool, good);
    QList<Route> rows;
    for (const QByteArray &path : paths)
        rows += row(HttpMethod::Get, path, u"x"_s);
    if (good)
        QCOMPARE(RouteTable(rows).find(HttpMethod::Get, "/a/b/c").route != nullptr, paths.first().count('/') == 3);
    else
        QVERIFY_THROWS_EXCEPTION(std::logic_error, RouteTable {rows});
}

/// A ratio within one run: a path of a million slashes against one of as many letters.
void TestRouteTable::hostilePath_costsNoMoreThanItsLength()
{
    const RouteTable table({row(HttpMethod::Get, "/a/{x}/{y}", u"x"_s), row(HttpMethod::Get, "/b/{x}/c", u"y"_s)});
    const auto cost = [&table](const QByteArray &path) {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i)
            (void)table.find(HttpMethod::Get, path);
        return timer.nsecsElapsed() + 1;
    };
    const qint64 harmless = cost('/' + QByteArray(1'000'000, 'a'));
    QVERIFY(cost(QByteArray(1'000'000, '/')) < 100 * harmless + 1'000'000);
    QVERIFY(cost("/a/" + QByteArray("%41").repeated(333'333) + "/b") < 1000 * harmless + 10'000'000);
}

QTEST_GUILESS_MAIN(TestRouteTable)
#include "TestRouteTable.moc"
