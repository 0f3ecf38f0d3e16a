#include "core/crypto/HashTuning.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace warder {
namespace {

constexpr SettingRules memoryRules = SettingKey("passwords.argon2_memory_kib").definition().rules;
constexpr SettingRules passesRules = SettingKey("passwords.argon2_iterations").definition().rules;
constexpr SettingRules lanesRules = SettingKey("passwords.argon2_parallelism").definition().rules;
constexpr SettingRules costRules = SettingKey("passwords.bcrypt_cost").definition().rules;

constexpr int memoryStepKib = 1024;
constexpr int leastPasses = 2;
constexpr int tunedLanes = 1;
constexpr int leastBcryptCost = 10;
static_assert(HashTuning::leastMemoryKib >= memoryRules.min && leastPasses >= passesRules.min && tunedLanes >= lanesRules.min
              && leastBcryptCost >= costRules.min);

constexpr double nearEnough = 0.9; ///< Of the target: who looks further finds less than one measurement differs from another.
constexpr double aimedAt = 0.97;
constexpr double mostGrowth =
    8; ///< From one trial to the next: the larger a hash is the less of it is in caches, so that no line leads far.

QList<HashingPolicy> ladderOf(HashingPolicy rung, int memoryKib)
{
    QList<HashingPolicy> ladder;
    if (rung.algorithm == HashingPolicy::Algorithm::Bcrypt) {
        for (rung.bcryptCost = leastBcryptCost; rung.bcryptCost <= costRules.max; ++rung.bcryptCost)
            ladder += rung;
        return ladder;
    }
    rung.parallelism = tunedLanes;
    rung.iterations = leastPasses;
    const int most = std::clamp(memoryKib, HashTuning::leastMemoryKib, HashTuning::mostMemoryKib);
    for (rung.memoryKib = HashTuning::leastMemoryKib; rung.memoryKib <= most; rung.memoryKib += memoryStepKib)
        ladder += rung;
    rung.memoryKib = ladder.last().memoryKib;
    while (++rung.iterations <= passesRules.max)
        ladder += rung;
    return ladder;
}

/// To which the time of a hash is about proportional.
double workOf(const HashingPolicy &policy)
{
    if (policy.algorithm == HashingPolicy::Algorithm::Bcrypt)
        return std::ldexp(1.0, policy.bcryptCost);
    return double(policy.memoryKib) * policy.iterations;
}

struct MeasuredRung
{
    qsizetype rung;
    double work;
    double time; ///< Microseconds.
};

/// Between these two the outcome is.
struct Bracket
{
    std::optional<MeasuredRung> within = {}; ///< The highest below `beyond` that is quick enough.
    std::optional<MeasuredRung> beyond = {}; ///< The lowest that is not.
};

Bracket bracketOf(const QList<HashingPolicy> &ladder, double target, const QList<HashTrial> &tried)
{
    QList<MeasuredRung> measured;
    for (const auto &[policy, time] : tried) {
        if (const qsizetype rung = ladder.indexOf(policy); rung >= 0)
            measured += MeasuredRung {.rung = rung, .work = workOf(policy), .time = std::max(1.0, double(time.count()))};
    }
    std::ranges::sort(measured, {}, &MeasuredRung::rung);
    Bracket bracket;
    for (const MeasuredRung &each : std::as_const(measured)) {
        if (each.time > target) {
            bracket.beyond = each;
            break;
        }
        bracket.within = each;
    }
    return bracket;
}

/// How much work probably takes a little less than `target`.
double workFor(const Bracket &bracket, double target)
{
    const auto &[within, beyond] = bracket;
    if (within && beyond)
        return within->work + (beyond->work - within->work) * (aimedAt * target - within->time) / (beyond->time - within->time);
    if (within)
        return within->work * std::min(mostGrowth, aimedAt * target / within->time);
    return beyond->work * aimedAt * target / beyond->time;
}

/// The highest rung that is no more work; -1: all are.
qsizetype rungOf(const QList<HashingPolicy> &ladder, double work)
{
    return std::ranges::upper_bound(ladder, work, {}, workOf) - ladder.begin() - 1;
}

} // namespace

HashTuning::HashTuning(const HashingPolicy &now, Milliseconds target, int memoryKib)
    : m_now(now), m_target(double(std::chrono::microseconds(target).count())), m_ladder(ladderOf(now, memoryKib))
{}

std::optional<HashingPolicy> HashTuning::next(const QList<HashTrial> &tried) const
{
    if (tried.isEmpty())
        return m_now;
    if (tried.size() >= mostTrials)
        return std::nullopt;
    const Bracket bracket = bracketOf(m_ladder, m_target, tried);
    const auto &[within, beyond] = bracket;
    if (!within && !beyond)
        return m_ladder.first();
    const qsizetype lowest = within ? within->rung + 1 : 0;
    const qsizetype highest = (beyond ? beyond->rung : m_ladder.size()) - 1;
    if (lowest > highest || (within && within->time >= nearEnough * m_target))
        return std::nullopt;
    return m_ladder[std::clamp(rungOf(m_ladder, workFor(bracket, m_target)), lowest, highest)];
}

std::optional<HashTrial> HashTuning::best(const QList<HashTrial> &tried) const
{
    const Bracket bracket = bracketOf(m_ladder, m_target, tried);
    const auto &found = bracket.within ? bracket.within : bracket.beyond;
    if (!found)
        return std::nullopt;
    return *std::ranges::find(tried, m_ladder[found->rung], &HashTrial::policy);
}

} // namespace warder
