#include "tests/support/ApiServer.h"
#include "tests/support/CpuTime.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// No text costs more than another of its size: what Unicode, JSON, forms and header fields have that could take the square
/// of a length, wherever the server takes a text. Measured is the CPU time of this process, in which the server runs, and
/// the best of several rounds; how busy the machine is does not matter.
class TestTextCost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void field_data();
    void field();
    void body_data();
    void body();
    void header_data();
    void header();
    void target_data();
    void target();

private:
    struct Request
    {
        QByteArray method;
        QByteArray path;
        QByteArrayList headers;
        QByteArray body;
    };
    Request requestFor(int route, const QByteArray &type, const QByteArray &body) const;
    void compare(const Request &harmless, const Request &worst) const;
    void routes(const std::function<void(int, const QByteArray &)> &row) const;

    std::unique_ptr<ApiServer> m_server;
    QByteArray m_bearer;
};

namespace {

constexpr int mostTimes = 4; // bytes of other scripts are decoded at twice the cost of ASCII; a square would be hundreds
constexpr int rounds = 20;   // what only a busy machine made dear has been cheap once by then
constexpr int largest = 62 * 1024;
constexpr int largestLittle = 8 * 1024 - 300; // what routes take that read a token at most
constexpr int largestHeader = 7 * 1024;

/// The piece again and again, never cut in its middle.
QByteArray filled(const QByteArray &piece, qsizetype size) { return piece.repeated(std::max<qsizetype>(size / piece.size(), 1)); }

/// Two runs of marks in the wrong order, each of which must pass all of the first.
QByteArray unsortedMarks(const QByteArray &high, const QByteArray &low, qsizetype size)
{
    return "a" + filled(high, size / 2) + filled(low, size / 2);
}

using Text = QByteArray (*)(qsizetype size);
struct Kind
{
    const char *name;
    Text inJson;
};

/// As they stand between the quotes of a JSON string.
const QList<Kind> &kinds()
{
    static const QList<Kind> all {
        {"marks before an @", [](qsizetype n) { return unsortedMarks("\xcc\x81", "\xcc\x96", n - 20) + "@example.com"; }},
        {"marks behind an @", [](qsizetype n) { return "ann@" + unsortedMarks("\xcc\x81", "\xcc\x96", n - 20) + ".com"; }},
        {"marks alone", [](qsizetype n) { return unsortedMarks("\xcc\x81", "\xcc\x96", n); }},
        {"marks, escaped", [](qsizetype n) { return unsortedMarks("\\u0301", "\\u0316", n - 20) + "@example.com"; }},
        {"marks in three orders", [](qsizetype n) { return "a" + filled("\xcc\x81\xcc\x96\xcc\xb4", n); }},
        {"marks in allowed runs",
         [](qsizetype n) { return filled("a" + QByteArray("\xcc\x81").repeated(15) + QByteArray("\xcc\x96").repeated(15), n); }},
        {"marks, just what a password may have",
         [](qsizetype) { return filled("a" + QByteArray("\xcc\x81").repeated(15) + QByteArray("\xcc\x96").repeated(15), 4000); }},
        {"Hangul in pieces", [](qsizetype n) { return filled("\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", n); }},
        {"a ligature of eighteen letters", [](qsizetype n) { return filled("\xef\xb7\xba", n); }},
        {"a domain for Punycode", [](qsizetype n) { return "ann@" + filled("\xc3\xbc\xe4\xb8\xad\xd0\xb6", n) + ".com"; }},
        {"a domain of Punycode", [](qsizetype n) { return "ann@xn--" + filled("z", n) + ".com"; }},
        {"a domain of labels", [](qsizetype n) { return "ann@" + filled("a.", n) + "com"; }},
        {"many @", [](qsizetype n) { return filled("@", n); }},
        {"many periods", [](qsizetype n) { return filled(".", n - 20) + "@example.com"; }},
        {"blanks around", [](qsizetype n) { return filled(" ", n); }},
        {"emoji", [](qsizetype n) { return filled("\xf0\x9f\x98\x80", n); }},
        {"joiners", [](qsizetype n) { return filled("\xe2\x80\x8d", n); }},
        {"turning round", [](qsizetype n) { return filled("\xe2\x80\xae", n); }},
        {"escaped NUL", [](qsizetype n) { return filled("\\u0000", n); }},
        {"backslashes", [](qsizetype n) { return filled("\\\\", n); }},
        {"final sigmas", [](qsizetype n) { return filled("\xcf\x83 ", n - 20) + "@example.com"; }},
        {"capital I with a dot", [](qsizetype n) { return filled("\xc4\xb0", n - 20) + "@example.com"; }},
        {"keyboard walks", [](qsizetype n) { return filled("qwertyuiop", n); }},
        {"leet", [](qsizetype n) { return filled("p4$$w0rd!1@5", n); }},
        {"one run of marks, just what a password may have", [](qsizetype) { return unsortedMarks("\xcc\x81", "\xcc\x96", 4000); }},
        {"keyboard walks, just what a password may have", [](qsizetype) { return filled("qwertyuiop", 1000); }},
        {"leet, just what a password may have", [](qsizetype) { return filled("p4$$w0rd!1@5", 1000); }},
        {"dates, just what a password may have", [](qsizetype) { return filled("01/02/2003", 1000); }},
        {"digits, just what a password may have", [](qsizetype) { return filled("1", 1000); }},
        {"bcrypt hash", [](qsizetype n) { return "$2b$04$" + filled("a", n); }},
    };
    return all;
}

QByteArray percentEncoded(const QByteArray &json)
{
    return QJsonDocument::fromJson("[\"" + json + "\"]")[0].toString().toUtf8().toPercentEncoding();
}

bool isForm(const QByteArray &type) { return type.contains("form"); }

} // namespace

