#pragma once

#include <QByteArray>

#include <openssl/bn.h>

namespace warder::test {

/// The other signature that an ES256 signature proves: with n - s in the place of s. Whoever has one has both.
inline QByteArray ecdsaTwin(const QByteArray &joined)
{
    const QByteArray order = QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    BIGNUM *n = BN_bin2bn(reinterpret_cast<const unsigned char *>(order.data()), 32, nullptr);
    BIGNUM *s = BN_bin2bn(reinterpret_cast<const unsigned char *>(joined.data()) + 32, 32, nullptr);
    BN_sub(s, n, s);
    QByteArray other(32, '\0');
    BN_bn2binpad(s, reinterpret_cast<unsigned char *>(other.data()), 32);
    BN_free(n);
    BN_free(s);
    return joined.first(32) + other;
}

} // namespace warder::test
