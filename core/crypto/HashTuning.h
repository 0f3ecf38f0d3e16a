#pragma once

#include "core/base/Clock.h"
#include "core/config/SettingTable.h"
#include "core/crypto/PasswordHasher.h"

#include <QList>

#include <chrono>
#include <optional>

namespace warder {

/// How long one hash under a policy takes.
struct HashTrial
{
    HashingPolicy policy = {};
    std::chrono::microseconds time {0};
};

/// Looks for the costliest password hash that takes no longer than `target` and no more memory than `memoryKib`: a function of what was
/// measured so far. What is in force is measured first, to be told beside the outcome. Argon2id gets more memory before more passes
/// (RFC 9106, section 4), from OWASP's least to `memoryKib`, and one lane: whoever has the hash computes lanes at once, and we one after
/// the other. bcrypt goes from OWASP's least to the highest that the settings take. A value; any thread.
class HashTuning final
{
public:
    static constexpr qsizetype mostTrials = 12;
    static constexpr int leastMemoryKib = 19 * 1024; ///< OWASP's least of Argon2id, with two passes and one lane.
    static constexpr int mostMemoryKib = int(SettingKey("passwords.argon2_memory_kib").definition().rules.max);

    /// The algorithm is that of `now`. A `memoryKib` out of the bounds above counts as the nearer one.
    HashTuning(const HashingPolicy &now, Milliseconds target, int memoryKib);

    /// What is to be measured next, and put behind `tried`; nothing: best() is the outcome.
    std::optional<HashingPolicy> next(const QList<HashTrial> &tried) const;
    /// The costliest of those that were quick enough; where none was, the cheapest that is safe. Nothing while no safe one was measured.
    std::optional<HashTrial> best(const QList<HashTrial> &tried) const;

private:
    HashingPolicy m_now;
    double m_target;               ///< Microseconds.
    QList<HashingPolicy> m_ladder; ///< All that may come out, each rung dearer than the one before.
};

} // namespace warder