void TestTextCost::initTestCase()
{
    useOneProcessor();
    m_server = std::make_unique<ApiServer>();
    m_bearer = bearer(m_server->join(u"ann@example.com"_s)["access_token"_L1]);
}

void TestTextCost::routes(const std::function<void(int, const QByteArray &)> &row) const
{
    const auto &table = m_server->routes().routes();
    for (int i = 0; i < table.size(); ++i) {
        if (table[i].body != Body::None)
            row(i, "application/json");
        if (table[i].body == Body::JsonOrForm)
            row(i, "application/x-www-form-urlencoded");
    }
}

TestTextCost::Request TestTextCost::requestFor(int route, const QByteArray &type, const QByteArray &body) const
{
    const Route &row = m_server->routes().routes()[route];
    QByteArrayList headers {"Content-Type: " + type};
    if (row.access == Access::Session || row.access == Access::Account)
        headers += m_bearer;
    return {.method = QByteArrayView(nameOf(row.method)).toByteArray(), .path = row.path, .headers = headers, .body = body};
}

/// The worst may take mostTimes what the harmless one takes. (More rounds could only find smaller numbers.)
void TestTextCost::compare(const Request &harmless, const Request &worst) const
{
    double least[2] {1e9, 1e9};
    int statuses[2] {};
    for (int round = 0; round < rounds; ++round) {
        for (const int which : {0, 1}) {
            const Request &request = which == 0 ? harmless : worst;
            const double before = cpuMilliseconds();
            const auto answer = m_server->client().ask(request.method, request.path, request.headers, request.body);
            least[which] = std::min(least[which], cpuMilliseconds() - before);
            statuses[which] = answer.status();
            if (answer.status() < 200 || answer.status() >= 500)
                QFAIL(qPrintable(u"%1 answered"_s.arg(answer.status())));
        }
        if (round >= 1 && least[1] <= mostTimes * least[0])
            return;
    }
    QFAIL(qPrintable(u"%1 ms (%2) where a harmless one takes %3 ms (%4)"_s.arg(least[1], 0, 'f', 2)
                         .arg(statuses[1])
                         .arg(least[0], 0, 'f', 2)
                         .arg(statuses[0])));
}

void TestTextCost::field_data()
{
    QTest::addColumn<int>("route");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("name");
    routes([this](int index, const QByteArray &type) {
        const Route &route = m_server->routes().routes()[index];
        QByteArrayList names {"email", "unknown"};
        for (const FieldDoc &field : route.doc.fields)
            names += field.name.toLatin1();
        if (route.body == Body::JsonOrForm)
            names += {"username", "grant_type"};
        const QSet<QByteArray> each(names.cbegin(), names.cend());
        for (const QByteArray &name : each)
            QTest::addRow("%s %s %s%s", nameOf(route.method).constData(), route.path.constData(), name.constData(),
                          isForm(type) ? " of a form" : "")
                << index << type << name;
    });
}

