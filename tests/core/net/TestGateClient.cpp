#include "core/net/gate/AddressText.h"
#include "core/net/gate/GateClient.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestGateClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hop_isReadAsProxiesWriteIt_data();
    void hop_isReadAsProxiesWriteIt();
    void walk_endsAtTheClient_data();
    void walk_endsAtTheClient();
    void protocol_isTheClientsSide_data();
    void protocol_isTheClientsSide();
    void proxy_isGivenAwayByItsWords_data();
    void proxy_isGivenAwayByItsWords();
    void proxyThatNamesNobody_isTold_data();
    void proxyThatNamesNobody_isTold();
    void wordOfAStranger_isNoMoreThanAClaim_data();
    void wordOfAStranger_isNoMoreThanAClaim();
};

namespace {

const GatePeer proxy {.address = QHostAddress(u"10.0.0.1"_s), .port = 4711};
const Subnets ours {QHostAddress::parseSubnet(u"10.0.0.0/8"_s)};

RequestHead headWith(const QByteArrayList &fields)
{
    RequestHead head {.method = "POST", .target = "/", .host = "h"};
    for (const QByteArray &field : fields) {
        const std::string_view line(field.data(), std::size_t(field.size()));
        head.fields.push_back({line.substr(0, line.find(':')), line.substr(line.find(':') + 1)});
    }
    return head;
}

} // namespace

void TestGateClient::hop_isReadAsProxiesWriteIt_data()
{
    QTest::addColumn<QByteArray>("hop");
    QTest::addColumn<QString>("address"); // empty: none
    const auto row = [](const char *hop, const char *address = "") {
        QTest::newRow(*hop ? hop : "nothing") << QByteArray(hop) << QString::fromLatin1(address);
    };
    row("203.0.113.7", "203.0.113.7");
    row("203.0.113.7:51234", "203.0.113.7");
    row("203.0.113.7:0", "203.0.113.7");
    row("\"203.0.113.7\"", "203.0.113.7");
    row("\"203.0.113.7:80\"", "203.0.113.7");
    row("2001:db8::7", "2001:db8::7");
    row("2001:DB8::7", "2001:db8::7");
    row("[2001:db8::7]", "2001:db8::7");
    row("[2001:db8::7]:51234", "2001:db8::7");
    row("\"[2001:db8::7]:51234\"", "2001:db8::7");
    row("fe80::1%eth0", "fe80::1");
    row("[fe80::1%25eth0]:1", "fe80::1");
    row("::ffff:203.0.113.7", "203.0.113.7");
    row("::ffff:203.0.113.7:51234", "203.0.113.7");
    row("[::ffff:203.0.113.7]:51234", "203.0.113.7");
    row("::1", "::1");
    for (const char *none : {"",
                             "unknown",
                             "_hidden",
                             "-",
                             "203.0.113",
                             "3405803783",
                             "0x7f.1",
                             "0xcb007107",
                             "127.1",
                             "203.0.113.07",
                             "203.0.113.256",
                             "203.0.113.7.",
                             "203.0.113.7.9",
                             " 203.0.113.7 ",
                             "203.0.113.7:",
                             "203.0.113.7:x",
                             "203.0.113.7:70000",
                             "203.0.113.7:1:2",
                             "203.0.113.7%eth0",
                             "203.0.113.7/32",
                             "[203.0.113.7]",
                             "[]",
                             "[",
                             "[2001:db8::7",
                             "2001:db8::7]",
                             "[2001:db8::7]x",
                             "[2001:db8::7]:",
                             "2001:db8:::7",
                             "2001:db8::g",
                             "for=203.0.113.7",
                             "localhost",
                             "\"",
                             "\"\"",
                             "\"203.0.113.7",
                             "%eth0",
                             ":80",
                             "unix:",
                             "203.0.113.7 10.0.0.1",
                             "\xc2\xb2"
                             "03.0.113.7"})
        row(none);
}

void TestGateClient::hop_isReadAsProxiesWriteIt()
{
    QFETCH(QByteArray, hop);
    const auto address = hopFrom({hop.data(), std::size_t(hop.size())});
    QTEST(address ? address->toString() : QString(), "address");
}

