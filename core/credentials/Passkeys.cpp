#include "core/credentials/Passkeys.h"

#include "core/accounts/AccountFaults.h"
#include "core/audit/AuditStore.h"
#include "core/base/Bytes.h"
#include "core/credentials/Challenges.h"
#include "core/crypto/ClientData.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/WebAuthn.h"
#include "core/crypto/WebAuthnResponse.h"
#include "core/storage/Database.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype handleSize = 32;
constexpr auto signInMember = "sign_in"_L1;

/// A good key, so that a signature is checked and fails as another's does. Whose it is does not matter: what it verifies is refused.
QByteArray nobodysKey()
{
    return QByteArray::fromHex("a50102032620012158206b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                               "2258204fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
}

bool needsVerification(ChallengePurpose purpose) { return purpose != ChallengePurpose::PasskeySecondFactor; }

QJsonObject dataOf(const PasskeyCeremony &ceremony)
{
    return ceremony.signIn.isEmpty() ? QJsonObject() : QJsonObject {{signInMember, QString::fromLatin1(toBase64Url(ceremony.signIn))}};
}

PasskeyCeremony ceremonyOf(const Challenge &challenge)
{
    return {.purpose = challenge.purpose,
            .user = challenge.user,
            .session = challenge.session,
            .signIn = fromBase64Url(challenge.data.value(signInMember).toString().toLatin1()).value_or(QByteArray())};
}

webauthn::Expectation expectedBy(const PasskeyPolicy &policy, ChallengePurpose purpose, const QByteArray &challenge)
{
    return {.challenge = challenge, .rpId = policy.rpId, .origins = policy.origins, .needsVerification = needsVerification(purpose)};
}

/// Who signs in without a name is whom the handle names, which must be the passkey's owner (WebAuthn L3 §7.2 step 6).
bool isMeant(const PasskeyStore::Held &held, const PasskeyCeremony &ceremony, const AssertionResponse &response)
{
    if (response.userHandle ? *response.userHandle != held.handle : !ceremony.user)
        return false;
    return !ceremony.user || held.passkey.user == *ceremony.user;
}

Error notTaken(const QString &why)
{
    return {.code = ErrorCode::InvalidInput, .detail = why, .faults = {valueFault(u"credential"_s, FaultReason::PasskeyRefused)}};
}

AuditEvent event(QLatin1StringView type, const Passkey &passkey, TimePoint now)
{
    return {.at = now,
            .type = type,
            .actor = u"user"_s,
            .subject = passkey.user,
            .details = {{u"passkey"_s, passkey.id.toString()}, {u"name"_s, passkey.name}}};
}

Result<void> checkRoom(DbConnection &connection, Id user)
{
    const auto count = PasskeyStore::countByUser(connection, user);
    if (!count)
        return refused(count);
    return *count < Passkeys::mostOfUser ? Result<void>() : refused(ErrorCode::FactorLimit, u"as many passkeys as one may have"_s);
}

Result<Passkey> orNotFound(const Result<std::optional<Passkey>> &found)
{
    if (!found)
        return refused(found);
    return *found ? Result<Passkey>(**found) : refused(ErrorCode::NotFound, u"no such passkey of this account"_s);
}

Passkey passkeyOf(const webauthn::NewCredential &made, const RegistrationResponse &response, const QString &rpId, const QString &name,
                  TimePoint now)
{
    return {.id = Id::create(now),
            .user = {},
            .credentialId = made.id,
            .publicKey = made.publicKey,
            .algorithm = int(made.algorithm),
            .counter = made.counter,
            .wasVerified = made.isVerified,
            .isBackupEligible = made.isBackupEligible,
            .isBackedUp = made.isBackedUp,
            .isDiscoverable = response.isDiscoverable,
            .transports = response.transports,
            .aaguid = made.aaguid,
            .attestation = made.attestation,
            .rpId = rpId,
            .name = tidyName(name),
            .createdAt = now};
}

} // namespace

Passkeys::Passkeys(Database &database, Challenges &challenges, PasskeyPolicy policy)
    : m_database(database), m_challenges(challenges), m_policy(std::move(policy)), m_nobodysKey(nobodysKey())
{}

