#include "core/crypto/Argon2.h"

#include "core/crypto/OpenSsl.h"
#include "core/crypto/Primitives.h"

#include <QRegularExpression>

#include <openssl/core_names.h>
#include <openssl/params.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostMemoryKib = 1024 * 1024;
constexpr int mostIterations = 20;
constexpr int mostParallelism = 16;

QString toPhcBase64(const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64(QByteArray::OmitTrailingEquals)); }

} // namespace

QString Argon2Hash::toString() const
{
    return u"$%1$v=%2$m=%3,t=%4,p=%5$%6$%7"_s.arg(isId ? u"argon2id"_s : u"argon2i"_s)
        .arg(version)
        .arg(memoryKib)
        .arg(iterations)
        .arg(parallelism)
        .arg(toPhcBase64(salt), toPhcBase64(tag));
}

std::optional<Argon2Hash> Argon2Hash::fromString(QStringView encoded)
{
    static const QRegularExpression form(
        u"\\A\\$(argon2id?)(?:\\$v=(16|19))?\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})\\z"_s);
    const auto match = form.matchView(encoded);
    if (!match.hasMatch())
        return std::nullopt;
    const auto salt = fromBase64(match.capturedView(6));
    const auto tag = fromBase64(match.capturedView(7));
    Argon2Hash hash {
        .isId = match.captured(1) == "argon2id"_L1,
        .version = match.hasCaptured(2) ? match.captured(2).toInt() : 16,
        .memoryKib = match.captured(3).toInt(),
        .iterations = match.captured(4).toInt(),
        .parallelism = match.captured(5).toInt(),
        .salt = salt.value_or(QByteArray()),
        .tag = tag.value_or(QByteArray()),
    };
    return hash.salt.size() >= 8 && hash.tag.size() >= 12 && hash.isWithinBounds() ? std::optional(hash) : std::nullopt;
}

bool Argon2Hash::isWithinBounds() const
{
    return iterations >= 1 && iterations <= mostIterations && parallelism >= 1 && parallelism <= mostParallelism
           && memoryKib >= 8 * parallelism && memoryKib <= mostMemoryKib;
}

QByteArray Argon2Hash::compute(QByteArrayView password) const
{
    uint32_t rounds = uint32_t(iterations), memory = uint32_t(memoryKib), lanes = uint32_t(parallelism), threads = 1,
             form = uint32_t(version);
    const OSSL_PARAM parameters[] {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, const_cast<char *>(password.isEmpty() ? "" : password.data()),
                                          size_t(password.size())),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, const_cast<char *>(salt.data()), size_t(salt.size())),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ITER, &rounds),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_MEMCOST, &memory),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_LANES, &lanes),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_THREADS, &threads),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_VERSION, &form),
        OSSL_PARAM_construct_end(),
    };
    return openssl::derived(isId ? "ARGON2ID" : "ARGON2I", parameters, tag.isEmpty() ? 32 : tag.size());
}

} // namespace warder
