#include "core/crypto/WebAuthnResponse.h"

#include "core/base/Bytes.h"
#include "core/crypto/AttestationObject.h"
#include "core/crypto/ClientData.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostTransports = 8;
constexpr qsizetype longestUserHandle = 64; // L3 §5.4.3

std::unexpected<Error> notCredential(QLatin1StringView member)
{
    return refused(ErrorCode::InvalidInput, u"the credential's member %1 is missing or wrong"_s.arg(member));
}

/// Base64url of 1 to `longest` bytes.
std::optional<QByteArray> bytesIn(const QJsonObject &object, QLatin1StringView name, qsizetype longest)
{
    const QString text = object.value(name).toString();
    if (text.isEmpty() || text.size() > (longest * 4 + 2) / 3)
        return std::nullopt;
    return fromBase64Url(text.toUtf8());
}

/// Both spellings are of one value: who sends two different ones wants two readers to disagree.
std::optional<QByteArray> idOf(const QJsonObject &credential)
{
    const bool isOne = !credential.contains("rawId"_L1) || credential.value("rawId"_L1) == credential.value("id"_L1);
    return isOne ? bytesIn(credential, "id"_L1, AttestedCredential::longestId) : std::nullopt;
}

QStringList transportsOf(const QJsonValue &value)
{
    static const QRegularExpression form(u"\\A[a-z-]{1,16}\\z"_s);
    QStringList transports;
    for (const QJsonValue &each : value.toArray()) {
        const QString name = each.toString();
        if (transports.size() < mostTransports && name.size() <= 16 && form.match(name).hasMatch() && !transports.contains(name))
            transports += name;
    }
    return transports;
}

} // namespace

Result<RegistrationResponse> RegistrationResponse::fromJson(const QJsonObject &credential)
{
    const QJsonObject response = credential.value("response"_L1).toObject();
    const QJsonValue rk = credential.value("clientExtensionResults"_L1)["credProps"_L1]["rk"_L1];
    const auto id = idOf(credential);
    const auto clientData = bytesIn(response, "clientDataJSON"_L1, ClientData::longest);
    const auto attestation = bytesIn(response, "attestationObject"_L1, AttestationObject::longest);
    if (credential.value("type"_L1) != "public-key"_L1)
        return notCredential("type"_L1);
    if (!id)
        return notCredential("id"_L1);
    if (!clientData)
        return notCredential("clientDataJSON"_L1);
    if (!attestation)
        return notCredential("attestationObject"_L1);
    return RegistrationResponse {.id = *id,
                                 .clientDataJson = *clientData,
                                 .attestationObject = *attestation,
                                 .transports = transportsOf(response.value("transports"_L1)),
                                 .isDiscoverable = rk.isBool() ? std::optional(rk.toBool()) : std::nullopt};
}

Result<AssertionResponse> AssertionResponse::fromJson(const QJsonObject &credential)
{
    const QJsonObject response = credential.value("response"_L1).toObject();
    const QJsonValue handle = response.value("userHandle"_L1);
    const auto id = idOf(credential);
    const auto clientData = bytesIn(response, "clientDataJSON"_L1, ClientData::longest);
    const auto authenticatorData = bytesIn(response, "authenticatorData"_L1, AuthenticatorData::longest);
    const auto signature = bytesIn(response, "signature"_L1, CoseKey::longestSignature);
    const auto userHandle = bytesIn(response, "userHandle"_L1, longestUserHandle);
    if (credential.value("type"_L1) != "public-key"_L1)
        return notCredential("type"_L1);
    if (!id)
        return notCredential("id"_L1);
    if (!clientData)
        return notCredential("clientDataJSON"_L1);
    if (!authenticatorData)
        return notCredential("authenticatorData"_L1);
    if (!signature)
        return notCredential("signature"_L1);
    if (!userHandle && !handle.isNull() && !handle.isUndefined())
        return notCredential("userHandle"_L1);
    return AssertionResponse {.id = *id,
                              .clientDataJson = *clientData,
                              .authenticatorData = *authenticatorData,
                              .signature = *signature,
                              .userHandle = userHandle};
}

} // namespace warder
