#include "core/net/gate/ProxyHeader.h"

#include <QTest>

using namespace warder;
using namespace Qt::StringLiterals;

/// Each header is read whole, with more behind it, and byte by byte.
class TestProxyHeader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void valid_data();
    void valid();
    void malformed_data();
    void malformed();
    void oneHeader_isTakenOnly();
};

namespace {

const QByteArray signature("\r\n\r\n\0\r\nQUIT\n", 12);
const QByteArray ipv4Addresses = QByteArray::fromHex("cb007107"
                                                     "c6336402"
                                                     "d431"
                                                     "01bb");
const QByteArray ipv6Addresses = QByteArray::fromHex("20010db8000000000000000000000007"
                                                     "20010db8000000000000000000000002"
                                                     "d431"
                                                     "01bb");

std::string_view view(const QByteArray &bytes) { return {bytes.data(), std::size_t(bytes.size())}; }

QByteArray binary(int command, int family, const QByteArray &rest)
{
    const char fixed[] {char(command), char(family), char(rest.size() >> 8), char(rest.size())};
    return signature + QByteArray(fixed, sizeof fixed) + rest;
}

QByteArray tlv(int type, const QByteArray &value)
{
    const char fixed[] {char(type), char(value.size() >> 8), char(value.size())};
    return QByteArray(fixed, sizeof fixed) + value;
}

void validTexts()
{
    const auto row = [](const char *name, const QByteArray &line, const char *client, int port) {
        QTest::addRow("text %s", name) << QByteArray(line + "\r\n") << QHostAddress(QString::fromLatin1(client)) << port;
    };
    row("IPv4", "PROXY TCP4 203.0.113.7 198.51.100.2 54321 443", "203.0.113.7", 54321);
    row("smallest", "PROXY TCP4 0.0.0.0 0.0.0.0 0 0", "0.0.0.0", 0);
    row("largest IPv4", "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535", "255.255.255.255", 65535);
    row("IPv6", "PROXY TCP6 2001:db8::7 2001:DB8::2 54321 443", "2001:db8::7", 54321);
    row("longest IPv6", "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65535);
    row("shortest IPv6", "PROXY TCP6 ::1 :: 1 2", "::1", 1);
    row("IPv4 as IPv6", "PROXY TCP6 ::ffff:203.0.113.7 ::1 1 2", "203.0.113.7", 1);
    row("unknown", "PROXY UNKNOWN", "", 0);
    row("unknown, with words", "PROXY UNKNOWN ffff::1 what ever", "", 0);
    row("unknown, the longest", "PROXY UNKNOWN " + QByteArray(107 - 16, 'x'), "", 0);
}

void validBinaries()
{
    const auto row = [](const char *name, const QByteArray &bytes, const char *client = "", int port = 0) {
        QTest::addRow("binary %s", name) << bytes << QHostAddress(QString::fromLatin1(client)) << port;
    };
    row("IPv4", binary(0x21, 0x11, ipv4Addresses), "203.0.113.7", 54321);
    row("IPv6", binary(0x21, 0x21, ipv6Addresses), "2001:db8::7", 54321);
    row("IPv4 as IPv6", binary(0x21, 0x21, QByteArray::fromHex("00000000000000000000ffffcb007107") + QByteArray(20, 1)), "203.0.113.7",
        257);
    row("IPv4 with extensions", binary(0x21, 0x11, ipv4Addresses + tlv(0x01, "h2") + tlv(0x04, QByteArray(7, 0)) + tlv(0x20, "tls")),
        "203.0.113.7", 54321);
    row("IPv4 with the most", binary(0x21, 0x11, ipv4Addresses + QByteArray(2048 - 12, '\r')), "203.0.113.7", 54321);
    row("IPv6 with extensions", binary(0x21, 0x21, ipv6Addresses + tlv(0x02, "host")), "2001:db8::7", 54321);
    row("local", binary(0x20, 0x00, {}));
    row("local, family and addresses ignored", binary(0x20, 0xff, ipv4Addresses));
    row("unspecified", binary(0x21, 0x00, {}));
    row("unspecified with extensions", binary(0x21, 0x00, tlv(0x04, QByteArray(20, 0))));
    row("UDP over IPv4", binary(0x21, 0x12, ipv4Addresses));
    row("UDP over IPv6", binary(0x21, 0x22, ipv6Addresses));
    row("unix stream", binary(0x21, 0x31, QByteArray(216, 'a')));
    row("unix datagram", binary(0x21, 0x32, QByteArray(216, 'a')));
}

} // namespace

void TestProxyHeader::valid_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QHostAddress>("client");
    QTest::addColumn<int>("port");
    validTexts();
    validBinaries();
}