Result<PasskeyOptions> Passkeys::begin(const PasskeyCeremony &ceremony, TimePoint now)
{
    if (!m_policy.isOn())
        return refused(ErrorCode::NotConfigured, u"there are no passkeys here"_s);
    PasskeyOptions options {.life = m_policy.challengeLife,
                            .rpId = m_policy.rpId,
                            .rpName = m_policy.rpName,
                            .needsVerification = needsVerification(ceremony.purpose)};
    if (ceremony.user) {
        const auto known = PasskeyStore::findByUser(m_database.reader(), *ceremony.user);
        if (!known)
            return refused(known);
        std::ranges::copy_if(*known, std::back_inserter(options.passkeys), [this](const Passkey &each) { return isUsable(each); });
    }
    if (ceremony.purpose == ChallengePurpose::PasskeyRegistration) {
        const auto handle = m_database.write([&](Transaction &transaction) {
            return checkRoom(transaction, *ceremony.user).and_then([&] {
                return PasskeyStore::keepHandle(transaction, *ceremony.user, randomBytes(handleSize));
            });
        });
        if (!handle)
            return refused(handle);
        options.userHandle = *handle;
    }
    const auto opened = m_challenges.open({.purpose = ceremony.purpose,
                                           .user = ceremony.user,
                                           .session = ceremony.session,
                                           .data = dataOf(ceremony),
                                           .life = m_policy.challengeLife},
                                          now);
    if (!opened)
        return refused(opened);
    options.challenge = opened->secret;
    return options;
}

/// The challenge's own bytes.
Result<QByteArray> Passkeys::spend(const PasskeyCeremony &ceremony, const QByteArray &clientDataJson, TimePoint now)
{
    const auto data = ClientData::parse(clientDataJson);
    if (!data)
        return refused(ErrorCode::InvalidToken, data.error().detail);
    const auto challenge = m_challenges.take(sha256(data->challenge), ceremony.purpose, now);
    if (!challenge)
        return refused(challenge);
    if (ceremonyOf(*challenge) != ceremony)
        return refused(ErrorCode::InvalidToken, u"the challenge of somebody else, or of another sign-in"_s);
    return data->challenge;
}

Result<ProvenPasskey> Passkeys::prove(const PasskeyCeremony &ceremony, const AssertionResponse &response, TimePoint now)
{
    if (!m_policy.isOn())
        return refused(ErrorCode::NotConfigured, u"there are no passkeys here"_s);
    const auto challenge = spend(ceremony, response.clientDataJson, now);
    if (!challenge)
        return refused(challenge);
    const auto found = PasskeyStore::findByCredential(m_database.reader(), response.id);
    if (!found)
        return refused(found);
    const webauthn::KnownCredential known = *found ? webauthn::KnownCredential {.publicKey = (*found)->passkey.publicKey,
                                                                                .isBackupEligible = (*found)->passkey.isBackupEligible}
                                                   : webauthn::KnownCredential {.publicKey = m_nobodysKey};
    const auto asserted = webauthn::verifyAssertion(expectedBy(m_policy, ceremony.purpose, *challenge), known, response);
    if (!*found || !isMeant(**found, ceremony, response) || !isUsable((*found)->passkey))
        return refused(ErrorCode::InvalidCredentials, u"nobody's passkey, another person's, or one for another passkeys.rp_id"_s);
    if (!asserted)
        return refused(ErrorCode::InvalidCredentials, asserted.error().detail);
    return ProvenPasskey {.passkey = (*found)->passkey.id,
                          .user = (*found)->passkey.user,
                          .counter = asserted->counter,
                          .isVerified = asserted->isVerified,
                          .isBackedUp = asserted->isBackedUp};
}

/// The counter is judged here and not when the passkey is proven, so that of two copies used at once the second one is seen.
Result<void> Passkeys::noteUse(Transaction &transaction, const ProvenPasskey &proven, const QString &address, TimePoint now)
{
    const auto found = PasskeyStore::findById(transaction, proven.user, proven.passkey);
    if (!found)
        return refused(found);
    if (!*found)
        return refused(ErrorCode::InvalidCredentials, u"the passkey was removed while its owner signed in"_s);
    Passkey passkey = **found;
    const bool wentBack = webauthn::counterWentBack(passkey.counter, proven.counter);
    AuditEvent told = event(audit::passkeyCounterBack, passkey, now);
    told.address = address;
    told.details.insert("known"_L1, qint64(passkey.counter));
    told.details.insert("said"_L1, qint64(proven.counter));
    passkey.counter = std::max(passkey.counter, proven.counter);
    passkey.wasVerified = passkey.wasVerified || proven.isVerified;
    passkey.isBackedUp = proven.isBackedUp;
    passkey.lastUsedAt = now;
    if (wentBack)
        passkey.clonedAt = now;
    return PasskeyStore::updateUse(transaction, passkey).and_then([&] {
        return wentBack ? AuditStore::append(transaction, told) : Result<void>();
    });
}

