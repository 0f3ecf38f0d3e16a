#include "core/net/gate/TlsContext.h"
#include "tests/support/Certificates.h"
#include "tests/support/EchoServer.h"
#include "tests/support/RawHttp.h"
#include "tests/support/TlsClient.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <thread>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;

namespace {

/// What /show says of a client.
QByteArray shown(TlsClient &client)
{
    return client.ask(RawHttp::request("GET", "/show"),
                      [](const QByteArray &all) { return all.contains(" HTTP") || all.contains("plain") || all.contains("secure"); });
}

} // namespace

/// The gate over TLS, and behind a PROXY header.
class TestTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void requests_areServed();
    void pipelined_inOneRecord_areAllServed();
    void lastAnswer_endsWithAnAlert();
    void refusal_arrives();
    void plainClient_isCutOff();
    void silentClient_isCutOff();
    void silentClients_holdNobodyUp();
    void stop_waitsForNoHandshake_data();
    void stop_waitsForNoHandshake();
    void newCertificate_servesTheNextHandshake();
    void certificateSwap_losesNothing();
    void proxyHeader_namesTheClient();
    void proxyHeader_leavesTheProxyTheWordAboutTls();
    void proxyHeader_goesBeforeTls();
    void proxyHeader_afterTlsIsGone_keepsTheCertificateItBeganWith();
    void proxyHeader_isDueFromProxiesOnly();
    void missingHeader_isCutOff();
    void proxiedClients_haveTheirOwnShare();

private:
    std::shared_ptr<const TlsContext> contextFor(const TestCertificate &certificate);
    void serveTls();

    QTemporaryDir m_folder;
    std::unique_ptr<EchoServer> m_server;
    TestCertificate m_certificate;
};

void TestTls::init()
{
    ListenerLimits limits;
    limits.drainIdle = limits.linger = Milliseconds(100);
    m_server = std::make_unique<EchoServer>(limits);
}

std::shared_ptr<const TlsContext> TestTls::contextFor(const TestCertificate &certificate)
{
    const auto write = [this](const QString &name, const QByteArray &bytes) {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(name));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return file.fileName();
    };
    return TlsContext::load(write(u"c.pem"_s, certificate.certificate), write(u"k.pem"_s, certificate.key)).value();
}

void TestTls::serveTls()
{
    m_certificate = makeCertificate();
    m_server->tls = contextFor(m_certificate);
    QCOMPARE(m_server->listen(), QString());
}

void TestTls::requests_areServed()
{
    serveTls();
    TlsClient client(m_server->port(), m_certificate.certificate);
    QVERIFY(client.isGood());
    for (int i = 0; i < 3; ++i)
        QVERIFY(shown(client).contains("127.0.0.1 127.0.0.1 secure"));
    const auto big = client.ask(RawHttp::request("GET", "/big"), [](const QByteArray &all) { return all.size() > 4 * 1024 * 1024; });
    QVERIFY(big.startsWith("HTTP/1.1 200"));
}

void TestTls::pipelined_inOneRecord_areAllServed()
{
    serveTls();
    TlsClient client(m_server->port(), m_certificate.certificate);
    QVERIFY(client.isGood());
    const QByteArray all = client.ask(RawHttp::request("POST", "/later", {}, "abc").repeated(100), [](const QByteArray &received) {
        return received.count("HTTP/1.1 200") == 100 && received.endsWith("abc");
    });
    QCOMPARE(all.count("HTTP/1.1 200"), 100);
}

void TestTls::lastAnswer_endsWithAnAlert()
{
    serveTls();
    TlsClient client(m_server->port(), m_certificate.certificate);
    QVERIFY(client.isGood());
    const QByteArray all = client.ask(RawHttp::request("GET", "/hello", {"Connection: close"}), [](const QByteArray &) { return false; });
    QVERIFY(all.endsWith("hi"));
    QCOMPARE(client.socket().error(), QAbstractSocket::RemoteHostClosedError); // and not that something may be missing
}

void TestTls::refusal_arrives()
{
    serveTls();
    TlsClient client(m_server->port(), m_certificate.certificate);
    QVERIFY(client.isGood());
    const QByteArray all = client.ask("GET /hello HTTP/1.1\r\n\r\n", [](const QByteArray &) { return false; });
    QVERIFY(all.startsWith("HTTP/1.1 400"));
}

void TestTls::plainClient_isCutOff()
{
    serveTls();
    RawHttp client(m_server->port());
    QVERIFY(client.send(RawHttp::request("GET", "/hello")));
    QVERIFY(!client.readToEnd().contains("HTTP"));
    QTRY_COMPARE(m_server->counts.failedEntries(), 1);
    QTRY_COMPARE(m_server->counts.connections(), 0);
}

