#include "core/console/HashingViews.h"

namespace warder {
namespace {

constexpr int kibInMib = 1024;
constexpr int usualMibEach = 64; ///< RFC 9106's second choice, for where memory is scarce.

HashCostView costOf(const HashingPolicy &policy)
{
    if (policy.algorithm == HashingPolicy::Algorithm::Bcrypt)
        return {.bcryptCost = policy.bcryptCost};
    return {.memoryKib = policy.memoryKib, .iterations = policy.iterations, .parallelism = policy.parallelism};
}

/// What a view does not say is the same in all policies, so that they can be compared.
HashingPolicy policyOf(const HashCostView &cost)
{
    if (cost.isBcrypt())
        return {.algorithm = HashingPolicy::Algorithm::Bcrypt, .bcryptCost = cost.bcryptCost};
    return {.memoryKib = cost.memoryKib, .iterations = cost.iterations, .parallelism = cost.parallelism};
}

HashTrialView viewOfTrial(const HashTrial &trial) { return {.cost = costOf(trial.policy), .time = trial.time}; }

} // namespace

HashingView viewOfHashing(const HashingPolicy &now, int lanes, int cores)
{
    HashingView view {.algorithm = u"bcrypt"_s, .now = costOf(now), .lanes = lanes, .cores = cores};
    if (view.now.isBcrypt())
        return view;
    view.algorithm = u"argon2id"_s;
    view.leastMemoryMib = lanes * HashTuning::leastMemoryKib / kibInMib;
    view.usualMemoryMib = lanes * usualMibEach;
    view.mostMemoryMib = lanes * (HashTuning::mostMemoryKib / kibInMib);
    return view;
}

Result<HashTuning> tuningFor(const TuneHashing &order, const HashingView &here)
{
    static_assert(TuneHashing::mostTrials == HashTuning::mostTrials);
    if (order.target < TuneHashing::leastTarget || order.target > TuneHashing::mostTarget)
        return refused(ErrorCode::InvalidInput,
                       u"target: must be %1 to %2 ms"_s.arg(TuneHashing::leastTarget.count()).arg(TuneHashing::mostTarget.count()));
    const int memory = order.memoryMib == 0 ? here.usualMemoryMib : order.memoryMib;
    if (!here.now.isBcrypt() && (memory < here.leastMemoryMib || memory > here.mostMemoryMib))
        return refused(ErrorCode::InvalidInput,
                       u"memory: must be %1 to %2 MiB for the %3 passwords that are hashed at once"_s.arg(here.leastMemoryMib)
                           .arg(here.mostMemoryMib)
                           .arg(here.lanes));
    if (order.tried.size() > TuneHashing::mostTrials)
        return refused(ErrorCode::InvalidInput, u"tried: must be %1 trials at most"_s.arg(TuneHashing::mostTrials));
    return HashTuning(policyOf(here.now), order.target, int(qint64(memory) * kibInMib / here.lanes));
}

QList<HashTrial> trialsOf(const QList<HashTrialView> &tried)
{
    QList<HashTrial> trials;
    for (const HashTrialView &one : tried)
        trials += HashTrial {.policy = policyOf(one.cost), .time = one.time};
    return trials;
}

TuningView viewOfTuning(const HashTuning &tuning, const QList<HashTrial> &tried)
{
    TuningView view {.tried = {}};
    for (const HashTrial &one : tried)
        view.tried += viewOfTrial(one);
    if (const auto next = tuning.next(tried))
        view.next = costOf(*next);
    else
        view.proposed = tuning.best(tried).transform(viewOfTrial);
    return view;
}

} // namespace warder
