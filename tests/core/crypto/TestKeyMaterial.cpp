#include "core/base/Bytes.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/EcdsaSignature.h"
#include "core/crypto/KeyMaterial.h"
#include "tests/core/crypto/Vectors.h"
#include "tests/support/JwkReader.h"

#include <QTest>

#include <openssl/evp.h>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

using enum SignatureAlgorithm;

/// PKCS#8 of a key that is not ours to make; consumes it.
SecretBytes toDer(EVP_PKEY *key)
{
    unsigned char *der = nullptr;
    const int size = i2d_PrivateKey(key, &der);
    SecretBytes bytes(QByteArray(reinterpret_cast<const char *>(der), size));
    OPENSSL_free(der);
    EVP_PKEY_free(key);
    return bytes;
}

} // namespace

class TestKeyMaterial : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verify_acceptsPublishedSignatures_data();
    void verify_acceptsPublishedSignatures();
    void sign_makesRfc8037sSignature();
    void sign_verifies_data();
    void sign_verifies();
    void verify_refusesOtherSignatures_data();
    void verify_refusesOtherSignatures();
    void toPrivate_readsBack_data();
    void toPrivate_readsBack();
    void fromPrivate_refuses_data();
    void fromPrivate_refuses();
    void publicHalf_verifiesOnly_data() { algorithms(); }
    void publicHalf_verifiesOnly();
    void fromPublicJwk_refuses_data();
    void fromPublicJwk_refuses();
    void publicJwk_holdsNothingPrivate_data();
    void publicJwk_holdsNothingPrivate();
    void names_readBack();
    void ecdsa_keepsLeadingZeros();

private:
    void algorithms() const;

    CryptoLibraries m_libraries;
};

static std::shared_ptr<const KeyMaterial> privateKey(SignatureAlgorithm algorithm, const QByteArray &base64Url)
{
    return KeyMaterial::fromPrivate(algorithm, SecretBytes(fromBase64Url(base64Url).value())).value();
}

void TestKeyMaterial::algorithms() const
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    for (const SignatureAlgorithm algorithm : {ES256, EdDSA, RS256, PS256, HS256})
        QTest::newRow(nameOf(algorithm).toLatin1().constData()) << algorithm;
}

void TestKeyMaterial::verify_acceptsPublishedSignatures_data()
{
    using Key = std::shared_ptr<const KeyMaterial>;
    QTest::addColumn<Key>("key");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("RFC 7515 A.1") << privateKey(HS256, vectors::rfc7515Hs256Secret)
                                  << QByteArray("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + vectors::rfc7515Claims)
                                  << "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"_ba;
    QTest::newRow("RFC 7515 A.2")
        << privateKey(RS256, vectors::rfc7515Rs256Key) << QByteArray("eyJhbGciOiJSUzI1NiJ9." + vectors::rfc7515Claims)
        << "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQ"
           "jbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZES"
           "c6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"_ba;
    QTest::newRow("RFC 7515 A.3") << privateKey(ES256, vectors::rfc7515Es256Key)
                                  << QByteArray("eyJhbGciOiJFUzI1NiJ9." + vectors::rfc7515Claims)
                                  << "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"_ba;
    QTest::newRow("RFC 8037 A.4") << privateKey(EdDSA, vectors::rfc8037Private)
                                  << "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"_ba
                                  << "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"_ba;
}

void TestKeyMaterial::verify_acceptsPublishedSignatures()
{
    QFETCH(std::shared_ptr<const KeyMaterial>, key);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, signature);
    QVERIFY(key->verify(message, fromBase64Url(signature).value()));
    QVERIFY(!key->verify(message + 'A', fromBase64Url(signature).value()));
}

