#pragma once

#include "core/base/Clock.h"
#include "core/base/KeyPurpose.h"
#include "core/base/KeyState.h"
#include "core/base/Result.h"
#include "core/crypto/KeyMaterial.h"
#include "core/tokens/KeyListener.h"
#include "core/tokens/KeySchedule.h"
#include "core/tokens/TokenPolicy.h"

#include <QList>

#include <array>
#include <memory>
#include <shared_mutex>

namespace warder {

class Database;
class DbConnection;
class Sealer;
class Transaction;
struct SealedKey;

/// One key of the ring, opened. Immutable; shared by every thread.
struct SigningKey
{
    QString kid;
    KeyPurpose purpose = KeyPurpose::Access;
    KeyState state = KeyState::Current;
    std::shared_ptr<const KeyMaterial> material = {};
    TimePoint createdAt;
    std::optional<TimePoint> activatedAt = {};
    std::optional<TimePoint> retiredAt = {};
    std::optional<TimePoint> verifyUntil = {}; ///< Of a retiring key: from then on nothing it signed is alive: safe to revoke.
    std::optional<TimePoint> revokedAt = {};
    Milliseconds longestLife {0}; ///< Of what it signed, under any settings there were meanwhile: when it retires it verifies for so long.
};

/// When a key signed the tokens that may still be good; no other key of its purpose did then.
struct SigningSpan
{
    TimePoint from;
    TimePoint until;
};

/// All keys at one moment. A snapshot: take it once per operation.
struct KeyRing
{
    quint64 number = 0; ///< No two rings of a process have the same.
    QList<SigningKey> keys;

    const SigningKey &current(KeyPurpose purpose) const;
    /// A key that may verify at `now`: current, standby (published before it signs), or retiring and not past verifyUntil. Null
    /// otherwise.
    const SigningKey *verifying(KeyPurpose purpose, QStringView kid, TimePoint now) const;
    QList<const SigningKey *> verifying(KeyPurpose purpose, TimePoint now) const;
    /// The public keys that verify access tokens now or will next (RFC 7517 §5), current first. HS256 has no public key.
    QJsonObject jwks(TimePoint now) const;
};

/// The ring: what signs, what still verifies, and what will sign next: a key for access tokens is in the JWKS before it signs.
/// Keys are sealed in the database under the master key. ring(): any thread, no waiting to speak of. The others: a lane, they use
/// the database. A ring that changes is on every thread, and the listener told, before the change is answered.
class SigningKeys final
{
public:
    /// `refreshLifetime`: how long a refresh token is good that nobody uses.
    SigningKeys(Database &database, const Sealer &sealer, TokenPolicy policy, KeySchedule schedule, Milliseconds refreshLifetime,
                KeyListener &listener);

    /// Opens all keys there are and changes nothing; once, before anything else. CryptoFailure when the master key is another.
    Result<void> open();

    /// Makes the keys that are missing: the first of each purpose, the standby, and new ones when the settings ask for another
    /// algorithm than the current key's, which then retires. Notes for how long what is signed from now on may live. After open(); by
    /// whoever serves.
    Result<void> makeMissing(TimePoint now);

    /// open(), then makeMissing().
    Result<void> load(TimePoint now);

    std::shared_ptr<const KeyRing> ring() const;

    /// When the key will be rotated by rotateDue(); nothing for any but a current one. Any thread.
    std::optional<TimePoint> rotatesAt(const SigningKey &key) const;

    /// For how long at most an access token is accepted that may be out there: those from before a shorter lifetime live on. Any thread.
    Milliseconds longestAccessLife() const;

    /// Any thread.
    SigningSpan spanOf(const SigningKey &key, TimePoint now) const;

    /// The standby becomes the current key (without one: a new key) and a new standby is made; the old current one keeps
    /// verifying until the last token it signed has expired. On disk before any thread signs with it. Gives the current one.
    Result<SigningKey> rotate(KeyPurpose purpose, const QString &actor, TimePoint now);

    /// Rotates what the schedule says is due, as "system", and logs it. Each minute by whoever serves. A rotation by hand needs no
    /// schedule: it lets a standby step up that caches of the JWKS may not know yet.
    Result<void> rotateDue(TimePoint now);

    /// The keys that the schedule says are to leave. Any thread.
    QList<SigningKey> leaving(TimePoint now) const;

    /// Deletes a key that retires or is revoked, for good; others stay. Called by Sessions::removeSpentKeys(), which knows who has tokens
    /// that it signed.
    Result<void> remove(const SigningKey &key, const QString &actor, TimePoint now);

    /// Nothing that the key signed is accepted any more, on any thread, once this returns; a current key is rotated first. Gives
    /// the revoked one, also when it had been revoked; NotFound for a kid that is none. Called by Sessions::revokeKey(), which knows whom
    /// it concerns.
    Result<SigningKey> revoke(const QString &kid, const QString &actor, TimePoint now);

private:
    Result<void> step(KeyPurpose purpose, const QString &actor, TimePoint now, const std::optional<QString> &onlyFrom = {});
    Result<void> noteLife(KeyPurpose purpose);
    Result<void> addStandby(TimePoint now);
    Result<std::shared_ptr<const KeyRing>> ringIn(DbConnection &connection) const;
    Result<void> changeRing(Transaction &transaction);
    void setRing(std::shared_ptr<const KeyRing> ring);
    Result<SealedKey> spare(KeyPurpose purpose, TimePoint now) const;
    SignatureAlgorithm algorithmFor(KeyPurpose purpose) const;
    Milliseconds lifeFor(KeyPurpose purpose) const;

    Database &m_database;
    const Sealer &m_sealer;
    const TokenPolicy m_policy;
    const KeySchedule m_schedule;
    const Milliseconds m_refreshLifetime;
    KeyListener &m_listener;
    mutable std::shared_mutex m_mutex;
    std::shared_ptr<const KeyRing> m_ring;
};

} // namespace warder
