#include "tests/support/SoftAuthenticator.h"

#include "core/base/Bytes.h"
#include "core/crypto/OpenSsl.h"
#include "core/crypto/Primitives.h"

#include <QCborMap>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <openssl/core_names.h>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

EVP_PKEY *generated(CoseAlgorithm algorithm)
{
    switch (algorithm) {
    case CoseAlgorithm::ES256: return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    case CoseAlgorithm::ES384: return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384");
    case CoseAlgorithm::ES512: return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-521");
    case CoseAlgorithm::EdDSA: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    case CoseAlgorithm::Ed448: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED448");
    case CoseAlgorithm::RS256: return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t(2048));
    }
    Q_UNREACHABLE_RETURN(nullptr);
}

QByteArray numberOf(EVP_PKEY *key, const char *name, int size = 0)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1)
        qFatal("no %s", name);
    const openssl::Number number(raw);
    QByteArray bytes(size > 0 ? size : BN_num_bytes(raw), '\0');
    BN_bn2binpad(raw, reinterpret_cast<unsigned char *>(bytes.data()), int(bytes.size()));
    return bytes;
}

QByteArray rawPublic(EVP_PKEY *key)
{
    size_t size = 0;
    EVP_PKEY_get_raw_public_key(key, nullptr, &size);
    QByteArray bytes(qsizetype(size), '\0');
    EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char *>(bytes.data()), &size);
    return bytes;
}

QCborMap curved(EVP_PKEY *key, CoseAlgorithm algorithm, int curve, int size)
{
    return {{1, 2},
            {3, int(algorithm)},
            {-1, curve},
            {-2, numberOf(key, OSSL_PKEY_PARAM_EC_PUB_X, size)},
            {-3, numberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y, size)}};
}

QString text(const QByteArray &bytes) { return QString::fromLatin1(toBase64Url(bytes)); }

} // namespace

SoftAuthenticator::SoftAuthenticator(CoseAlgorithm algorithm, const QByteArray &theId)
    : id(theId.isEmpty() ? randomBytes(32) : theId), m_algorithm(algorithm), m_key(generated(algorithm), EVP_PKEY_free)
{}

QByteArray SoftAuthenticator::coseKey() const
{
    const int number = int(m_algorithm);
    switch (m_algorithm) {
    case CoseAlgorithm::ES256: return QCborValue(curved(m_key.get(), m_algorithm, 1, 32)).toCbor();
    case CoseAlgorithm::ES384: return QCborValue(curved(m_key.get(), m_algorithm, 2, 48)).toCbor();
    case CoseAlgorithm::ES512: return QCborValue(curved(m_key.get(), m_algorithm, 3, 66)).toCbor();
    case CoseAlgorithm::EdDSA: return QCborValue(QCborMap {{1, 1}, {3, number}, {-1, 6}, {-2, rawPublic(m_key.get())}}).toCbor();
    case CoseAlgorithm::Ed448: return QCborValue(QCborMap {{1, 1}, {3, number}, {-1, 7}, {-2, rawPublic(m_key.get())}}).toCbor();
    case CoseAlgorithm::RS256:
        return QCborValue(QCborMap {{1, 3},
                                    {3, number},
                                    {-1, numberOf(m_key.get(), OSSL_PKEY_PARAM_RSA_N)},
                                    {-2, numberOf(m_key.get(), OSSL_PKEY_PARAM_RSA_E)}})
            .toCbor();
    }
    Q_UNREACHABLE_RETURN({});
}

QByteArray SoftAuthenticator::sign(const QByteArray &message) const
{
    const bool hashesItself = m_algorithm == CoseAlgorithm::EdDSA || m_algorithm == CoseAlgorithm::Ed448;
    const EVP_MD *digest = m_algorithm == CoseAlgorithm::ES384   ? EVP_sha384()
                           : m_algorithm == CoseAlgorithm::ES512 ? EVP_sha512()
                           : hashesItself                        ? nullptr
                                                                 : EVP_sha256();
    const std::unique_ptr<EVP_MD_CTX, openssl::Release<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    const auto *bytes = reinterpret_cast<const unsigned char *>(message.constData());
    size_t size = 0;
    EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, m_key.get());
    EVP_DigestSign(context.get(), nullptr, &size, bytes, size_t(message.size()));
    QByteArray signature(qsizetype(size), '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, bytes, size_t(message.size()));
    signature.truncate(qsizetype(size));
    return signature;
}

