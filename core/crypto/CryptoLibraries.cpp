#include "core/crypto/CryptoLibraries.h"

#include "core/base/Sanitizers.h"
#include "core/crypto/PasswordHasher.h"
#include "core/crypto/Primitives.h"

#include <QtCrypto>

#if WARDER_SANITIZED(address)
#include <sanitizer/lsan_interface.h>
#endif

using namespace Qt::StringLiterals;

namespace warder {

CryptoLibraries::CryptoLibraries() : m_qca(std::make_unique<QCA::Initializer>())
{
#if WARDER_SANITIZED(address)
    const __lsan::ScopedDisabler loading; // QCA's plugin loads OpenSSL's legacy provider and never lets go of it
#endif
    QCA::isSupported("sha256");
}

CryptoLibraries::~CryptoLibraries() = default;

Result<void> CryptoLibraries::check() const
{
    if (!QCA::haveSecureRandom() || !QCA::isSupported("hmac(sha256),sha256", u"qca-ossl"_s))
        return refused(ErrorCode::CryptoFailure, u"QCA has no OpenSSL plugin: install libqca-qt6-plugins"_s);
    const auto known = QByteArray::fromHex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"); // RFC 4231, 1
    if (hmacSha256(QByteArray(20, '\x0b'), "Hi There") != known)
        return refused(ErrorCode::CryptoFailure, u"QCA computes a wrong HMAC"_s);
    const PasswordHasher hasher({.memoryKib = 64, .iterations = 1});
    const auto hash = hasher.hash(u"probe");
    if (!hash || !hasher.verify(u"probe", *hash).value_or(false))
        return refused(ErrorCode::CryptoFailure, u"OpenSSL has no Argon2id: version 3.2 or later is needed"_s);
    const auto bcrypt = hasher.verify(u"abc", u"$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i");
    if (!bcrypt.value_or(false))
        return refused(ErrorCode::CryptoFailure, u"the system's crypt library has no bcrypt: libxcrypt is needed"_s);
    return {};
}

} // namespace warder
