#include "core/crypto/WebAuthn.h"

#include "core/crypto/AttestationObject.h"
#include "core/crypto/ClientData.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/WebAuthnResponse.h"

using namespace Qt::StringLiterals;

namespace warder::webauthn {
namespace {

std::unexpected<Error> unexpected(const QString &why) { return refused(ErrorCode::InvalidInput, why); }

Result<void> checkClientData(const Expectation &expected, const QByteArray &json, QLatin1StringView type)
{
    const auto data = ClientData::parse(json);
    if (!data)
        return refused(data);
    if (data->type != type)
        return unexpected(u"the client data are of another ceremony"_s);
    if (!equalInConstantTime(data->challenge, expected.challenge))
        return unexpected(u"another challenge"_s);
    if (!expected.origins.contains(data->origin))
        return unexpected(u"a page of the origin %1, which is none of passkeys.origins"_s.arg(data->origin.left(100)));
    if (data->isCrossOrigin && expected.topOrigins.isEmpty())
        return unexpected(u"in a frame of another origin"_s);
    if (data->topOrigin && !expected.topOrigins.contains(*data->topOrigin))
        return unexpected(u"in a frame of the origin %1"_s.arg(data->topOrigin->left(100)));
    return {};
}

Result<void> checkFlags(const Expectation &expected, const AuthenticatorData &data)
{
    if (!equalInConstantTime(data.rpIdHash, sha256(expected.rpId.toUtf8())))
        return unexpected(u"for another passkeys.rp_id"_s);
    if (!data.isPresent)
        return unexpected(u"nobody was present"_s);
    if (expected.needsVerification && !data.isVerified)
        return unexpected(u"the authenticator did not verify its user"_s);
    if (data.isBackedUp && !data.isBackupEligible)
        return unexpected(u"backed up though that may not be"_s);
    return {};
}

} // namespace

Result<NewCredential> verifyRegistration(const Expectation &expected, const RegistrationResponse &response)
{
    if (const auto good = checkClientData(expected, response.clientDataJson, "webauthn.create"_L1); !good)
        return refused(good);
    const auto object = AttestationObject::parse(response.attestationObject);
    if (!object)
        return refused(object);
    const AuthenticatorData &data = object->data;
    if (const auto good = checkFlags(expected, data); !good)
        return refused(good);
    if (!data.credential || data.credential->id != response.id)
        return unexpected(u"no credential, or another one than the response names"_s);
    const CoseKey &key = data.credential->key;
    if (!expected.algorithms.contains(key.algorithm()))
        return unexpected(u"an algorithm that was not offered (%1)"_s.arg(int(key.algorithm())));
    const auto attestation = object->attestation(sha256(response.clientDataJson));
    if (!attestation)
        return refused(attestation);
    return NewCredential {.id = data.credential->id,
                          .publicKey = data.credential->publicKey,
                          .algorithm = key.algorithm(),
                          .counter = data.counter,
                          .isVerified = data.isVerified,
                          .isBackupEligible = data.isBackupEligible,
                          .isBackedUp = data.isBackedUp,
                          .aaguid = data.credential->aaguid,
                          .attestation = *attestation};
}

Result<Asserted> verifyAssertion(const Expectation &expected, const KnownCredential &known, const AssertionResponse &response)
{
    if (const auto good = checkClientData(expected, response.clientDataJson, "webauthn.get"_L1); !good)
        return refused(good);
    const auto data = AuthenticatorData::parse(response.authenticatorData);
    if (!data)
        return refused(data);
    if (const auto good = checkFlags(expected, *data); !good)
        return refused(good);
    const auto key = CoseKey::first(known.publicKey);
    if (!key)
        return refused(key);
    if (!key->verify(response.authenticatorData + sha256(response.clientDataJson), response.signature))
        return unexpected(u"a bad signature"_s);
    if (data->isBackupEligible != known.isBackupEligible)
        return unexpected(u"whether it may be backed up has changed"_s);
    return Asserted {.counter = data->counter, .isVerified = data->isVerified, .isBackedUp = data->isBackedUp};
}

} // namespace warder::webauthn
