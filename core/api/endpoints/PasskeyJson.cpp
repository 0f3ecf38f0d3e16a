#include "core/api/endpoints/PasskeyJson.h"

#include "core/base/Bytes.h"
#include "core/crypto/CoseKey.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString encoded(const QByteArray &bytes) { return QString::fromLatin1(toBase64Url(bytes)); }

QJsonArray descriptorsOf(const QList<Passkey> &passkeys)
{
    QJsonArray descriptors;
    for (const Passkey &each : passkeys)
        descriptors += QJsonObject {{u"type"_s, u"public-key"_s},
                                    {u"id"_s, encoded(each.credentialId)},
                                    {u"transports"_s, QJsonArray::fromStringList(each.transports)}};
    return descriptors;
}

QJsonObject withExpiry(const PasskeyOptions &options, QJsonObject members)
{
    members.insert("challenge"_L1, QString::fromLatin1(options.challenge));
    members.insert("timeout"_L1, qint64(Milliseconds(options.life).count()));
    return {{u"options"_s, members}, {u"expires_in"_s, qint64(options.life.count())}};
}

QJsonArray algorithms()
{
    QJsonArray offered;
    for (const CoseAlgorithm each : {CoseAlgorithm::EdDSA, CoseAlgorithm::ES256, CoseAlgorithm::RS256}) // as webauthn::Expectation
        offered += QJsonObject {{u"type"_s, u"public-key"_s}, {u"alg"_s, int(each)}};
    return offered;
}

} // namespace

QJsonObject requestJson(const PasskeyOptions &options)
{
    return withExpiry(options, {{u"rpId"_s, options.rpId},
                                {u"userVerification"_s, options.needsVerification ? u"required"_s : u"preferred"_s},
                                {u"allowCredentials"_s, descriptorsOf(options.passkeys)}});
}

QJsonObject creationJson(const PasskeyOptions &options, const User &user)
{
    const QJsonObject selection {{u"residentKey"_s, u"required"_s},
                                 {u"requireResidentKey"_s, true}, // for browsers of Level 1
                                 {u"userVerification"_s, u"required"_s}};
    return withExpiry(options, {{u"rp"_s, QJsonObject {{u"id"_s, options.rpId}, {u"name"_s, options.rpName}}},
                                {u"user"_s, QJsonObject {{u"id"_s, encoded(options.userHandle)},
                                                         {u"name"_s, user.email},
                                                         {u"displayName"_s, user.name.isEmpty() ? user.email : user.name}}},
                                {u"pubKeyCredParams"_s, algorithms()},
                                {u"excludeCredentials"_s, descriptorsOf(options.passkeys)},
                                {u"authenticatorSelection"_s, selection},
                                {u"attestation"_s, u"none"_s},
                                {u"extensions"_s, QJsonObject {{u"credProps"_s, true}}}});
}

QJsonObject toJson(const Passkey &passkey, bool isUsable)
{
    return {{u"id"_s, passkey.id.toString()},
            {u"name"_s, passkey.name},
            {u"created_at"_s, toText(passkey.createdAt)},
            {u"last_used_at"_s, passkey.lastUsedAt ? QJsonValue(toText(*passkey.lastUsedAt)) : QJsonValue()},
            {u"synced"_s, passkey.isBackedUp},
            {u"transports"_s, QJsonArray::fromStringList(passkey.transports)},
            {u"orphaned"_s, !isUsable}};
}

QJsonObject listJson(const Passkeys &passkeys, const QList<Passkey> &held, const std::optional<QByteArray> &handle)
{
    QJsonArray list;
    QJsonArray accepted;
    for (const Passkey &each : held) {
        const bool isUsable = passkeys.isUsable(each);
        list += toJson(each, isUsable);
        if (isUsable)
            accepted += encoded(each.credentialId);
    }
    return {{u"passkeys"_s, list},
            {u"user_handle"_s, handle ? QJsonValue(encoded(*handle)) : QJsonValue()},
            {u"rp_id"_s, passkeys.policy().rpId},
            {u"credential_ids"_s, accepted}};
}

} // namespace warder
