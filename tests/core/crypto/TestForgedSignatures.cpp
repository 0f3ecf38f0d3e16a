#include "core/base/Bytes.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/EcdsaSignature.h"
#include "core/crypto/KeyMaterial.h"
#include "core/crypto/OpenSsl.h"
#include "core/crypto/Primitives.h"
#include "tests/core/crypto/Vectors.h"
#include "tests/support/Algorithms.h"
#include "tests/support/EcdsaTwin.h"

#include <QTest>

#include <openssl/rsa.h>

#include <functional>
#include <map>

using namespace Qt::StringLiterals;
using namespace warder;

/// A signature that is none, from a key and a true signature of `message` by it.
using Forge = std::function<QByteArray(const KeyMaterial &key, const QByteArray &good)>;

namespace {

const QByteArray message = "eyJhbGciOiJ4In0.e30"_ba;

/// How many points there are on P-256 and on Ed25519's curve; the latter counts from the low end.
const QByteArray p256Order = QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
const QByteArray p256Field = QByteArray::fromHex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
const QByteArray ed25519Order = QByteArray::fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

/// The head of DigestInfo (RFC 8017 §9.2, note 1).
const QByteArray sha256Info = QByteArray::fromHex("3031300d060960864801650304020105000420");
constexpr qsizetype modulusSize = 256;

unsigned char *out(QByteArray &bytes) { return reinterpret_cast<unsigned char *>(bytes.data()); }
const unsigned char *in(QByteArrayView bytes) { return reinterpret_cast<const unsigned char *>(bytes.data()); }

/// One for each algorithm. RSA's is read (2048 bits; making one takes long), and HS256 takes any bytes for a secret.
const KeyMaterial &keyFor(SignatureAlgorithm algorithm)
{
    static std::map<SignatureAlgorithm, std::shared_ptr<const KeyMaterial>> keys;
    if (!keys.contains(algorithm)) {
        const auto rsa = KeyMaterial::fromPrivate(algorithm, SecretBytes(fromBase64Url(vectors::rfc7515Rs256Key).value()));
        keys[algorithm] = rsa ? *rsa : KeyMaterial::generate(algorithm).value();
    }
    return *keys[algorithm];
}

openssl::Key opened(const KeyMaterial &key)
{
    const SecretBytes bytes = key.toPrivate();
    const unsigned char *at = in(bytes.view());
    return openssl::Key(d2i_AutoPrivateKey(nullptr, &at, bytes.view().size()));
}

using Change = std::function<void(EVP_PKEY_CTX *)>;

/// By any key, over any digest; `change` chooses the padding.
QByteArray signedBy(EVP_PKEY *key, const EVP_MD *digest, const Change &change = [](EVP_PKEY_CTX *) {})
{
    const std::unique_ptr<EVP_MD_CTX, openssl::Release<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *parameters = nullptr;
    EVP_DigestSignInit(context.get(), &parameters, digest, nullptr, key);
    change(parameters);
    size_t size = 1024;
    QByteArray signature(qsizetype(size), '\0');
    const bool done = EVP_DigestSign(context.get(), out(signature), &size, in(message), size_t(message.size())) == 1;
    return done ? signature.first(qsizetype(size)) : QByteArray();
}

/// The private operation on a block as it is (RFC 8017 §5.2.1).
QByteArray rsaOf(const KeyMaterial &key, const QByteArray &block)
{
    const openssl::Key pair = opened(key);
    const std::unique_ptr<EVP_PKEY_CTX, openssl::Release<EVP_PKEY_CTX_free>> context(EVP_PKEY_CTX_new(pair.get(), nullptr));
    EVP_PKEY_sign_init(context.get());
    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING);
    QByteArray signature(modulusSize, '\0');
    size_t size = modulusSize;
    const bool done = EVP_PKEY_sign(context.get(), out(signature), &size, in(block), size_t(block.size())) == 1;
    return done ? signature : QByteArray();
}

/// EMSA-PKCS1-v1_5 (RFC 8017 §9.2), of which each part can be another.
struct Block
{
    QByteArray told = sha256Info + sha256(message);
    char type = '\1';
    char filler = '\xff';
    char first = '\0';
    QByteArray separator = QByteArray(1, '\0');
    QByteArray behind = {};

