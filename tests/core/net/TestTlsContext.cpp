#include "core/crypto/CryptoLibraries.h"
#include "core/net/gate/TlsContext.h"
#include "tests/support/Certificates.h"
#include "tests/support/LogCapture.h"
#include "tests/support/TlsPair.h"

#include <QFile>
#include <QProcess>
#include <QSslCipher>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What makes a certificate unfit, and what a client is offered.
class TestTlsContext : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();

    void load_takes_data();
    void load_takes();
    void load_refuses_data();
    void load_refuses();
    void load_refusesWhatItMayNotRead();
    void load_warnsOfAnOpenKey_data();
    void load_warnsOfAnOpenKey();
    void load_ofAPairThatDoesNotFit_warnsOfNothing();
    void load_tellsWhatItRead();

    void handshake_ofEachVersion_data();
    void handshake_ofEachVersion();
    void handshake_ofTls11_isRefused();
    void handshake_ofListedSuites_data();
    void handshake_ofListedSuites();
    void handshake_ofOtherSuites_fails_data();
    void handshake_ofOtherSuites_fails();
    void handshake_theServerChooses();
    void handshake_speaksOnlyHttp11_data();
    void handshake_speaksOnlyHttp11();
    void handshake_isOverCurvesOnly_data();
    void handshake_isOverCurvesOnly();
    void handshake_asksForNoCertificate();
    void session_isNeverResumed_data();
    void session_isNeverResumed();
    void client_mayNotRenegotiate();
    void handshake_showsTheChain();

private:
    QString certificatePath() const { return m_folder->filePath(u"server.crt"_s); }
    QString keyPath() const { return m_folder->filePath(u"server.key"_s); }
    static void write(const QString &path, const QByteArray &bytes, mode_t mode = 0600);
    void write(const QByteArray &certificate, const QByteArray &key) const;
    Result<std::shared_ptr<const TlsContext>> load() const { return TlsContext::load(certificatePath(), keyPath()); }
    std::shared_ptr<const TlsContext> contextOf(const TestCertificate &certificate) const;
    QSslConfiguration clientOf(QSsl::SslProtocol protocol = QSsl::TlsV1_2OrLater) const;

    CryptoLibraries m_libraries;
    std::unique_ptr<QTemporaryDir> m_folder;
    TestCertificate m_authority;
    TestCertificate m_ec;
    TestCertificate m_rsa;
};

