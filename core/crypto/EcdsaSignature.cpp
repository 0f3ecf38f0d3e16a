#include "core/crypto/EcdsaSignature.h"

#include "core/crypto/OpenSsl.h"

#include <openssl/ecdsa.h>

namespace warder {
namespace {

constexpr int half = 32;
using Signature = std::unique_ptr<ECDSA_SIG, openssl::Release<ECDSA_SIG_free>>;

} // namespace

std::optional<QByteArray> ecdsaFromDer(QByteArrayView der)
{
    auto bytes = reinterpret_cast<const unsigned char *>(der.data());
    const Signature signature(d2i_ECDSA_SIG(nullptr, &bytes, der.size()));
    if (!signature)
        return std::nullopt;
    QByteArray joined(2 * half, '\0');
    auto out = reinterpret_cast<unsigned char *>(joined.data());
    if (BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, half) != half
        || BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + half, half) != half)
        return std::nullopt;
    return joined;
}

std::optional<QByteArray> ecdsaToDer(QByteArrayView joined)
{
    if (joined.size() != 2 * half)
        return std::nullopt;
    const auto in = reinterpret_cast<const unsigned char *>(joined.data());
    const Signature signature(ECDSA_SIG_new());
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(in, half, nullptr), BN_bin2bn(in + half, half, nullptr));
    unsigned char *der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    if (size <= 0)
        return std::nullopt;
    const QByteArray bytes(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    return bytes;
}

} // namespace warder
