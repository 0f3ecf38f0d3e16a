#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/credentials/Challenge.h"
#include "core/credentials/Passkey.h"
#include "core/credentials/PasskeyPolicy.h"
#include "core/credentials/PasskeyStore.h"

#include <functional>

namespace warder {

class Challenges;
class Database;
class DbConnection;
class Transaction;
struct AssertionResponse;
struct RegistrationResponse;

/// What a browser is asked for a passkey for, and by whom. Whoever spends the challenge names the same.
struct PasskeyCeremony
{
    ChallengePurpose purpose = ChallengePurpose::PasskeyLogin;
    std::optional<Id> user = {};    ///< Nothing of a sign-in without a name.
    std::optional<Id> session = {}; ///< Of a registration, and of a proof in a session.
    QByteArray signIn = {};         ///< Challenge::id of the sign-in that the passkey is the second factor of.

    bool operator==(const PasskeyCeremony &) const = default;
};

/// What a browser must know for one.
struct PasskeyOptions
{
    QByteArray challenge = {}; ///< base64url; for the client alone.
    Seconds life {0};
    QString rpId = {};
    QString rpName = {};
    bool needsVerification = true;
    QByteArray userHandle = {};   ///< Of a registration.
    QList<Passkey> passkeys = {}; ///< Of the user: those to exclude from a registration, those to ask for in a proof.
};

/// A passkey that somebody proved to hold just now.
struct ProvenPasskey
{
    Id passkey;
    Id user;
    quint32 counter = 0;
    bool isVerified = false; ///< By PIN, finger or face, so that it is two factors by itself.
    bool isBackedUp = false;
};

/// People's passkeys (WebAuthn). Nobody else writes their tables. Each ceremony has a challenge, which its first answer spends, right or
/// wrong. Functions that take a Transaction join the caller's job; begin(), prove(), add() and rename() wait for the writer; the
/// others read. Verifying takes less than a millisecond but for RSA: lane light.
///
/// Not checked is which authenticator it is: no statement of a maker is asked for or trusted (AttestationObject).
class Passkeys final
{
public:
    static constexpr qint64 mostOfUser = 20;

    Passkeys(Database &database, Challenges &challenges, PasskeyPolicy policy);

    const PasskeyPolicy &policy() const { return m_policy; }

    /// Opens a ceremony. NotConfigured where there are no passkeys here; of a registration FactorLimit.
    Result<PasskeyOptions> begin(const PasskeyCeremony &ceremony, TimePoint now);

    /// Spends the challenge and checks the answer of navigator.credentials.get(). InvalidToken where the challenge is not one of this
    /// ceremony, is over or was spent; InvalidCredentials for whatever else is wrong, at the same cost for a passkey that nobody has.
    Result<ProvenPasskey> prove(const PasskeyCeremony &ceremony, const AssertionResponse &response, TimePoint now);

    /// Notes the use in the transaction of what the passkey is used for. A counter that went back is recorded, and refuses nobody.
    /// InvalidCredentials when the passkey was removed since it was proven.
    Result<void> noteUse(Transaction &transaction, const ProvenPasskey &proven, const QString &address, TimePoint now);

    /// Spends the challenge and stores what navigator.credentials.create() made. InvalidInput with a fault at `name`, or at `credential`
    /// for all that is wrong with that; FactorLimit; Conflict for a credential that is known. Called by FactorChanges, since more goes
    /// along with it: `also` runs in the same transaction.
    Result<Passkey> add(const PasskeyCeremony &ceremony, const RegistrationResponse &response, const QString &name, TimePoint now,
                        const std::function<Result<void>(Transaction &)> &also = {});

    /// Oldest first, those made for another rp_id among them.
    Result<QList<Passkey>> findByUser(Id user) const;
    /// How many of an account's work.
    Result<qint64> countUsable(DbConnection &connection, Id user) const;
    /// The account's user handle, if it has ever begun a registration.
    Result<std::optional<QByteArray>> handleOf(Id user) const;
    /// Whether it works: it was made for today's rp_id.
    bool isUsable(const Passkey &passkey) const { return m_policy.isOn() && passkey.rpId == m_policy.rpId; }

    /// How many were made for other hosts than today's; nothing where there are no passkeys here. Reads the table.
    Result<QList<PasskeyStore::OfRpId>> orphans() const;

    /// NotFound; InvalidInput with a fault at `name`.
    Result<Passkey> rename(Id user, Id passkey, const QString &name, TimePoint now);
    /// What it was. NotFound. Called by FactorChanges, since more goes along with it, and since another way in must be left.
    Result<Passkey> remove(Transaction &transaction, Id user, Id passkey, TimePoint now);

private:
    Result<QByteArray> spend(const PasskeyCeremony &ceremony, const QByteArray &clientDataJson, TimePoint now);

    Database &m_database;
    Challenges &m_challenges;
    const PasskeyPolicy m_policy;
    const QByteArray m_nobodysKey; ///< What an answer for an unknown passkey is held against.
};

} // namespace warder
