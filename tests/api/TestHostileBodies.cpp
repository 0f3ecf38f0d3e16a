#include "core/base/Sanitizers.h"
#include "tests/support/ApiServer.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

#include <memory>

#if WARDER_SANITIZED(address) || WARDER_SANITIZED(thread)
extern "C" std::size_t __sanitizer_get_current_allocated_bytes(); // the compiler's package brings no header for it
#endif

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Random and bent bodies on every route that reads one: any answer but 5xx, never silence, and no growth of the heap.
/// WARDER_HOSTILE_BODIES: how many a route (600); WARDER_HOSTILE_SEED: another seed than the fixed one.
class TestHostileBodies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bodies_areAnswered_data();
    void bodies_areAnswered();
};

namespace {

using Random = QRandomGenerator;

constexpr qint64 heapSlack = 3 * 1024 * 1024; // page caches of the database that were not full yet

/// What is allocated now; 0 without a sanitizer to ask.
qint64 heapBytes()
{
#if WARDER_SANITIZED(address) || WARDER_SANITIZED(thread)
    return qint64(__sanitizer_get_current_allocated_bytes());
#else
    return 0;
#endif
}

const QByteArrayList &seeds()
{
    static const QByteArrayList all {
        R"({"email":"ann@example.com","password":"correct horse battery","name":"Ann","token_delivery":"cookie"})",
        R"({"email":"bob@example.com","password":"wrong wrong"})",
        R"({"refresh_token":"wrt1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})",
        R"({"current_password":"a","new_password":"correct horse battery staple"})",
        R"({"name":"x"})",
        "grant_type=password&username=ann%40example.com&password=a+guess&scope=&client_id=x",
        "username=%F0%9F%92%A9&password=%00%01",
        "{}",
    };
    return all;
}

const QByteArrayList &splinters()
{
    static const QByteArrayList all {
        "\"",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\\",
        "\\u0000",
        "\\ud800",
        "\\udc00\\ud800",
        "\xef\xbb\xbf",
        "\xff\xfe",
        "\xc0\xaf",
        "\xed\xa0\x80",
        QByteArray(1, '\0'),
        "1e999",
        "-0",
        "9007199254740993",
        "18446744073709551616",
        "1E-400",
        "null",
        "true",
        "NaN",
        "&",
        "=",
        "%",
        "%00",
        "%zz",
        "+",
        "\r\n",
        "\xf4\x90\x80\x80",
        R"("password":)",
        R"("email":)",
        R"("email":"a@b.c")",
        "' OR 1=1 --",
        "${jndi:x}",
        "%s%n",
        "../../etc/passwd",
        "@",
        ".",
        "xn--",
        "\xe2\x80\xae",
        "\xcc\x81",
    };
    return all;
}

QByteArray pick(Random &random, const QByteArrayList &from) { return from[random.bounded(from.size())]; }

QByteArray noise(Random &random)
{
    QByteArray bytes(random.bounded(400), Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}

QByteArray nested(Random &random)
{
    const int depth = random.bounded(1, 3000);
    return QByteArray(R"({"email":)") + QByteArray("[").repeated(depth)
           + QByteArray("]").repeated(random.bounded(2) != 0 ? depth : depth / 2) + '}';
}

QByteArray longText(Random &random)
{
    return R"({"email":")" + pick(random, {"a", "@", "\xc3\xa4", "\\u0041", "a.", "xn--a."}).repeated(random.bounded(1, 8000))
           + R"(","password":"x"})";
}