void TestKeyMaterial::sign_makesRfc8037sSignature()
{
    const QByteArray der = fromBase64Url(vectors::rfc8037Private).value();
    const auto key = privateKey(EdDSA, vectors::rfc8037Private);
    QCOMPARE(toBase64Url(key->sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc")),
             "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"_ba);
    QCOMPARE(key->toPrivate().view(), der);
}

void TestKeyMaterial::sign_verifies_data() { algorithms(); }

void TestKeyMaterial::sign_verifies()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const auto key = KeyMaterial::generate(algorithm).value();
    const auto other = KeyMaterial::generate(algorithm).value();
    QCOMPARE(key->algorithm(), algorithm);
    for (const QByteArray &message : {QByteArray(), "message"_ba, QByteArray(100'000, 'x')}) {
        const QByteArray signature = key->sign(message);
        QCOMPARE(signature.size(), algorithm == RS256 || algorithm == PS256 ? 384 : algorithm == HS256 ? 32 : 64);
        QVERIFY(key->verify(message, signature));
        QVERIFY(!other->verify(message, signature));
    }
}

void TestKeyMaterial::verify_refusesOtherSignatures_data() { algorithms(); }

void TestKeyMaterial::verify_refusesOtherSignatures()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const auto key = KeyMaterial::generate(algorithm).value();
    const QByteArray signature = key->sign("message");
    QVERIFY(!key->verify("message", {}));
    QVERIFY(!key->verify("message", signature.chopped(1)));
    QVERIFY(!key->verify("message", signature + '\0'));
    QVERIFY(!key->verify("message", '\0' + signature));
    QVERIFY(!key->verify("messagE", signature));
    QVERIFY(!key->verify("", signature));
    for (qsizetype bit = 0; bit < signature.size() * 8; bit += 7) {
        QByteArray changed = signature;
        changed[bit / 8] = char(changed[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY(!key->verify("message", changed));
    }
}

void TestKeyMaterial::toPrivate_readsBack_data() { algorithms(); }

void TestKeyMaterial::toPrivate_readsBack()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const auto key = KeyMaterial::generate(algorithm).value();
    const auto again = KeyMaterial::fromPrivate(algorithm, key->toPrivate()).value();
    QVERIFY(key->verify("message", again->sign("message")));
    QCOMPARE(again->publicJwk(), key->publicJwk());
    QCOMPARE(again->thumbprint(), key->thumbprint());
    QCOMPARE(again->toPrivate().view(), key->toPrivate().view());
}

void TestKeyMaterial::fromPrivate_refuses_data()
{
    const auto der = [](SignatureAlgorithm algorithm) { return KeyMaterial::generate(algorithm).value()->toPrivate(); };
    const auto changed = [](const QByteArray &bytes) { return SecretBytes(bytes); };
    const QByteArray ec = der(ES256).view().toByteArray();
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<SecretBytes>("bytes");
    for (const SignatureAlgorithm algorithm : {ES256, EdDSA, RS256, PS256, HS256})
        QTest::addRow("nothing, for %s", qPrintable(nameOf(algorithm))) << algorithm << SecretBytes();
    QTest::newRow("noise") << ES256 << changed(QByteArray(100, '\x30'));
    QTest::newRow("cut short") << ES256 << changed(ec.chopped(1));
    QTest::newRow("something behind") << ES256 << changed(ec + '\0');
    QTest::newRow("Ed25519 for ES256") << ES256 << der(EdDSA);
    QTest::newRow("P-256 for EdDSA") << EdDSA << der(ES256);
    QTest::newRow("P-256 for RS256") << RS256 << der(ES256);
    QTest::newRow("P-384 for ES256") << ES256 << toDer(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384"));
    QTest::newRow("secp256k1 for ES256") << ES256 << toDer(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "secp256k1"));
    QTest::newRow("X25519 for EdDSA") << EdDSA << toDer(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
    QTest::newRow("RSA of 1024 bits") << RS256 << toDer(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t(1024)));
    QTest::newRow("31 bytes for HS256") << HS256 << changed(QByteArray(31, 'k'));
}

void TestKeyMaterial::fromPrivate_refuses()
{
    QFETCH(SignatureAlgorithm, algorithm);
    QFETCH(SecretBytes, bytes);
    const auto key = KeyMaterial::fromPrivate(algorithm, bytes);
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::CryptoFailure);
}

/// What somebody else may have of it.
void TestKeyMaterial::publicHalf_verifiesOnly()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const auto key = KeyMaterial::generate(algorithm).value();
    if (!isPublished(algorithm)) {
        QVERIFY(!KeyMaterial::fromPublicJwk(algorithm, {{u"kty"_s, u"oct"_s}, {u"k"_s, u"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_s}}));
        return;
    }
    const auto half = KeyMaterial::fromPublicJwk(algorithm, *key->publicJwk());
    QVERIFY2(half, half ? "" : qPrintable(half.error().detail));
    const QByteArray signature = key->sign("message");
    QVERIFY((*half)->verify("message", signature));
    QVERIFY(!(*half)->verify("massage", signature));
    QCOMPARE((*half)->publicJwk(), key->publicJwk());
    QVERIFY((*half)->toPrivate().isEmpty());
    QVERIFY((*half)->sign("message").isEmpty());
}

void TestKeyMaterial::fromPublicJwk_refuses_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<QJsonObject>("jwk");
    const auto jwk = [](SignatureAlgorithm algorithm) { return *KeyMaterial::generate(algorithm).value()->publicJwk(); };
    const auto with = [](QJsonObject object, const QString &name, const QJsonValue &value) {
        object.insert(name, value);
        return object;
    };
    const QJsonObject ec = jwk(ES256);
    const QJsonObject rsa = jwk(RS256);
    QTest::newRow("nothing") << ES256 << QJsonObject {};
    QTest::newRow("Ed25519 for ES256") << ES256 << jwk(EdDSA);
    QTest::newRow("P-256 for EdDSA") << EdDSA << ec;
    QTest::newRow("P-256 for RS256") << RS256 << ec;
    QTest::newRow("P-256 for HS256") << HS256 << ec;
    QTest::newRow("a point off its curve") << ES256 << with(ec, u"y"_s, ec.value("x"_L1));
    QTest::newRow("the point at infinity") << ES256 << with(with(ec, u"x"_s, QString(43, u'A')), u"y"_s, QString(43, u'A'));
    QTest::newRow("a coordinate cut short") << ES256 << with(ec, u"x"_s, ec.value("x"_L1).toString().chopped(2));
    QTest::newRow("a coordinate of padding") << ES256 << with(ec, u"x"_s, ec.value("x"_L1).toString() + u'=');
    QTest::newRow("a coordinate that is a number") << ES256 << with(ec, u"x"_s, 7);
    QTest::newRow("another curve") << ES256 << with(ec, u"crv"_s, u"secp256k1"_s);
    QTest::newRow("no curve") << ES256 << with(ec, u"crv"_s, QJsonValue());
    QTest::newRow("Ed25519 of 31 bytes") << EdDSA << with(jwk(EdDSA), u"x"_s, QString(42, u'A'));
    QTest::newRow("RSA of 1024 bits") << RS256 << with(rsa, u"n"_s, rsa.value("n"_L1).toString().last(172));
    QTest::newRow("RSA of 16384 bits") << RS256 << with(rsa, u"n"_s, QString(2732, u'_'));
    QTest::newRow("RSA with an even modulus") << RS256 << with(rsa, u"n"_s, rsa.value("n"_L1).toString().chopped(4) + u"AAAA"_s);
    QTest::newRow("RSA with an exponent of one") << RS256 << with(rsa, u"e"_s, u"AQ"_s);
    QTest::newRow("RSA with an even exponent") << RS256 << with(rsa, u"e"_s, u"AQAA"_s);
    QTest::newRow("RSA with a long exponent") << RS256 << with(rsa, u"e"_s, QString(344, u'_'));
    QTest::newRow("RSA without an exponent") << RS256 << with(rsa, u"e"_s, QJsonValue());
}

void TestKeyMaterial::fromPublicJwk_refuses()
{
    QFETCH(SignatureAlgorithm, algorithm);
    QFETCH(QJsonObject, jwk);
    const auto key = KeyMaterial::fromPublicJwk(algorithm, jwk);
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::CryptoFailure);
}

void TestKeyMaterial::publicJwk_holdsNothingPrivate_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<QStringList>("members");
    QTest::newRow("ES256") << ES256 << QStringList {u"alg"_s, u"crv"_s, u"kty"_s, u"use"_s, u"x"_s, u"y"_s};
    QTest::newRow("EdDSA") << EdDSA << QStringList {u"alg"_s, u"crv"_s, u"kty"_s, u"use"_s, u"x"_s};
    QTest::newRow("RS256") << RS256 << QStringList {u"alg"_s, u"e"_s, u"kty"_s, u"n"_s, u"use"_s};
    QTest::newRow("HS256") << HS256 << QStringList();
}

void TestKeyMaterial::publicJwk_holdsNothingPrivate()
{
    QFETCH(SignatureAlgorithm, algorithm);
    QFETCH(QStringList, members);
    const auto key = KeyMaterial::generate(algorithm).value();
    QCOMPARE(key->publicJwk().value_or(QJsonObject()).keys(), members);
    QCOMPARE(key->publicJwk().has_value(), algorithm != HS256);
    QCOMPARE(key->thumbprint().has_value(), algorithm != HS256);
    if (algorithm == HS256)
        return;
    QVERIFY(isSignedUnderJwk(*key->publicJwk(), "message", key->sign("message")));
    QVERIFY(!isSignedUnderJwk(*key->publicJwk(), "another message", key->sign("message")));
    QCOMPARE(key->thumbprint()->size(), 43);
}

void TestKeyMaterial::names_readBack()
{
    for (const SignatureAlgorithm algorithm : {ES256, EdDSA, RS256, PS256, HS256})
        QCOMPARE(fromName<SignatureAlgorithm>(nameOf(algorithm)), algorithm);
    for (const QString &name : {QString(), u"none"_s, u"None"_s, u"es256"_s, u"ES256 "_s, u"PS384"_s, u"ES384"_s})
        QVERIFY(!fromName<SignatureAlgorithm>(name));
}

void TestKeyMaterial::ecdsa_keepsLeadingZeros()
{
    const QByteArray joined = QByteArray(20, '\0') + QByteArray(12, '\x80') + QByteArray(31, '\0') + '\x7f';
    QCOMPARE(ecdsaFromDer(ecdsaToDer(joined).value()), joined);
    QVERIFY(!ecdsaFromDer("not DER"));
    QVERIFY(!ecdsaFromDer({}));
    QVERIFY(!ecdsaToDer(joined.chopped(1)));
    // Numbers of 33 bytes have no place in 64.
    QVERIFY(!ecdsaFromDer(QByteArray::fromHex("3026022101") + QByteArray(32, '\0') + QByteArray::fromHex("020101")));
}

QTEST_GUILESS_MAIN(TestKeyMaterial)
#include "TestKeyMaterial.moc"
