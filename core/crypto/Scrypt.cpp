#include "core/crypto/Scrypt.h"

#include "core/crypto/OpenSsl.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/SecretBytes.h"

#include <QRegularExpression>

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <bit>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 mostScryptWork = 8 * 1024 * 1024; ///< N·r·p: 128 bytes each, and at p 1 all of them at once.
constexpr qsizetype blockCipherKey = 32;

std::optional<ScryptHash> fromDjango(QStringView encoded)
{
    static const QRegularExpression form(
        u"\\Ascrypt\\$([1-9][0-9]{0,6})\\$([\\x21-\\x23\\x25-\\x7e]{1,128})\\$([1-9][0-9]{0,3})\\$([1-9][0-9]{0,3})\\$"
        "([A-Za-z0-9+/]{86}==)\\z"_s);
    const auto match = form.matchView(encoded);
    const auto tag = fromBase64(match.capturedView(5));
    if (!match.hasMatch() || !tag)
        return std::nullopt;
    return ScryptHash {.cost = match.capturedView(1).toInt(),
                       .blockSize = match.capturedView(3).toInt(),
                       .parallelism = match.capturedView(4).toInt(),
                       .salt = match.captured(2).toLatin1(),
                       .tag = *tag};
}

std::optional<ScryptHash> fromBetterAuth(QStringView encoded)
{
    static const QRegularExpression form(u"\\A([0-9a-f]{32}):([0-9a-f]{128})\\z"_s);
    const auto match = form.matchView(encoded);
    if (!match.hasMatch())
        return std::nullopt;
    return ScryptHash {.cost = 16384,
                       .blockSize = 16,
                       .parallelism = 1,
                       .salt = match.captured(1).toLatin1(),
                       .tag = QByteArray::fromHex(match.captured(2).toLatin1()),
                       .isOfStandIns = true};
}

std::optional<ScryptHash> fromFirebase(QStringView encoded)
{
    static const QRegularExpression form(
        u"\\A\\$fbscrypt\\$v=1,n=([1-9][0-9]?),r=([1-9][0-9]?),p=([1-9]),ss=([A-Za-z0-9+/]{0,44}={0,2}),sk=([A-Za-z0-9+/]{22,172}={0,2})"
        "\\$([A-Za-z0-9+/]{2,172}={0,2})\\$([A-Za-z0-9+/]{22,172}={0,2})\\z"_s);
    const auto match = form.matchView(encoded);
    const int power = match.capturedView(1).toInt();
    const auto separator = fromBase64(match.capturedView(4));
    const auto key = fromBase64(match.capturedView(5));
    const auto salt = fromBase64(match.capturedView(6));
    const auto tag = fromBase64(match.capturedView(7));
    if (!match.hasMatch() || power > 23 || !separator || !key || !salt || !tag || key->size() != tag->size())
        return std::nullopt;
    return ScryptHash {.cost = 1 << power,
                       .blockSize = match.capturedView(2).toInt(),
                       .parallelism = match.capturedView(3).toInt(),
                       .salt = *salt + *separator,
                       .tag = *tag,
                       .signerKey = *key};
}

/// By AES-256-CTR from a counter of zero: each key is used for one text only.
QByteArray encryptedOnce(QByteArrayView text, QByteArrayView key)
{
    const std::unique_ptr<EVP_CIPHER_CTX, openssl::Release<EVP_CIPHER_CTX_free>> cipher(EVP_CIPHER_CTX_new());
    const unsigned char counter[16] {};
    const auto *keyBytes = reinterpret_cast<const unsigned char *>(key.data());
    const auto *textBytes = reinterpret_cast<const unsigned char *>(text.data());
    QByteArray encrypted(text.size(), Qt::Uninitialized);
    auto *into = reinterpret_cast<unsigned char *>(encrypted.data());
    int length = 0;
    const bool done = EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_ctr(), keyBytes, counter, nullptr) == 1
                      && EVP_EncryptUpdate(cipher.get(), into, &length, textBytes, int(text.size())) == 1 && length == text.size();
    return done ? encrypted : QByteArray();
}

} // namespace

std::optional<ScryptHash> ScryptHash::fromString(QStringView encoded)
{
    auto hash = fromDjango(encoded);
    if (!hash)
        hash = fromBetterAuth(encoded);
    if (!hash)
        hash = fromFirebase(encoded);
    return hash && hash->isWithinBounds() ? hash : std::nullopt;
}

bool ScryptHash::isWithinBounds() const
{
    const bool isPower = cost > 1 && std::has_single_bit(unsigned(cost));
    const bool isPossible = blockSize > 1 || cost < 1 << 16; // RFC 7914 §2: N is less than 2^(16 r)
    return isPower && isPossible && qint64(cost) * blockSize * parallelism <= mostScryptWork;
}

QByteArray ScryptHash::compute(QByteArrayView password) const
{
    auto n = uint64_t(cost);
    auto blocks = uint32_t(blockSize);
    auto lanes = uint32_t(parallelism);
    uint64_t memory = uint64_t(128) * blocks * (n + lanes + 2); // what OpenSSL counts; by itself it allows 32 MiB
    const OSSL_PARAM parameters[] {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, const_cast<char *>(password.isEmpty() ? "" : password.data()),
                                          size_t(password.size())),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, const_cast<char *>(salt.data()), size_t(salt.size())),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &blocks),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &lanes),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    if (signerKey.isEmpty())
        return openssl::derived("SCRYPT", parameters, tag.size());
    const SecretBytes key(openssl::derived("SCRYPT", parameters, blockCipherKey));
    return key.isEmpty() ? QByteArray() : encryptedOnce(signerKey, key.view());
}

} // namespace warder