namespace {

using Change = std::function<void(const QString &certificate, const QString &key)>;

/// Root reads everything; while this lives it is bound by permissions as everybody else is.
class WithoutRootsRights final
{
public:
    WithoutRootsRights()
    {
        syscall(SYS_capget, &m_header, m_before.data());
        auto fewer = m_before;
        fewer[0].effective &= ~((1U << CAP_DAC_OVERRIDE) | (1U << CAP_DAC_READ_SEARCH));
        syscall(SYS_capset, &m_header, fewer.data());
    }
    ~WithoutRootsRights() { syscall(SYS_capset, &m_header, m_before.data()); }

private:
    __user_cap_header_struct m_header {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    std::array<__user_cap_data_struct, 2> m_before {};
};

/// What `openssl s_client` says to all it meets.
QByteArray openssl(quint16 port, const QStringList &options, const QByteArray &input)
{
    QProcess client;
    client.setProcessChannelMode(QProcess::MergedChannels);
    client.start(u"openssl"_s, QStringList {u"s_client"_s, u"-connect"_s, u"127.0.0.1:%1"_s.arg(port)} + options);
    QByteArray said;
    const auto hasReported = [&] {
        said += client.readAll();
        const bool hasKept = !options.contains(u"-sess_out"_s) || QFile::exists(options.last());
        return (said.contains("Verify return code") && hasKept) || client.state() == QProcess::NotRunning;
    };
    if (QTest::qWaitFor(hasReported, 20'000))
        client.write(input);
    if (!QTest::qWaitFor([&] { return client.state() == QProcess::NotRunning; }, 20'000))
        client.kill();
    client.waitForFinished();
    return said + client.readAll();
}

QByteArray headOf(const QByteArray &pem) { return pem.first(pem.size() / 2); }

} // namespace

void TestTlsContext::initTestCase()
{
    m_authority = makeCertificate({.isAuthority = true});
    m_ec = makeCertificate({}, &m_authority);
    m_rsa = makeCertificate({.key = "RSA2048"}, &m_authority);
}

void TestTlsContext::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestTlsContext::write(const QString &path, const QByteArray &bytes, mode_t mode)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    QCOMPARE(chmod(QFile::encodeName(path).constData(), mode), 0);
}

void TestTlsContext::write(const QByteArray &certificate, const QByteArray &key) const
{
    write(certificatePath(), certificate, 0644);
    write(keyPath(), key);
}

std::shared_ptr<const TlsContext> TestTlsContext::contextOf(const TestCertificate &certificate) const
{
    write(certificate.certificate, certificate.key);
    const auto context = load();
    return context ? *context : nullptr;
}

QSslConfiguration TestTlsContext::clientOf(QSsl::SslProtocol protocol) const
{
    QSslConfiguration client;
    client.setProtocol(protocol);
    client.setCaCertificates(QSslCertificate::fromData(m_authority.certificate));
    return client;
}

void TestTlsContext::load_takes_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("length");
    const auto row = [](const char *name, const QByteArray &certificate, const QByteArray &key, int length = 1) {
        QTest::newRow(name) << certificate << key << length;
    };
    row("P-256", m_ec.certificate, m_ec.key);
    row("P-256, older form", m_ec.certificate, traditionalKey(m_ec.key));
    row("P-256, after its parameters", m_ec.certificate,
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + traditionalKey(m_ec.key));
    row("RSA 2048", m_rsa.certificate, m_rsa.key);
    row("RSA 2048, older form", m_rsa.certificate, traditionalKey(m_rsa.key));
    row("with the authority after it", m_ec.certificate + m_authority.certificate, m_ec.key, 2);
    row("with words and CRLF", "Subject: me\r\n" + QByteArray(m_ec.certificate).replace("\n", "\r\n"), m_ec.key);
    row("everything in both files", m_ec.certificate + m_ec.key, m_ec.certificate + m_ec.key);
    row("an authority that expired", m_ec.certificate + makeCertificate({.fromDays = -9, .untilDays = -2}).certificate, m_ec.key, 2);
    for (const QByteArray &curve : {"P-384"_ba, "P-521"_ba}) {
        const auto made = makeCertificate({.key = curve});
        row(curve, made.certificate, made.key);
    }
    const auto self = makeCertificate({.isAuthority = true});
    row("an authority for itself, as openssl req makes them", self.certificate, self.key);
}

void TestTlsContext::load_takes()
{
    QFETCH(const QByteArray, certificate);
    QFETCH(const QByteArray, key);
    QFETCH(const int, length);
    write(certificate, key);
    const auto context = load();
    QVERIFY2(context, context ? "" : qPrintable(context.error().detail));
    QCOMPARE((*context)->configuration().localCertificateChain().size(), length);
    QSslConfiguration client;
    client.setPeerVerifyMode(QSslSocket::VerifyNone);
    TlsPair pair((*context)->configuration());
    QVERIFY2(pair.greet(client), qPrintable(pair.client().errorString()));
}

void TestTlsContext::load_refuses_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<Change>("spoil");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const QByteArray &certificate, const QByteArray &key, const QString &file, const QString &told,
                        const Change &spoil = {}) { QTest::newRow(name) << certificate << key << spoil << file << told; };
    const auto ofFiles = [&](const char *name, const QString &file, const QString &told, const Change &spoil) {
        row(name, m_ec.certificate, m_ec.key, file, told, spoil);
    };
    ofFiles("certificate missing", u"server.crt"_s, u"does not exist: put it there, or change the setting http.tls_certificate"_s,
            [](const QString &certificate, const QString &) { QFile::remove(certificate); });
    ofFiles("key missing", u"server.key"_s, u"does not exist: put it there, or change the setting http.tls_key"_s,
            [](const QString &, const QString &key) { QFile::remove(key); });
    ofFiles("a folder", u"server.crt"_s, u"is not a regular file"_s,
            [](const QString &certificate, const QString &) { QVERIFY(QFile::remove(certificate) && QDir().mkdir(certificate)); });
    ofFiles("a FIFO, which must not block", u"server.key"_s, u"is not a regular file"_s,
            [](const QString &, const QString &key) { QVERIFY(QFile::remove(key) && mkfifo(qPrintable(key), 0600) == 0); });
    ofFiles("a symlink to itself", u"server.crt"_s, u"cannot be opened ("_s, [](const QString &certificate, const QString &) {
        QVERIFY(QFile::remove(certificate) && QFile::link(certificate, certificate));
    });

