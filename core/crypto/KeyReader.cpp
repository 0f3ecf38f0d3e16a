#include "core/crypto/KeyReader.h"

#include "core/base/Bytes.h"
#include "core/base/StrictJson.h"
#include "core/crypto/OpenSsl.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <QJsonArray>
#include <QScopeGuard>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int leastRsa = 2048;
constexpr int mostRsa = 8192; // beyond, a signature takes longer than a password
constexpr qsizetype longestKid = 64;

using Builder = std::unique_ptr<OSSL_PARAM_BLD, openssl::Release<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, openssl::Release<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, openssl::Release<EVP_PKEY_CTX_free>>;
using Numbers = std::vector<openssl::Number>;

std::unexpected<Error> notAKey(const QString &sentence) { return refused(ErrorCode::InvalidInput, sentence); }

const unsigned char *rawOf(QByteArrayView bytes) { return reinterpret_cast<const unsigned char *>(bytes.data()); }

struct Passphrase
{
    QByteArrayView given;
    bool wasAsked = false;
};

int givePassphrase(char *to, int size, int, void *from)
{
    auto *passphrase = static_cast<Passphrase *>(from);
    passphrase->wasAsked = true;
    if (passphrase->given.isEmpty() || passphrase->given.size() > size)
        return -1;
    std::ranges::copy(passphrase->given, to);
    return int(passphrase->given.size());
}

Result<openssl::Key> fromPem(const SecretBytes &file, const SecretBytes &given)
{
    Passphrase passphrase {.given = given.view()};
    openssl::Key key(PEM_read_bio_PrivateKey(openssl::reading(file.view()).get(), nullptr, givePassphrase, &passphrase));
    if (key)
        return key;
    if (passphrase.wasAsked)
        return notAKey(given.isEmpty() ? u"the key is encrypted: its passphrase is needed"_s : u"the passphrase is not that of the key"_s);
    if (file.view().contains("-----BEGIN PUBLIC KEY") || file.view().contains("-----BEGIN RSA PUBLIC KEY")
        || file.view().contains("-----BEGIN CERTIFICATE"))
        return notAKey(u"the file holds a public key only: the private one is needed, to sign with"_s);
    return notAKey(u"the file holds no private key that can be read: PEM (PKCS#8, PKCS#1, SEC1) and JWK are"_s);
}

Result<QByteArray> memberOf(const QJsonObject &jwk, QLatin1StringView name)
{
    const auto bytes = fromBase64Url(jwk.value(name).toString().toLatin1());
    if (!bytes || bytes->isEmpty())
        return notAKey(u"the member %1 of the JWK is missing, or not base64url"_s.arg(name));
    return *bytes;
}

Result<openssl::Key> built(const char *kind, OSSL_PARAM_BLD *builder)
{
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY *made = nullptr;
    if (!parameters || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, parameters.get()) != 1)
        return notAKey(u"the members of the JWK make no key"_s);
    return openssl::Key(made);
}

/// Each of these numbers of the JWK as a parameter of OpenSSL's.
Result<void> push(OSSL_PARAM_BLD *builder, Numbers &kept, const QJsonObject &jwk,
                  std::initializer_list<std::pair<QLatin1StringView, const char *>> names)
{
    for (const auto &[member, parameter] : names) {
        auto bytes = memberOf(jwk, member);
        if (!bytes)
            return refused(bytes);
        kept.emplace_back(BN_secure_new());
        const bool done = BN_bin2bn(rawOf(*bytes), int(bytes->size()), kept.back().get())
                          && OSSL_PARAM_BLD_push_BN(builder, parameter, kept.back().get()) == 1;
        wipe(*bytes);
        if (!done)
            return notAKey(u"the member %1 of the JWK is no number for a key"_s.arg(member));
    }
    return {};
}

Result<openssl::Key> rsaOf(const QJsonObject &jwk)
{
    const Builder builder(OSSL_PARAM_BLD_new());
    Numbers kept;
    return push(builder.get(), kept, jwk,
                {{"n"_L1, OSSL_PKEY_PARAM_RSA_N},
                 {"e"_L1, OSSL_PKEY_PARAM_RSA_E},
                 {"d"_L1, OSSL_PKEY_PARAM_RSA_D},
                 {"p"_L1, OSSL_PKEY_PARAM_RSA_FACTOR1},
                 {"q"_L1, OSSL_PKEY_PARAM_RSA_FACTOR2},
                 {"dp"_L1, OSSL_PKEY_PARAM_RSA_EXPONENT1},
                 {"dq"_L1, OSSL_PKEY_PARAM_RSA_EXPONENT2},
                 {"qi"_L1, OSSL_PKEY_PARAM_RSA_COEFFICIENT1}})
        .and_then([&] { return built("RSA", builder.get()); });
}

