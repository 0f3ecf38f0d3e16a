#include "core/net/gate/TlsContext.h"
#include "core/outbound/HttpsClient.h"
#include "tests/support/Certificates.h"
#include "tests/support/EchoServer.h"
#include "tests/support/RangeServer.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// How other servers are asked, over real sockets.
class TestHttpsClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void plain_isForThisMachineOnly_data();
    void plain_isForThisMachineOnly();
    void headers_areSent();
    void forms_arePosted();
    void privateMachines_areNotAsked_whereOnlyPublicOnesAre();
    void proxies_ofTheEnvironment_areNotAsked();
    void redirects_areNotFollowed();
    void hugeAnswers_areCutOff();
    void silence_endsAtTheTimeout();
    void nobodyThere_isNoAnswer();
    void certificates_areChecked_data();
    void certificates_areChecked();
    void manyAtOnce_areAnswered();

private:
    QByteArray place(const QByteArray &path) const { return "http://127.0.0.1:" + QByteArray::number(m_server->port()) + path; }
    std::shared_ptr<const TlsContext> contextFor(const TestCertificate &certificate) const;

    QTemporaryDir m_folder;
    std::unique_ptr<EchoServer> m_server;
    const HttpsClient m_client;
};

void TestHttpsClient::init()
{
    ListenerLimits limits;
    limits.drainIdle = limits.linger = Milliseconds(100);
    m_server = std::make_unique<EchoServer>(limits);
}

void TestHttpsClient::plain_isForThisMachineOnly_data()
{
    QTest::addColumn<QByteArray>("url"); // @: the port
    QTest::addColumn<bool>("asked");
    QTest::newRow("its address") << "http://127.0.0.1:@/hello"_ba << true;
    QTest::newRow("another of them") << "http://127.0.0.2:@/hello"_ba << false; // nobody listens there
    QTest::newRow("its name, which could lead elsewhere") << "http://localhost:@/hello"_ba << false;
    QTest::newRow("another machine") << "http://192.0.2.1:@/hello"_ba << false;
    QTest::newRow("a name that only begins like an address") << "http://127.0.0.1.example:@/hello"_ba << false;
    QTest::newRow("with a user") << "http://ann@127.0.0.1:@/hello"_ba << false;
    QTest::newRow("a file") << "file:///etc/hostname"_ba << false;
    QTest::newRow("another protocol") << "gopher://127.0.0.1:@/hello"_ba << false;
    QTest::newRow("no URL") << "hello"_ba << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void TestHttpsClient::plain_isForThisMachineOnly()
{
    QFETCH(QByteArray, url);
    QFETCH(const bool, asked);
    QCOMPARE(m_server->listen(), QString());
    url.replace('@', QByteArray::number(m_server->port()));
    const auto answer = m_client.ask({.url = url, .timeout = Seconds {20}});
    QCOMPARE(answer.has_value(), asked);
    QCOMPARE(m_server->handler.handled(), int(asked));
    if (!asked) {
        QVERIFY(!answer.error().isEmpty());
        QVERIFY(!answer.error().contains("hello"_L1)); // whatever the question was
        return;
    }
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, "hi"_ba);
}

void TestHttpsClient::headers_areSent()
{
    QCOMPARE(m_server->listen(), QString());
    const auto answer = m_client.ask({.url = place("/show?a=b"), .headers = {"Add-Padding: true", "X-Test: once"}});
    QVERIFY2(answer && answer->body.startsWith("GET /show?a=b 127.0.0.1"), answer ? answer->body : answer.error().toUtf8());
    QVERIFY(answer->body.endsWith(" once"));
}

