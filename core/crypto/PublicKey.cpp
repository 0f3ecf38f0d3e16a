#include "core/crypto/PublicKey.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

namespace warder::openssl {
namespace {

using PublicKeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using KeyParameterBuild = std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>>;
using KeyParameters = std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>>;

constexpr qsizetype longestNumber = 1025; ///< An RSA modulus of 8192 bits, and the zero that some write before it.

const unsigned char *octets(QByteArrayView bytes) { return reinterpret_cast<const unsigned char *>(bytes.data()); }

Key keyFrom(const char *kind, OSSL_PARAM *parameters)
{
    const PublicKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY *key = nullptr;
    const bool done =
        EVP_PKEY_fromdata_init(context.get()) == 1 && EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters) == 1;
    return Key(done ? key : nullptr);
}

Number numberFrom(QByteArrayView bytes) { return Number(BN_bin2bn(octets(bytes), int(bytes.size()), nullptr)); }

} // namespace

Key ecPublicKey(const Curve &curve, QByteArrayView x, QByteArrayView y)
{
    if (x.size() != curve.size || y.size() != curve.size)
        return {};
    QByteArray point = '\4' + x.toByteArray() + y.toByteArray();
    OSSL_PARAM parameters[] {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, const_cast<char *>(curve.name), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), size_t(point.size())),
        OSSL_PARAM_construct_end(),
    };
    return keyFrom("EC", parameters);
}

Key edPublicKey(int type, QByteArrayView x) { return Key(EVP_PKEY_new_raw_public_key(type, nullptr, octets(x), size_t(x.size()))); }

Key rsaPublicKey(QByteArrayView modulus, QByteArrayView exponent)
{
    if (modulus.size() > longestNumber || exponent.size() > longestNumber)
        return {};
    const Number n = numberFrom(modulus);
    const Number e = numberFrom(exponent);
    const bool isRight = BN_num_bits(n.get()) >= 2048 && BN_num_bits(n.get()) <= 8192 && BN_is_odd(n.get()) && BN_is_odd(e.get())
                         && BN_num_bits(e.get()) >= 2 && BN_num_bits(e.get()) <= 32;
    if (!isRight)
        return {};
    const KeyParameterBuild build(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    const KeyParameters parameters(OSSL_PARAM_BLD_to_param(build.get()));
    return keyFrom("RSA", parameters.get());
}

} // namespace warder::openssl
