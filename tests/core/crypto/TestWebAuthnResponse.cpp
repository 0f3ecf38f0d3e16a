#include "core/base/Bytes.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/WebAuthn.h"
#include "core/crypto/WebAuthnResponse.h"
#include "tests/support/SoftAuthenticator.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What a browser's `credential.toJSON()` may hold.
class TestWebAuthnResponse : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whole_ceremony_data();
    void whole_ceremony();
    void member_missingOrWrong_isRefused_data();
    void member_missingOrWrong_isRefused();
    void bounds_areExact_data();
    void bounds_areExact();
    void transports_areTidied();

private:
    CryptoLibraries m_libraries;
};

static QString text(qsizetype size) { return QString::fromLatin1(toBase64Url(QByteArray(size, 'x'))); }

static QJsonObject options(const QByteArray &challenge)
{
    return {{u"challenge"_s, QString::fromLatin1(toBase64Url(challenge))},
            {u"rpId"_s, u"localhost"_s},
            {u"rp"_s, QJsonObject {{u"id"_s, u"localhost"_s}}},
            {u"user"_s, QJsonObject {{u"id"_s, text(32)}}}};
}

static QJsonObject with(QJsonObject credential, const QString &member, const QJsonValue &value)
{
    QJsonObject response = credential.value("response"_L1).toObject();
    QJsonObject &changed = response.contains(member) || member == "userHandle"_L1 ? response : credential;
    if (value.isUndefined())
        changed.remove(member);
    else
        changed.insert(member, value);
    if (&changed == &response)
        credential.insert("response"_L1, response);
    return credential;
}

void TestWebAuthnResponse::whole_ceremony_data()
{
    QTest::addColumn<CoseAlgorithm>("algorithm");
    QTest::addColumn<QString>("format");
    QTest::newRow("ES256") << CoseAlgorithm::ES256 << u"none"_s;
    QTest::newRow("Ed25519, signed by itself") << CoseAlgorithm::EdDSA << u"packed"_s;
    QTest::newRow("RS256, signed by itself") << CoseAlgorithm::RS256 << u"packed"_s;
}

void TestWebAuthnResponse::whole_ceremony()
{
    QFETCH(CoseAlgorithm, algorithm);
    QFETCH(QString, format);
    const QByteArray challenge = randomBytes(32);
    const webauthn::Expectation expected {.challenge = challenge, .rpId = u"localhost"_s, .origins = {u"http://localhost:3000"_s}};
    SoftAuthenticator authenticator(algorithm, randomBytes(1023));
    authenticator.format = format;
    authenticator.extensions = QByteArray::fromHex("a16863726564426c6f62f5");
    const auto made = RegistrationResponse::fromJson(authenticator.create(options(challenge)));
    QVERIFY(made);
    QCOMPARE(made->isDiscoverable, true);
    const auto credential = webauthn::verifyRegistration(expected, *made);
    QVERIFY2(credential, credential ? "" : qPrintable(credential.error().detail));
    QCOMPARE(credential->id, authenticator.id);
    QCOMPARE(credential->attestation, format == "none"_L1 ? u"none"_s : u"self"_s);
    const auto used = AssertionResponse::fromJson(authenticator.get(options(challenge)));
    QVERIFY(used);
    QCOMPARE(used->userHandle, authenticator.userHandle);
    const auto asserted =
        webauthn::verifyAssertion(expected, {.publicKey = credential->publicKey, .isBackupEligible = credential->isBackupEligible}, *used);
    QVERIFY2(asserted, asserted ? "" : qPrintable(asserted.error().detail));
    QVERIFY(asserted->isVerified && asserted->isBackedUp);
}

void TestWebAuthnResponse::member_missingOrWrong_isRefused_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    const QJsonValue none {QJsonValue::Undefined};
    for (const QString &member : {u"id"_s, u"type"_s, u"response"_s, u"clientDataJSON"_s}) {
        QTest::addRow("no %s", qPrintable(member)) << member << none;
        QTest::addRow("null for %s", qPrintable(member)) << member << QJsonValue();
        QTest::addRow("a number for %s", qPrintable(member)) << member << QJsonValue(7);
        QTest::addRow("empty %s", qPrintable(member)) << member << QJsonValue(QString());
    }
    QTest::newRow("another type") << u"type"_s << QJsonValue(u"password"_s);
    QTest::newRow("two ids") << u"rawId"_s << QJsonValue(u"AAAA"_s);
    QTest::newRow("padded id") << u"id"_s << QJsonValue(u"AA=="_s);
    QTest::newRow("no base64url") << u"clientDataJSON"_s << QJsonValue(u"a+/b"_s);
}

void TestWebAuthnResponse::member_missingOrWrong_isRefused()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    SoftAuthenticator authenticator;
    const auto made = RegistrationResponse::fromJson(with(authenticator.create(options(randomBytes(32))), member, value));
    const auto used = AssertionResponse::fromJson(with(authenticator.get(options(randomBytes(32))), member, value));
    QVERIFY(!made && !used);
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QVERIFY(value.toString().isEmpty() || !made.error().detail.contains(value.toString()));
}

void TestWebAuthnResponse::bounds_areExact_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<int>("longest");
    QTest::newRow("id") << u"id"_s << 1023;
    QTest::newRow("client data") << u"clientDataJSON"_s << 4096;
    QTest::newRow("authenticator data") << u"authenticatorData"_s << 8192;
    QTest::newRow("signature") << u"signature"_s << 1024;
    QTest::newRow("user handle") << u"userHandle"_s << 64;
}

void TestWebAuthnResponse::bounds_areExact()
{
    QFETCH(QString, member);
    QFETCH(int, longest);
    SoftAuthenticator authenticator;
    QJsonObject used = authenticator.get(options(randomBytes(32)));
    used.remove("rawId"_L1);
    QVERIFY(AssertionResponse::fromJson(with(used, member, text(longest))));
    QVERIFY(!AssertionResponse::fromJson(with(used, member, text(longest + 1))));
    QVERIFY(!AssertionResponse::fromJson(with(used, member, QString(1'000'000, u'A'))));
    QVERIFY(!AssertionResponse::fromJson(with(used, member, QJsonArray {text(8)})));
}

void TestWebAuthnResponse::transports_areTidied()
{
    SoftAuthenticator authenticator;
    authenticator.transports = {u"usb"_s, u"usb"_s, u"<b>"_s, u""_s, QString(40, u'x'), u"smart-card"_s};
    QCOMPARE(RegistrationResponse::fromJson(authenticator.create(options(randomBytes(32)))).value().transports,
             QStringList({u"usb"_s, u"smart-card"_s}));
    authenticator.transports = {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s, u"g"_s, u"h"_s, u"i"_s};
    QCOMPARE(RegistrationResponse::fromJson(authenticator.create(options(randomBytes(32)))).value().transports.size(), 8);
}

QTEST_GUILESS_MAIN(TestWebAuthnResponse)
#include "TestWebAuthnResponse.moc"
