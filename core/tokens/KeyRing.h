#pragma once

#include "core/base/Clock.h"
#include "core/base/KeyPurpose.h"
#include "core/base/KeyState.h"
#include "core/crypto/KeyMaterial.h"

#include <QList>

#include <atomic>
#include <memory>
#include <optional>

namespace warder {

/// When a key signed; no other key of its purpose did then.
struct SigningSpan
{
    TimePoint from;
    TimePoint until = TimePoint::max(); ///< While it signs.
};

/// One key of the ring, opened. Immutable; shared by every thread.
struct SigningKey
{
    QString kid;
    KeyPurpose purpose = KeyPurpose::Access;
    KeyState state = KeyState::Current;
    std::shared_ptr<const KeyMaterial> material = {};
    TimePoint createdAt;
    std::optional<TimePoint> activatedAt = {}; ///< When it began to sign, the first time.
    std::optional<TimePoint> retiredAt = {};   ///< When it stopped, the last time.
    std::optional<TimePoint> verifyUntil = {}; ///< Of a retiring key: from then on nothing it signed is alive: safe to revoke.
    std::optional<TimePoint> revokedAt = {};
    Milliseconds longestLife {0};  ///< Of what it signed, under any settings there were meanwhile: when it retires it verifies for so long.
    QList<SigningSpan> spans = {}; ///< Oldest first; several where a rotation was taken back.
    /// Set once it signs; shared by every ring of the process. Null: it has signed, for all that is known.
    std::shared_ptr<std::atomic<bool>> used = {};
    std::optional<TimePoint> csrfUntil = {}; ///< Of a refresh key that made CSRF tokens, before these had keys: until then they are good.

    bool hasSigned() const { return activatedAt && (!used || *used); }
    TimePoint signsSince() const { return spans.isEmpty() ? activatedAt.value_or(createdAt) : spans.last().from; }
};

/// All keys at one moment. A snapshot: take it once per operation.
struct KeyRing
{
    quint64 number = 0; ///< No two rings of a process have the same.
    QList<SigningKey> keys;
    SignatureAlgorithm accessAlgorithm = SignatureAlgorithm::ES256; ///< Of the next key for access tokens, as the settings have it.

    const SigningKey &current(KeyPurpose purpose) const;
    /// The current key, to be signed with.
    const SigningKey &signing(KeyPurpose purpose) const;
    /// Of the next key of the purpose.
    SignatureAlgorithm algorithmOf(KeyPurpose purpose) const;
    /// The key that steps up next; null where none stands by.
    const SigningKey *standby(KeyPurpose purpose) const;
    const SigningKey *find(QStringView kid) const;
    bool has(KeyPurpose purpose, KeyState state) const;
    /// A key that may verify at `now`: current, standby (published before it signs), or retiring and not past verifyUntil. Null
    /// otherwise.
    const SigningKey *verifying(KeyPurpose purpose, QStringView kid, TimePoint now) const;
    QList<const SigningKey *> verifying(KeyPurpose purpose, TimePoint now) const;
    /// Those that verify CSRF tokens: their own, and refresh keys that made some before there were any.
    QList<const SigningKey *> verifyingCsrf(TimePoint now) const;
    /// The public keys that verify access tokens now or will next (RFC 7517 §5), current first. HS256 has no public key.
    QJsonObject jwks(TimePoint now) const;
    /// Their kids, in no order.
    QStringList published(TimePoint now) const;
};

} // namespace warder