void TestGateClient::walk_endsAtTheClient_data()
{
    QTest::addColumn<QByteArrayList>("fields");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QByteArray>("unreadable"); // null: all was read
    QTest::newRow("one hop") << QByteArrayList {"X-Forwarded-For:203.0.113.7"} << u"203.0.113.7"_s << QByteArray();
    QTest::newRow("with a port") << QByteArrayList {"X-Forwarded-For:203.0.113.7:51234"} << u"203.0.113.7"_s << QByteArray();
    QTest::newRow("our proxies with ports") << QByteArrayList {"X-Forwarded-For:203.0.113.7, 10.0.0.2:443, [::ffff:10.0.0.3]:443"}
                                            << u"203.0.113.7"_s << QByteArray();
    QTest::newRow("what the client forged stands left of it")
        << QByteArrayList {"X-Forwarded-For:6.6.6.6, 203.0.113.7:1, 10.0.0.2"} << u"203.0.113.7"_s << QByteArray();
    QTest::newRow("rubbish left of the client is not looked at")
        << QByteArrayList {"X-Forwarded-For:rubbish, 203.0.113.7"} << u"203.0.113.7"_s << QByteArray();
    QTest::newRow("unknown") << QByteArrayList {"X-Forwarded-For:203.0.113.7, unknown"} << u"10.0.0.1"_s << "unknown"_ba;
    QTest::newRow("an empty last hop") << QByteArrayList {"X-Forwarded-For:203.0.113.7, "} << u"10.0.0.1"_s << ""_ba;
    QTest::newRow("an empty field") << QByteArrayList {"X-Forwarded-For:"} << u"10.0.0.1"_s << ""_ba;
    QTest::newRow("an empty field behind a good one")
        << QByteArrayList {"X-Forwarded-For:6.6.6.6", "X-Forwarded-For:"} << u"10.0.0.1"_s << ""_ba;
    QTest::newRow("a short form") << QByteArrayList {"X-Forwarded-For:203.0.113"} << u"10.0.0.1"_s << "203.0.113"_ba;
    QTest::newRow("a number") << QByteArrayList {"X-Forwarded-For:3405803783"} << u"10.0.0.1"_s << "3405803783"_ba;
    QTest::newRow("a hexadecimal form of this machine") << QByteArrayList {"X-Forwarded-For:0x7f.1"} << u"10.0.0.1"_s << "0x7f.1"_ba;
    QTest::newRow("two fields") << QByteArrayList {"X-Forwarded-For:203.0.113.7:1", "X-Forwarded-For:10.0.0.2:443"} << u"203.0.113.7"_s
                                << QByteArray();
    QTest::newRow("only proxies of ours") << QByteArrayList {"X-Forwarded-For:10.9.9.9, 10.0.0.2"} << u"10.9.9.9"_s << QByteArray();
}

void TestGateClient::walk_endsAtTheClient()
{
    QFETCH(QByteArrayList, fields);
    QFETCH(QByteArray, unreadable);
    const GateClient client = clientOf(headWith(fields), proxy, ours);
    QTEST(client.address.toString(), "client");
    QCOMPARE(client.unreadable.has_value(), !unreadable.isNull());
    if (client.unreadable)
        QCOMPARE(QByteArray(client.unreadable->data(), qsizetype(client.unreadable->size())), unreadable);
    const GatePeer stranger {.address = QHostAddress(u"198.51.100.1"_s)};
    QCOMPARE(clientOf(headWith(fields), stranger, ours).address, stranger.address);
}

void TestGateClient::protocol_isTheClientsSide_data()
{
    QTest::addColumn<QByteArrayList>("fields");
    QTest::addColumn<bool>("secure");
    QTest::newRow("none") << QByteArrayList {} << false;
    QTest::newRow("https") << QByteArrayList {"X-Forwarded-Proto:https"} << true;
    QTest::newRow("in capitals") << QByteArrayList {"x-forwarded-proto:HTTPS"} << true;
    QTest::newRow("http") << QByteArrayList {"X-Forwarded-Proto:http"} << false;
    QTest::newRow("TLS ends at the outer proxy") << QByteArrayList {"X-Forwarded-Proto:https, http"} << true;
    QTest::newRow("TLS between the proxies only") << QByteArrayList {"X-Forwarded-Proto:http, https"} << false;
    QTest::newRow("three proxies") << QByteArrayList {"X-Forwarded-Proto:https,http,http"} << true;
    QTest::newRow("a field each") << QByteArrayList {"X-Forwarded-Proto:https", "X-Forwarded-Proto:http"} << true;
    QTest::newRow("an empty first word") << QByteArrayList {"X-Forwarded-Proto:, https"} << false;
    QTest::newRow("another word") << QByteArrayList {"X-Forwarded-Proto:on"} << false;
}

void TestGateClient::protocol_isTheClientsSide()
{
    QFETCH(QByteArrayList, fields);
    QTEST(clientOf(headWith(fields), proxy, ours).secure, "secure");
    QVERIFY(!clientOf(headWith(fields), {.address = QHostAddress(u"198.51.100.1"_s)}, ours).secure);
    QVERIFY(clientOf(headWith(fields), {.address = QHostAddress(u"198.51.100.1"_s), .secure = true}, ours).secure);
}