Result<openssl::Key> ecOf(const QJsonObject &jwk)
{
    if (jwk.value("crv"_L1) != "P-256"_L1)
        return notAKey(u"the curve of the JWK is not P-256"_s);
    const auto x = memberOf(jwk, "x"_L1);
    const auto y = memberOf(jwk, "y"_L1);
    if (!x || !y || x->size() != 32 || y->size() != 32)
        return notAKey(u"the members x and y of the JWK are not 32 bytes each"_s);
    const QByteArray point = '\x04' + *x + *y;
    const Builder builder(OSSL_PARAM_BLD_new());
    Numbers kept;
    if (OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1
        || OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(), size_t(point.size())) != 1)
        return notAKey(u"the members of the JWK make no key"_s);
    return push(builder.get(), kept, jwk, {{"d"_L1, OSSL_PKEY_PARAM_PRIV_KEY}}).and_then([&] { return built("EC", builder.get()); });
}

Result<openssl::Key> okpOf(const QJsonObject &jwk)
{
    if (jwk.value("crv"_L1) != "Ed25519"_L1)
        return notAKey(u"the curve of the JWK is not Ed25519"_s);
    auto d = memberOf(jwk, "d"_L1);
    const auto x = memberOf(jwk, "x"_L1);
    if (!d || !x)
        return notAKey(u"the member d or x of the JWK is missing, or not base64url"_s);
    openssl::Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, rawOf(*d), size_t(d->size())));
    wipe(*d);
    std::array<unsigned char, 32> point {};
    size_t size = point.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), point.data(), &size) != 1
        || QByteArrayView(reinterpret_cast<const char *>(point.data()), qsizetype(size)) != QByteArrayView(*x))
        return notAKey(u"the members d and x of the JWK do not belong to each other"_s);
    return key;
}

/// What it says of its own use.
Result<void> checkUse(const QJsonObject &jwk)
{
    const QString kid = jwk.value("kid"_L1).toString();
    const bool isPlain = std::ranges::all_of(kid, [](QChar c) { return c > u' ' && c <= u'~'; });
    if (jwk.contains("kid"_L1) && (kid.isEmpty() || kid.size() > longestKid || !isPlain || kid.startsWith(u'-')))
        return notAKey(u"the kid of the JWK is not 1 to 64 printable ASCII characters without blanks, the first of them no '-'"_s);
    if (jwk.contains("use"_L1) && jwk.value("use"_L1) != "sig"_L1)
        return notAKey(u"the JWK says that it is not for signatures (use)"_s);
    if (jwk.contains("key_ops"_L1) && !jwk.value("key_ops"_L1).toArray().contains("sign"_L1))
        return notAKey(u"the JWK says that it is not to sign with (key_ops)"_s);
    if (jwk.contains("alg"_L1) && !fromName<SignatureAlgorithm>(jwk.value("alg"_L1).toString()))
        return notAKey(u"the alg of the JWK is none of ES256, EdDSA, RS256, PS256 and HS256"_s);
    return {};
}

Result<QJsonObject> jwkIn(QByteArrayView text)
{
    const auto object = parseStrictJsonObject(text, {.depth = 5, .values = 256});
    if (!object)
        return notAKey(u"the file is not JSON: %1 at byte %2"_s.arg(object.error().message).arg(object.error().offset));
    if (!object->contains("keys"_L1))
        return *object;
    const QJsonArray keys = object->value("keys"_L1).toArray();
    if (keys.size() != 1)
        return notAKey(u"the JWK set holds %1 keys: one is imported at a time"_s.arg(keys.size()));
    return keys.first().toObject();
}

/// The one that the key is for, of those that its kind could sign.
Result<SignatureAlgorithm> algorithmFor(std::initializer_list<SignatureAlgorithm> able, const QString &named,
                                        std::optional<SignatureAlgorithm> wanted)
{
    const auto said = fromName<SignatureAlgorithm>(named);
    if (said && wanted && *said != *wanted)
        return notAKey(u"the JWK is for %1, and not for %2"_s.arg(named, nameOf(*wanted)));
    const SignatureAlgorithm algorithm = said ? *said : wanted.value_or(*able.begin());
    if (!std::ranges::contains(able, algorithm))
        return notAKey(u"a key of this kind cannot sign %1"_s.arg(nameOf(algorithm)));
    return algorithm;
}

/// FIPS 186-5 §5.4. With e = 1 a signature is the message itself.
bool hasSafeExponent(EVP_PKEY *key)
{
    BIGNUM *raw = nullptr;
    const bool there = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &raw) == 1;
    const openssl::Number exponent(raw);
    return there && BN_is_odd(exponent.get()) && BN_num_bits(exponent.get()) > 16 && BN_num_bits(exponent.get()) <= 256;
}

