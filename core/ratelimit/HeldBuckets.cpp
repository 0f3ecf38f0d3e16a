#include "core/ratelimit/HeldBuckets.h"

#include "core/ratelimit/HeldBack.h"

namespace warder {
namespace {

auto judgeAt(TimePoint now)
{
    return [now](const HeldBucket &each) {
        return each.until > now ? Keep::Held : each.until + sameStretch > now ? Keep::Free : Keep::Idle;
    };
}

} // namespace

void HeldBuckets::note(HeldBucket held, TimePoint now)
{
    const std::scoped_lock lock(m_mutex);
    HeldBucket &known = m_held.touch(held.key, judgeAt(now));
    const bool goesOn = known.denials > 0 && now <= known.until + sameStretch;
    held.since = goesOn ? known.since : now;
    held.denials = goesOn ? known.denials + 1 : 1;
    known = held;
    m_held.settle(held.key, judgeAt(now));
}

void HeldBuckets::restore(const HeldBucket &held, TimePoint now)
{
    const std::scoped_lock lock(m_mutex);
    m_held.touch(held.key, judgeAt(now)) = held;
    m_held.settle(held.key, judgeAt(now));
}

QList<HeldBucket> HeldBuckets::held(TimePoint now) const
{
    QList<HeldBucket> all;
    const std::scoped_lock lock(m_mutex);
    m_held.each([&](const BucketKey &, const HeldBucket &each) {
        if (each.until > now)
            all += each;
    });
    return all;
}

QList<HeldBucket> HeldBuckets::take(const CountedTexts &who)
{
    QList<HeldBucket> taken;
    const std::scoped_lock lock(m_mutex);
    m_held.each([&](const BucketKey &, const HeldBucket &each) {
        if (each.who == who)
            taken += each;
    });
    for (const HeldBucket &each : std::as_const(taken))
        m_held.remove(each.key);
    return taken;
}

} // namespace warder
