#include "core/crypto/Jwk.h"

#include "core/base/Bytes.h"
#include "core/crypto/Primitives.h"

#include <QJsonDocument>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostRsaBytes = 1024;

QString number(const EVP_PKEY *key, const char *name, int size)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1)
        return {};
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> value(raw, BN_free);
    QByteArray bytes(size > 0 ? size : BN_num_bytes(raw), '\0');
    BN_bn2binpad(raw, reinterpret_cast<unsigned char *>(bytes.data()), int(bytes.size()));
    return QString::fromLatin1(toBase64Url(bytes));
}

QByteArray member(const QJsonObject &jwk, QLatin1StringView name)
{
    return fromBase64Url(jwk.value(name).toString().toLatin1()).value_or(QByteArray());
}

EVP_PKEY *fromParameters(const char *type, OSSL_PARAM_BLD *builder)
{
    const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> parameters(OSSL_PARAM_BLD_to_param(builder), OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr),
                                                                              EVP_PKEY_CTX_free);
    EVP_PKEY *raw = nullptr;
    if (!parameters || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(raw, EVP_PKEY_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> check(EVP_PKEY_CTX_new_from_pkey(nullptr, raw, nullptr),
                                                                            EVP_PKEY_CTX_free);
    return EVP_PKEY_public_check(check.get()) == 1 ? key.release() : nullptr;
}

EVP_PKEY *ecKey(const QJsonObject &jwk)
{
    const QByteArray x = member(jwk, "x"_L1);
    const QByteArray y = member(jwk, "y"_L1);
    if (x.size() != 32 || y.size() != 32 || jwk.value("crv"_L1).toString() != "P-256"_L1)
        return nullptr;
    const QByteArray point = '\x04' + x + y;
    const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(), size_t(point.size()));
    return fromParameters("EC", builder.get());
}

EVP_PKEY *rsaKey(const QJsonObject &jwk)
{
    const auto toNumber = [](const QByteArray &bytes) {
        return std::unique_ptr<BIGNUM, decltype(&BN_free)>(
            BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.data()), int(bytes.size()), nullptr), BN_free);
    };
    const QByteArray n = member(jwk, "n"_L1);
    const QByteArray e = member(jwk, "e"_L1);
    if (n.size() > mostRsaBytes || e.size() > 8)
        return nullptr;
    const auto modulus = toNumber(n);
    const auto exponent = toNumber(e);
    const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    return fromParameters("RSA", builder.get());
}

} // namespace

QJsonObject jwkOf(const EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "EC"))
        return {{u"kty"_s, u"EC"_s},
                {u"crv"_s, u"P-256"_s},
                {u"x"_s, number(key, OSSL_PKEY_PARAM_EC_PUB_X, 32)},
                {u"y"_s, number(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32)}};
    if (EVP_PKEY_is_a(key, "RSA"))
        return {{u"kty"_s, u"RSA"_s}, {u"n"_s, number(key, OSSL_PKEY_PARAM_RSA_N, 0)}, {u"e"_s, number(key, OSSL_PKEY_PARAM_RSA_E, 0)}};
    QByteArray point(32, '\0');
    auto size = size_t(point.size());
    EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char *>(point.data()), &size);
    return {{u"kty"_s, u"OKP"_s}, {u"crv"_s, u"Ed25519"_s}, {u"x"_s, QString::fromLatin1(toBase64Url(point))}};
}

EVP_PKEY *publicKeyFromJwk(const QJsonObject &jwk)
{
    const QString kind = jwk.value("kty"_L1).toString();
    if (kind == "EC"_L1)
        return ecKey(jwk);
    if (kind == "RSA"_L1)
        return rsaKey(jwk);
    if (kind != "OKP"_L1 || jwk.value("crv"_L1).toString() != "Ed25519"_L1)
        return nullptr;
    const QByteArray point = member(jwk, "x"_L1);
    return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char *>(point.data()),
                                       size_t(point.size()));
}

QString jwkThumbprint(const QJsonObject &jwk)
{
    // QJsonObject keeps its members sorted, as RFC 7638 §3 demands.
    return QString::fromLatin1(toBase64Url(sha256(QJsonDocument(jwk).toJson(QJsonDocument::Compact))));
}

} // namespace warder
