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
    const Denials from = count({u"address"_s, seen.address}, now); // a copy: the account may take its place
    const Denials at = seen.account.isEmpty() ? Denials() : count({u"account"_s, seen.account}, now);
    seen.fromAddress = int(from.times.size());
    seen.atAccount = int(at.times.size());
    if (from.told || at.told || std::max(seen.fromAddress, seen.atAccount) <= most)
        return std::nullopt;
    setTold(seen, true); // one alarm names both
    return seen;
}

void GuessWatch::retract(const BruteForce &seen)
{
    const std::scoped_lock lock(m_mutex);
    setTold(seen, false);
}

void GuessWatch::setTold(const BruteForce &seen, bool told)
{
    for (const LimitedName &name : {LimitedName {u"address"_s, seen.address}, LimitedName {u"account"_s, seen.account}}) {
        if (Denials *denials = m_denials.find(name))
            denials->told = told;
    }
}

std::optional<BruteForce> GuessWatch::failed(const QHostAddress &address, const QString &account, qint64 inARow, qint64 alarmAt,
                                             TimePoint now) const
{
    if (inARow != alarmAt) // each number comes once
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
