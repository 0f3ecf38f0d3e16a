#pragma once

#include "core/ratelimit/CompiledRule.h"
#include "core/ratelimit/RateSubject.h"

#include <optional>

namespace warder {

/// Whom a rule counts, as a keyed hash and as people read it. The keys are made at the start of the process and nobody learns them: a
/// client cannot choose addresses or names that share a bucket. Immutable; any thread; of() does not allocate.
class BucketKeys final
{
public:
    BucketKeys();

    size_t seed() const { return m_first; }

    /// Nothing where the subject has no such key: no account, or no session.
    std::optional<BucketKey> of(const CompiledRule &rule, const RateSubject &subject) const;

    /// That of a subject of which only the texts are known; nothing where they cannot say it, as of a session.
    std::optional<BucketKey> ofTexts(const CompiledRule &rule, const QString &address, const QString &account) const;

private:
    size_t m_first;
    size_t m_second;
};

/// What HeldBack says of whom a rule counts.
struct CountedTexts
{
    QString address;
    QString account;

    bool operator==(const CountedTexts &) const = default;
};

/// Of a session the address that used it last.
CountedTexts countedTexts(RateKey key, const RateSubject &subject);

} // namespace warder
