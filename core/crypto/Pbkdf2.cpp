#include "core/crypto/Pbkdf2.h"

#include "core/crypto/OpenSsl.h"
#include "core/crypto/Primitives.h"

#include <QRegularExpression>

#include <openssl/core_names.h>
#include <openssl/params.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostPbkdf2Iterations = 10'000'000;

} // namespace

std::optional<Pbkdf2Hash> Pbkdf2Hash::fromString(QStringView encoded)
{
    static const QRegularExpression form(
        u"\\Apbkdf2_sha256\\$([1-9][0-9]{0,7})\\$([\\x21-\\x23\\x25-\\x7e]{1,128})\\$([A-Za-z0-9+/]{43}=)\\z"_s);
    const auto match = form.matchView(encoded);
    if (!match.hasMatch())
        return std::nullopt;
    const auto tag = fromBase64(match.capturedView(3));
    const int iterations = match.capturedView(1).toInt();
    if (!tag || iterations > mostPbkdf2Iterations)
        return std::nullopt;
    return Pbkdf2Hash {.iterations = iterations, .salt = match.captured(2).toLatin1(), .tag = *tag};
}

QByteArray Pbkdf2Hash::compute(QByteArrayView password) const
{
    auto rounds = uint32_t(iterations);
    int anySalt = 1; // of any length: it is another's choice
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, const_cast<char *>(password.isEmpty() ? "" : password.data()),
                                          size_t(password.size())),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, const_cast<char *>(salt.data()), size_t(salt.size())),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ITER, &rounds),
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_PKCS5, &anySalt),
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    return openssl::derived("PBKDF2", parameters, tag.size());
}

} // namespace warder
