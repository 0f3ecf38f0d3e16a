#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/crypto/KeyMaterial.h"

#include <QList>

#include <memory>
#include <mutex>
#include <shared_mutex>

namespace warder {

class Database;
class Sealer;

enum class KeyPurpose { Access, Refresh };
enum class KeyState { Standby, Current, Retiring, Revoked };

/// One key of the ring, opened. Immutable; shared by every thread.
struct SigningKey
{
    QString kid;
    KeyPurpose purpose = KeyPurpose::Access;
    KeyState state = KeyState::Current;
    std::shared_ptr<const KeyMaterial> material;
    TimePoint createdAt;
    std::optional<TimePoint> activatedAt;
    std::optional<TimePoint> retiredAt;
    std::optional<TimePoint> verifyUntil;  ///< Of a retiring key: from then on nothing it signed is alive: safe to revoke.
};

/// All keys at one moment. A snapshot: take it once per operation.
struct KeyRing
{
    quint64 number = 0;            ///< No two rings of a process have the same.
    QList<SigningKey> keys;

    const SigningKey &current(KeyPurpose purpose) const;
    /// A key that may still verify at `now`: current, or retiring and not past verifyUntil. Null otherwise.
    const SigningKey *verifying(KeyPurpose purpose, QStringView kid, TimePoint now) const;
    QList<const SigningKey *> verifying(KeyPurpose purpose, TimePoint now) const;
};

/// The ring: what signs, what still verifies. Keys are sealed in the database under the master key.
/// ring(): any thread, no waiting to speak of. load() and rotate(): a lane, they use the database.
class SigningKeys final
{
public:
    SigningKeys(Database &database, const Sealer &sealer, SignatureAlgorithm accessAlgorithm);

    /// Opens all keys; makes the first of each purpose when there is none, and a new one when the settings ask for another
    /// algorithm than the current key's, which then verifies for `overlap` more. CryptoFailure when the master key is another.
    Result<void> load(TimePoint now, Milliseconds overlap = std::chrono::days {1});

    std::shared_ptr<const KeyRing> ring() const;

    /// A new current key; the old one keeps verifying until now + `overlap`. On disk before any thread signs with it.
    Result<SigningKey> rotate(KeyPurpose purpose, Milliseconds overlap, const QString &actor, TimePoint now);

private:
    Result<void> reload();
    SignatureAlgorithm algorithmFor(KeyPurpose purpose) const;

    Database &m_database;
    const Sealer &m_sealer;
    SignatureAlgorithm m_accessAlgorithm;
    std::mutex m_reloading;        ///< A later ring is never replaced by an earlier one.
    mutable std::shared_mutex m_mutex;
    std::shared_ptr<const KeyRing> m_ring;
};

} // namespace warder