    const QString notPem = u"is not PEM"_s;
    row("certificate empty", {}, m_ec.key, u"server.crt"_s, notPem);
    row("certificate in DER", QSslCertificate::fromData(m_ec.certificate).first().toDer(), m_ec.key, u"server.crt"_s, notPem);
    row("key in DER", m_ec.certificate, QByteArray("\x30\x81\x87\x02\x01", 5), u"server.key"_s, notPem);
    row("key empty", m_ec.certificate, {}, u"server.key"_s, notPem);
    row("a megabyte and a byte", QByteArray(1024 * 1024 + 1, '\n'), m_ec.key, u"server.crt"_s, u"is longer than 1 MiB"_s);
    row("the two swapped", m_ec.key, m_ec.certificate, u"server.crt"_s, u"holds no certificate: "_s);
    row("no key in the key file", m_ec.certificate, m_ec.certificate, u"server.key"_s, u"holds no private key that can be read"_s);
    row("a public key", m_ec.certificate, "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n", u"server.key"_s,
        u"holds no private key that can be read"_s);
    row("half a certificate", headOf(m_ec.certificate), m_ec.key, u"server.crt"_s, u"certificate number 1 "_s);
    row("half a chain", m_ec.certificate + headOf(m_authority.certificate), m_ec.key, u"server.crt"_s, u"certificate number 2 "_s);
    row("half a key", m_ec.certificate, headOf(m_ec.key), u"server.key"_s, u"holds no private key that can be read"_s);
    row("encrypted key", m_ec.certificate, encryptedKey(m_ec.key), u"server.key"_s, u"is encrypted"_s);
    row("encrypted key, older form", m_rsa.certificate, encryptedTraditionalKey(m_rsa.key), u"server.key"_s, u"is encrypted"_s);
    row("key of another certificate", m_ec.certificate, m_rsa.key, u"server.key"_s, u"does not belong to the certificate in "_s);
    row("key of another certificate of the same kind", m_ec.certificate, m_authority.key, u"server.key"_s,
        u"does not belong to the certificate in "_s);
    row("authority first", m_authority.certificate + m_ec.certificate, m_ec.key, u"server.crt"_s, u"is not the first one"_s);

