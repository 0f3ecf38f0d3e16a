#include "core/crypto/CertifiedKey.h"
#include "core/crypto/LocalAuthority.h"
#include "core/crypto/OpenSsl.h"
#include "tests/support/Certificates.h"
#include "tests/support/TlsPair.h"

#include <QSslCertificateExtension>
#include <QTest>

#include <openssl/pem.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// What clients that trust the authority then believe, and what they do not.
class TestLocalAuthority : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void server_isBelieved_data();
    void server_isBelieved();
    void theft_goesNoFurtherThanTheNames_data();
    void theft_goesNoFurtherThanTheNames();
    void theft_makesNoAuthority();
    void authority_isWhatItShouldBe();
    void server_isWhatItShouldBe();
    void twoOfThem_differ();
    void goodFor_data();
    void goodFor();
    void issue_refusesWhatItIsNotGoodFor();
    void pem_bringsItBack();
    void pem_ofSomethingElse_isRefused_data();
    void pem_ofSomethingElse_isRefused();

private:
    static HostNames names(const QStringList &given) { return HostNames::withLocalhost(given).value(); }
    /// What a client that trusts our authority alone says to a server; empty when it is content.
    QString complaintAbout(const QByteArray &certificates, const QByteArray &key, const QString &name) const;
    /// Why OpenSSL does not trust a chain; empty when it does. (Qt knows some reasons only as "Unknown error".)
    QString refusalOf(const QByteArray &certificates) const;
    TestCertificate stolen() const
    {
        return {.certificate = m_authority->pem().certificate, .key = m_authority->pem().key.view().toByteArray()};
    }

    const TimePoint m_now = SystemClock().now();
    std::optional<LocalAuthority> m_authority;
};

namespace {

QSslCertificate firstOf(const QByteArray &pem) { return QSslCertificate::fromData(pem).value(0); }

std::optional<QSslCertificateExtension> extensionOf(const QSslCertificate &certificate, const QString &oid)
{
    for (const QSslCertificateExtension &one : certificate.extensions()) {
        if (one.oid() == oid)
            return one;
    }
    return std::nullopt;
}

} // namespace

void TestLocalAuthority::initTestCase()
{
    auto made = LocalAuthority::create(names({u"auth.test"_s, u"*.dev.test"_s, u"10.0.0.7"_s, u"fd00::7"_s}), m_now);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    m_authority = *std::move(made);
}

QString TestLocalAuthority::complaintAbout(const QByteArray &certificates, const QByteArray &key, const QString &name) const
{
    QSslConfiguration server;
    server.setLocalCertificateChain(QSslCertificate::fromData(certificates));
    server.setPrivateKey(QSslKey(key, QSsl::Ec));
    QSslConfiguration client;
    client.setCaCertificates(QSslCertificate::fromData(m_authority->pem().certificate));
    TlsPair pair(server);
    return pair.greet(client, name) ? QString() : pair.client().errorString() + pair.server().errorString();
}

QString TestLocalAuthority::refusalOf(const QByteArray &certificates) const
{
    const auto read = [](const openssl::Bio &bio) { return openssl::Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)); };
    const openssl::Bio bio = openssl::reading(certificates);
    const openssl::Certificate first = read(bio);
    const openssl::Certificate second = read(bio);
    const openssl::Certificate root = read(openssl::reading(m_authority->pem().certificate));
    const std::unique_ptr<X509_STORE, openssl::Release<X509_STORE_free>> trusted(X509_STORE_new());
    const std::unique_ptr<X509_STORE_CTX, openssl::Release<X509_STORE_CTX_free>> judge(X509_STORE_CTX_new());
    X509_STORE_add_cert(trusted.get(), root.get());
    STACK_OF(X509) *others = sk_X509_new_null();
    if (second)
        sk_X509_push(others, second.get());
    X509_STORE_CTX_init(judge.get(), trusted.get(), first.get(), others);
    const bool valid = X509_verify_cert(judge.get()) == 1;
    sk_X509_free(others);
    return valid ? QString() : QString::fromLatin1(X509_verify_cert_error_string(X509_STORE_CTX_get_error(judge.get())));
}