void TestGateClient::proxy_isGivenAwayByItsWords_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<bool>("forwarded");
    for (const char *word :
         {"X-Forwarded-For:127.0.0.1", "X-Forwarded-For:", "x-forwarded-host:a", "X-Forwarded-Proto:https", "X-Forwarded-Server:a",
          "Forwarded:for=a", "Via:1.1 a", "X-Real-IP:a", "CF-Connecting-IP:a", "True-Client-IP:a", "X-Client-IP:a"})
        QTest::newRow(word) << QByteArray(word) << true;
    for (const char *word : {"Accept:text/plain", "Host:127.0.0.1", "X-Forward:a", "User-Agent:Prometheus/3.0"})
        QTest::newRow(word) << QByteArray(word) << false;
}

void TestGateClient::proxy_isGivenAwayByItsWords()
{
    QFETCH(QByteArray, field);
    const GatePeer here {.address = QHostAddress(QHostAddress::LocalHost)};
    RequestHead head = headWith({field});
    QTEST(clientOf(head, here, {}).forwarded, "forwarded");
    QTEST(clientOf(head, here, {{here.address, 32}}).forwarded, "forwarded");
    QVERIFY(clientOf(head, {.address = here.address, .isUnix = true}, {}).forwarded);
    QVERIFY(clientOf(head, {.address = here.address, .isCarried = true}, {}).forwarded);
    head.minor = 0;
    QVERIFY(clientOf(head, here, {}).forwarded);
}

void TestGateClient::proxyThatNamesNobody_isTold_data()
{
    QTest::addColumn<GatePeer>("peer");
    QTest::addColumn<QByteArrayList>("fields");
    QTest::addColumn<bool>("unnamed");
    QTest::newRow("says nothing") << proxy << QByteArrayList {} << true;
    QTest::newRow("says it in another field") << proxy << QByteArrayList {"Forwarded:for=203.0.113.7"} << true;
    QTest::newRow("names somebody") << proxy << QByteArrayList {"X-Forwarded-For:203.0.113.7"} << false;
    QTest::newRow("a unix socket without a word")
        << GatePeer {.address = QHostAddress(QHostAddress::LocalHost), .isUnix = true} << QByteArrayList {} << true;
    QTest::newRow("named in a PROXY header") << GatePeer {.address = proxy.address, .isCarried = true} << QByteArrayList {} << false;
    QTest::newRow("no proxy") << GatePeer {.address = QHostAddress(u"198.51.100.1"_s)} << QByteArrayList {} << false;
}

void TestGateClient::proxyThatNamesNobody_isTold()
{
    QFETCH(GatePeer, peer);
    QFETCH(QByteArrayList, fields);
    QTEST(clientOf(headWith(fields), peer, ours).unnamed, "unnamed");
}

void TestGateClient::wordOfAStranger_isNoMoreThanAClaim_data()
{
    QTest::addColumn<QByteArrayList>("fields");
    QTest::addColumn<QString>("claimed"); // empty: nobody
    QTest::newRow("no field") << QByteArrayList {} << QString();
    QTest::newRow("an address") << QByteArrayList {"X-Forwarded-For:203.0.113.7"} << u"203.0.113.7"_s;
    QTest::newRow("the last of them") << QByteArrayList {"X-Forwarded-For:198.51.100.9, 203.0.113.7"} << u"203.0.113.7"_s;
    QTest::newRow("the last field") << QByteArrayList {"X-Forwarded-For:198.51.100.9", "X-Forwarded-For:203.0.113.7"} << u"203.0.113.7"_s;
    QTest::newRow("the last that is no proxy of ours") << QByteArrayList {"X-Forwarded-For:203.0.113.7, 10.0.0.2"} << u"203.0.113.7"_s;
    QTest::newRow("proxies of ours alone") << QByteArrayList {"X-Forwarded-For:10.0.0.3, 10.0.0.2"} << u"10.0.0.3"_s;
    QTest::newRow("no address") << QByteArrayList {"X-Forwarded-For:203.0.113.7, unknown"} << QString();
    QTest::newRow("another field") << QByteArrayList {"X-Real-IP:203.0.113.7"} << QString();
}

void TestGateClient::wordOfAStranger_isNoMoreThanAClaim()
{
    QFETCH(QByteArrayList, fields);
    const GatePeer stranger {.address = QHostAddress(u"198.51.100.1"_s)};
    const GateClient client = clientOf(headWith(fields), stranger, ours);
    QTEST(client.claimed.value_or(QHostAddress()).toString(), "claimed");
    QCOMPARE(client.address, stranger.address);
    QVERIFY(!client.unreadable && !client.unnamed);
    QVERIFY(!clientOf(headWith(fields), proxy, ours).claimed); // whose word is believed
}

QTEST_GUILESS_MAIN(TestGateClient)
#include "TestGateClient.moc"