    QByteArray bytes() const
    {
        const QByteArray tail = separator + told + behind;
        return QByteArray(1, first) + type + QByteArray(modulusSize - 2 - tail.size(), filler) + tail;
    }
};

/// The sum of two numbers of 32 bytes, lowest byte first.
QByteArray sumOf(const QByteArray &left, const QByteArray &right)
{
    const openssl::Number a(BN_lebin2bn(in(left), int(left.size()), nullptr));
    const openssl::Number b(BN_lebin2bn(in(right), int(right.size()), nullptr));
    BN_add(a.get(), a.get(), b.get());
    QByteArray sum(32, '\0');
    BN_bn2lebinpad(a.get(), out(sum), 32);
    return sum;
}

QByteArray numberOf(const KeyMaterial &rsa, int difference)
{
    const openssl::Key pair = opened(rsa);
    BIGNUM *raw = nullptr;
    EVP_PKEY_get_bn_param(pair.get(), "n", &raw);
    const openssl::Number n(raw);
    BN_add_word(n.get(), static_cast<BN_ULONG>(1 + difference));
    BN_sub_word(n.get(), 1);
    QByteArray bytes(modulusSize, '\0');
    BN_bn2binpad(n.get(), out(bytes), int(modulusSize));
    return bytes;
}

QByteArray reversed(QByteArray bytes)
{
    std::ranges::reverse(bytes);
    return bytes;
}

/// As a row says it, for an algorithm that there may not be.
void row(QLatin1StringView algorithm, const char *name, const Forge &forge)
{
    if (const auto known = fromName<SignatureAlgorithm>(QString(algorithm)))
        QTest::addRow("%s: %s", algorithm.data(), name) << *known << forge;
}

} // namespace

/// In the manner of Project Wycheproof: what is almost a signature is none.
class TestForgedSignatures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verify_refuses_data();
    void verify_refuses();
    void tools_makeWhatIsRight();
    void es256_takesBothS();

private:
    static void rowsOfAll();
    static void rowsOfEs256();
    static void rowsOfEdDsa();
    static void rowsOfRs256();
    static void rowsOfPs256();
    static void rowsOfHs256();

    CryptoLibraries m_libraries;
};

void TestForgedSignatures::rowsOfAll()
{
    for (const SignatureAlgorithm algorithm : test::everyAlgorithm()) {
        const auto own = [name = namesOf<SignatureAlgorithm>.at(size_t(algorithm))](const char *what, Forge forge) {
            row(name, what, forge);
        };
        own("nothing", [](const KeyMaterial &, const QByteArray &) { return QByteArray(); });
        own("the first byte", [](const KeyMaterial &, const QByteArray &good) { return good.first(1); });
        own("one half", [](const KeyMaterial &, const QByteArray &good) { return good.first(good.size() / 2); });
        own("without its last byte", [](const KeyMaterial &, const QByteArray &good) { return good.chopped(1); });
        own("without its first byte", [](const KeyMaterial &, const QByteArray &good) { return good.sliced(1); });
        own("a zero behind", [](const KeyMaterial &, const QByteArray &good) { return good + '\0'; });
        own("a zero before", [](const KeyMaterial &, const QByteArray &good) { return '\0' + good; });
        own("twice", [](const KeyMaterial &, const QByteArray &good) { return good + good; });
        own("zeros", [](const KeyMaterial &, const QByteArray &good) { return QByteArray(good.size(), '\0'); });
        own("ones", [](const KeyMaterial &, const QByteArray &good) { return QByteArray(good.size(), '\xff'); });
        own("backwards", [](const KeyMaterial &, const QByteArray &good) { return reversed(good); });
        own("as base64url", [](const KeyMaterial &, const QByteArray &good) { return toBase64Url(good); });
        own("8 KiB", [](const KeyMaterial &, const QByteArray &good) { return good + QByteArray(8 * 1024, '\0'); });
        own("of another message", [](const KeyMaterial &key, const QByteArray &) { return key.sign("another message"); });
        for (const SignatureAlgorithm other : test::everyAlgorithm()) {
            if (other != algorithm)
                own(qPrintable(u"as %1 makes it"_s.arg(nameOf(other))),
                    [other](const KeyMaterial &, const QByteArray &) { return keyFor(other).sign(message); });
        }
    }
}