    const auto ofWish = [&](const char *name, const CertificateWish &wish, const QString &file, const QString &told) {
        const auto made = makeCertificate(wish, &m_authority);
        row(name, made.certificate, made.key, file, told);
    };
    ofWish("RSA 1024", {.key = "RSA1024"}, u"server.key"_s, u"is of a kind that clients refuse"_s);
    ofWish("Ed25519", {.key = "ED25519"}, u"server.key"_s, u"is of a kind that clients refuse"_s);
    ofWish("secp256k1", {.key = "secp256k1"}, u"server.key"_s, u"is of a kind that clients refuse"_s);
    ofWish("SHA-1", {.digest = "SHA1"}, u"server.crt"_s, u"is signed in a way that clients refuse"_s);
}

void TestTlsContext::load_refuses()
{
    QFETCH(const QByteArray, certificate);
    QFETCH(const QByteArray, key);
    QFETCH(const Change, spoil);
    QFETCH(const QString, file);
    QFETCH(const QString, told);
    write(certificate, key);
    if (spoil)
        spoil(certificatePath(), keyPath());
    const auto context = load();
    QVERIFY(!context);
    const QString sentence = context.error().detail;
    QCOMPARE(context.error().code, ErrorCode::CryptoFailure);
    QVERIFY2(sentence.contains(m_folder->filePath(file)) && sentence.contains(told), qPrintable(sentence));
    QVERIFY2(sentence.contains(u": "_s) && !sentence.contains(u'\n') && !sentence.endsWith(u'.'), qPrintable(sentence));
}

void TestTlsContext::load_refusesWhatItMayNotRead()
{
    for (const QString &path : {certificatePath(), keyPath()}) {
        write(m_ec.certificate, m_ec.key);
        QCOMPARE(chmod(qPrintable(path), 0), 0);
        const WithoutRootsRights bound;
        const auto context = load();
        QVERIFY(!context);
        QVERIFY2(context.error().detail.contains(path + u" may not be read: let the user"_s), qPrintable(context.error().detail));
    }
}

void TestTlsContext::load_warnsOfAnOpenKey_data()
{
    QTest::addColumn<uint>("mode");
    QTest::addColumn<bool>("warned");
    QTest::newRow("its owner's only") << 0600U << false;
    QTest::newRow("only to read") << 0400U << false;
    QTest::newRow("a group reads") << 0640U << true;
    QTest::newRow("everybody reads") << 0644U << true;
    QTest::newRow("others write") << 0602U << true;
}

void TestTlsContext::load_warnsOfAnOpenKey()
{
    QFETCH(const uint, mode);
    QFETCH(const bool, warned);
    write(m_ec.certificate, m_ec.key);
    QCOMPARE(chmod(qPrintable(keyPath()), mode), 0);
    const LogCapture log;
    QVERIFY(load());
    QCOMPARE(log.text().contains("tls_key_open"), warned);
    QCOMPARE(log.text().contains(keyPath().toUtf8()) && log.text().contains(QByteArray::number(mode, 8)), warned);
    QVERIFY(!log.text().contains(traditionalKey(m_ec.key).sliced(40, 20)));
}

void TestTlsContext::load_ofAPairThatDoesNotFit_warnsOfNothing()
{
    write(m_ec.certificate, m_rsa.key);
    QCOMPARE(chmod(qPrintable(keyPath()), 0640), 0);
    const LogCapture log;
    QVERIFY(!load());
    QCOMPARE(log.text(), QByteArray());
}

void TestTlsContext::load_tellsWhatItRead()
{
    const auto one = contextOf(m_ec);
    QVERIFY(one);
    const QSslCertificate leaf = QSslCertificate::fromData(m_ec.certificate).first();
    QCOMPARE(toMilliseconds(one->notAfter()), leaf.expiryDate().toMSecsSinceEpoch());
    QCOMPARE(one->configuration().localCertificateChain(), QList {leaf});
}

void TestTlsContext::handshake_ofEachVersion_data()
{
    QTest::addColumn<QSsl::SslProtocol>("protocol");
    QTest::addColumn<bool>("rsa");
    QTest::newRow("1.2, P-256") << QSsl::TlsV1_2 << false;
    QTest::newRow("1.3, P-256") << QSsl::TlsV1_3 << false;
    QTest::newRow("1.2, RSA") << QSsl::TlsV1_2 << true;
    QTest::newRow("1.3, RSA") << QSsl::TlsV1_3 << true;
}

void TestTlsContext::handshake_ofEachVersion()
{
    QFETCH(const QSsl::SslProtocol, protocol);
    QFETCH(const bool, rsa);
    const auto context = contextOf(rsa ? m_rsa : m_ec);
    QVERIFY(context);
    TlsPair pair(context->configuration());
    QVERIFY2(pair.greet(clientOf(protocol)), qPrintable(pair.client().errorString()));
    QCOMPARE(pair.server().sessionProtocol(), protocol);
    QVERIFY(pair.client().sslHandshakeErrors().isEmpty());
}

/// By hand, since a client of today's OpenSSL would not even try; and with OpenSSL's own objections out of the way.
void TestTlsContext::handshake_ofTls11_isRefused()
{
    const auto context = contextOf(m_rsa);
    QVERIFY(context);
    QSslConfiguration lax = context->configuration();
    lax.setBackendConfigurationOption("CipherString"_ba, "ALL:@SECLEVEL=0"_ba);
    TlsPair pair(lax);
    const QByteArray hello = QByteArray::fromHex("0302") + QByteArray(32, 'r')
                             + QByteArray::fromHex("00"
                                                   "0006c013c00a002f"
                                                   "0100"
                                                   "000e"
                                                   "000a00040002001d"
                                                   "000b00020100");
    QTcpSocket client;
    client.connectToHost(u"127.0.0.1"_s, pair.port());
    QVERIFY(client.waitForConnected());
    client.write(QByteArray::fromHex("160301") + char(0) + char(hello.size() + 4) + QByteArray::fromHex("010000") + char(hello.size())
                 + hello);
    QTRY_VERIFY(client.bytesAvailable() >= 7);
    const QByteArray answer = client.readAll();
    QCOMPARE(answer.first(1).toHex() + ' ' + answer.sliced(3, 4).toHex(), "15 00020246"_ba); // fatal alert 70, protocol_version
}

void TestTlsContext::handshake_ofListedSuites_data()
{
    QTest::addColumn<QString>("suite");
    QTest::addColumn<bool>("rsa");
    for (const auto *suite : {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
                              "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"})
        QTest::newRow(suite) << QString::fromLatin1(suite) << false;
    for (const auto *suite : {"ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305"})
        QTest::newRow(suite) << QString::fromLatin1(suite) << true;
}

void TestTlsContext::handshake_ofListedSuites()
{
    QFETCH(const QString, suite);
    QFETCH(const bool, rsa);
    const auto context = contextOf(rsa ? m_rsa : m_ec);
    QVERIFY(context);
    QSslConfiguration client = clientOf(suite.startsWith("TLS_"_L1) ? QSsl::TlsV1_3 : QSsl::TlsV1_2);
    client.setCiphers({QSslCipher(suite)});
    TlsPair pair(context->configuration());
    QVERIFY2(pair.greet(client), qPrintable(pair.client().errorString()));
    QCOMPARE(pair.client().sessionCipher().name(), suite);
    QCOMPARE(context->configuration().ciphers().size(), 9);
}

void TestTlsContext::handshake_ofOtherSuites_fails_data()
{
    QTest::addColumn<QString>("suite");
    for (const auto *suite :
         {"AES128-GCM-SHA256", "AES256-SHA256", "AES128-SHA", "ECDHE-RSA-AES128-SHA256", "ECDHE-RSA-AES256-SHA", "ECDHE-RSA-AES256-SHA384",
          "DHE-RSA-AES128-GCM-SHA256", "DHE-RSA-AES256-GCM-SHA384", "DHE-RSA-CHACHA20-POLY1305"})
        QTest::newRow(suite) << QString::fromLatin1(suite);
}

void TestTlsContext::handshake_ofOtherSuites_fails()
{
    QFETCH(const QString, suite);
    const auto context = contextOf(m_rsa);
    QVERIFY(context);
    QVERIFY2(!QSslCipher(suite).isNull(), "the client does not know it either");
    QSslConfiguration client = clientOf(QSsl::TlsV1_2);
    client.setCiphers({QSslCipher(suite)});
    TlsPair pair(context->configuration());
    QVERIFY(!pair.greet(client));
    QVERIFY2(pair.server().errorString().contains("no shared cipher"_L1), qPrintable(pair.server().errorString()));
}

void TestTlsContext::handshake_theServerChooses()
{
    const auto context = contextOf(m_ec);
    QVERIFY(context);
    QSslConfiguration client = clientOf(QSsl::TlsV1_2);
    client.setCiphers({QSslCipher(u"ECDHE-ECDSA-AES256-GCM-SHA384"_s), QSslCipher(u"ECDHE-ECDSA-AES128-GCM-SHA256"_s)});
    TlsPair pair(context->configuration());
    QVERIFY(pair.greet(client));
    QCOMPARE(pair.client().sessionCipher().name(), u"ECDHE-ECDSA-AES128-GCM-SHA256"_s);
}

void TestTlsContext::handshake_speaksOnlyHttp11_data()
{
    QTest::addColumn<QByteArrayList>("offered");
    QTest::addColumn<QByteArray>("chosen");
    QTest::newRow("h2 first") << QByteArrayList {"h2", "http/1.1"} << "http/1.1"_ba;
    QTest::newRow("h2 only") << QByteArrayList {"h2"} << QByteArray();
    QTest::newRow("something older") << QByteArrayList {"http/1.0"} << QByteArray();
    QTest::newRow("nothing") << QByteArrayList {} << QByteArray();
}

void TestTlsContext::handshake_speaksOnlyHttp11()
{
    QFETCH(const QByteArrayList, offered);
    QFETCH(const QByteArray, chosen);
    const auto context = contextOf(m_ec);
    QVERIFY(context);
    for (const auto protocol : {QSsl::TlsV1_2, QSsl::TlsV1_3}) {
        QSslConfiguration client = clientOf(protocol);
        client.setAllowedNextProtocols(offered);
        TlsPair pair(context->configuration());
        const bool greeted = pair.greet(client);
        QVERIFY(greeted || chosen.isEmpty());
        QCOMPARE(pair.client().sslConfiguration().nextNegotiatedProtocol(), chosen);
        QCOMPARE(pair.server().sslConfiguration().nextNegotiatedProtocol(), chosen);
    }
}

void TestTlsContext::handshake_isOverCurvesOnly_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<bool>("taken");
    for (const auto &curve : {u"X25519MLKEM768"_s, u"X25519"_s, u"P-256"_s, u"P-384"_s, u"P-521"_s})
        QTest::newRow(qPrintable(curve)) << curve << true;
    for (const auto &field : {u"ffdhe2048"_s, u"ffdhe3072"_s, u"ffdhe4096"_s})
        QTest::newRow(qPrintable(field)) << field << false;
}

