#pragma once

#include "core/console/orders/Members.h"
#include "core/console/orders/Server.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <tuple>

namespace warder {

/// What one password hash costs, as the settings say it: of Argon2id the first three, of bcrypt the last one.
struct HashCostView
{
    int memoryKib = 0;
    int iterations = 0;
    int parallelism = 0;
    int bcryptCost = 0; ///< 0: it is Argon2id.

    bool operator==(const HashCostView &) const = default;
    bool isBcrypt() const { return bcryptCost > 0; }

    /// The settings that make new hashes so.
    QList<SettingChoice> choices() const
    {
        const auto choice = [](const QString &key, int value) { return SettingChoice {.key = key, .value = QString::number(value)}; };
        if (isBcrypt())
            return {choice(u"passwords.bcrypt_cost"_s, bcryptCost)};
        return {choice(u"passwords.argon2_memory_kib"_s, memoryKib), choice(u"passwords.argon2_iterations"_s, iterations),
                choice(u"passwords.argon2_parallelism"_s, parallelism)};
    }

    static void members(auto &visit, auto &v)
    {
        visit("memory_kib"_L1, v.memoryKib, "iterations"_L1, v.iterations, "parallelism"_L1, v.parallelism, "bcrypt_cost"_L1, v.bcryptCost);
    }
};

/// A hash that was measured.
struct HashTrialView
{
    HashCostView cost = {};
    std::chrono::microseconds time {0}; ///< That one takes, while nothing else runs.

    bool operator==(const HashTrialView &) const = default;

    static void members(auto &visit, auto &v) { visit("cost"_L1, v.cost, "microseconds"_L1, v.time); }
};

/// How passwords are hashed, and within which bounds a tuning may change that.
struct HashingView
{
    QString algorithm;      ///< "argon2id" or "bcrypt".
    HashCostView now = {};  ///< In force.
    int lanes = 0;          ///< Passwords that are hashed at once.
    int cores = 0;          ///< That the server has.
    int leastMemoryMib = 0; ///< Of Argon2id, for all hashes at once; of bcrypt 0, as the next two.
    int usualMemoryMib = 0;
    int mostMemoryMib = 0;

    /// At full use.
    qint64 memoryKibOf(const HashCostView &cost) const { return qint64(cost.memoryKib) * lanes; }
    /// Sign-ins at full use, if each takes that long: no more are computed at once than there are cores.
    double perSecond(std::chrono::microseconds time) const
    {
        return 1e6 * std::min(lanes, cores) / double(std::max<qint64>(time.count(), 1));
    }

    static void members(auto &visit, auto &v)
    {
        visit("algorithm"_L1, v.algorithm, "now"_L1, v.now, "lanes"_L1, v.lanes, "cores"_L1, v.cores, "least_memory_mib"_L1,
              v.leastMemoryMib, "usual_memory_mib"_L1, v.usualMemoryMib, "most_memory_mib"_L1, v.mostMemoryMib);
    }
};

/// How far a tuning is.
struct TuningView
{
    QList<HashTrialView> tried;            ///< Those of the order, and the one that was measured now. The first is of what is in force.
    std::optional<HashCostView> next = {}; ///< What the next order measures; nothing: it is over.
    std::optional<HashTrialView> proposed = {}; ///< Once it is over. Slower than the target where nothing that is safe is as quick.

    static void members(auto &visit, auto &v) { visit("tried"_L1, v.tried, "next"_L1, v.next, "proposed"_L1, v.proposed); }
};

using ReadHashing = OrderFor<HashingView, "passwords.hashing">;

/// A step of the search for the strongest hash that a sign-in has time and memory for: measures one more than was `tried`, and changes
/// nothing. Whoever wants to know gives it again with the answer's `tried`, until `next` is nothing; so what is tried can be seen, and who
/// asks no more has stopped it. Runs beside everything else, one at a time; tells its progress, and heeds that its future is cancelled.
/// InvalidInput for a target, a memory or a number of trials out of bounds.
struct TuneHashing : OrderFor<TuningView, "passwords.tune">
{
    static constexpr bool onlyReads = true;
    static constexpr Milliseconds leastTarget {50};
    static constexpr Milliseconds usualTarget {250};
    static constexpr Milliseconds mostTarget {2000};
    static constexpr int mostTrials = 12;

    Milliseconds target = usualTarget; ///< That a sign-in may take.
    int memoryMib = 0;                 ///< For all hashes at once; 0: the usual. Of bcrypt it does not count.
    QList<HashTrialView> tried = {};

    static void members(auto &visit, auto &v) { visit("target"_L1, v.target, "memory_mib"_L1, v.memoryMib, "tried"_L1, v.tried); }
};

using HashingOrders = std::tuple<ReadHashing, TuneHashing>;

} // namespace warder
