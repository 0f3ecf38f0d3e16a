#pragma once

#include "core/base/KeyMove.h"
#include "core/base/Result.h"
#include "core/tokens/KeyRing.h"

namespace warder {

/// Which moves a key permits now, and what each leads to: who carries them out and who offers them ask the same. Pure; any thread.
namespace KeyRules {

/// The state that a move leads to; nothing: the key is gone.
using Outcome = std::optional<KeyState>;

/// Conflict, with a sentence that says why, for a move that the key does not permit. `key` is one of the ring.
Result<Outcome> outcomeOf(KeyMove move, const SigningKey &key, const KeyRing &ring, TimePoint now);

/// In the order of KeyMove.
QList<KeyMove> movesOf(const SigningKey &key, const KeyRing &ring, TimePoint now);

/// What becomes of the key that signs, when a former one takes its place again: it stands by as before, unless it has signed.
KeyState whenDisplaced(const SigningKey &current);

} // namespace KeyRules
} // namespace warder
