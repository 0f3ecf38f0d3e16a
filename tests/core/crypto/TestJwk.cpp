#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/Jwk.h"
#include "core/crypto/KeyMaterial.h"
#include "tests/core/crypto/Vectors.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestJwk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void thumbprint_matchesPublishedOnes_data();
    void thumbprint_matchesPublishedOnes();
    void fromPublicJwk_roundTrips_data();
    void fromPublicJwk_roundTrips();
    void fromPublicJwk_refuses_data();
    void fromPublicJwk_refuses();

private:
    CryptoLibraries m_libraries;
};

void TestJwk::thumbprint_matchesPublishedOnes_data()
{
    QTest::addColumn<QJsonObject>("jwk");
    QTest::addColumn<QString>("thumbprint");
    QTest::newRow("RFC 7638 3.1, RSA") << vectors::rfc7638Key << u"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"_s;
    QTest::newRow("RFC 8037 A.3, Ed25519") << vectors::rfc8037Key << u"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"_s;
}

void TestJwk::thumbprint_matchesPublishedOnes()
{
    QFETCH(QJsonObject, jwk);
    QFETCH(QString, thumbprint);
    QCOMPARE(KeyMaterial::fromPublicJwk(jwk).value()->thumbprint(), thumbprint);
    jwk.insert(u"kid"_s, u"another name"_s);
    QCOMPARE(KeyMaterial::fromPublicJwk(jwk).value()->thumbprint(), thumbprint);
}

void TestJwk::fromPublicJwk_roundTrips_data()
{
    QTest::addColumn<QJsonObject>("jwk");
    QTest::newRow("RSA") << vectors::rfc7638Key;
    QTest::newRow("P-256") << vectors::rfc7515Es256Key;
    QTest::newRow("Ed25519") << vectors::rfc8037Key;
}

void TestJwk::fromPublicJwk_roundTrips()
{
    QFETCH(QJsonObject, jwk);
    jwk.insert(u"use"_s, u"sig"_s);
    const auto key = KeyMaterial::fromPublicJwk(jwk).value();
    QCOMPARE(key->publicJwk(), jwk);
    QVERIFY(key->toPrivate().isEmpty());
    QCOMPARE(key->sign("message"), QByteArray());
}

void TestJwk::fromPublicJwk_refuses_data()
{
    QTest::addColumn<QJsonObject>("jwk");
    const auto row = [](const char *name, QJsonObject jwk, const QString &member, const QJsonValue &value) {
        value.isUndefined() ? jwk.remove(member) : (void)jwk.insert(member, value);
        QTest::newRow(name) << jwk;
    };
    const QJsonObject &ec = vectors::rfc7515Es256Key;
    const QJsonObject &rsa = vectors::rfc7638Key;
    const QJsonObject &okp = vectors::rfc8037Key;
    const QJsonValue absent(QJsonValue::Undefined);
    QTest::newRow("nothing") << QJsonObject();
    row("no algorithm", ec, u"alg"_s, absent);
    row("none", ec, u"alg"_s, u"none"_s);
    row("an algorithm in another case", ec, u"alg"_s, u"es256"_s);
    row("the algorithm of another kind", ec, u"alg"_s, u"RS256"_s);
    row("RSA for EdDSA", rsa, u"alg"_s, u"EdDSA"_s);
    row("an HMAC under a public key", rsa, u"alg"_s, u"HS256"_s);
    row("a secret", ec, u"kty"_s, u"oct"_s);
    row("no kind", okp, u"kty"_s, absent);
    row("a number for a kind", ec, u"kty"_s, 7);
    row("EC, another curve", ec, u"crv"_s, u"P-384"_s);
    row("EC, no curve", ec, u"crv"_s, absent);
    row("EC, not on the curve", ec, u"x"_s, ec.value("y"_L1));
    row("EC, the point at nothing", ec, u"x"_s, u""_s);
    row("EC, no y", ec, u"y"_s, absent);
    row("EC, padded", ec, u"x"_s, QString(ec.value("x"_L1).toString() + u'='));
    QJsonObject shifted = ec; // 33 and 31 bytes are 64 as well
    shifted.insert(u"x"_s, u"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH"_s);
    shifted.insert(u"y"_s, u"8UTNG72bfocs3-257rn0s2ldbqkLJK2KRiMohYjlrQ"_s);
    QTest::newRow("EC, a byte of y in x") << shifted;
    row("Ed25519, for key agreement", okp, u"crv"_s, u"X25519"_s);
    row("Ed25519, no curve", okp, u"crv"_s, absent);
    row("Ed25519, short", okp, u"x"_s, u"AAAA"_s);
    row("RSA, no modulus", rsa, u"n"_s, absent);
    row("RSA, no exponent", rsa, u"e"_s, absent);
    row("RSA, exponent 0", rsa, u"e"_s, u"AA"_s);
    row("RSA, exponent 1, which anybody can sign for", rsa, u"e"_s, u"AQ"_s);
    row("RSA, even exponent", rsa, u"e"_s, u"AQAA"_s);
    row("RSA, even modulus", rsa, u"n"_s, QString(rsa.value("n"_L1).toString().chopped(2) + u"AA"_s));
    row("RSA, 1024 bits", rsa, u"n"_s, rsa.value("n"_L1).toString().first(171).chopped(1) + u'k');
    row("RSA, a modulus to grind on", rsa, u"n"_s, QString(8000, u'_'));
}

void TestJwk::fromPublicJwk_refuses()
{
    QFETCH(QJsonObject, jwk);
    const auto key = KeyMaterial::fromPublicJwk(jwk);
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::CryptoFailure);
}

QTEST_GUILESS_MAIN(TestJwk)
#include "TestJwk.moc"
