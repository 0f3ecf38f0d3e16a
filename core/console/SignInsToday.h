#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"

#include <mutex>

namespace warder {

class DbConnection;

/// How many people signed in or registered since local midnight, and how many tried in vain: from the audit record, so that a
/// restart forgets none. What is older than two minutes is counted once. Any thread.
class SignInsToday final
{
public:
    struct Counts
    {
        qint64 succeeded = 0;
        qint64 failed = 0;
    };

    Result<Counts> count(DbConnection &connection, TimePoint now);

private:
    std::mutex m_mutex; ///< Guards all below.
    TimePoint m_midnight;
    TimePoint m_settled; ///< Up to here nothing more is recorded.
    Counts m_until;      ///< From midnight to there.
};

} // namespace warder