void TestTlsContext::handshake_isOverCurvesOnly()
{
    QFETCH(const QString, group);
    QFETCH(const bool, taken);
    const auto context = contextOf(m_ec);
    QVERIFY(context);
    TlsPair pair(context->configuration());
    const QByteArray said = openssl(pair.port(), {u"-tls1_3"_s, u"-groups"_s, group}, "Q\n");
    QVERIFY2(said.contains("New, TLSv1.3") == taken, said);
}

void TestTlsContext::handshake_asksForNoCertificate()
{
    const auto context = contextOf(m_ec);
    QVERIFY(context);
    const auto mine = makeCertificate({.isAuthority = true});
    QSslConfiguration client = clientOf();
    client.setLocalCertificateChain(QSslCertificate::fromData(mine.certificate));
    client.setPrivateKey(QSslKey(mine.key, QSsl::Ec));
    QVERIFY(!client.privateKey().isNull());
    TlsPair pair(context->configuration());
    QVERIFY(pair.greet(client));
    QVERIFY(pair.server().peerCertificate().isNull());
}

void TestTlsContext::session_isNeverResumed_data()
{
    QTest::addColumn<QString>("version");
    QTest::newRow("1.2") << u"-tls1_2"_s;
    QTest::newRow("1.3") << u"-tls1_3"_s;
}

