#include "core/ratelimit/GuessWatch.h"

#include "core/ratelimit/RateSubject.h"

using namespace Qt::StringLiterals;

namespace warder {

constexpr qsizetype mostTimes = 1000;
constexpr qsizetype manyTimes = 5; ///< Whose denials are not forgotten for those of others.

/// The denials of one key with this one.
GuessWatch::Denials &GuessWatch::count(const LimitedName &name, TimePoint now)
{
    const auto isOver = [now](const Denials &each) {
        return each.times.isEmpty() || each.times.last() + window <= now || each.times.last() > now + window;
    };
    const auto judge = [&isOver](const Denials &each) {
        return isOver(each) ? Keep::Idle : each.times.size() < manyTimes ? Keep::Free : Keep::Held;
    };
    Denials &denials = m_denials.touch(name, judge);
    if (isOver(denials))
        denials = {};
    denials.times.removeIf([now](TimePoint time) { return time + window <= now; });
    if (denials.times.size() >= mostTimes)
        denials.times.removeFirst();
    denials.times += now;
    m_denials.settle(name, judge);
    return denials;
}

std::optional<BruteForce> GuessWatch::denied(const QHostAddress &address, const QString &account, TimePoint now)
{
    BruteForce seen {.at = now, .address = countedAddressText(address), .account = account.left(longestAccountKey)};
    const std::scoped_lock lock(m_mutex);
    Denials &from = count({u"address"_s, seen.address}, now);
    Denials none;
    Denials &at = seen.account.isEmpty() ? none : count({u"account"_s, seen.account}, now); // the other was touched just before: it stays
    seen.fromAddress = int(from.times.size());
    seen.atAccount = int(at.times.size());
    if (from.told || at.told || std::max(seen.fromAddress, seen.atAccount) <= most)
        return std::nullopt;
    from.told = at.told = true; // one alarm names both
    return seen;
}

std::optional<BruteForce> GuessWatch::failed(const QHostAddress &address, const QString &account, qint64 inARow, TimePoint now) const
{
    if (inARow != mostInARow) // each number comes once
        return std::nullopt;
    return BruteForce {.at = now,
                       .address = countedAddressText(address),
                       .account = account.left(longestAccountKey),
                       .atAccount = int(inARow),
                       .sign = GuessSign::FailuresInARow};
}

BruteForce GuessWatch::stuffed(const QString &network, qint64 accounts, TimePoint now)
{
    return {.at = now, .address = network, .account = {}, .fromAddress = int(accounts), .sign = GuessSign::ManyAccounts};
}

} // namespace warder