QByteArray strangeTypes(Random &random)
{
    QJsonObject object;
    for (const char *name :
         {"email", "username", "password", "name", "token_delivery", "refresh_token", "grant_type", "current_password", "new_password"}) {
        const QJsonValue values[] {QJsonValue(),
                                   true,
                                   random.bounded(1e9),
                                   u""_s,
                                   QString(QChar(0)),
                                   QJsonArray {1, u"x"_s},
                                   QJsonObject {{u"a"_s, 1}},
                                   u"cookie"_s,
                                   u"ann@example.com"_s};
        if (random.bounded(3) != 0)
            object.insert(QLatin1StringView(name), values[random.bounded(int(std::size(values)))]);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray bent(Random &random)
{
    QByteArray body = pick(random, seeds());
    for (int times = random.bounded(1, 6); times > 0; --times) {
        const int at = random.bounded(int(body.size()) + 1);
        switch (random.bounded(5)) {
        case 0: body.insert(at, pick(random, splinters())); break;
        case 1: body.truncate(at); break;
        case 2: body.remove(at, random.bounded(8)); break;
        case 3: body.insert(at, body.mid(random.bounded(int(body.size()) + 1), 40)); break;
        default:
            if (at < body.size())
                body[at] = char(body[at] ^ (1 << random.bounded(8)));
        }
    }
    return body;
}

QByteArray hostile(Random &random)
{
    switch (random.bounded(10)) {
    case 0:  return noise(random);
    case 1:  return nested(random);
    case 2:  return longText(random);
    case 3:
    case 4:  return strangeTypes(random);
    default: return bent(random);
    }
}

QByteArray typeFor(Random &random, const QByteArray &body)
{
    if (random.bounded(20) == 0)
        return pick(random, {"text/plain", "", "application/json; charset=utf-16", "multipart/form-data", ";;;",
                             "application/x-www-form-urlencoded"});
    return body.startsWith('{') || random.bounded(4) != 0 ? "application/json" : "application/x-www-form-urlencoded";
}

} // namespace

void TestHostileBodies::bodies_areAnswered_data()
{
    QTest::addColumn<int>("index");
    const ApiServer server;
    const auto &routes = server.routes().routes();
    for (int i = 0; i < routes.size(); ++i) {
        if (routes[i].body != Body::None)
            QTest::addRow("%s %s", nameOf(routes[i].method).constData(), routes[i].path.constData()) << i;
    }
}

void TestHostileBodies::bodies_areAnswered()
{
    QFETCH(int, index);
    bool given = false;
    const int many = qEnvironmentVariableIntValue("WARDER_HOSTILE_BODIES", &given);
    const int count = given ? many : 600;
    const int wished = qEnvironmentVariableIntValue("WARDER_HOSTILE_SEED", &given);
    const quint32 seed = given ? quint32(wished) : 4711U + quint32(index);
    qInfo("%d bodies, seed %u", count, seed);

    Random random(seed);
    ApiServer server;
    const Route &route = server.routes().routes()[index];
    server.join(u"ann@example.com"_s); // whose password stands in the seeds
    const auto eve = server.client().post("/register", {{u"email"_s, u"eve@example.com"_s}, {u"password"_s, u"in no seed at all"_s}});
    auto connection = std::make_unique<RawHttp>(server.port());
    QMap<int, int> statuses;
    qint64 heap = 0;
    for (int i = 0; i < count; ++i) {
        if (i == count / 2)
            heap = heapBytes();
        const QByteArray body = hostile(random);
        QByteArrayList headers {"Content-Type: " + typeFor(random, body)};
        if (route.access == Access::Session)
            headers += bearer(eve["access_token"_L1]);
        if (body.isEmpty())
            headers += "Content-Length: 0";
        const auto answer = ApiClient::askOn(*connection, nameOf(route.method), route.path, headers, body);
        ++statuses[answer.status()];
        if (answer.status() < 200 || answer.status() >= 500)
            QFAIL(qPrintable(
                u"%1 for %2: %3"_s.arg(answer.status()).arg(QString::fromLatin1(headers.first()), QString::fromLatin1(body.toHex()))));
        if (answer.header("connection") == "close")
            connection = std::make_unique<RawHttp>(server.port());
    }
    for (auto status = statuses.cbegin(); status != statuses.cend(); ++status)
        qInfo("%d: %d", status.key(), status.value());
    QCOMPARE(server.client().get("/health/ready").status(), 200);
    const qint64 growth = heapBytes() - heap;
    qInfo("the second half left %lld bytes", growth);
    QVERIFY(growth < heapSlack);
}

QTEST_GUILESS_MAIN(TestHostileBodies)
#include "TestHostileBodies.moc"