void TestTextCost::field()
{
    QFETCH(int, route);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, name);
    const bool form = isForm(type);
    const bool little = m_server->routes().routes()[route].body == Body::Optional;
    const QByteArrayList others {"email", "password", "current_password", "new_password", "refresh_token"};
    const auto body = [&](const QByteArray &text) {
        QByteArray whole = form ? name + '=' + text : "{\"" + name + "\":\"" + text + '"';
        for (const QByteArray &other : others) {
            if (other == name || (other == "email" && (name == "username" || form)))
                continue;
            whole += form ? '&' + other + "=a+few+words+more"
                          : ",\"" + other + "\":\"" + (other == "email" ? "bob@example.com" : "a few words more") + '"';
        }
        return form ? whole : whole + '}';
    };
    for (const Kind &kind : kinds()) {
        QByteArray text = kind.inJson((little ? largestLittle : largest) / (form ? 3 : 1));
        if (form)
            text = percentEncoded(text);
        const Request worst = requestFor(route, type, body(text));
        const Request harmless = requestFor(route, type, body(QByteArray(text.size(), 'h')));
        compare(harmless, worst);
        if (QTest::currentTestFailed()) {
            qWarning("the text was: %s", kind.name);
            return;
        }
    }
}

void TestTextCost::body_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("harmless");
    QTest::addColumn<QByteArray>("worst");
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    const QByteArray email = R"({"email":"bob@example.com","password":"a few words more",)";
    const auto members = [&email](int count, const auto &nameOf) {
        QByteArray body = email;
        for (int i = 0; i < count; ++i)
            body += '"' + nameOf(i) + "\":1,";
        return body + "\"z\":1}";
    };
    const auto numbers = [&email](int count) {
        return email + "\"list\":[" + QByteArray("\"abcdefghijklmnopqrst\",").repeated(count) + "1]}";
    };
    QTest::newRow("names that come in falling order")
        << json << numbers(2000) << members(2000, [](int i) { return "name-" + QByteArray::number(9000 - i) + "-and-more"; });
    QTest::newRow("names that come in rising order")
        << json << numbers(2000) << members(2000, [](int i) { return "name-" + QByteArray::number(1000 + i) + "-and-more"; });
    QTest::newRow("too many names") << json << numbers(2000) << members(4080, [](int i) { return "n" + QByteArray::number(9999 - i); });
    QTest::newRow("one name of marks") << json << email + '"' + QByteArray(largest, 'h') + "\":1}"
                                       << email + '"' + unsortedMarks("\xcc\x81", "\xcc\x96", largest) + "\":1}";
    QTest::newRow("names that share a long beginning")
        << json << numbers(2000) << members(30, [](int i) { return QByteArray(1900, 'n') + QByteArray::number(100 - i); });
    QTest::newRow("a number of all digits") << json << email + "\"n\":\"" + QByteArray(largest, '1') + "\"}"
                                            << email + "\"n\":" + QByteArray(largest, '1') + '}';
    QTest::newRow("a fraction of all digits") << json << email + "\"n\":\"" + QByteArray(largest, '1') + "\"}"
                                              << email + "\"n\":0." + QByteArray(largest, '1') + '}';
    QTest::newRow("brackets") << json << email + "\"n\":\"" + QByteArray(largest, '1') + "\"}"
                              << email + "\"n\":" + QByteArray(largest, '[') + '}';
    QTest::newRow("many small lists") << json << email + "\"n\":[" + QByteArray("[],").repeated(2000) + "1]}"
                                      << email + "\"n\":[" + QByteArray("[[[[[[[[[[]]]]]]]]]],").repeated(200) + "1]}";
    QTest::newRow("white space") << json << email + "\"n\":\"" + QByteArray(largest, '1') + "\"}"
                                 << email + QByteArray(largest, ' ') + "\"n\":1}";
    const QByteArray long1 = "username=bob%40example.com&password=" + QByteArray(largest, 'h');
    QTest::newRow("a form of ampersands") << form << long1 << "username=bob%40example.com&password=a" + QByteArray(largest, '&');
    QTest::newRow("a form of fields") << form << long1 << QByteArray("username=bob%40example.com&password=a&") + filled("a&", largest);
    QTest::newRow("a form of equals signs") << form << long1 << "username=bob%40example.com&password=" + QByteArray(largest, '=');
    QTest::newRow("a form of percent signs") << form << long1 << "username=bob%40example.com&password=" + QByteArray(largest, '%');
    QTest::newRow("a form of plus signs") << form << long1 << "username=bob%40example.com&password=" + QByteArray(largest, '+');
    QTest::newRow("a form's name of marks") << form << long1
                                            << "username=bob%40example.com&password=a&" + filled("%CC%81", largest / 2)
                                                   + filled("%CC%96", largest / 2) + "=1";
}

