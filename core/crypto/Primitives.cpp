#include "core/crypto/Primitives.h"

#include "core/crypto/OpenSsl.h"

#include <QtCrypto>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <openssl/rand.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray raw(QByteArrayView bytes) { return QByteArray::fromRawData(bytes.data(), bytes.size()); }

/// QCA answers with nothing where it fails, and nothing equals nothing.
QByteArray orFatal(const QByteArray &bytes, qsizetype size = 32)
{
    if (bytes.size() != size)
        qFatal("QCA cannot compute SHA-%d", size == 32 ? 256 : 1);
    return bytes;
}

} // namespace

QByteArray randomBytes(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), int(size)) != 1)
        qFatal("no secure random numbers");
    return bytes;
}

bool equalInConstantTime(QByteArrayView left, QByteArrayView right)
{
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), size_t(left.size())) == 0;
}

std::optional<QByteArray> fromBase64(QStringView text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

QByteArray sha1(QByteArrayView message) { return orFatal(QCA::Hash(u"sha1"_s).hash(raw(message)).toByteArray(), 20); }

QByteArray sha256(QByteArrayView message) { return orFatal(QCA::Hash(u"sha256"_s).hash(raw(message)).toByteArray()); }

QByteArray hmacSha256(QByteArrayView key, QByteArrayView message)
{
    // With an empty key QCA would answer with zeros and say nothing. A key is filled up with zeros to a block in any case.
    const QByteArray used = key.isEmpty() ? QByteArray(64, '\0') : raw(key);
    QCA::MessageAuthenticationCode mac(u"hmac(sha256)"_s, QCA::SymmetricKey(used));
    mac.update(raw(message));
    return orFatal(mac.final().toByteArray());
}

QByteArray hkdfSha256(QByteArrayView key, QByteArrayView info, qsizetype size)
{
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<char *>(key.data()), size_t(key.size())),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, const_cast<char *>(info.data()), size_t(info.size())),
        OSSL_PARAM_construct_end(),
    };
    const QByteArray derived = openssl::derived("HKDF", parameters, size);
    if (derived.isEmpty())
        qFatal("HKDF is not available");
    return derived;
}

} // namespace warder