QByteArray SoftAuthenticator::clientData(const QString &type, const QJsonObject &options, const QString &origin) const
{
    QJsonObject data {{u"type"_s, type}, {u"challenge"_s, options.value("challenge"_L1)}, {u"origin"_s, origin}, {u"crossOrigin"_s, false}};
    for (auto member = moreClientData.begin(); member != moreClientData.end(); ++member)
        data.insert(member.key(), *member);
    return QJsonDocument(data).toJson(QJsonDocument::Compact);
}

QByteArray SoftAuthenticator::authenticatorData(const QString &rp, bool withCredential)
{
    const int said = flags | (withCredential ? 0x40 : 0) | (extensions.isEmpty() ? 0 : 0x80);
    QByteArray counted(4, '\0');
    qToBigEndian(counter, counted.data());
    QByteArray data = sha256((rpId.isEmpty() ? rp : rpId).toUtf8()) + char(said) + counted;
    if (withCredential) {
        QByteArray size(2, '\0');
        qToBigEndian(quint16(id.size()), size.data());
        data += QByteArray(16, '\0') + size + id + coseKey();
    }
    if (counter != 0)
        ++counter;
    return data + extensions;
}

QJsonObject SoftAuthenticator::create(const QJsonObject &options, const QString &origin)
{
    userHandle = QByteArray::fromBase64(options["user"_L1]["id"_L1].toString().toLatin1(), QByteArray::Base64UrlEncoding);
    const QByteArray client = clientData(u"webauthn.create"_s, options, origin);
    const QByteArray data = authenticatorData(options["rp"_L1]["id"_L1].toString(), true);
    QCborMap statement;
    if (format == "packed"_L1)
        statement = {{u"alg"_s, int(m_algorithm)}, {u"sig"_s, sign(data + sha256(client))}};
    const QCborMap object {{u"fmt"_s, format}, {u"attStmt"_s, statement}, {u"authData"_s, data}};
    return {{u"id"_s, text(id)},
            {u"rawId"_s, text(id)},
            {u"type"_s, u"public-key"_s},
            {u"authenticatorAttachment"_s, u"platform"_s},
            {u"clientExtensionResults"_s, QJsonObject {{u"credProps"_s, QJsonObject {{u"rk"_s, true}}}}},
            {u"response"_s, QJsonObject {{u"clientDataJSON"_s, text(client)},
                                         {u"attestationObject"_s, text(QCborValue(object).toCbor())},
                                         {u"authenticatorData"_s, text(data)},
                                         {u"publicKeyAlgorithm"_s, int(m_algorithm)},
                                         {u"transports"_s, QJsonArray::fromStringList(transports)}}}};
}

QJsonObject SoftAuthenticator::get(const QJsonObject &options, const QString &origin)
{
    const QByteArray client = clientData(u"webauthn.get"_s, options, origin);
    const QByteArray data = authenticatorData(options["rpId"_L1].toString(), false);
    QJsonObject response {
        {u"clientDataJSON"_s, text(client)}, {u"authenticatorData"_s, text(data)}, {u"signature"_s, text(sign(data + sha256(client)))}};
    if (!userHandle.isEmpty())
        response.insert("userHandle"_L1, text(userHandle));
    return {{u"id"_s, text(id)},
            {u"rawId"_s, text(id)},
            {u"type"_s, u"public-key"_s},
            {u"authenticatorAttachment"_s, u"platform"_s},
            {u"clientExtensionResults"_s, QJsonObject {}},
            {u"response"_s, response}};
}

} // namespace warder::test
