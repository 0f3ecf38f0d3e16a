#include "core/base/Bytes.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/KeyReader.h"
#include "core/crypto/OpenSsl.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using enum SignatureAlgorithm;

namespace {

constexpr QByteArrayView words("correct horse");

openssl::Key generated(const char *kind, const char *curve) { return openssl::Key(EVP_PKEY_Q_keygen(nullptr, nullptr, kind, curve)); }

/// With another public exponent than the usual 65537.
openssl::Key rsaWith(unsigned long exponent)
{
    const std::unique_ptr<EVP_PKEY_CTX, openssl::Release<EVP_PKEY_CTX_free>> context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    const openssl::Number number(BN_new());
    BN_set_word(number.get(), exponent);
    EVP_PKEY *key = nullptr;
    EVP_PKEY_keygen_init(context.get());
    EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 2048);
    EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context.get(), number.get());
    EVP_PKEY_generate(context.get(), &key);
    return openssl::Key(key);
}

openssl::Key rsa(size_t bits) { return openssl::Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits)); }

QByteArray pkcs8(EVP_PKEY *key, QByteArrayView passphrase = {})
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, passphrase.isEmpty() ? nullptr : EVP_aes_256_cbc(), passphrase.data(),
                                  int(passphrase.size()), nullptr, nullptr);
    return openssl::writtenTo(bio);
}

/// PKCS#1 and SEC1.
QByteArray traditional(EVP_PKEY *key, QByteArrayView passphrase = {})
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey_traditional(bio.get(), key, passphrase.isEmpty() ? nullptr : EVP_aes_128_cbc(),
                                         reinterpret_cast<const unsigned char *>(passphrase.data()), int(passphrase.size()), nullptr,
                                         nullptr);
    return openssl::writtenTo(bio);
}

QByteArray publicPem(EVP_PKEY *key)
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PUBKEY(bio.get(), key);
    return openssl::writtenTo(bio);
}

Result<ForeignKey> read(const QByteArray &file, QByteArrayView passphrase = {}, std::optional<SignatureAlgorithm> wanted = {})
{
    return KeyReader::read(SecretBytes(file), SecretBytes(passphrase.toByteArray()), wanted);
}

QByteArray json(const QJsonObject &object) { return QJsonDocument(object).toJson(); }

/// RFC 7517 §A.2, the EC key.
const QJsonObject ecJwk {{u"kty"_s, u"EC"_s},
                         {u"crv"_s, u"P-256"_s},
                         {u"x"_s, u"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"_s},
                         {u"y"_s, u"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"_s},
                         {u"d"_s, u"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"_s},
                         {u"kid"_s, u"1"_s}};

/// RFC 8037 §A.1.
const QJsonObject okpJwk {{u"kty"_s, u"OKP"_s},
                          {u"crv"_s, u"Ed25519"_s},
                          {u"d"_s, u"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"_s},
                          {u"x"_s, u"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"_s}};

QJsonObject with(QJsonObject object, const QString &name, const QJsonValue &value)
{
    object.insert(name, value);
    return object;
}

QJsonObject without(QJsonObject object, const QString &name)
{
    object.remove(name);
    return object;
}

} // namespace

class TestKeyReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pem_isRead_data();
    void pem_isRead();
    void jwk_isRead_data();
    void jwk_isRead();
    void rsaJwk_isTheSameKey();
    void refusals_sayWhy_data();
    void refusals_sayWhy();

private:
    CryptoLibraries m_libraries;
};

void TestKeyReader::pem_isRead_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<std::optional<SignatureAlgorithm>>("wanted");
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    const auto row = [](const char *name, const QByteArray &file, QByteArrayView passphrase, std::optional<SignatureAlgorithm> wanted,
                        SignatureAlgorithm algorithm) { QTest::newRow(name) << file << passphrase.toByteArray() << wanted << algorithm; };
    const auto ec = generated("EC", "P-256");
    const auto ed = generated("ED25519", nullptr);
    const auto wide = rsa(2048);
    row("PKCS#8, P-256", pkcs8(ec.get()), {}, {}, ES256);
    row("PKCS#8, Ed25519", pkcs8(ed.get()), {}, {}, EdDSA);
    row("PKCS#8, RSA", pkcs8(wide.get()), {}, {}, RS256);
    row("PKCS#8, RSA for PS256", pkcs8(wide.get()), {}, PS256, PS256);
    row("SEC1", traditional(ec.get()), {}, ES256, ES256);
    row("PKCS#1", traditional(wide.get()), {}, {}, RS256);
    row("encrypted PKCS#8", pkcs8(ec.get(), words), words, {}, ES256);
    row("encrypted PKCS#1", traditional(wide.get(), words), words, {}, RS256);
    row("with a passphrase that nothing needs", pkcs8(ec.get()), words, {}, ES256);
    row("the curve's name before it, as openssl ecparam writes",
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + traditional(ec.get()), {}, {}, ES256);
    row("text around it", "Here it is:\n" + pkcs8(ec.get()) + "bye\n", {}, {}, ES256);
}

