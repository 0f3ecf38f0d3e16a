#include "core/ratelimit/GuessWatch.h"

#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/LimitedName.h"
#include "core/ratelimit/RateSubject.h"

#include <QList>

#include <mutex>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr size_t mostWatched = 4096;
constexpr qsizetype mostTimes = 1000;

struct Denials
{
    QList<TimePoint> times; ///< Within the window, oldest first.
    bool told = false;
};

} // namespace

struct GuessWatch::Private
{
    using Map = BoundedMap<LimitedName, Denials, LimitedNameHash>;

    /// The denials of one key with this one.
    Denials &count(const LimitedName &name, TimePoint now)
    {
        const auto isOver = [now](const Denials &each) {
            return each.times.isEmpty() || each.times.last() + window <= now || each.times.last() > now + window;
        };
        Denials &denials = map.touch(name, isOver);
        if (isOver(denials))
            denials = {};
        denials.times.removeIf([now](TimePoint time) { return time + window <= now; });
        if (denials.times.size() >= mostTimes)
            denials.times.removeFirst();
        denials.times += now;
        return denials;
    }

    std::mutex mutex;
    Map map {mostWatched};
};

GuessWatch::GuessWatch() : d(std::make_unique<Private>()) {}
GuessWatch::~GuessWatch() = default;

std::optional<BruteForce> GuessWatch::denied(const QHostAddress &address, const QString &account, TimePoint now)
{
    BruteForce seen {.at = now, .address = countedAddressText(address), .account = account.left(320)};
    const std::scoped_lock lock(d->mutex);
    Denials &from = d->count({u"address"_s, seen.address}, now);
    Denials none;
    Denials &at =
        seen.account.isEmpty() ? none : d->count({u"account"_s, seen.account}, now); // the other was touched just before: it stays
    seen.fromAddress = int(from.times.size());
    seen.atAccount = int(at.times.size());
    if (from.told || at.told || std::max(seen.fromAddress, seen.atAccount) <= most)
        return std::nullopt;
    from.told = at.told = true; // one alarm names both
    return seen;
}

} // namespace warder
