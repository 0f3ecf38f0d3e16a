#pragma once

#include "core/base/Result.h"
#include "core/ratelimit/HeldBack.h"
#include "core/ratelimit/LimiterStatistics.h"

#include <QList>

#include <optional>

namespace warder {

class DbConnection;
class RateLimiter;

/// Writes the limiter's counts and waits, so that a restart forgets little: collect(), write(), and noteWritten() once that is on disk;
/// without the last the counts are written again the next time. Bounded, also while nothing can be written. The owner guards it.
class LimiterKeeping final
{
public:
    explicit LimiterKeeping(RateLimiter &limiter) : m_limiter(limiter) {} ///< `limiter` must outlive this.

    /// Takes the counts that changed since the last call, and the waits of now.
    void collect(TimePoint now);

    /// Puts what was collected into its tables, and removes what is too old. On the writer.
    Result<void> write(DbConnection &connection, TimePoint now) const;

    /// The last write() was committed.
    void noteWritten();

private:
    RateLimiter &m_limiter;
    QList<KeptCount> m_unwritten;
    QList<KeptWait> m_waits;
    std::optional<QList<KeptWait>> m_keptWaits; ///< What the table holds, once it is known.
};

} // namespace warder
