#include "core/crypto/KeyMaterial.h"

#include "core/crypto/EcdsaSignature.h"
#include "core/crypto/Jwk.h"
#include "core/crypto/OpenSsl.h"
#include "core/crypto/Primitives.h"

#include <openssl/rsa.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype leastSecret = 32;

using Context = std::unique_ptr<EVP_MD_CTX, openssl::Release<EVP_MD_CTX_free>>;

const unsigned char *in(QByteArrayView bytes) { return reinterpret_cast<const unsigned char *>(bytes.data()); }

/// EdDSA hashes by itself.
const EVP_MD *digestFor(SignatureAlgorithm algorithm) { return algorithm == SignatureAlgorithm::EdDSA ? nullptr : EVP_sha256(); }

/// For PS256 RFC 7518 §3.5: MGF1 with the same digest, which is OpenSSL's default, and a salt as long as that.
bool pad(SignatureAlgorithm algorithm, EVP_PKEY_CTX *context)
{
    return algorithm != SignatureAlgorithm::PS256
           || (EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
               && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1);
}

bool isOfKind(SignatureAlgorithm algorithm, EVP_PKEY *key)
{
    switch (algorithm) {
    case SignatureAlgorithm::ES256: {
        char group[64] {};
        return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1
               && QByteArrayView(group) == "prime256v1";
    }
    case SignatureAlgorithm::EdDSA: return EVP_PKEY_is_a(key, "ED25519");
    case SignatureAlgorithm::RS256:
    case SignatureAlgorithm::PS256: return EVP_PKEY_is_a(key, "RSA") && EVP_PKEY_get_bits(key) >= 2048;
    case SignatureAlgorithm::HS256: return false;
    }
    Q_UNREACHABLE_RETURN(false);
}

EVP_PKEY *generated(SignatureAlgorithm algorithm)
{
    switch (algorithm) {
    case SignatureAlgorithm::ES256: return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    case SignatureAlgorithm::EdDSA: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    case SignatureAlgorithm::RS256:
    case SignatureAlgorithm::PS256: return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t(3072));
    case SignatureAlgorithm::HS256: return nullptr;
    }
    Q_UNREACHABLE_RETURN(nullptr);
}

} // namespace

KeyMaterial::KeyMaterial(SignatureAlgorithm algorithm, Key key, SecretBytes secret)
    : m_algorithm(algorithm), m_key(std::move(key)), m_secret(std::move(secret))
{}

Result<std::shared_ptr<const KeyMaterial>> KeyMaterial::fromKey(SignatureAlgorithm algorithm, Key key)
{
    if (!key || !isOfKind(algorithm, key.get()))
        return refused(ErrorCode::CryptoFailure, u"not a key for %1"_s.arg(nameOf(algorithm)));
    return std::shared_ptr<const KeyMaterial>(new KeyMaterial(algorithm, std::move(key), {}));
}

Result<std::shared_ptr<const KeyMaterial>> KeyMaterial::generate(SignatureAlgorithm algorithm)
{
    if (algorithm == SignatureAlgorithm::HS256)
        return fromPrivate(algorithm, SecretBytes(randomBytes(leastSecret)));
    return fromKey(algorithm, Key(generated(algorithm), EVP_PKEY_free));
}

Result<std::shared_ptr<const KeyMaterial>> KeyMaterial::fromPrivate(SignatureAlgorithm algorithm, const SecretBytes &bytes)
{
    if (algorithm == SignatureAlgorithm::HS256) {
        if (bytes.view().size() < leastSecret)
            return refused(ErrorCode::CryptoFailure, u"an HS256 secret needs 32 bytes"_s); // RFC 7518 §3.2
        return std::shared_ptr<const KeyMaterial>(new KeyMaterial(algorithm, nullptr, bytes));
    }
    const unsigned char *at = in(bytes.view());
    Key key(d2i_AutoPrivateKey(nullptr, &at, bytes.view().size()), EVP_PKEY_free);
    if (at != in(bytes.view()) + bytes.view().size())
        return refused(ErrorCode::CryptoFailure, u"something follows the key"_s);
    return fromKey(algorithm, std::move(key));
}

Result<std::shared_ptr<const KeyMaterial>> KeyMaterial::fromPublicJwk(SignatureAlgorithm algorithm, const QJsonObject &jwk)
{
    return fromKey(algorithm, publicKeyOf(jwk));
}

Result<std::shared_ptr<const KeyMaterial>> KeyMaterial::fromFormerSecret(const SecretBytes &bytes)
{
    if (bytes.view().size() < leastFormerSecret)
        return refused(ErrorCode::InvalidInput,
                       u"a secret of %1 bytes is guessed from a single token: 16 are the least"_s.arg(bytes.view().size()));
    return std::shared_ptr<const KeyMaterial>(new KeyMaterial(SignatureAlgorithm::HS256, nullptr, bytes));
}

SecretBytes KeyMaterial::toPrivate() const
{
    if (!m_key)
        return m_secret;
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, openssl::Release<PKCS8_PRIV_KEY_INFO_free>> info(EVP_PKEY2PKCS8(m_key.get()));
    unsigned char *der = nullptr;
    const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der) : 0;
    if (size <= 0)
        return {};
    SecretBytes bytes(QByteArray(reinterpret_cast<const char *>(der), size));
    OPENSSL_clear_free(der, size_t(size));
    return bytes;
}

QByteArray KeyMaterial::sign(QByteArrayView message) const
{
    if (m_algorithm == SignatureAlgorithm::HS256)
        return hmacSha256(m_secret.view(), message);
    const Context context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *parameters = nullptr; // the context's
    size_t size = 0;
    if (EVP_DigestSignInit(context.get(), &parameters, digestFor(m_algorithm), nullptr, m_key.get()) != 1 || !pad(m_algorithm, parameters)
        || EVP_DigestSign(context.get(), nullptr, &size, in(message), size_t(message.size())) != 1)
        return {};
    QByteArray signature(qsizetype(size), Qt::Uninitialized);
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, in(message), size_t(message.size())) != 1)
        return {};
    signature.truncate(qsizetype(size));
    return m_algorithm == SignatureAlgorithm::ES256 ? ecdsaFromDer(signature).value_or(QByteArray()) : signature;
}

bool KeyMaterial::verify(QByteArrayView message, QByteArrayView signature) const
{
    if (m_algorithm == SignatureAlgorithm::HS256)
        return equalInConstantTime(hmacSha256(m_secret.view(), message), signature);
    QByteArray bytes = signature.toByteArray();
    if (m_algorithm == SignatureAlgorithm::ES256) {
        const auto der = ecdsaToDer(signature);
        if (!der)
            return false;
        bytes = *der;
    }
    const Context context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *parameters = nullptr;
    return EVP_DigestVerifyInit(context.get(), &parameters, digestFor(m_algorithm), nullptr, m_key.get()) == 1
           && pad(m_algorithm, parameters)
           && EVP_DigestVerify(context.get(), in(bytes), size_t(bytes.size()), in(message), size_t(message.size())) == 1;
}

std::optional<QJsonObject> KeyMaterial::publicJwk() const
{
    if (!m_key)
        return std::nullopt;
    QJsonObject jwk = jwkOf(m_key.get());
    jwk.insert("alg"_L1, nameOf(m_algorithm));
    jwk.insert("use"_L1, u"sig"_s);
    return jwk;
}

std::optional<QString> KeyMaterial::thumbprint() const { return m_key ? std::optional(jwkThumbprint(jwkOf(m_key.get()))) : std::nullopt; }

} // namespace warder