void TestForgedSignatures::rowsOfEs256()
{
    const QByteArray zero(32, '\0');
    const QByteArray one = QByteArray(31, '\0') + '\1';
    const auto same = [](const char *name, const QByteArray &signature) {
        row("ES256"_L1, name, [signature](const KeyMaterial &, const QByteArray &) { return signature; });
    };
    const auto own = [](const char *name, const Forge &forge) { row("ES256"_L1, name, forge); };
    same("r and s are 0 (CVE-2022-21449)", zero + zero);
    same("r is 0", zero + one);
    same("s is 0", one + zero);
    same("r and s are 1", one + one);
    same("r and s are the order", p256Order + p256Order);
    same("r is the order", p256Order + one);
    same("s is the order", one + p256Order);
    same("r is the field's prime", p256Field + one);
    same("as long as of P-384", QByteArray(96, '\1'));
    own("r with the order as s", [](const KeyMaterial &, const QByteArray &good) { return good.first(32) + p256Order; });
    own("r with 0 as s", [](const KeyMaterial &, const QByteArray &good) { return good.first(32) + QByteArray(32, '\0'); });
    own("s with 0 as r", [](const KeyMaterial &, const QByteArray &good) { return QByteArray(32, '\0') + good.last(32); });
    own("s before r", [](const KeyMaterial &, const QByteArray &good) { return good.last(32) + good.first(32); });
    own("the lowest byte first",
        [](const KeyMaterial &, const QByteArray &good) { return reversed(good.first(32)) + reversed(good.last(32)); });
    own("in DER", [](const KeyMaterial &, const QByteArray &good) { return ecdsaToDer(good).value(); });
    own("r and s of 33 bytes", [](const KeyMaterial &, const QByteArray &good) { return '\0' + good.first(32) + '\0' + good.last(32); });
    own("over SHA-512",
        [](const KeyMaterial &key, const QByteArray &) { return ecdsaFromDer(signedBy(opened(key).get(), EVP_sha512())).value(); });
    own("by a key of secp256k1", [](const KeyMaterial &, const QByteArray &) {
        const openssl::Key other(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "secp256k1"));
        return ecdsaFromDer(signedBy(other.get(), EVP_sha256())).value();
    });
    own("by another key",
        [](const KeyMaterial &, const QByteArray &) { return KeyMaterial::generate(SignatureAlgorithm::ES256).value()->sign(message); });
}