void TestTextCost::body()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, harmless);
    QFETCH(QByteArray, worst);
    routes([&](int route, const QByteArray &taken) {
        const Route &row = m_server->routes().routes()[route];
        if (QTest::currentTestFailed() || taken != type || row.body == Body::Optional)
            return;
        compare(requestFor(route, type, harmless), requestFor(route, type, worst));
        if (QTest::currentTestFailed())
            qWarning("at %s %s", nameOf(row.method).constData(), row.path.constData());
    });
}

void TestTextCost::header_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("worst");
    const QByteArray marks = unsortedMarks("\xcc\x81", "\xcc\x96", largestHeader);
    for (const char *name : {"User-Agent", "Cookie", "Authorization", "Origin", "X-Forwarded-For", "X-Forwarded-Proto", "X-Request-Id",
                             "X-CSRF-Token", "Content-Type", "Accept", "Accept-Language", "Referer", "Sec-Fetch-Site",
                             "Access-Control-Request-Headers", "Forwarded", "X-Anything"})
        QTest::addRow("marks in %s", name) << QByteArray(name) << marks;
    QTest::newRow("a program's name again and again") << "User-Agent"_ba << filled("Mozilla Edg OPR Safari ", largestHeader);
    QTest::newRow("cookies of one letter") << "Cookie"_ba << filled("a=b;", largestHeader);
    QTest::newRow("cookies of one name") << "Cookie"_ba << filled("__Host-warder_access=b; ", largestHeader);
    QTest::newRow("cookies without a name") << "Cookie"_ba << filled("=;", largestHeader);
    QTest::newRow("semicolons") << "Cookie"_ba << filled(";", largestHeader);
    QTest::newRow("a token of points") << "Authorization"_ba << "Bearer " + filled(".", largestHeader);
    QTest::newRow("a token of names") << "Authorization"_ba << [] {
        QByteArray object = "{";
        for (int i = 0; i < 500; ++i)
            object += "\"n" + QByteArray::number(999 - i) + "\":1,";
        const QByteArray part =
            (object + "\"z\":1}").toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).left(largestHeader - 40);
        return "Bearer " + part + ".e30.AAAA";
    }();
    QTest::newRow("languages") << "Accept-Language"_ba << filled("de;q=0.1,", largestHeader);
    QTest::newRow("hops") << "X-Forwarded-For"_ba << filled("1,", largestHeader);
    QTest::newRow("colons of an address") << "X-Forwarded-For"_ba << filled(":", largestHeader);
    QTest::newRow("commas") << "Origin"_ba << filled(",", largestHeader);
}

void TestTextCost::header()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, worst);
    const QByteArray body = R"({"email":"bob@example.com","password":"a few words more"})";
    const QByteArrayList always {"Content-Type: application/json"};
    const auto with = [&](const QByteArray &text) {
        return Request {.method = "POST",
                        .path = "/login",
                        .headers =
                            name == "Content-Type" ? QByteArrayList {name + ": " + text} : always + QByteArrayList {name + ": " + text},
                        .body = body};
    };
    compare(with(QByteArray(worst.size(), 'h')), with(worst));
    if (QTest::currentTestFailed())
        return;
    const auto me = [&](const QByteArray &text) {
        return Request {.method = "GET", .path = "/me", .headers = {name + ": " + text}, .body = {}};
    };
    compare(me(QByteArray(worst.size(), 'h')), me(worst));
}

void TestTextCost::target_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("marks in an id") << "/docs/" + filled("%CC%81", 3500) + filled("%CC%96", 3500);
    QTest::newRow("slashes") << filled("/a", 7000);
    QTest::newRow("percent signs") << "/docs/" + filled("%25", 7000);
    QTest::newRow("marks in a query") << "/health/live?q=" + filled("%CC%81", 3500) + filled("%CC%96", 3500);
    QTest::newRow("fields of a query") << "/health/live?" + filled("a&", 7000);
    QTest::newRow("equals signs in a query") << "/health/live?" + filled("=", 7000);
}

void TestTextCost::target()
{
    QFETCH(QByteArray, path);
    const qsizetype start = std::max<qsizetype>(path.indexOf('?'), path.lastIndexOf('/', 6)) + 1;
    const QByteArray harmless = path.first(std::max<qsizetype>(start, 1)) + QByteArray(path.size() - std::max<qsizetype>(start, 1), 'h');
    compare({.method = "GET", .path = harmless, .headers = {}, .body = {}}, {.method = "GET", .path = path, .headers = {}, .body = {}});
}

QTEST_GUILESS_MAIN(TestTextCost)
#include "TestTextCost.moc"
