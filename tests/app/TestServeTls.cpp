#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"
#include "tests/support/Certificates.h"
#include "tests/support/TlsClient.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

QByteArray requestTo(const QByteArray &host, const QByteArray &field = "Accept: */*")
{
    return "GET /health/ready HTTP/1.1\r\nHost: " + host + "\r\n" + field + "\r\n\r\n";
}

/// Everything up to the end of the answer's head, and perhaps more.
QByteArray answerTo(TlsClient &client, const QByteArray &request)
{
    return client.ask(request, [](const QByteArray &received) { return received.contains("}"); });
}

} // namespace

/// A real server with TLS of its own: what it promises, and how it takes renewed certificates.
class TestServeTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void strictTransport_isPromisedOverTlsOnly();
    void strictTransport_isNoPromiseOfAServerWithoutTls();
    void renewedCertificate_servesTheNextHandshake();
    void badCertificate_isTriedAgain();
    void certificateOfARefusedReload_isTakenAllTheSame();
    void expiredCertificate_isNoOutage_data();
    void expiredCertificate_isNoOutage();
    void expiredCertificate_takesNoGoodOnesPlace();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const;
    void install(const TestCertificate &certificate) const;
    bool start(const TestCertificate &certificate);
    bool shows(const TestCertificate &certificate) const { return TlsClient(m_warder->port(), certificate.certificate).isGood(); }
    /// Whether all its threads serve the renewed one: until it says so, one may and the next may not.
    bool isRenewed() const { return m_warder->log().contains("certificate_renewed"); }
    bool answers(TlsClient &client) const { return answerTo(client, requestTo("localhost")).startsWith("HTTP/1.1 200"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WarderProcess> m_warder;
};

void TestServeTls::init()
{
    m_warder.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(path(u"data"_s));
}

/// In its place at once, as certificate tools do it.
void TestServeTls::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name + u".new"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    file.close();
    QCOMPARE(::rename(qPrintable(file.fileName()), qPrintable(path(name))), 0);
}

void TestServeTls::install(const TestCertificate &certificate) const
{
    write(u"key.pem"_s, certificate.key);
    write(u"cert.pem"_s, certificate.certificate);
}

bool TestServeTls::start(const TestCertificate &certificate)
{
    install(certificate);
    return m_warder->start(quickSettings()
                           + QStringList {u"--listen"_s, u"unix:"_s + path(u"w.sock"_s), u"--set"_s,
                                          u"http.tls_certificate="_s + path(u"cert.pem"_s), u"--set"_s,
                                          u"http.tls_key="_s + path(u"key.pem"_s)});
}

void TestServeTls::strictTransport_isPromisedOverTlsOnly()
{
    const TestCertificate certificate = makeCertificate();
    QVERIFY2(start(certificate), m_warder->log());
    TlsClient client(m_warder->port(), certificate.certificate);
    QVERIFY(client.isGood());
    QVERIFY(answerTo(client, requestTo("auth.example.com"))
                .toLower()
                .contains("\r\nstrict-transport-security: max-age=63072000; includesubdomains\r\n"));
    for (const char *local : {"localhost", "localhost:8443", "LOCALHOST", "app.localhost:8443"})
        QVERIFY2(!answerTo(client, requestTo(local)).toLower().contains("strict-transport-security"), local);
    for (const char *refused :
         {"GET /\x01 HTTP/1.1\r\nHost: auth.example.com\r\n\r\n", "BREW / HTTP/1.1\r\nHost: auth.example.com\r\n\r\n"}) {
        TlsClient other(m_warder->port(), certificate.certificate);
        QVERIFY2(answerTo(other, refused).toLower().contains("\r\nstrict-transport-security: max-age=63072000; includesubdomains\r\n"),
                 refused);
    }
    RawHttp plain(path(u"w.sock"_s));
    QCOMPARE(plain.ask(requestTo("auth.example.com")).value_or(RawAnswer()).header("strict-transport-security"), ""_ba);
    QCOMPARE(plain.ask(requestTo("auth.example.com", "X-Forwarded-Proto: https")).value_or(RawAnswer()).header("strict-transport-security"),
             "max-age=63072000; includeSubDomains"_ba);
    QCOMPARE(m_warder->stop(), Done);
}

void TestServeTls::strictTransport_isNoPromiseOfAServerWithoutTls()
{
    QVERIFY2(m_warder->start(quickSettings() + QStringList {u"--set"_s, u"http.trusted_proxies=127.0.0.1/32"_s}), m_warder->log());
    RawHttp client(m_warder->port());
    for (const char *proto : {"http", "https"}) { // to a proxy in front of it that promise belongs
        const auto answer = client.ask(requestTo("auth.example.com", "X-Forwarded-Proto: "_ba + proto)).value_or(RawAnswer());
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.header("strict-transport-security"), ""_ba);
    }
}