void TestForgedSignatures::rowsOfEdDsa()
{
    const auto own = [](const char *name, const Forge &forge) { row("EdDSA"_L1, name, forge); };
    own("S and the order", [](const KeyMaterial &, const QByteArray &good) { return good.first(32) + sumOf(good.last(32), ed25519Order); });
    own("S and twice the order", [](const KeyMaterial &, const QByteArray &good) {
        return good.first(32) + sumOf(sumOf(good.last(32), ed25519Order), ed25519Order);
    });
    own("the order as S", [](const KeyMaterial &, const QByteArray &good) { return good.first(32) + ed25519Order; });
    own("0 as S", [](const KeyMaterial &, const QByteArray &good) { return good.first(32) + QByteArray(32, '\0'); });
    own("S before R", [](const KeyMaterial &, const QByteArray &good) { return good.last(32) + good.first(32); });
    own("-R", [](const KeyMaterial &, const QByteArray &good) {
        QByteArray other = good;
        other[31] = char(other[31] ^ 0x80);
        return other;
    });
    own("by another key",
        [](const KeyMaterial &, const QByteArray &) { return KeyMaterial::generate(SignatureAlgorithm::EdDSA).value()->sign(message); });
    // The points of order 1, 2, 4 and 8, and other spellings of them.
    for (const char *point : {"0100000000000000000000000000000000000000000000000000000000000000",
                              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "0000000000000000000000000000000000000000000000000000000000000000",
                              "0000000000000000000000000000000000000000000000000000000000000080",
                              "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                              "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                              "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                              "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                              "0100000000000000000000000000000000000000000000000000000000000080",
                              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                              "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
        const QByteArray r = QByteArray::fromHex(point);
        own(qPrintable(u"R of small order, S 0: %1"_s.arg(QLatin1StringView(point))),
            [r](const KeyMaterial &, const QByteArray &) { return r + QByteArray(32, '\0'); });
        own(qPrintable(u"R of small order: %1"_s.arg(QLatin1StringView(point))),
            [r](const KeyMaterial &, const QByteArray &good) { return r + good.last(32); });
    }
}

void TestForgedSignatures::rowsOfRs256()
{
    const QByteArray digest = sha256(message);
    const auto own = [](const char *name, const Forge &forge) { row("RS256"_L1, name, forge); };
    const auto block = [](const char *name, const Block &what) {
        row("RS256"_L1, name, [bytes = what.bytes()](const KeyMaterial &key, const QByteArray &) { return rsaOf(key, bytes); });
    };
    const QByteArray told = sha256Info + digest;
    block("no DigestInfo", {.told = digest});
    block("DigestInfo of SHA-1", {.told = QByteArray::fromHex("3021300906052b0e03021a05000414") + digest.first(20)});
    block("DigestInfo of SHA-224", {.told = QByteArray::fromHex("302d300d06096086480165030402040500041c") + digest.first(28)});
    block("DigestInfo of SHA-512/256", {.told = QByteArray::fromHex("3031300d060960864801650304020605000420") + digest});
    block("DigestInfo without NULL", {.told = QByteArray::fromHex("302f300b0609608648016503040201"
                                                                  "0420")
                                              + digest});
    block("DigestInfo with more than NULL", {.told = QByteArray::fromHex("3033300f0609608648016503040201"
                                                                         "050005000420")
                                                     + digest});
    block("DigestInfo with a long form of length", {.told = QByteArray::fromHex("308131300d060960864801650304020105000420") + digest});
    block("DigestInfo of indefinite length",
          {.told = QByteArray::fromHex("3080300d060960864801650304020105000420") + digest + QByteArray(2, '\0')});
    block("a digest cut short", {.told = QByteArray::fromHex("3030300d06096086480165030402010500041f") + digest.first(31)});
    block("something behind the digest (CVE-2006-4339)", {.told = told, .behind = QByteArray(1, '\0')});
    block("eight bytes of padding, and the rest behind", {.told = told, .behind = QByteArray(modulusSize - 11 - told.size(), 'x')});
    block("no padding, and the rest behind", {.told = told, .behind = QByteArray(modulusSize - 3 - told.size(), '\0')});
    block("padding of zeros", {.filler = '\0'});
    block("padding of other bytes", {.filler = '\x55'});
    block("block type 0", {.type = '\0'});
    block("block type 2, that of encryption", {.type = '\2'});
    block("a first byte that is not 0", {.first = '\1'});
    block("no separator", {.separator = {}});
    block("another separator", {.separator = "\1"_ba});
    block("the digest of another message", {.told = sha256Info + sha256("another message")});
    own("over SHA-1", [](const KeyMaterial &key, const QByteArray &) { return signedBy(opened(key).get(), EVP_sha1()); });
    own("over SHA-512", [](const KeyMaterial &key, const QByteArray &) { return signedBy(opened(key).get(), EVP_sha512()); });
    own("PSS", [](const KeyMaterial &key, const QByteArray &) {
        return signedBy(opened(key).get(), EVP_sha256(), [](EVP_PKEY_CTX *to) { EVP_PKEY_CTX_set_rsa_padding(to, RSA_PKCS1_PSS_PADDING); });
    });
    own("1", [](const KeyMaterial &, const QByteArray &) { return QByteArray(modulusSize - 1, '\0') + '\1'; });
    own("the modulus less one", [](const KeyMaterial &key, const QByteArray &) { return numberOf(key, -1); });
    own("the modulus", [](const KeyMaterial &key, const QByteArray &) { return numberOf(key, 0); });
    own("the modulus and one", [](const KeyMaterial &key, const QByteArray &) { return numberOf(key, 1); });
}

void TestForgedSignatures::rowsOfPs256()
{
    const auto own = [](const char *name, const EVP_MD *digest, const Change &change) {
        row("PS256"_L1, name, [=](const KeyMaterial &key, const QByteArray &) { return signedBy(opened(key).get(), digest, change); });
    };
    const auto salted = [](int size, const EVP_MD *mask = EVP_sha256()) {
        return [=](EVP_PKEY_CTX *to) {
            EVP_PKEY_CTX_set_rsa_padding(to, RSA_PKCS1_PSS_PADDING);
            EVP_PKEY_CTX_set_rsa_pss_saltlen(to, size);
            EVP_PKEY_CTX_set_rsa_mgf1_md(to, mask);
        };
    };
    own("PKCS #1 v1.5", EVP_sha256(), [](EVP_PKEY_CTX *to) { EVP_PKEY_CTX_set_rsa_padding(to, RSA_PKCS1_PADDING); });
    own("no salt", EVP_sha256(), salted(0));
    own("a salt of 20 bytes", EVP_sha256(), salted(20));
    own("a salt of 31 bytes", EVP_sha256(), salted(31));
    own("the longest salt", EVP_sha256(), salted(RSA_PSS_SALTLEN_MAX));
    own("a mask of SHA-1", EVP_sha256(), salted(32, EVP_sha1()));
    own("a mask of SHA-512", EVP_sha256(), salted(32, EVP_sha512()));
    own("over SHA-1", EVP_sha1(), salted(32));
    own("over SHA-512", EVP_sha512(), salted(32, EVP_sha512()));
    row("PS256"_L1, "the modulus", [](const KeyMaterial &key, const QByteArray &) { return numberOf(key, 0); });
}

void TestForgedSignatures::rowsOfHs256()
{
    const auto own = [](const char *name, const Forge &forge) { row("HS256"_L1, name, forge); };
    own("16 bytes of it", [](const KeyMaterial &, const QByteArray &good) { return good.first(16); });
    own("without the key", [](const KeyMaterial &, const QByteArray &) { return sha256(message); });
    own("an empty key", [](const KeyMaterial &, const QByteArray &) { return hmacSha256({}, message); });
    own("a key of zeros", [](const KeyMaterial &, const QByteArray &) { return hmacSha256(QByteArray(32, '\0'), message); });
    own("the key and the message, hashed",
        [](const KeyMaterial &key, const QByteArray &) { return sha256(key.toPrivate().view().toByteArray() + message); });
}

void TestForgedSignatures::verify_refuses_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<Forge>("forge");
    rowsOfAll();
    rowsOfEs256();
    rowsOfEdDsa();
    rowsOfRs256();
    rowsOfPs256();
    rowsOfHs256();
}

