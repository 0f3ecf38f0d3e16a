#pragma once

#include "core/base/Clock.h"
#include "core/ratelimit/RateSubject.h"

#include <QList>

#include <memory>
#include <vector>

namespace warder {

/// What became of a recorded request. SignedIn and SignInFailed are no requests of their own: they tell of the last one that passed with
/// the same address and account.
enum class RecordedOutcome : quint8 { Passed, Denied, SignedIn, SignInFailed };

/// A request as it is remembered: no address and no name, only keyed hashes of them that this process alone can make.
struct RecordedDecision
{
    quint64 address = 0; ///< 0 is never a hash: none. Its upper half is the same for all of one network (RateKey::Network).
    quint64 account = 0;
    quint64 session = 0;
    quint32 tenths = 0; ///< Of a second since the record began.
    quint16 route = 0;  ///< RateLimiter::routeNumber()
    RecordedOutcome outcome = RecordedOutcome::Passed;
};

/// The last requests to routes that have a group or a rule, of at most 24 hours, at most `capacity` of them; none from exempt networks.
/// Any thread; threads that add seldom wait for each other.
class DecisionRecord final
{
public:
    explicit DecisionRecord(size_t capacity);
    ~DecisionRecord();

    void add(const RateSubject &subject, int route, RecordedOutcome outcome, TimePoint now);

    /// Oldest first, to a tenth of a second. Copies: 32 bytes each.
    std::vector<RecordedDecision> all(TimePoint now) const;
    /// How far `all`, its answer of that moment, goes back: to the oldest of them where there is no room for more; else 24 hours, or to the
    /// first that was ever added. Until then it is `now`.
    struct Reach
    {
        TimePoint from;
        bool isCut = false; ///< There were older ones, for which there is no room.
    };
    Reach reachOf(const std::vector<RecordedDecision> &all, TimePoint now) const;
    TimePoint begin() const; ///< When the first was added: the beginning of RecordedDecision::tenths.

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace warder