void TestServeTls::renewedCertificate_servesTheNextHandshake()
{
    const TestCertificate first = makeCertificate();
    const TestCertificate second = makeCertificate();
    QVERIFY2(start(first), m_warder->log());
    TlsClient standing(m_warder->port(), first.certificate);
    QVERIFY(standing.isGood() && answers(standing));
    install(second);
    QTRY_VERIFY_WITH_TIMEOUT(isRenewed(), patienceMs);
    QVERIFY(shows(second));
    QVERIFY(!shows(first));
    QVERIFY(answers(standing));
    standing.socket().abort();
    QCOMPARE(m_warder->stop(), Done);
}

void TestServeTls::badCertificate_isTriedAgain()
{
    const TestCertificate first = makeCertificate();
    const TestCertificate second = makeCertificate();
    QVERIFY2(start(first), m_warder->log());
    write(u"cert.pem"_s, second.certificate); // its key is still on the way
    QTRY_VERIFY_WITH_TIMEOUT(m_warder->log().contains("certificate_kept why="), patienceMs);
    QVERIFY(shows(first));
    write(u"key.pem"_s, second.key);
    QTRY_VERIFY_WITH_TIMEOUT(isRenewed(), patienceMs);
    QVERIFY(shows(second));
    QCOMPARE(m_warder->log().count("certificate_kept"), 1);
    QCOMPARE(m_warder->stop(), Done);
}

void TestServeTls::certificateOfARefusedReload_isTakenAllTheSame()
{
    const TestCertificate first = makeCertificate({.untilDays = 30});
    const TestCertificate second = makeCertificate({.untilDays = 60});
    QVERIFY2(start(first), m_warder->log());
    const auto until = [this] { return m_warder->command({u"server"_s, u"status"_s, u"--json"_s})["certificate_until"_L1].toString(); };
    const QString before = until();
    QVERIFY(m_warder->configure("http.unix_group = nobodies-friends\n"));
    install(second);
    m_warder->signal(SIGHUP);
    QTRY_VERIFY_WITH_TIMEOUT(m_warder->log().contains("there is no group nobodies-friends"), patienceMs);
    QVERIFY(until() == before || shows(second)); // what it tells is what it shows
    QTRY_VERIFY_WITH_TIMEOUT(isRenewed(), patienceMs);
    QVERIFY(shows(second));
    QVERIFY(until() > before);
    QCOMPARE(m_warder->stop(), Done);
}

void TestServeTls::expiredCertificate_isNoOutage_data()
{
    QTest::addColumn<int>("fromDays");
    QTest::addColumn<int>("untilDays");
    QTest::addColumn<QString>("problem");
    QTest::newRow("expired") << -90 << -2 << u"certificate_expired"_s;
    QTest::newRow("not valid yet") << 2 << 90 << u"certificate_not_valid_yet"_s;
    QTest::newRow("ends soon") << -80 << 9 << u"certificate_expires"_s;
}

/// A late renewal must not make the next start one.
void TestServeTls::expiredCertificate_isNoOutage()
{
    QFETCH(const int, fromDays);
    QFETCH(const int, untilDays);
    QFETCH(const QString, problem);
    QVERIFY2(start(makeCertificate({.fromDays = fromDays, .untilDays = untilDays})), m_warder->log());
    RawHttp plain(path(u"w.sock"_s));
    const auto ready = plain.ask(requestTo("localhost")).value_or(RawAnswer());
    QCOMPARE(ready.status, 200);
    QVERIFY2(ready.body.contains(problem.toLatin1()), ready.body);
    QVERIFY2(m_warder->log().contains("problem code=" + problem.toLatin1()), m_warder->log());
    const TestCertificate renewed = makeCertificate({.fromDays = -1, .untilDays = 90});
    install(renewed);
    QTRY_VERIFY_WITH_TIMEOUT(isRenewed(), patienceMs);
    QVERIFY(shows(renewed));
    QTRY_VERIFY(!plain.ask(requestTo("localhost")).value_or(RawAnswer()).body.contains("certificate_"));
    QCOMPARE(m_warder->stop(), Done);
}

void TestServeTls::expiredCertificate_takesNoGoodOnesPlace()
{
    const TestCertificate good = makeCertificate({.fromDays = -1, .untilDays = 90});
    QVERIFY2(start(good), m_warder->log());
    install(makeCertificate({.fromDays = -90, .untilDays = -2}));
    QTRY_VERIFY_WITH_TIMEOUT(m_warder->log().contains("certificate_kept why="), patienceMs);
    QVERIFY(shows(good));
    const auto reload = m_warder->command({u"server"_s, u"reload"_s});
    QVERIFY2(reload.code != Done && reload.err.contains("is expired or not valid yet: the former one serves on"), reload.err);
    QVERIFY(shows(good));
    QCOMPARE(m_warder->stop(), Done);
}

QTEST_GUILESS_MAIN(TestServeTls)
#include "TestServeTls.moc"
