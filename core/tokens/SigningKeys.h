#pragma once

#include "core/base/Result.h"
#include "core/crypto/KeyReader.h"
#include "core/crypto/SecretBytes.h"
#include "core/tokens/JwksConsumers.h"
#include "core/tokens/KeyListener.h"
#include "core/tokens/KeyRing.h"
#include "core/tokens/KeySchedule.h"
#include "core/tokens/TokenPolicy.h"

#include <memory>
#include <shared_mutex>

namespace warder {

class Database;
class DbConnection;
class Sealer;
class Transaction;
struct SealedKey;

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

    /// Makes the keys that are missing: the first of each purpose, and the standby, also when the settings ask for another algorithm than
    /// that of the one there is: the key that signs stays until the next rotation. Notes for how long what is signed from now on may
    /// live. After open(); by whoever serves.
    Result<void> makeMissing(TimePoint now);

    /// open(), then makeMissing(); the log tells of an algorithm that waits for the next rotation.
    Result<void> load(TimePoint now);

    std::shared_ptr<const KeyRing> ring() const;

    /// Who fetched the public keys. Any thread.
    JwksConsumers &consumers() const { return m_consumers; }

    /// Puts another schedule in force. Any thread.
    void setSchedule(const KeySchedule &schedule);

    /// When the key will be rotated by rotateDue(); nothing for any but a current one. Any thread.
    std::optional<TimePoint> rotatesAt(const SigningKey &key) const;

    /// For how long at most an access token is accepted that may be out there: those from before a shorter lifetime live on. Any thread.
    Milliseconds longestAccessLife() const;

    /// When the key signed what may still be good, oldest first; nothing for one that never signed. Any thread.
    QList<SigningSpan> spansOf(const SigningKey &key, TimePoint now) const;

    /// The standby becomes the current key (without one: a new key) and a new standby is made; the old current one keeps
    /// verifying until the last token it signed has expired. On disk before any thread signs with it. Gives the current one. `onlyFrom`:
    /// the key that is to sign no more; Conflict, and nothing changes, where it does not sign now.
    Result<SigningKey> rotate(KeyPurpose purpose, const QString &actor, TimePoint now, const std::optional<QString> &onlyFrom = {});

    /// Rotates what the schedule says is due, as "system", and logs it. Each minute by whoever serves. A rotation by hand needs no
    /// schedule: it lets a standby step up that caches of the JWKS may not know yet.
    Result<void> rotateDue(TimePoint now);

    /// The keys that the schedule says are to leave. Any thread.
    QList<SigningKey> leaving(TimePoint now) const;

    /// What a restoration did.
    struct Restored
    {
        SigningKey key;
        std::optional<SigningKey> displaced; ///< The key that had signed, where `key` signs again in its place.
        std::optional<TimePoint> revokedAt;  ///< Of the revocation that was taken back.
    };

    /// Takes the rotation or revocation of a key back, as KeyRules have it: it signs again, verifies again or stands by again. Where it
    /// stands by, what stood by before is revoked, having signed nothing. Conflict for a key that does not permit it, NotFound for a kid
    /// that is none. Called by Sessions::restoreKey(), which knows whom the revocation has signed out.
    Result<Restored> restore(const QString &kid, const QString &actor, TimePoint now);

    /// Takes a key that was made elsewhere as the one that will sign access tokens next; what stood by before is revoked, having signed
    /// nothing. Conflict for a kid or a key that the ring has, and for an algorithm other than that of the next key.
    Result<SigningKey> importKey(const ForeignKey &foreign, const QString &actor, TimePoint now);

    /// How long a former backend's secret may verify: for no longer are ended sessions remembered, which may refuse what it signed.
    static constexpr auto mostFormer = std::chrono::days {30};

    /// Takes the secret of the backend that was there before, to verify its access tokens until `lasting` from now (core/sessions/
    /// FormerTokens.h): the bytes of its text. InvalidInput for fewer than 16 bytes and for more than mostFormer, Conflict for one that the
    /// ring has.
    Result<SigningKey> importFormer(const SecretBytes &secret, Milliseconds lasting, const QString &actor, TimePoint now);

    /// Deletes a key as KeyRules permit. Conflict and NotFound as above. Called by Sessions::removeKey().
    Result<SigningKey> removeByHand(const QString &kid, const QString &actor, TimePoint now);

    /// Deletes a key that retires or is revoked, for good; others stay. Called by Sessions::removeSpentKeys(), which knows who has tokens
    /// that it signed.
    Result<void> remove(const SigningKey &key, const QString &actor, TimePoint now);

    /// Nothing that the key signed is accepted any more, on any thread, once this returns; a current key is rotated first. Gives
    /// the revoked one, also when it had been revoked; NotFound for a kid that is none. Called by Sessions::revokeKey(), which knows whom
    /// it concerns.
    Result<SigningKey> revoke(const QString &kid, const QString &actor, TimePoint now);

private:
    Result<bool> step(KeyPurpose purpose, const QString &actor, TimePoint now, const std::optional<QString> &onlyFrom = {});
    Result<void> noteLife(KeyPurpose purpose);
    Result<void> addStandby(TimePoint now);
    Result<std::shared_ptr<const KeyRing>> ringIn(DbConnection &connection) const;
    Result<void> changeRing(Transaction &transaction);
    void setRing(std::shared_ptr<const KeyRing> ring);
    Result<SealedKey> spare(KeyPurpose purpose, TimePoint now) const;
    Result<SigningKey> addImported(const SealedKey &made, const QString &actor, TimePoint now);
    Milliseconds lifeFor(KeyPurpose purpose) const;
    KeySchedule schedule() const;

    Database &m_database;
    const Sealer &m_sealer;
    const TokenPolicy m_policy;
    const Milliseconds m_refreshLifetime;
    KeyListener &m_listener;
    mutable std::shared_mutex m_mutex; ///< Guards the next two.
    KeySchedule m_schedule;
    std::shared_ptr<const KeyRing> m_ring;
    mutable JwksConsumers m_consumers;
};

} // namespace warder
