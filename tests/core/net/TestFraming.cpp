#include "core/net/gate/GateReader.h"

#include <QTest>

using namespace warder;
using namespace Qt::StringLiterals;

/// The rules of the wire without the wire. Each case runs twice: whole, and byte by byte.
class TestFraming : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refused_data();
    void refused();
    void accepted_data();
    void accepted();
    void requests_followEachOther();
    void reader_asksTheRouteForItsLimit();
    void reader_saysContinueOnce();
    void plainTarget_data();
    void plainTarget();
    void host_data();
    void host();

private:
    static GateReader::State feed(GateReader &reader, const QByteArray &bytes, qsizetype piece);
};

namespace {

qint64 noLimitOfItsOwn(const RequestHead &) { return FramingLimits().body; }

QByteArray post(const QByteArrayList &fields, const QByteArray &body = {}, const QByteArray &eol = "\r\n"_ba)
{
    QByteArray out = "POST /echo HTTP/1.1" + eol + "Host: localhost" + eol;
    for (const QByteArray &field : fields)
        out += field + eol;
    return out + eol + body;
}

QByteArray get(const QByteArray &target, const QByteArray &version = "HTTP/1.1"_ba, const QByteArray &host = "Host: localhost\r\n"_ba)
{
    return "GET " + target + ' ' + version + "\r\n" + host + "\r\n";
}

const QByteArray chunked = "Transfer-Encoding: chunked"_ba;

void refusedLengths()
{
    const auto row = [](const char *name, const QByteArray &value, int status = 400) {
        QTest::addRow("Content-Length %s", name) << post({"Content-Length: " + value}) << status;
    };
    row("negative", "-5");
    row("plus", "+3");
    row("hex", "0x3");
    row("empty", "");
    row("inner space", "3 4");
    row("letters", "3abc");
    row("float", "3.0");
    row("list", "3, 3");
    row("2^63", "9223372036854775808");
    row("2^64 + 3", "18446744073709551619");
    row("20 nines", QByteArray(20, '9'));
    row("NUL", "3\0"_ba);
    row("vertical tab", "\x0b"
                        "3");
    row("quoted", "\"3\"");
    row("beyond the limit", "65537", 413);
    row("18 nines", QByteArray(18, '9'), 413);
    row("before a tab", "3\t");
    row("after a tab", "\t3");
    QTest::newRow("two lengths, alike") << post({"Content-Length: 3"_ba, "Content-Length: 3"_ba}, "abc") << 400;
    QTest::newRow("two lengths, different") << post({"Content-Length: 0"_ba, "Content-Length: 3"_ba}) << 400;
    QTest::newRow("length before encoding") << post({"Content-Length: 5"_ba, chunked}, "0\r\n\r\n") << 400;
    QTest::newRow("encoding before length") << post({chunked, "Content-Length: 5"_ba}, "0\r\n\r\n") << 400;
    QTest::newRow("length, blank before colon") << post({"Content-Length : 3"_ba}) << 400;
    QTest::newRow("length, folded") << post({"Content-Length:\r\n 3"_ba}) << 400;
}

void refusedEncodings()
{
    const auto row = [](const char *name, const QByteArray &value, int status = 501) {
        QTest::addRow("Transfer-Encoding %s", name) << post({"Transfer-Encoding: " + value}, "0\r\n\r\n") << status;
    };
    row("xchunked", "xchunked");
    row("identity", "identity");
    row("gzip", "gzip");
    row("gzip, chunked", "gzip, chunked");
    row("chunked, identity", "chunked, identity");
    row("chunked, chunked", "chunked, chunked");
    row("quoted", "\"chunked\"");
    row("empty", "");
    row("vertical tab",
        "\x0b"
        "chunked",
        400);
    row("NUL", "chunked\0"_ba, 400);
    row("before a tab", "chunked\t", 400);
    row("after a tab", "\tchunked", 400);
    QTest::newRow("two encodings") << post({chunked, chunked}) << 400;
    QTest::newRow("encoding, blank before colon") << post({"Transfer-Encoding : chunked"_ba}) << 400;
    QTest::newRow("encoding in HTTP/1.0") << "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"_ba << 400;
}

void refusedFields()
{
    QTest::newRow("folded line") << post({"X-A: b\r\n c"_ba}) << 400;
    QTest::newRow("first field indented") << "GET / HTTP/1.1\r\n Host: a\r\n\r\n"_ba << 400;
    QTest::newRow("bare LF everywhere") << post({}, {}, "\n"_ba) << 400;
    QTest::newRow("bare LF once") << post({"X-A: b\nX-B: c"_ba}) << 400;
    QTest::newRow("bare CR in a value") << post({"X-A: b\rX-B: c"_ba}) << 400;
    QTest::newRow("bare CR at the end") << "GET / HTTP/1.1\rHost: a\r\r\n\r\n"_ba << 400;
    QTest::newRow("NUL in a value") << post({"X-A: a\0b"_ba}) << 400;
    QTest::newRow("control in a value") << post({"X-A: a\1b"_ba}) << 400;
    QTest::newRow("NUL in a name") << post({"X\0A: b"_ba}) << 400;
    QTest::newRow("blank in a name") << post({"X A: b"_ba}) << 400;
    QTest::newRow("empty name") << post({": b"_ba}) << 400;
    QTest::newRow("no colon") << post({"garbage"_ba}) << 400;
    QTest::newRow("64 fields too many") << post(QByteArrayList(64, "X: a"_ba)) << 431;
    QTest::newRow("long field") << post({"X: "_ba + QByteArray(20'000, 'a')}) << 431;
    QTest::newRow("endless field") << "GET / HTTP/1.1\r\nX: "_ba + QByteArray(20'000, 'a') << 431;
    QTest::newRow("tab behind close") << get("/", "HTTP/1.1", "Host: a\r\nConnection: close\t\r\n") << 400;
    QTest::newRow("tab in a list of options") << get("/", "HTTP/1.1", "Host: a\r\nConnection: x,\tclose\r\n") << 400;
    QTest::newRow("unknown expectation") << post({"Expect: 200-ok"_ba}) << 417;
}

void refusedChunks()
{
    const auto row = [](const char *name, const QByteArray &body, int status = 400) {
        QTest::addRow("chunk %s", name) << post({chunked}, body) << status;
    };
    row("size overflows", "FFFFFFFFFFFFFFFFF\r\na\r\n", 413);
    row("size 2^63", "8000000000000000\r\na\r\n", 413);
    row("size beyond the limit", "10001\r\n", 413);
    row("sizes beyond the limit", "8000\r\n" + QByteArray(0x8000, 'a') + "\r\n8001\r\n", 413);
    row("size negative", "-1\r\na\r\n");
    row("size 0x", "0x3\r\nabc\r\n");
    row("size plus", "+3\r\nabc\r\n");
    row("size empty", "\r\n\r\n");
    row("size garbage", "zz\r\n\r\n");
    row("size after a blank", " 3\r\nabc\r\n");
    row("bare LF", "3\nabc\n0\n\n");
    row("data too long", "3\r\nabcdef\r\n");
    row("data without CRLF", "3\r\nabc0\r\n\r\n");
    row("NUL in the size", "3\0\r\nabc\r\n"_ba);
    row("LF in the extension", "3;a\nb\r\nabc\r\n");
    row("extension without name", "3;\r\nabc\r\n");
    row("extension of a value only", "3;=a\r\nabc\r\n");
    row("extension with an empty value", "3;a=\r\nabc\r\n");
    row("extension with two values", "3;a=b=c\r\nabc\r\n");
    row("extension after a blank", "3; a\r\nabc\r\n");
    row("extension before a blank", "3;a \r\nabc\r\n");
    row("extension beyond ASCII", "3;\xe4\r\nabc\r\n");
    row("extension after quotes", "3;a=\"b\"c\r\nabc\r\n");
    row("quotes within an extension", "3;a=b\"c\"\r\nabc\r\n");
    row("quotes left open", "3;a=\"b\r\nabc\r\n");
    row("LF escaped in quotes", "3;a=\"\\\nb\"\r\nabc\r\n");
    row("CR escaped in quotes", "3;a=\"\\\r\n0\r\n\r\n");
    row("endless extension", "3;" + QByteArray(300, 'a'));
    row("rubbish after the last", "3\r\nabc\r\n0\r\nXX\r\n");
    row("trailer without colon", "0\r\nno colon\r\n\r\n");
    row("trailer without name", "0\r\n: a\r\n\r\n");
    for (const char *name : {"Content-Length", "TRANSFER-ENCODING", "host", "Connection", "Proxy-Connection"})
        row(name, QByteArray("0\r\nX: a\r\n") + name + ": 1\r\n\r\n");
    row("endless trailer", "0\r\nX: " + QByteArray(5'000, 'a'), 431);
}

void refusedLines()
{
    QTest::newRow("no version") << "GET /hello\r\nHost: a\r\n\r\n"_ba << 400;
    QTest::newRow("HTTP/2.0") << get("/", "HTTP/2.0") << 505;
    QTest::newRow("HTTP/9.9") << get("/", "HTTP/9.9") << 505;
    QTest::newRow("HTTP/1.2") << get("/", "HTTP/1.2") << 505;
    QTest::newRow("HTTP/1.x") << get("/", "HTTP/1.x") << 400;
    QTest::newRow("HTTPX1.1") << get("/", "HTTPX1.1") << 400;
    QTest::newRow("version in lower case") << get("/", "http/1.1") << 400;
    QTest::newRow("two blanks") << "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 400;
    QTest::newRow("tabs") << "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n"_ba << 400;
    QTest::newRow("junk after the version") << get("/", "HTTP/1.1 junk") << 400;
    QTest::newRow("blank in the target") << get("/a b") << 400;
    QTest::newRow("NUL in the method") << "G\0ET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 400;
    QTest::newRow("method in lower case") << "get / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 400;
    QTest::newRow("method unknown") << "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 501;
    QTest::newRow("TRACE") << "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 501;
    QTest::newRow("CONNECT") << "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"_ba << 501;
    QTest::newRow("three empty lines first") << "\r\n\r\n\r\n" + get("/") << 400;
    QTest::newRow("TLS hello") << QByteArray::fromHex("16030102000100") << 400;
    QTest::newRow("long line") << get("/" + QByteArray(8'200, 'a')) << 414;
    QTest::newRow("long line that is not HTTP") << "GET /"_ba + QByteArray(9'000, 'a') + "\n" << 414;
    QTest::newRow("long line, lower case") << "get /"_ba + QByteArray(9'000, 'a') + " HTTP/1.1\r\n\r\n" << 400;
    QTest::newRow("bare LF beyond the limit") << "GET / HTTP/1.1\r\nX: "_ba + QByteArray(17'000, 'a') + "\n" << 431;
    QTest::newRow("bad field in a head beyond the limit") << "GET / HTTP/1.1\r\nbad\r\nX: "_ba + QByteArray(17'000, 'a') + "\r\n\r\n"
                                                          << 431;
    QTest::newRow("endless line") << "GET /"_ba + QByteArray(9'000, 'a') << 414;
    QTest::newRow("absolute, other host") << get("http://evil/hello") << 400;
    QTest::newRow("absolute, other scheme") << get("ftp://localhost/") << 400;
    QTest::newRow("absolute, user") << get("http://me@localhost/") << 400;
    QTest::newRow("asterisk") << "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 400;
    QTest::newRow("no Host") << get("/", "HTTP/1.1", {}) << 400;
    QTest::newRow("two Hosts") << get("/", "HTTP/1.1", "Host: a\r\nHost: a\r\n") << 400;
    QTest::newRow("bad Host") << get("/", "HTTP/1.1", "Host: good@evil\r\n") << 400;
}

} // namespace

GateReader::State TestFraming::feed(GateReader &reader, const QByteArray &bytes, qsizetype piece)
{
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        const QByteArrayView part = QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at));
        reader.append({part.data(), std::size_t(part.size())});
        if (reader.advance() == GateReader::State::Refused)
            break;
    }
    return reader.state();
}

void TestFraming::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    refusedLengths();
    refusedEncodings();
    refusedFields();
    refusedChunks();
    refusedLines();
}

void TestFraming::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    for (const qsizetype piece : {qsizetype(1), qsizetype(7), GateReader::room()}) {
        const FramingLimits limits;
        GateReader reader(limits, noLimitOfItsOwn);
        QCOMPARE(feed(reader, bytes, piece), GateReader::State::Refused);
        QCOMPARE(reader.refusal(), status);
    }
}

void TestFraming::accepted_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("keepAlive");
    QTest::newRow("plain") << get("/a?b=%00") << "/a?b=%00"_ba << ""_ba << true;
    QTest::newRow("after two empty lines") << "\r\n\r\n" + get("/") << "/"_ba << ""_ba << true;
    QTest::newRow("1.0") << get("/", "HTTP/1.0", {}) << "/"_ba << ""_ba << false;
    QTest::newRow("1.0 keep-alive") << get("/", "HTTP/1.0", "Connection: Keep-Alive\r\n") << "/"_ba << ""_ba << true;
    QTest::newRow("close wins") << get("/", "HTTP/1.1", "Host: a\r\nConnection: x, close , keep-alive\r\n") << "/"_ba << ""_ba << false;
    QTest::newRow("absolute") << get("HTTP://Localhost/x") << "/x"_ba << ""_ba << true;
    QTest::newRow("absolute without path") << get("http://localhost") << "/"_ba << ""_ba << true;
    QTest::newRow("length") << post({"content-length:3 "_ba}, "abc") << "/echo"_ba << "abc"_ba << true;
    QTest::newRow("length 0") << post({"Content-Length: 0"_ba}) << "/echo"_ba << ""_ba << true;
    QTest::newRow("chunks") << post({"transfer-encoding: Chunked"_ba}, "3\r\nabc\r\n0A;x=\"y\"\r\n0123456789\r\n00\r\nX-T: 1\r\nY:\r\n\r\n")
                            << "/echo"_ba << "abc0123456789"_ba << true;
    QTest::newRow("chunk extensions") << post({chunked}, "1;a;b=c;d=\"\";e=\"\\\"f;g\\\\ \"\r\na\r\n0;z\r\n\r\n") << "/echo"_ba << "a"_ba
                                      << true;
    QTest::newRow("trailers named nearly so") << post({chunked}, "0\r\nContent-Lengt: 1\r\nX-Host: a\r\nHos: t\r\n\r\n") << "/echo"_ba
                                              << ""_ba << true;
    QTest::newRow("obs-text in a value") << get("/", "HTTP/1.1", "Host: a\r\nX: \xe4\r\n") << "/"_ba << ""_ba << true;
    QTest::newRow("63 fields more") << post(QByteArrayList(63, "X: a"_ba)) << "/echo"_ba << ""_ba << true;
    QTest::newRow("the largest body") << post({"Content-Length: 65536"_ba}, QByteArray(65536, 'a')) << "/echo"_ba << QByteArray(65536, 'a')
                                      << true;
}

void TestFraming::accepted()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    for (const qsizetype piece : {qsizetype(1), qsizetype(7), GateReader::room()}) {
        const FramingLimits limits;
        GateReader reader(limits, noLimitOfItsOwn);
        QCOMPARE(feed(reader, bytes, piece), GateReader::State::Complete);
        QCOMPARE(QByteArray::fromStdString(std::string(reader.head().target)), target);
        QCOMPARE(QByteArray::fromStdString(reader.body()), body);
        QTEST(reader.head().keepAlive, "keepAlive");
    }
}

void TestFraming::requests_followEachOther()
{
    const FramingLimits limits;
    GateReader reader(limits, noLimitOfItsOwn);
    const QByteArray two = post({chunked}, "1\r\na\r\n0\r\n\r\n") + post({"Content-Length: 1"_ba}, "b") + "GE";
    reader.append({two.data(), std::size_t(two.size())});
    QCOMPARE(reader.advance(), GateReader::State::Complete);
    QCOMPARE(reader.body(), "a");
    reader.next();
    QCOMPARE(reader.advance(), GateReader::State::Complete);
    QCOMPARE(reader.body(), "b");
    reader.next();
    QCOMPARE(reader.advance(), GateReader::State::Head);
}

void TestFraming::reader_asksTheRouteForItsLimit()
{
    const FramingLimits limits;
    GateReader reader(limits, [](const RequestHead &head) { return head.path() == "/echo" ? 2 : 100; });
    QCOMPARE(feed(reader, post({"Content-Length: 3"_ba}), 1), GateReader::State::Refused);
    QCOMPARE(reader.refusal(), 413);
}

void TestFraming::reader_saysContinueOnce()
{
    const FramingLimits limits;
    GateReader waits(limits, noLimitOfItsOwn);
    feed(waits, post({"Expect: 100-Continue"_ba, "Content-Length: 1"_ba}), 1);
    QVERIFY(waits.takeContinue());
    QVERIFY(!waits.takeContinue());
    GateReader sendsOn(limits, noLimitOfItsOwn);
    feed(sendsOn, post({"Expect: 100-continue"_ba, "Content-Length: 2"_ba}, "a"), GateReader::room());
    QVERIFY(!sendsOn.takeContinue());
}

void TestFraming::plainTarget_data()
{
    QTest::addColumn<bool>("plain");
    for (const char *target :
         {"/", "/a", "/a/", "/a/b?c=/../%2F%00", "/%41~", "/a.b", "/..a", "/?", "/?x[]=1", "/?{}", "/?|", "/?^", "/?`", "/?\\", "/a?b?[c]"})
        QTest::newRow(target) << true;
    for (const char *target : {"",        "a",    "*",     "//",    "//evil/a", "/a//b", "/a//",   "/./a", "/a/.",  "/..",    "/a/../b",
                               "/a?b#c",  "/#",   "/%",    "/%4",   "/%zz",     "/%00",  "/%0A",   "/%1f", "/%7F",  "/%2f",   "/%5C",
                               "/%2e%2E", "/%25", "/a\\b", "/\xff", "/a\tb",    "/<",    "/?\x01", "/?%4", "/[",    "/]?x",   "/{",
                               "/}",      "/|",   "/^",    "/`",    "/a|b?[c]", "/?<",   "/?>",    "/?\"", "/?a b", "/?\x7f", "/?\xc3\xa4"})
        QTest::newRow(target) << false;
}

void TestFraming::plainTarget() { QTEST(isPlainTarget(QTest::currentDataTag()), "plain"); }

void TestFraming::host_data()
{
    QTest::addColumn<bool>("valid");
    for (const char *host : {"a", "localhost:8000", "127.0.0.1", "a-b.example", "[::1]", "[2001:db8::1]:443", "a:65535"})
        QTest::newRow(host) << true;
    for (const char *host : {"", "a b", "a/b", "good@evil", "a:", "a:0", "a:65536", "a:99999", "a:b", ":80", "a:1:2", "[::1", "[]",
                             "[::1]x", "[::g]", "a, b", "a%2f"})
        QTest::newRow(host) << false;
}

void TestFraming::host() { QTEST(isValidHost(QTest::currentDataTag()), "valid"); }

QTEST_GUILESS_MAIN(TestFraming)
#include "TestFraming.moc"