void TestHttpsClient::forms_arePosted()
{
    QCOMPARE(m_server->listen(), QString());
    const auto echoed = m_client.ask({.url = place("/echo"), .form = "a=b&c=%26"_ba});
    QVERIFY2(echoed, echoed ? "" : qPrintable(echoed.error()));
    QCOMPARE(echoed->body, "a=b&c=%26"_ba);
    const auto shown = m_client.ask({.url = place("/show"), .headers = {"X-Test: once"}, .form = ""_ba});
    QVERIFY2(shown && shown->body.startsWith("POST /show") && shown->body.endsWith(" once"), shown ? shown->body : shown.error().toUtf8());
    const auto large = m_client.ask({.url = place("/echo"), .form = QByteArray(60'000, 'x')}); // which libcurl would ask for leave to send
    QVERIFY(large && large->body.size() == 60'000);
}

void TestHttpsClient::privateMachines_areNotAsked_whereOnlyPublicOnesAre()
{
    QCOMPARE(m_server->listen(), QString());
    const auto refused = m_client.ask({.url = place("/hello"), .form = "secret"_ba, .onlyPublic = true});
    QVERIFY(!refused);
    QCOMPARE(refused.error(), u"the name leads to 127.0.0.1, which is no address of the internet"_s);
    QCOMPARE(m_server->handler.handled(), 0);
    const TestCertificate authority = makeCertificate({.names = {}, .isAuthority = true});
    EchoServer secure(ListenerLimits {});
    secure.tls = contextFor(makeCertificate({}, &authority));
    QCOMPARE(secure.listen(), QString());
    const HttpsClient client(authority.certificate);
    const QByteArray byName = "https://localhost:" + QByteArray::number(secure.port()) + "/hello"; // whose name says nothing of it
    QVERIFY(client.ask({.url = byName, .timeout = Seconds {60}}));
    QVERIFY(!client.ask({.url = byName, .timeout = Seconds {60}, .onlyPublic = true}));
    QCOMPARE(secure.handler.handled(), 1);
}

void TestHttpsClient::proxies_ofTheEnvironment_areNotAsked()
{
    QCOMPARE(m_server->listen(), QString());
    const auto cleanup = qScopeGuard([] {
        qunsetenv("http_proxy");
        qunsetenv("all_proxy");
    });
    qputenv("http_proxy", "http://127.0.0.1:1");
    qputenv("all_proxy", "socks5://127.0.0.1:1");
    QVERIFY(m_client.ask({.url = place("/hello")}));
}

void TestHttpsClient::redirects_areNotFollowed()
{
    RangeServer server;
    server.answer(RangeServer::Answers::ByRedirect);
    const auto answer = m_client.ask({.url = server.url() + "/here"});
    QVERIFY(answer);
    QCOMPARE(answer->status, 302);
    QCOMPARE(server.asked(), QByteArrayList {"/here"});
}

void TestHttpsClient::hugeAnswers_areCutOff()
{
    QCOMPARE(m_server->listen(), QString());
    QVERIFY(!m_client.ask({.url = place("/big"), .timeout = Seconds {60}}));
    QVERIFY(!m_client.ask({.url = place("/hello"), .mostBytes = 1}));
    const auto whole = m_client.ask({.url = place("/big"), .timeout = Seconds {60}, .mostBytes = 4 << 20}); // just that
    QVERIFY(whole);
    QCOMPARE(whole->body.size(), 4 << 20);
}

void TestHttpsClient::silence_endsAtTheTimeout()
{
    QTcpServer silent; // takes the connection and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    QElapsedTimer timer;
    timer.start();
    const QByteArray url = "http://127.0.0.1:" + QByteArray::number(silent.serverPort());
    QVERIFY(!m_client.ask({.url = url, .timeout = Milliseconds {300}}));
    QVERIFY(timer.elapsed() >= 290);
    QVERIFY(timer.elapsed() < 60'000);
    QVERIFY(!m_client.ask({.url = "https" + url.sliced(4), .timeout = Milliseconds {300}})); // in the midst of the handshake
}

void TestHttpsClient::nobodyThere_isNoAnswer()
{
    quint16 port = 0;
    {
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        port = gone.serverPort();
    }
    const auto answer = m_client.ask({.url = "http://127.0.0.1:" + QByteArray::number(port)});
    QVERIFY(!answer);
    QVERIFY(!answer.error().isEmpty());
}

std::shared_ptr<const TlsContext> TestHttpsClient::contextFor(const TestCertificate &certificate) const
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

void TestHttpsClient::certificates_areChecked_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<int>("untilDays");
    QTest::addColumn<bool>("known");
    QTest::addColumn<bool>("believed");
    QTest::newRow("of an authority that is known") << "DNS:localhost,IP:127.0.0.1"_ba << 30 << true << true;
    QTest::newRow("of one that the system does not know") << "DNS:localhost,IP:127.0.0.1"_ba << 30 << false << false;
    QTest::newRow("for another name") << "DNS:bank.example"_ba << 30 << true << false;
    QTest::newRow("expired") << "DNS:localhost,IP:127.0.0.1"_ba << -1 << true << false;
}

void TestHttpsClient::certificates_areChecked()
{
    QFETCH(const QByteArray, names);
    QFETCH(const int, untilDays);
    QFETCH(const bool, known);
    const TestCertificate authority = makeCertificate({.names = {}, .isAuthority = true});
    m_server->tls = contextFor(makeCertificate({.fromDays = -2, .untilDays = untilDays, .names = names}, &authority));
    QCOMPARE(m_server->listen(), QString());
    const HttpsClient client(known ? authority.certificate : QByteArray());
    const auto answer = client.ask({.url = "https" + place("/hello").sliced(4), .timeout = Seconds {60}});
    QTEST(answer.has_value(), "believed");
    QCOMPARE(m_server->handler.handled(), int(answer.has_value())); // nothing was asked before
}

void TestHttpsClient::manyAtOnce_areAnswered()
{
    QCOMPARE(m_server->listen(), QString());
    std::atomic<int> answered = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int j = 0; j < 5; ++j) {
                    const auto answer = m_client.ask({.url = place("/later"), .timeout = Seconds {60}});
                    answered += answer && answer->status == 200;
                }
            });
    }
    QCOMPARE(answered, 40);
}

QTEST_GUILESS_MAIN(TestHttpsClient)
#include "TestHttpsClient.moc"