void TestProxyHeader::valid()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QHostAddress, client);
    QFETCH(int, port);
    for (qsizetype length = 0; length < bytes.size(); ++length) {
        const auto part = parseProxyHeader(view(bytes).substr(0, std::size_t(length)));
        QVERIFY2(!part && part.error() == ProxyFault::Incomplete, qPrintable(u"after %1 bytes"_s.arg(length)));
    }
    for (const QByteArray &behind : {""_ba, "G"_ba, "GET / HTTP/1.1\r\n\r\n"_ba, "\r\n"_ba, bytes, QByteArray(5000, '\0')}) {
        const auto header = parseProxyHeader(view(bytes + behind));
        QVERIFY(header);
        QCOMPARE(header->size, std::size_t(bytes.size()));
        QCOMPARE(header->client, client);
        QCOMPARE(header->client.isNull(), client.isNull());
        QCOMPARE(header->port, port);
    }
}

void TestProxyHeader::malformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto text = [](const QByteArray &line) { QTest::newRow(("text " + line).constData()) << QByteArray(line + "\r\n"); };
    for (const char *line :
         {"PROXY", "PROXY ", "proxy TCP4 1.1.1.1 2.2.2.2 1 2", "PROXY\tTCP4 1.1.1.1 2.2.2.2 1 2", "PROXY  TCP4 1.1.1.1 2.2.2.2 1 2",
          "PROXY TCP4", "PROXY TCP5 1.1.1.1 2.2.2.2 1 2", "PROXY tcp4 1.1.1.1 2.2.2.2 1 2", "PROXY UDP4 1.1.1.1 2.2.2.2 1 2",
          "PROXY UNKNOWNX", "PROXY unknown", "PROXY TCP4 1.1.1.1 2.2.2.2 1", "PROXY TCP4 1.1.1.1 2.2.2.2 1 2 3",
          "PROXY TCP4 1.1.1.1 2.2.2.2 1 2 ", "PROXY TCP4 1.1.1.1  2.2.2.2 1 2", "PROXY TCP4 1.1.1.1 2.2.2.2 1  ", "PROXY TCP4     "})
        text(line);
    for (const char *address : {"1.1.1", "1.1.1.", ".1.1.1", "1.1.1.1.", "1.1.1.1.1", "1.1.1.256", "1.1.1.01", "1.1.1.-1", "1.1.1.+1",
                                "1.1.1.0x1", "1.1.1.a", "1..1.1", "16843009", "::1", "localhost", "1.1.1.1%0", "a", ""}) {
        text("PROXY TCP4 "_ba + address + " 2.2.2.2 1 2");
        text("PROXY TCP4 2.2.2.2 "_ba + address + " 1 2");
    }
    for (const char *address : {"1.1.1.1",
                                ":",
                                ":::",
                                "1::2::3",
                                "::12345",
                                "1:2:3:4:5:6:7",
                                "1:2:3:4:5:6:7:8:9",
                                "::g",
                                "fe80::1%1",
                                "[::1]",
                                "::1/64",
                                "::1.2.3",
                                "::1.2.3.04",
                                "::1.2.3.4.5",
                                "::1.2.3.4:5",
                                "1:2:3:4:5:6:7:1.2.3.4",
                                ":1:2:3:4:5:6:7:8",
                                "1:2:3:4:5:6:7:8:",
                                "1:2:3:4:5:6:7:",
                                ""}) {
        text("PROXY TCP6 "_ba + address + " ::2 1 2");
        text("PROXY TCP6 ::2 "_ba + address + " 1 2");
    }
    for (const char *port : {"", "65536", "99999", "100000", "-1", "+1", "01", "00", "1a", "0x1", "1.0", "18446744073709551617"}) {
        text("PROXY TCP4 1.1.1.1 2.2.2.2 "_ba + port + " 2");
        text("PROXY TCP4 1.1.1.1 2.2.2.2 1 "_ba + port);
    }
    QTest::newRow("text with LF") << "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\n"_ba;
    QTest::newRow("text with CR only") << "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\rX"_ba;
    QTest::newRow("text with two CR") << "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\r\n"_ba;
    QTest::newRow("text with NUL") << "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\0\r\n"_ba;
    QTest::newRow("text with a control") << "PROXY UNKNOWN \x01\r\n"_ba;
    QTest::newRow("text beyond ASCII") << "PROXY UNKNOWN \xe4\r\n"_ba;
    QTest::newRow("text of 108 bytes") << QByteArray("PROXY UNKNOWN " + QByteArray(108 - 16, 'x') + "\r\n");
    QTest::newRow("text without an end") << QByteArray("PROXY UNKNOWN " + QByteArray(500, 'x'));
    QTest::newRow("no header but a request") << "GET / HTTP/1.1\r\n\r\n"_ba;
    QTest::newRow("POST begins like PROXY") << "POST / HTTP/1.1\r\n\r\n"_ba;
    QTest::newRow("TLS hello") << QByteArray::fromHex("16030102000100");
    QTest::newRow("signature damaged at its end") << QByteArray(signature.first(11) + "\r" + "\x21\x11");
    QTest::newRow("two line ends and a request") << "\r\n\r\nGET / HTTP/1.1\r\n\r\n"_ba;
    QTest::newRow("binary version 1") << binary(0x11, 0x11, ipv4Addresses);
    QTest::newRow("binary version 3") << binary(0x31, 0x11, ipv4Addresses);
    QTest::newRow("binary command 2") << binary(0x22, 0x11, ipv4Addresses);
    for (const int family : {0x01, 0x02, 0x10, 0x13, 0x20, 0x23, 0x30, 0x33, 0x41, 0xff})
        QTest::addRow("binary family %02x", family) << binary(0x21, family, ipv6Addresses);
    QTest::newRow("binary IPv4, too short") << binary(0x21, 0x11, ipv4Addresses.first(11));
    QTest::newRow("binary IPv4, nothing") << binary(0x21, 0x11, {});
    QTest::newRow("binary IPv6, too short") << binary(0x21, 0x21, ipv6Addresses.first(35));
    QTest::newRow("binary, 2049 bytes") << binary(0x21, 0x11, ipv4Addresses + QByteArray(2049 - 12, 0));
    QTest::newRow("binary, 65535 bytes") << binary(0x20, 0x00, QByteArray(65535, 0)).first(16);
}

void TestProxyHeader::malformed()
{
    QFETCH(QByteArray, bytes);
    bool wasMalformed = false;
    for (qsizetype length = 0; length <= bytes.size(); ++length) {
        const auto part = parseProxyHeader(view(bytes).substr(0, std::size_t(length)));
        QVERIFY(!part);
        QVERIFY2(!wasMalformed || part.error() == ProxyFault::Malformed, "mended by more bytes");
        wasMalformed = part.error() == ProxyFault::Malformed;
    }
    QVERIFY(wasMalformed);
}

void TestProxyHeader::oneHeader_isTakenOnly()
{
    const QByteArray one = "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n"_ba;
    const auto header = parseProxyHeader(view(one + "PROXY TCP4 3.3.3.3 2.2.2.2 1 2\r\n"));
    QVERIFY(header);
    QCOMPARE(header->client, QHostAddress(u"1.1.1.1"_s));
    QCOMPARE(header->size, std::size_t(one.size()));
}

QTEST_GUILESS_MAIN(TestProxyHeader)
#include "TestProxyHeader.moc"