Result<Passkey> Passkeys::add(const PasskeyCeremony &ceremony, const RegistrationResponse &response, const QString &name, TimePoint now,
                              const std::function<Result<void>(Transaction &)> &also)
{
    if (!m_policy.isOn())
        return refused(ErrorCode::NotConfigured, u"there are no passkeys here"_s);
    if (const auto fault = nameFault(u"name"_s, name))
        return std::unexpected(unacceptable({*fault}));
    const auto challenge = spend(ceremony, response.clientDataJson, now);
    if (!challenge && challenge.error().code == ErrorCode::InvalidToken)
        return std::unexpected(notTaken(challenge.error().detail)); // 401 would say that the session is over
    if (!challenge)
        return refused(challenge);
    const auto made = webauthn::verifyRegistration(expectedBy(m_policy, ceremony.purpose, *challenge), response);
    if (!made)
        return std::unexpected(notTaken(made.error().detail));
    Passkey passkey = passkeyOf(*made, response, m_policy.rpId, name, now);
    passkey.user = *ceremony.user;
    const auto stored = m_database.write([&](Transaction &transaction) {
        return checkRoom(transaction, passkey.user)
            .and_then([&] { return PasskeyStore::insert(transaction, passkey); })
            .and_then([&] { return Challenges::removeSignIns(transaction, passkey.user); })
            .and_then([&] { return AuditStore::append(transaction, event(audit::passkeyAdded, passkey, now)); })
            .and_then([&] { return also ? also(transaction) : Result<void>(); });
    });
    if (!stored)
        return refused(stored);
    return passkey;
}

Result<QList<Passkey>> Passkeys::findByUser(Id user) const { return PasskeyStore::findByUser(m_database.reader(), user); }

Result<qint64> Passkeys::countUsable(DbConnection &connection, Id user) const
{
    return PasskeyStore::findByUser(connection, user).transform([this](const QList<Passkey> &all) {
        return qint64(std::ranges::count_if(all, [this](const Passkey &each) { return isUsable(each); }));
    });
}

Result<std::optional<QByteArray>> Passkeys::handleOf(Id user) const { return PasskeyStore::findHandle(m_database.reader(), user); }

Result<QList<PasskeyStore::OfRpId>> Passkeys::orphans() const
{
    if (!m_policy.isOn())
        return QList<PasskeyStore::OfRpId>();
    auto counted = PasskeyStore::countByRpId(m_database.reader());
    if (counted)
        counted->removeIf([this](const PasskeyStore::OfRpId &each) { return each.rpId == m_policy.rpId; });
    return counted;
}

Result<Passkey> Passkeys::rename(Id user, Id passkey, const QString &name, TimePoint now)
{
    if (const auto fault = nameFault(u"name"_s, name))
        return std::unexpected(unacceptable({*fault}));
    return m_database.write([&](Transaction &transaction) {
        return orNotFound(PasskeyStore::findById(transaction, user, passkey)).and_then([&](Passkey found) -> Result<Passkey> {
            found.name = tidyName(name);
            const auto renamed = PasskeyStore::updateName(transaction, user, passkey, found.name).and_then([&] {
                return AuditStore::append(transaction, event(audit::passkeyRenamed, found, now));
            });
            return renamed.transform([&] { return found; });
        });
    });
}

Result<Passkey> Passkeys::remove(Transaction &transaction, Id user, Id passkey, TimePoint now)
{
    return orNotFound(PasskeyStore::findById(transaction, user, passkey)).and_then([&](const Passkey &found) {
        return PasskeyStore::remove(transaction, user, passkey)
            .and_then([&] { return AuditStore::append(transaction, event(audit::passkeyRemoved, found, now)); })
            .transform([&] { return found; });
    });
}

} // namespace warder