void TestTls::silentClient_isCutOff()
{
    m_server->limits.handshake = Milliseconds(60);
    serveTls();
    RawHttp client(m_server->port());
    QVERIFY(client.isClosedByServer());
    QTRY_COMPARE(m_server->counts.connections(), 0);
    QCOMPARE(m_server->counts.timedOut(), 1);
}

void TestTls::silentClients_holdNobodyUp()
{
    serveTls();
    std::deque<RawHttp> silent;
    for (int i = 0; i < 100; ++i)
        silent.emplace_back(m_server->port());
    QTRY_COMPARE(m_server->counts.connections(), 100);
    TlsClient client(m_server->port(), m_certificate.certificate);
    QVERIFY(shown(client).contains("secure"));
    m_server->listener.stop(Milliseconds(60'000));
    QCOMPARE(m_server->counts.connections(), 0);
}

void TestTls::stop_waitsForNoHandshake_data()
{
    QTest::addColumn<bool>("isProxied");
    QTest::addColumn<bool>("sendsHeader");
    QTest::newRow("under way") << false << false;
    QTest::newRow("a PROXY header is due") << true << false;
    QTest::newRow("a PROXY header comes late") << true << true;
}

void TestTls::stop_waitsForNoHandshake()
{
    QFETCH(bool, isProxied);
    QFETCH(bool, sendsHeader);
    m_server->limits.handshake = std::chrono::hours(1);
    m_server->limits.drainIdle = Milliseconds(sendsHeader ? 1000 : 100);
    m_server->limits.proxyProtocol = isProxied;
    m_server->limits.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.1/32"_s)};
    serveTls();
    const quint16 port = m_server->port();
    RawHttp client(port);
    QTRY_COMPARE(m_server->counts.connections(), 1);
    std::jthread late([&client, port, sendsHeader] {
        if (!sendsHeader)
            return;
        while (RawHttp(port).isConnected())
            std::this_thread::yield(); // until the stop has closed the listening socket
        client.send("PROXY TCP4 203.0.113.9 192.0.2.1 4711 443\r\n");
    });
    m_server->listener.stop(Milliseconds(20'000));
    late.join();
    QVERIFY(m_server->counts.timedOut() > 0); // and not aborted at the end of these 20 s
}

void TestTls::newCertificate_servesTheNextHandshake()
{
    serveTls();
    TlsClient first(m_server->port(), m_certificate.certificate);
    QVERIFY(first.isGood());
    const TestCertificate renewed = makeCertificate();
    m_server->tls = contextFor(renewed);
    QVERIFY(m_server->listener.reconfigure(localSockets(), m_server->config()));
    QTRY_VERIFY(TlsClient(m_server->port(), renewed.certificate).isGood());
    QVERIFY(!TlsClient(m_server->port(), m_certificate.certificate).isGood());
    QVERIFY(shown(first).contains("secure"));
}

void TestTls::certificateSwap_losesNothing()
{
    serveTls();
    const TestCertificate other = makeCertificate();
    const std::array contexts {m_server->tls, contextFor(other)};
    const QByteArray trusted = m_certificate.certificate + other.certificate;
    std::atomic<bool> enough = false;
    std::atomic<int> answered = 0;
    std::atomic<int> lost = 0;
    const auto load = [&](quint16 port) {
        while (!enough) {
            TlsClient client(port, trusted);
            for (int i = 0; i < 5; ++i)
                ++(client.isGood() && shown(client).contains("secure") ? answered : lost);
        }
    };
    std::vector<std::jthread> clients;
    for (int i = 0; i < 3; ++i)
        clients.emplace_back(load, m_server->port());
    for (std::size_t i = 1; i <= 20; ++i) {
        m_server->tls = contexts.at(i % 2);
        QVERIFY(m_server->listener.reconfigure(localSockets(), m_server->config()));
        const int before = answered;
        QTRY_VERIFY(answered > before + 5);
    }
    enough = true;
    clients.clear();
    QCOMPARE(lost.load(), 0);
}

void TestTls::proxyHeader_namesTheClient()
{
    m_server->limits.proxyProtocol = true;
    m_server->limits.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.1/32"_s)};
    QCOMPARE(m_server->listen(), QString());
    RawHttp client(m_server->port());
    for (const char byte : "PROXY TCP4 203.0.113.9 192.0.2.1 4711 80\r\n"_ba)
        QVERIFY(client.send({&byte, 1}));
    const auto answer = client.ask(RawHttp::request("GET", "/show", {"X-Forwarded-For: 198.51.100.1"}));
    QVERIFY(answer && answer->body.contains("203.0.113.9 203.0.113.9 plain"));
    RawHttp local(m_server->port());
    QVERIFY(local.send(QByteArray("\r\n\r\n\0\r\nQUIT\n\x20\0\0\0", 16))); // LOCAL: the proxy's own
    QVERIFY(local.ask(RawHttp::request("GET", "/show"))->body.contains("127.0.0.1 127.0.0.1 plain"));
}

void TestTls::proxyHeader_leavesTheProxyTheWordAboutTls()
{
    m_server->limits.proxyProtocol = true;
    m_server->limits.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.1/32"_s)};
    QCOMPARE(m_server->listen(), QString());
    RawHttp client(m_server->port());
    QVERIFY(client.send("PROXY TCP4 203.0.113.9 192.0.2.1 4711 443\r\n"));
    const auto asked = [&client](const QByteArrayList &headers) {
        return client.ask(RawHttp::request("GET", "/show", headers)).value_or(RawAnswer()).body;
    };
    QVERIFY(asked({"X-Forwarded-For: 198.51.100.1", "X-Forwarded-Proto: https"}).contains("203.0.113.9 203.0.113.9 secure"));
    QVERIFY(asked({"X-Forwarded-Proto: http"}).contains("203.0.113.9 203.0.113.9 plain"));
    QVERIFY(asked({}).contains("203.0.113.9 203.0.113.9 plain"));
}

void TestTls::proxyHeader_goesBeforeTls()
{
    m_server->limits.proxyProtocol = true;
    m_server->limits.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.1/32"_s)};
    serveTls();
    TlsClient client(m_server->port(), m_certificate.certificate,
                     [](QSslSocket &socket) { socket.write("PROXY TCP6 2001:db8::9 ::1 4711 443\r\n"); });
    QVERIFY(client.isGood());
    QVERIFY(shown(client).contains("2001:db8::9 2001:db8::9 secure"));
}

void TestTls::proxyHeader_afterTlsIsGone_keepsTheCertificateItBeganWith()
{
    m_server->limits.proxyProtocol = true;
    m_server->limits.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.1/32"_s)};
    serveTls();
    TlsClient client(m_server->port(), m_certificate.certificate, [this](QSslSocket &socket) {
        QTRY_COMPARE(m_server->counts.connections(), 1);
        m_server->tls.reset();
        QVERIFY(m_server->listener.reconfigure(localSockets(), m_server->config()));
        socket.write("PROXY TCP4 203.0.113.9 192.0.2.1 4711 443\r\n");
    });
    QVERIFY(client.isGood());
    QVERIFY(shown(client).contains("203.0.113.9 203.0.113.9 secure"));
}

void TestTls::proxyHeader_isDueFromProxiesOnly()
{
    m_server->limits.proxyProtocol = true;
    QCOMPARE(m_server->listen(), QString());
    RawHttp client(m_server->port());
    QCOMPARE(client.ask("PROXY TCP4 203.0.113.9 192.0.2.1 4711 80\r\n").value_or(RawAnswer()).status, 400);
    RawHttp plain(m_server->port());
    QCOMPARE(plain.ask(RawHttp::request("GET", "/hello")).value_or(RawAnswer()).status, 200);
}

void TestTls::missingHeader_isCutOff()
{
    m_server->limits.proxyProtocol = true;
    m_server->limits.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.1/32"_s)};
    m_server->limits.handshake = Milliseconds(200);
    QCOMPARE(m_server->listen(), QString());
    RawHttp client(m_server->port());
    QVERIFY(client.send(RawHttp::request("GET", "/hello")));
    QVERIFY(client.readToEnd().isEmpty());
    QTRY_COMPARE(m_server->counts.failedEntries(), 1);
    RawHttp silent(m_server->port());
    QVERIFY(silent.send("PROXY TC") && silent.isClosedByServer());
    QTRY_COMPARE(m_server->counts.timedOut(), 1);
    QTRY_COMPARE(m_server->counts.connections(), 0);
}

void TestTls::proxiedClients_haveTheirOwnShare()
{
    m_server->limits.proxyProtocol = true;
    m_server->limits.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.1/32"_s)};
    m_server->limits.connectionsPerAddress = 1;
    QCOMPARE(m_server->listen(), QString());
    const auto asking = [](RawHttp &client, const QByteArray &who) {
        return client.ask("PROXY TCP4 " + who + " 192.0.2.1 4711 80\r\n" + RawHttp::request("GET", "/hello")).value_or(RawAnswer()).status;
    };
    RawHttp first(m_server->port());
    RawHttp second(m_server->port());
    RawHttp third(m_server->port());
    QCOMPARE(asking(first, "203.0.113.9"), 200);
    QCOMPARE(asking(second, "203.0.113.10"), 200);
    QCOMPARE(asking(third, "203.0.113.9"), 0);
    QTRY_COMPARE(m_server->counts.connections(), 2);
}

QTEST_GUILESS_MAIN(TestTls)
#include "TestTls.moc"
