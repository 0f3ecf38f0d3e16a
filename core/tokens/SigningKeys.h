#pragma once

#include "core/base/Clock.h"
#include "core/base/KeyPurpose.h"
#include "core/base/KeyState.h"
#include "core/base/Result.h"
#include "core/crypto/KeyMaterial.h"
#include "core/tokens/KeyListener.h"
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
    SigningKeys(Database &database, const Sealer &sealer, TokenPolicy policy, Milliseconds refreshLifetime, KeyListener &listener);

    /// Opens all keys there are and changes nothing; once, before anything else. CryptoFailure when the master key is another.
    Result<void> open();

    /// Makes the keys that are missing: the first of each purpose, the standby, and new ones when the settings ask for another
    /// algorithm than the current key's, which then verifies for a day more. After open(); by whoever serves.
    Result<void> makeMissing(TimePoint now);

    /// open(), then makeMissing().
    Result<void> load(TimePoint now);

    std::shared_ptr<const KeyRing> ring() const;

    /// Any thread.
    SigningSpan spanOf(const SigningKey &key, TimePoint now) const;

    /// The standby becomes the current key (without one: a new key) and a new standby is made; the old current one keeps
    /// verifying until the last token it signed has expired. On disk before any thread signs with it. Gives the current one.
    Result<SigningKey> rotate(KeyPurpose purpose, const QString &actor, TimePoint now);

    /// Nothing that the key signed is accepted any more, on any thread, once this returns; a current key is rotated first. Gives
    /// the revoked one, also when it had been revoked; NotFound for a kid that is none. Called by Sessions::revokeKey(), which knows whom
    /// it concerns.
    Result<SigningKey> revoke(const QString &kid, const QString &actor, TimePoint now);

private:
    Result<void> step(KeyPurpose purpose, Milliseconds overlap, const QString &actor, TimePoint now);
    Result<void> addStandby(TimePoint now);
    Result<std::shared_ptr<const KeyRing>> ringIn(DbConnection &connection) const;
    Result<void> changeRing(Transaction &transaction);
    void setRing(std::shared_ptr<const KeyRing> ring);
    SignatureAlgorithm algorithmFor(KeyPurpose purpose) const;

    Database &m_database;
    const Sealer &m_sealer;
    const TokenPolicy m_policy;
    const Milliseconds m_refreshLifetime;
    KeyListener &m_listener;
    mutable std::shared_mutex m_mutex;
    std::shared_ptr<const KeyRing> m_ring;
};

} // namespace warder