void TestLocalAuthority::server_isBelieved_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("believed");
    for (const auto *name : {"localhost", "127.0.0.1", "::1", "auth.test", "one.dev.test", "10.0.0.7", "fd00::7"})
        QTest::newRow(name) << QString::fromLatin1(name) << true;
    for (const auto *name : {"bank.example", "below.auth.test", "two.one.dev.test", "10.0.0.8", "::2"})
        QTest::newRow(name) << QString::fromLatin1(name) << false;
}

void TestLocalAuthority::server_isBelieved()
{
    QFETCH(const QString, name);
    QFETCH(const bool, believed);
    const auto issued = m_authority->issue(names({u"auth.test"_s, u"*.dev.test"_s, u"10.0.0.7"_s, u"fd00::7"_s}), m_now);
    QVERIFY(issued);
    const QString complaint = complaintAbout(issued->certificate, issued->key.view().toByteArray(), name);
    QVERIFY2(complaint.isEmpty() == believed, qPrintable(complaint));
    QVERIFY(readCertifiedKey({.name = u"crt"_s, .bytes = issued->certificate},
                             {.name = u"key"_s, .bytes = issued->key.view()})); // Warder takes it
}

void TestLocalAuthority::theft_goesNoFurtherThanTheNames_data()
{
    QTest::addColumn<QByteArray>("signedFor");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("its own name") << "DNS:localhost"_ba << u"localhost"_s << QString();
    QTest::newRow("a name below its own") << "DNS:a.auth.test"_ba << u"a.auth.test"_s << QString();
    QTest::newRow("its own address") << "IP:10.0.0.7"_ba << u"10.0.0.7"_s << QString();
    const QString violation = u"permitted subtree violation"_s;
    QTest::newRow("a bank") << "DNS:bank.example"_ba << u"bank.example"_s << violation;
    QTest::newRow("a bank beside its own name") << "DNS:localhost,DNS:bank.example"_ba << u"bank.example"_s << violation;
    QTest::newRow("a name that only ends alike") << "DNS:xauth.test"_ba << u"xauth.test"_s << violation;
    QTest::newRow("the name above") << "DNS:test"_ba << u"test"_s << violation;
    QTest::newRow("the next address") << "IP:10.0.0.8"_ba << u"10.0.0.8"_s << violation;
    QTest::newRow("an address of the other kind") << "IP:fd00::8"_ba << u"fd00::8"_s << violation;
}

void TestLocalAuthority::theft_goesNoFurtherThanTheNames()
{
    QFETCH(const QByteArray, signedFor);
    QFETCH(const QString, name);
    QFETCH(const QString, complaint);
    const TestCertificate authority = stolen();
    const auto forged = makeCertificate({.names = signedFor}, &authority);
    const QString said = complaintAbout(forged.certificate, forged.key, name);
    QCOMPARE(said.isEmpty(), complaint.isEmpty());
    QCOMPARE(refusalOf(forged.certificate), complaint);
}

void TestLocalAuthority::theft_makesNoAuthority()
{
    const TestCertificate authority = stolen();
    const auto below = makeCertificate({.isAuthority = true}, &authority);
    const auto forged = makeCertificate({}, &below);
    QVERIFY(!complaintAbout(forged.certificate + below.certificate, forged.key, u"localhost"_s).isEmpty());
    QCOMPARE(refusalOf(below.certificate), QString()); // so it is not for its own sake
    QCOMPARE(refusalOf(forged.certificate + below.certificate), u"path length constraint exceeded"_s);
}