void TestTlsContext::session_isNeverResumed()
{
    QFETCH(const QString, version);
    const auto context = contextOf(m_ec);
    QVERIFY(context);
    TlsPair pair(context->configuration());
    const QString kept = m_folder->filePath(u"session"_s);
    const QByteArray first = openssl(pair.port(), {version, u"-sess_out"_s, kept}, "Q\n");
    QVERIFY2(first.contains("New, TLS") && QFile::exists(kept), first);
    QVERIFY2(version != "-tls1_2"_L1 || !first.contains("TLS session ticket"), first);
    const QByteArray second = openssl(pair.port(), {version, u"-sess_in"_s, kept}, "Q\n");
    QVERIFY2(second.contains("New, TLS") && !second.contains("Reused, "), second);
}

void TestTlsContext::client_mayNotRenegotiate()
{
    const auto context = contextOf(m_ec);
    QVERIFY(context);
    TlsPair pair(context->configuration());
    const QByteArray said = openssl(pair.port(), {u"-tls1_2"_s}, "R\n");
    QVERIFY2(said.contains("RENEGOTIATING") && said.contains("no renegotiation"), said);
}

void TestTlsContext::handshake_showsTheChain()
{
    const auto below = makeCertificate({.isAuthority = true}, &m_authority);
    const auto leaf = makeCertificate({}, &below);
    const auto context = contextOf({.certificate = leaf.certificate + below.certificate, .key = leaf.key});
    QVERIFY(context);
    TlsPair pair(context->configuration());
    QVERIFY2(pair.greet(clientOf()), qPrintable(pair.client().errorString())); // the client knows the topmost only
}

QTEST_GUILESS_MAIN(TestTlsContext)
#include "TestTlsContext.moc"
