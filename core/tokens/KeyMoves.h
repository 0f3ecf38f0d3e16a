#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/tokens/KeyRing.h"
#include "core/tokens/KeyStore.h"

namespace warder {

class Transaction;

/// The moves of the ring as what they write, each in the caller's transaction. Whether a key permits one is what KeyRules say; who makes
/// the rings of it is SigningKeys.
namespace KeyMoves {

/// What is current steps down, the standby steps up and `next` stands by; without a standby `next` steps up itself.
Result<void> advance(Transaction &transaction, SealedKey next, const QString &actor, TimePoint now);

/// A key is `state` again. Where it signs again, `displaced` stands by, if it has signed nothing, or steps down; null: unknown to the ring.
/// `life`: for how long at most what it signs from now on is accepted. What stood by before one that stands by is revoked.
Result<void> restore(Transaction &transaction, const SigningKey &key, KeyState state, const SigningKey *displaced, Milliseconds life,
                     TimePoint now);

/// Conflict if the key is no longer in the state that the ring had it in.
Result<void> checkState(Transaction &transaction, const SigningKey &key);

/// In the audit record.
Result<void> record(Transaction &transaction, QLatin1StringView type, const QString &kid, KeyPurpose purpose, const QString &actor,
                    TimePoint now);

} // namespace KeyMoves
} // namespace warder