void TestKeyReader::pem_isRead()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QByteArray, passphrase);
    QFETCH(const std::optional<SignatureAlgorithm>, wanted);
    const auto key = read(file, passphrase, wanted);
    QVERIFY2(key, key ? "" : qPrintable(key.error().detail));
    QTEST(key->material->algorithm(), "algorithm");
    QCOMPARE(key->kid, QString());
    QVERIFY(key->material->verify("text", key->material->sign("text")));
    QCOMPARE(KeyReader::isEncrypted(file), file.contains("ENCRYPTED"));
}

void TestKeyReader::jwk_isRead_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<QString>("kid");
    const QString secret = QString::fromLatin1(toBase64Url(QByteArray(32, 'k')));
    QTest::newRow("P-256 of RFC 7517") << json(ecJwk) << ES256 << u"1"_s;
    QTest::newRow("Ed25519 of RFC 8037") << json(okpJwk) << EdDSA << QString();
    QTest::newRow("a set of one") << json({{u"keys"_s, QJsonArray {ecJwk}}}) << ES256 << u"1"_s;
    QTest::newRow("a secret") << json({{u"kty"_s, u"oct"_s}, {u"k"_s, secret}, {u"kid"_s, u"~!"_s}}) << HS256 << u"~!"_s;
    QTest::newRow("with its use") << json(with(with(ecJwk, u"use"_s, u"sig"_s), u"key_ops"_s, QJsonArray {u"verify"_s, u"sign"_s})) << ES256
                                  << u"1"_s;
}

void TestKeyReader::jwk_isRead()
{
    QFETCH(const QByteArray, file);
    const auto key = read(file);
    QVERIFY2(key, key ? "" : qPrintable(key.error().detail));
    QTEST(key->material->algorithm(), "algorithm");
    QTEST(key->kid, "kid");
    QVERIFY(key->material->verify("text", key->material->sign("text")));
    if (const auto published = key->material->publicJwk())
        QCOMPARE(published->value("x"_L1), QJsonDocument::fromJson(file).object().value("x"_L1).isString()
                                               ? QJsonDocument::fromJson(file).object().value("x"_L1)
                                               : QJsonDocument::fromJson(file)["keys"_L1][0]["x"_L1]);
}

/// An RSA JWK, made of the numbers of a PEM.
void TestKeyReader::rsaJwk_isTheSameKey()
{
    const auto pair = rsa(2048);
    const auto number = [&pair](const char *name) {
        BIGNUM *raw = nullptr;
        EVP_PKEY_get_bn_param(pair.get(), name, &raw);
        const openssl::Number value(raw);
        QByteArray bytes(BN_num_bytes(raw), '\0');
        BN_bn2bin(raw, reinterpret_cast<unsigned char *>(bytes.data()));
        return QString::fromLatin1(toBase64Url(bytes));
    };
    const QJsonObject jwk {{u"kty"_s, u"RSA"_s},
                           {u"n"_s, number("n")},
                           {u"e"_s, number("e")},
                           {u"d"_s, number("d")},
                           {u"p"_s, number("rsa-factor1")},
                           {u"q"_s, number("rsa-factor2")},
                           {u"dp"_s, number("rsa-exponent1")},
                           {u"dq"_s, number("rsa-exponent2")},
                           {u"qi"_s, number("rsa-coefficient1")}};
    const auto fromPem = read(pkcs8(pair.get()));
    for (const auto &[named, wanted, expected] : {std::tuple {QString(), std::optional<SignatureAlgorithm>(), RS256},
                                                  {u"PS256"_s, std::nullopt, PS256},
                                                  {QString(), PS256, PS256}}) {
        const auto key = read(json(named.isEmpty() ? jwk : with(jwk, u"alg"_s, named)), {}, wanted);
        QVERIFY2(key, key ? "" : qPrintable(key.error().detail));
        QCOMPARE(key->material->algorithm(), expected);
        QCOMPARE(key->material->thumbprint(), fromPem->material->thumbprint());
        QCOMPARE(fromPem->material->verify("text", key->material->sign("text")), expected == RS256); // PS256 and RS256 are two things
    }
    QVERIFY(read(json(with(jwk, u"alg"_s, u"PS256"_s)), {}, RS256).error().detail.contains(u"is for PS256, and not for RS256"_s));
    QVERIFY(!read(json(with(jwk, u"p"_s, jwk.value("q"_L1)))));
}

