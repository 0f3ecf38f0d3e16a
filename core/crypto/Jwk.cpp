#include "core/crypto/Jwk.h"

#include "core/base/Bytes.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/PublicKey.h"

#include <QJsonDocument>

#include <openssl/core_names.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString number(const EVP_PKEY *key, const char *name, int size)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1)
        return {};
    const openssl::Number value(raw);
    QByteArray bytes(size > 0 ? size : BN_num_bytes(raw), '\0');
    BN_bn2binpad(raw, reinterpret_cast<unsigned char *>(bytes.data()), int(bytes.size()));
    return QString::fromLatin1(toBase64Url(bytes));
}

/// Empty where there is none, which no key has.
QByteArray octetsOf(const QJsonObject &jwk, QLatin1StringView name)
{
    return fromBase64Url(jwk.value(name).toString().toLatin1()).value_or(QByteArray());
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

std::shared_ptr<EVP_PKEY> publicKeyOf(const QJsonObject &jwk)
{
    const QString kind = jwk.value("kty"_L1).toString();
    const QString curve = jwk.value("crv"_L1).toString();
    if (kind == "RSA"_L1)
        return openssl::rsaPublicKey(octetsOf(jwk, "n"_L1), octetsOf(jwk, "e"_L1));
    if (kind == "EC"_L1 && curve == "P-256"_L1)
        return openssl::ecPublicKey(openssl::p256, octetsOf(jwk, "x"_L1), octetsOf(jwk, "y"_L1));
    if (kind == "OKP"_L1 && curve == "Ed25519"_L1)
        return openssl::edPublicKey(EVP_PKEY_ED25519, octetsOf(jwk, "x"_L1));
    return {};
}

QString jwkThumbprint(const QJsonObject &jwk)
{
    // QJsonObject keeps its members sorted, as RFC 7638 §3 demands.
    return QString::fromLatin1(toBase64Url(sha256(QJsonDocument(jwk).toJson(QJsonDocument::Compact))));
}

} // namespace warder