void TestLocalAuthority::authority_isWhatItShouldBe()
{
    const QSslCertificate authority = firstOf(m_authority->pem().certificate);
    QVERIFY(authority.isSelfSigned());
    QCOMPARE(authority.publicKey().algorithm(), QSsl::Ec);
    QCOMPARE(authority.publicKey().length(), 256);
    QCOMPARE(authority.effectiveDate().daysTo(authority.expiryDate()), 3652);
    QVERIFY(authority.effectiveDate() < QDateTime::currentDateTimeUtc());
    QCOMPARE(toMilliseconds(m_authority->notAfter()), authority.expiryDate().toMSecsSinceEpoch());

    const auto basic = extensionOf(authority, u"2.5.29.19"_s);
    QVERIFY(basic && basic->isCritical());
    QCOMPARE(basic->value().toMap().value(u"ca"_s).toBool(), true);
    QCOMPARE(basic->value().toMap().value(u"pathLenConstraint"_s).toInt(), 0);
    for (const auto &oid : {u"2.5.29.15"_s, u"2.5.29.30"_s}) // key usage, name constraints
        QVERIFY2(extensionOf(authority, oid).value().isCritical(), qPrintable(oid));
    QVERIFY(authority.toText().contains("Certificate Sign, CRL Sign"_L1));
    QVERIFY(authority.toText().contains("TLS Web Server Authentication"_L1));
}

void TestLocalAuthority::server_isWhatItShouldBe()
{
    const auto issued = m_authority->issue(names({}), m_now);
    QVERIFY(issued);
    const QList<QSslCertificate> chain = QSslCertificate::fromData(issued->certificate);
    QCOMPARE(chain.size(), 2);
    QCOMPARE(chain[1], firstOf(m_authority->pem().certificate));
    const QSslCertificate &server = chain.first();
    QCOMPARE(server.effectiveDate().daysTo(server.expiryDate()), 397);
    QCOMPARE(server.publicKey().length(), 256);
    QCOMPARE(server.subjectAlternativeNames().values(QSsl::DnsEntry), QStringList {u"localhost"_s});
    QCOMPARE(server.subjectAlternativeNames().values(QSsl::IpAddressEntry).size(), 2);
    QCOMPARE(extensionOf(server, u"2.5.29.19"_s).value().value().toMap().value(u"ca"_s).toBool(), false);
    QVERIFY(server.toText().contains("TLS Web Server Authentication"_L1) && server.toText().contains("Digital Signature"_L1));
    QVERIFY(issued->key.view().startsWith("-----BEGIN PRIVATE KEY-----"));
    QVERIFY(!issued->certificate.contains("PRIVATE"));
}

void TestLocalAuthority::twoOfThem_differ()
{
    const auto other = LocalAuthority::create(m_authority->names(), m_now);
    QVERIFY(other);
    const QSslCertificate one = firstOf(m_authority->pem().certificate);
    const QSslCertificate two = firstOf(other->pem().certificate);
    QVERIFY(one.publicKey() != two.publicKey());
    QVERIFY(one.subjectInfo(QSslCertificate::CommonName) != two.subjectInfo(QSslCertificate::CommonName));
    QVERIFY(one.serialNumber() != two.serialNumber());
    const int digits = int(one.serialNumber().count(':')) + 1;
    QVERIFY2(digits >= 14 && digits <= 17, one.serialNumber()); // 16 random bytes, perhaps with zeros in front
    const auto first = m_authority->issue(names({}), m_now);
    const auto second = m_authority->issue(names({}), m_now);
    QVERIFY(first->key.view() != second->key.view());
    QVERIFY(firstOf(first->certificate).serialNumber() != firstOf(second->certificate).serialNumber());
}

