#include "core/crypto/CoseKey.h"

#include "core/crypto/PublicKey.h"
#include "core/crypto/StrictCbor.h"

#include <QCborMap>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using DigestContext = std::unique_ptr<EVP_MD_CTX, openssl::Release<EVP_MD_CTX_free>>;

/// Labels of RFC 9052 §7.1 and RFC 9053 §7; an RSA key's (RFC 8230 §4) have the numbers of others.
enum Label { KeyType = 1, Algorithm = 3, Curve = -1, X = -2, Y = -3, Modulus = -1, Exponent = -2 };
enum KeyTypes { Okp = 1, Ec2 = 2, Rsa = 3 };

const unsigned char *uchars(QByteArrayView bytes) { return reinterpret_cast<const unsigned char *>(bytes.data()); }

/// Nothing where there is none, or another kind of value.
QByteArray bytesOf(const QCborMap &key, Label label)
{
    const QCborValue value = key.value(label);
    return value.isByteArray() ? value.toByteArray() : QByteArray();
}

bool holds(const QCborMap &key, Label label, int number)
{
    const QCborValue value = key.value(label);
    return value.isInteger() && value.toInteger() == number;
}

openssl::Key ecKey(const QCborMap &key, int number, const openssl::Curve &curve)
{
    if (!holds(key, KeyType, Ec2) || !holds(key, Curve, number))
        return {};
    return openssl::ecPublicKey(curve, bytesOf(key, X), bytesOf(key, Y));
}

openssl::Key edKey(const QCborMap &key, int number, int type)
{
    if (!holds(key, KeyType, Okp) || !holds(key, Curve, number))
        return {};
    return openssl::edPublicKey(type, bytesOf(key, X));
}

openssl::Key rsaKey(const QCborMap &key)
{
    if (!holds(key, KeyType, Rsa))
        return {};
    return openssl::rsaPublicKey(bytesOf(key, Modulus), bytesOf(key, Exponent));
}

openssl::Key keyFor(CoseAlgorithm algorithm, const QCborMap &key)
{
    switch (algorithm) {
    case CoseAlgorithm::ES256: return ecKey(key, 1, openssl::p256);
    case CoseAlgorithm::ES384: return ecKey(key, 2, openssl::p384);
    case CoseAlgorithm::ES512: return ecKey(key, 3, openssl::p521);
    case CoseAlgorithm::EdDSA: return edKey(key, 6, EVP_PKEY_ED25519);
    case CoseAlgorithm::Ed448: return edKey(key, 7, EVP_PKEY_ED448);
    case CoseAlgorithm::RS256: return rsaKey(key);
    }
    return {}; // a number that is no algorithm's
}

/// EdDSA hashes by itself.
const EVP_MD *digestOf(CoseAlgorithm algorithm)
{
    switch (algorithm) {
    case CoseAlgorithm::ES256:
    case CoseAlgorithm::RS256: return EVP_sha256();
    case CoseAlgorithm::ES384: return EVP_sha384();
    case CoseAlgorithm::ES512: return EVP_sha512();
    case CoseAlgorithm::EdDSA:
    case CoseAlgorithm::Ed448: return nullptr;
    }
    Q_UNREACHABLE_RETURN(nullptr);
}

} // namespace

Result<CoseKey> CoseKey::first(QByteArrayView bytes)
{
    const auto item = firstCborItem(bytes);
    if (!item || !item->value.isMap() || item->size > longest)
        return refused(ErrorCode::InvalidInput, u"the public key is no CBOR map of the form that authenticators write"_s);
    const QCborMap map = item->value.toMap();
    const qint64 number = map.value(Algorithm).toInteger();
    const bool isNumber = number >= std::numeric_limits<int>::min() && number <= std::numeric_limits<int>::max();
    const auto algorithm = CoseAlgorithm(isNumber ? int(number) : 0);
    std::shared_ptr<EVP_PKEY> key = keyFor(algorithm, map);
    if (!key)
        return refused(ErrorCode::InvalidInput, u"no public key of an algorithm that we know (%1)"_s.arg(number));
    return CoseKey(algorithm, std::move(key), item->size);
}

bool CoseKey::verify(QByteArrayView message, QByteArrayView signature) const
{
    if (signature.size() > longestSignature)
        return false;
    const DigestContext context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, digestOf(m_algorithm), nullptr, m_key.get()) == 1
           && EVP_DigestVerify(context.get(), uchars(signature), size_t(signature.size()), uchars(message), size_t(message.size())) == 1;
}

} // namespace warder