void TestKeyReader::refusals_sayWhy_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const QByteArray &file, const QString &why, QByteArrayView passphrase = {}) {
        QTest::newRow(name) << file << passphrase.toByteArray() << why;
    };
    const auto ec = generated("EC", "P-256");
    const QString secret = QString::fromLatin1(toBase64Url(QByteArray(31, 'k')));
    row("nothing", "", u"no private key that can be read"_s);
    row("garbage", QByteArray(5000, '\xa5'), u"no private key that can be read"_s);
    row("10 MB", QByteArray(10'000'000, '{'), u"larger than 64 KiB"_s);
    row("cut short", pkcs8(ec.get()).chopped(60), u"no private key that can be read"_s);
    row("a public key", publicPem(ec.get()), u"public key only"_s);
    row("encrypted, without a passphrase", pkcs8(ec.get(), words), u"its passphrase is needed"_s);
    row("encrypted, with another", pkcs8(ec.get(), words), u"the passphrase is not that of the key"_s, "wrong");
    row("P-384", pkcs8(generated("EC", "P-384").get()), u"none of P-256, Ed25519 and RSA"_s);
    row("secp256k1", pkcs8(generated("EC", "secp256k1").get()), u"none of P-256, Ed25519 and RSA"_s);
    row("X25519", pkcs8(generated("X25519", nullptr).get()), u"none of P-256, Ed25519 and RSA"_s);
    row("RSA of 1024 bits", pkcs8(rsa(1024).get()), u"this one 1024"_s);
    row("RSA with e = 3", pkcs8(rsaWith(3).get()), u"public exponent"_s);
    row("JSON that is none", "{\"kty\":", u"not JSON"_s);
    row("a name twice", R"({"kty":"EC","kty":"EC"})", u"not JSON"_s);
    row("a public JWK", json(without(ecJwk, u"d"_s)), u"public key only"_s);
    row("a set of none", json({{u"keys"_s, QJsonArray()}}), u"holds 0 keys"_s);
    row("a set of two", json({{u"keys"_s, QJsonArray {ecJwk, okpJwk}}}), u"holds 2 keys"_s);
    row("no kty", json(without(ecJwk, u"kty"_s)), u"the kty of the JWK"_s);
    row("another curve", json(with(ecJwk, u"crv"_s, u"P-384"_s)), u"the curve of the JWK is not P-256"_s);
    row("x of another key", json(with(ecJwk, u"x"_s, ecJwk.value("y"_L1))), u"make no key"_s);
    row("d of another key", json(with(ecJwk, u"d"_s, okpJwk.value("d"_L1))), u"does not belong to its private half"_s);
    row("Ed25519, x of another key", json(with(okpJwk, u"x"_s, okpJwk.value("d"_L1))), u"do not belong to each other"_s);
    row("d with padding", json(with(ecJwk, u"d"_s, QString(ecJwk.value("d"_L1).toString() + u'='))), u"not base64url"_s);
    row("for encryption", json(with(ecJwk, u"use"_s, u"enc"_s)), u"not for signatures"_s);
    row("to verify only", json(with(ecJwk, u"key_ops"_s, QJsonArray {u"verify"_s})), u"not to sign with"_s);
    row("ES384", json(with(ecJwk, u"alg"_s, u"ES384"_s)), u"the alg of the JWK is none of"_s);
    row("P-256 for RS256", json(with(ecJwk, u"alg"_s, u"RS256"_s)), u"cannot sign RS256"_s);
    row("P-256 for HS256", json(with(ecJwk, u"alg"_s, u"HS256"_s)), u"cannot sign HS256"_s);
    row("kid like an option", json(with(ecJwk, u"kid"_s, u"-x"_s)), u"the kid of the JWK"_s);
    row("kid empty", json(with(ecJwk, u"kid"_s, u""_s)), u"the kid of the JWK"_s);
    row("kid too long", json(with(ecJwk, u"kid"_s, QString(65, u'k'))), u"the kid of the JWK"_s);
    row("kid with a blank", json(with(ecJwk, u"kid"_s, u"a b"_s)), u"the kid of the JWK"_s);
    row("kid that is no text", json(with(ecJwk, u"kid"_s, 7)), u"the kid of the JWK"_s);
    row("a short secret", json({{u"kty"_s, u"oct"_s}, {u"k"_s, secret}}), u"this one 31"_s);
}

void TestKeyReader::refusals_sayWhy()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QByteArray, passphrase);
    QFETCH(const QString, why);
    const auto key = read(file, passphrase);
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::InvalidInput);
    QVERIFY2(key.error().detail.contains(why), qPrintable(key.error().detail));
    QVERIFY(!key.error().detail.contains(u"870MB6gf"_s));
}

QTEST_GUILESS_MAIN(TestKeyReader)
#include "TestKeyReader.moc"
