#include "core/ratelimit/GuessWatch.h"

#include "core/ratelimit/RateSubject.h"

using namespace Qt::StringLiterals;

namespace warder {

constexpr qsizetype mostTimes = 1000;

/// The denials of one key with this one.
GuessWatch::Denials &GuessWatch::count(const LimitedName &name, TimePoint now)
{
    const auto isOver = [now](const Denials &each) {
        return each.times.isEmpty() || each.times.last() + window <= now || each.times.last() > now + window;
    };
    Denials &denials = m_denials.touch(name, isOver);
    if (isOver(denials))
        denials = {};
    denials.times.removeIf([now](TimePoint time) { return time + window <= now; });
    if (denials.times.size() >= mostTimes)
        denials.times.removeFirst();
    denials.times += now;
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

} // namespace warder