void TestLocalAuthority::goodFor_data()
{
    QTest::addColumn<QStringList>("wanted");
    QTest::addColumn<int>("days");
    QTest::addColumn<bool>("good");
    QTest::newRow("localhost") << QStringList {} << 0 << true;
    QTest::newRow("some") << QStringList {u"auth.test"_s} << 0 << true;
    QTest::newRow("all") << QStringList {u"auth.test"_s, u"*.dev.test"_s, u"10.0.0.7"_s, u"fd00::7"_s} << 0 << true;
    QTest::newRow("below one of them") << QStringList {u"a.auth.test"_s, u"b.a.dev.test"_s} << 0 << true;
    QTest::newRow("another one") << QStringList {u"auth.test"_s, u"bank.example"_s} << 0 << false;
    QTest::newRow("one that ends alike") << QStringList {u"xauth.test"_s} << 0 << false;
    QTest::newRow("another address") << QStringList {u"10.0.0.8"_s} << 0 << false;
    QTest::newRow("long enough") << QStringList {} << 3652 - 397 << true;
    QTest::newRow("a day too late") << QStringList {} << 3652 - 396 << false;
}

void TestLocalAuthority::goodFor()
{
    QFETCH(const QStringList, wanted);
    QFETCH(const int, days);
    QFETCH(const bool, good);
    const TimePoint then = std::chrono::floor<Seconds>(m_now) + std::chrono::days(days);
    QCOMPARE(m_authority->isGoodFor(names(wanted), then), good);
}

void TestLocalAuthority::issue_refusesWhatItIsNotGoodFor()
{
    const auto refused = m_authority->issue(names({u"bank.example"_s}), m_now);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(refused.error().detail.contains("bank.example"_L1));
}

void TestLocalAuthority::pem_bringsItBack()
{
    const auto back = LocalAuthority::fromPem(m_authority->pem());
    QVERIFY2(back, back ? "" : qPrintable(back.error().detail));
    QCOMPARE(back->names(), names({u"auth.test"_s, u"dev.test"_s, u"10.0.0.7"_s, u"fd00::7"_s})); // the names below are always meant
    QCOMPARE(back->notAfter(), m_authority->notAfter());
    const auto issued = back->issue(names({u"auth.test"_s}), m_now);
    QVERIFY(issued);
    QCOMPARE(complaintAbout(issued->certificate, issued->key.view().toByteArray(), u"auth.test"_s), QString());
}

void TestLocalAuthority::pem_ofSomethingElse_isRefused_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("told");
    const TestCertificate ours = stolen();
    const auto foreign = makeCertificate({.isAuthority = true});
    const auto server = makeCertificate({}, &ours);
    QTest::newRow("nothing") << QByteArray() << QByteArray() << u"holds no certificate"_s;
    QTest::newRow("no key") << ours.certificate << QByteArray() << u"has a key that is damaged or belongs to another certificate"_s;
    QTest::newRow("half a key") << ours.certificate << ours.key.first(100)
                                << u"has a key that is damaged or belongs to another certificate"_s;
    QTest::newRow("encrypted key") << ours.certificate << encryptedKey(ours.key)
                                   << u"has a key that is damaged or belongs to another certificate"_s;
    QTest::newRow("another key") << ours.certificate << foreign.key << u"has a key that is damaged or belongs to another certificate"_s;
    QTest::newRow("an authority for everything") << foreign.certificate << foreign.key << u"is no authority that Warder made"_s;
    QTest::newRow("a server") << server.certificate << server.key << u"is no authority that Warder made"_s;
}

void TestLocalAuthority::pem_ofSomethingElse_isRefused()
{
    QFETCH(const QByteArray, certificate);
    QFETCH(const QByteArray, key);
    QFETCH(const QString, told);
    const auto back = LocalAuthority::fromPem({.certificate = certificate, .key = SecretBytes(key)});
    QVERIFY(!back);
    QCOMPARE(back.error().code, ErrorCode::CryptoFailure);
    QCOMPARE(back.error().detail, told);
}

QTEST_GUILESS_MAIN(TestLocalAuthority)
#include "TestLocalAuthority.moc"