void TestForgedSignatures::verify_refuses()
{
    QFETCH(SignatureAlgorithm, algorithm);
    QFETCH(Forge, forge);
    const KeyMaterial &key = keyFor(algorithm);
    const QByteArray good = key.sign(message);
    QVERIFY(key.verify(message, good));
    const QByteArray forged = forge(key, good);
    const QByteArray row = QTest::currentDataTag();
    QVERIFY(forged != good && !(forged.isEmpty() && !row.endsWith(": nothing")));
    QVERIFY(!key.verify(message, forged));
}

/// Or a forgery above may be refused for another reason than its own.
void TestForgedSignatures::tools_makeWhatIsRight()
{
    const KeyMaterial &rsa = keyFor(SignatureAlgorithm::RS256);
    QVERIFY(rsa.verify(message, rsaOf(rsa, Block().bytes())));
    QVERIFY(rsa.verify(message, signedBy(opened(rsa).get(), EVP_sha256())));
    const KeyMaterial &ec = keyFor(SignatureAlgorithm::ES256);
    QVERIFY(ec.verify(message, ecdsaFromDer(signedBy(opened(ec).get(), EVP_sha256())).value()));
    const QByteArray good = keyFor(SignatureAlgorithm::EdDSA).sign(message);
    QCOMPARE(good, signedBy(opened(keyFor(SignatureAlgorithm::EdDSA)).get(), nullptr));
    QVERIFY(sumOf(good.last(32), QByteArray(32, '\0')) == good.last(32) && sumOf(good.last(32), ed25519Order) != good.last(32));
}

void TestForgedSignatures::es256_takesBothS()
{
    const KeyMaterial &key = keyFor(SignatureAlgorithm::ES256);
    const QByteArray good = key.sign(message);
    QVERIFY(test::ecdsaTwin(good) != good);
    QVERIFY(key.verify(message, test::ecdsaTwin(good)));
    QCOMPARE(test::ecdsaTwin(test::ecdsaTwin(good)), good);
}

QTEST_GUILESS_MAIN(TestForgedSignatures)
#include "TestForgedSignatures.moc"
