#include "tests/support/JwkReader.h"

#include "core/crypto/EcdsaSignature.h"
#include "core/crypto/OpenSsl.h"

#include <openssl/rsa.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray member(const QJsonObject &jwk, QLatin1StringView name)
{
    return QByteArray::fromBase64(jwk.value(name).toString().toLatin1(), QByteArray::Base64UrlEncoding);
}

QByteArray der(char tag, const QByteArray &content)
{
    const auto size = content.size();
    const QByteArray length = size < 128 ? QByteArray(1, char(size)) : "\x82"_ba + char(size >> 8) + char(size);
    return tag + length + content;
}

/// SubjectPublicKeyInfo (RFC 5480, RFC 8410, RFC 8017).
QByteArray publicKey(const QJsonObject &jwk)
{
    const QString kind = jwk.value("kty"_L1).toString();
    if (kind == "EC"_L1)
        return QByteArray::fromHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") + member(jwk, "x"_L1) + member(jwk, "y"_L1);
    if (kind == "OKP"_L1)
        return QByteArray::fromHex("302a300506032b6570032100") + member(jwk, "x"_L1);
    const QByteArray numbers = der(0x02, '\0' + member(jwk, "n"_L1)) + der(0x02, member(jwk, "e"_L1));
    return der(0x30, QByteArray::fromHex("300d06092a864886f70d0101010500") + der(0x03, '\0' + der(0x30, numbers)));
}

const unsigned char *in(const QByteArray &bytes) { return reinterpret_cast<const unsigned char *>(bytes.constData()); }

} // namespace

bool isSignedUnderJwk(const QJsonObject &jwk, QByteArrayView message, QByteArrayView signature)
{
    const QByteArray info = publicKey(jwk);
    const unsigned char *at = in(info);
    const openssl::Key key(d2i_PUBKEY(nullptr, &at, info.size()));
    const QString algorithm = jwk.value("alg"_L1).toString();
    const QByteArray text = message.toByteArray();
    const QByteArray proof = algorithm == "ES256"_L1 ? ecdsaToDer(signature).value_or(QByteArray()) : signature.toByteArray();
    const std::unique_ptr<EVP_MD_CTX, openssl::Release<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    const EVP_MD *digest = algorithm == "EdDSA"_L1 ? nullptr : EVP_sha256();
    EVP_PKEY_CTX *parameters = nullptr;
    return key && EVP_DigestVerifyInit(context.get(), &parameters, digest, nullptr, key.get()) == 1
           && (algorithm != "PS256"_L1
               || (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1
                   && EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, 32) == 1))
           && EVP_DigestVerify(context.get(), in(proof), size_t(proof.size()), in(text), size_t(text.size())) == 1;
}

} // namespace warder