Result<SignatureAlgorithm> algorithmOf(EVP_PKEY *key, const QString &named, std::optional<SignatureAlgorithm> wanted)
{
    using enum SignatureAlgorithm;
    if (EVP_PKEY_is_a(key, "RSA")) {
        const int bits = EVP_PKEY_get_bits(key);
        if (bits < leastRsa || bits > mostRsa)
            return notAKey(u"an RSA key has 2048 to 8192 bits, this one %1"_s.arg(bits));
        if (!hasSafeExponent(key))
            return notAKey(u"the public exponent of the RSA key is not odd and between 65537 and 2^256"_s);
        return algorithmFor({RS256, PS256}, named, wanted);
    }
    if (EVP_PKEY_is_a(key, "ED25519"))
        return algorithmFor({EdDSA}, named, wanted);
    std::array<char, 64> group {};
    if (EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1
        && QByteArrayView(group.data()) == "prime256v1")
        return algorithmFor({ES256}, named, wanted);
    return notAKey(u"the key is none of P-256, Ed25519 and RSA"_s);
}

Result<ForeignKey> materialOf(EVP_PKEY *key, const QString &named, const QString &kid, std::optional<SignatureAlgorithm> wanted)
{
    const auto algorithm = algorithmOf(key, named, wanted);
    if (!algorithm)
        return refused(algorithm);
    const KeyContext checking(EVP_PKEY_CTX_new(key, nullptr));
    if (EVP_PKEY_pairwise_check(checking.get()) != 1)
        return notAKey(u"the public half of the key does not belong to its private half"_s);
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, openssl::Release<PKCS8_PRIV_KEY_INFO_free>> info(EVP_PKEY2PKCS8(key));
    unsigned char *der = nullptr;
    const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der) : 0;
    if (size <= 0)
        return notAKey(u"the key cannot be kept"_s);
    const SecretBytes bytes(QByteArray(reinterpret_cast<const char *>(der), size));
    OPENSSL_clear_free(der, size_t(size));
    return KeyMaterial::fromPrivate(*algorithm, bytes).transform([&kid](const auto &material) {
        return ForeignKey {.material = material, .kid = kid};
    });
}

Result<ForeignKey> secretOf(const QJsonObject &jwk, const QString &named, std::optional<SignatureAlgorithm> wanted)
{
    const auto algorithm = algorithmFor({SignatureAlgorithm::HS256}, named, wanted);
    if (!algorithm)
        return refused(algorithm);
    auto bytes = memberOf(jwk, "k"_L1);
    if (!bytes)
        return refused(bytes);
    if (bytes->size() < 32)
        return notAKey(u"a secret for HS256 has 32 bytes or more (RFC 7518), this one %1"_s.arg(bytes->size()));
    return KeyMaterial::fromPrivate(*algorithm, SecretBytes(*std::move(bytes))).transform([&jwk](const auto &material) {
        return ForeignKey {.material = material, .kid = jwk.value("kid"_L1).toString()};
    });
}

Result<ForeignKey> fromJwk(QByteArrayView text, std::optional<SignatureAlgorithm> wanted)
{
    const auto jwk = jwkIn(text);
    if (!jwk)
        return refused(jwk);
    if (const auto use = checkUse(*jwk); !use)
        return refused(use);
    const QString kind = jwk->value("kty"_L1).toString();
    const QString named = jwk->value("alg"_L1).toString();
    if (kind == "oct"_L1)
        return secretOf(*jwk, named, wanted);
    if (!jwk->contains("d"_L1))
        return notAKey(u"the JWK is a public key only: the private one is needed, to sign with"_s);
    const auto key = kind == "RSA"_L1   ? rsaOf(*jwk)
                     : kind == "EC"_L1  ? ecOf(*jwk)
                     : kind == "OKP"_L1 ? okpOf(*jwk)
                                        : Result<openssl::Key>(notAKey(u"the kty of the JWK is none of RSA, EC, OKP and oct"_s));
    if (!key)
        return refused(key);
    return materialOf(key->get(), named, jwk->value("kid"_L1).toString(), wanted);
}

} // namespace

Result<ForeignKey> KeyReader::read(const SecretBytes &file, const SecretBytes &passphrase, std::optional<SignatureAlgorithm> wanted)
{
    const auto leaving = qScopeGuard([] { ERR_clear_error(); }); // or the next handshake on this thread would report ours
    if (file.view().size() > longest)
        return notAKey(u"the file is larger than 64 KiB: that is no key"_s);
    if (file.view().trimmed().startsWith('{'))
        return fromJwk(file.view(), wanted);
    const auto key = fromPem(file, passphrase);
    if (!key)
        return refused(key);
    return materialOf(key->get(), {}, {}, wanted);
}

bool KeyReader::isEncrypted(QByteArrayView file)
{
    return file.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || file.contains("Proc-Type: 4,ENCRYPTED");
}

} // namespace warder
