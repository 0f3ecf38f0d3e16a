#include "core/ratelimit/DecisionRecord.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <limits>
#include <mutex>
#include <vector>

namespace warder {
namespace {

constexpr size_t stripeCount = 16;
constexpr size_t batch = 64; ///< So many wait in a stripe before the ring is asked for its lock.
constexpr Milliseconds tenth {100};
constexpr std::chrono::hours longestKept {24};

quint64 neverZero(quint64 hash) { return hash == 0 ? 1 : hash; }

/// Each thread has its own, as long as there are no more than stripes.
size_t stripeOfThread()
{
    static std::atomic<size_t> threads = 0;
    thread_local const size_t mine = threads++ % stripeCount;
    return mine;
}

} // namespace

struct DecisionRecord::Private
{
    struct alignas(64) Stripe
    {
        std::mutex mutex;
        std::vector<RecordedDecision> waiting; ///< Under the mutex; never more than `batch`.
    };

    explicit Private(size_t most) : capacity(most)
    {
        ring.reserve(capacity);
        for (Stripe &each : stripes)
            each.waiting.reserve(batch);
    }

    /// The upper half stands for the network, so that a rule that counts networks can be replayed as well.
    quint64 addressHash(const QHostAddress &address) const
    {
        constexpr quint64 upper = 0xffff'ffff'0000'0000;
        const AddressBytes network = networkBytes(address);
        const AddressBytes own = countedBytes(address);
        return neverZero((qHashBits(network.data(), network.size(), seed) & upper) | (qHashBits(own.data(), own.size(), seed) & ~upper));
    }

    quint64 accountHash(QStringView account) const
    {
        const QStringView counted = account.left(longestAccountKey);
        return counted.isEmpty() ? 0 : neverZero(qHashBits(counted.utf16(), size_t(counted.size()) * sizeof(char16_t), seed));
    }

    quint64 sessionHash(const Id &session) const { return session.isNull() ? 0 : neverZero(qHash(session, seed)); }

    quint32 tenthsAt(TimePoint now)
    {
        qint64 first = began;
        if (first < 0 && began.compare_exchange_strong(first, toMilliseconds(now)))
            first = toMilliseconds(now);
        const qint64 tenths = (toMilliseconds(now) - first) / tenth.count();
        return quint32(std::clamp<qint64>(tenths, 0, std::numeric_limits<quint32>::max()));
    }

    /// The stripe's mutex is held.
    void flush(Stripe &stripe)
    {
        const std::scoped_lock lock(ringMutex);
        for (const RecordedDecision &each : stripe.waiting) {
            if (ring.size() < capacity)
                ring.push_back(each);
            else
                ring[next++ % capacity] = each;
        }
        stripe.waiting.clear();
    }

    const size_t capacity;
    const size_t seed = size_t(QRandomGenerator::system()->generate64());
    std::atomic<qint64> began = -1;
    std::array<Stripe, stripeCount> stripes;
    std::mutex ringMutex; ///< Taken after a stripe's; guards the next two.
    std::vector<RecordedDecision> ring;
    size_t next = 0; ///< Once the ring is full.
};

DecisionRecord::DecisionRecord(size_t capacity) : d(std::make_unique<Private>(capacity)) {}
DecisionRecord::~DecisionRecord() = default;

void DecisionRecord::add(const RateSubject &subject, int route, RecordedOutcome outcome, TimePoint now)
{
    if (d->capacity == 0)
        return;
    const RecordedDecision decision {.address = d->addressHash(subject.address),
                                     .account = d->accountHash(subject.accountKey),
                                     .session = d->sessionHash(subject.session),
                                     .tenths = d->tenthsAt(now),
                                     .route = quint16(route),
                                     .outcome = outcome};
    Private::Stripe &stripe = d->stripes[stripeOfThread()];
    const std::scoped_lock lock(stripe.mutex);
    stripe.waiting.push_back(decision);
    if (stripe.waiting.size() >= batch)
        d->flush(stripe);
}

std::vector<RecordedDecision> DecisionRecord::all(TimePoint now) const
{
    for (Private::Stripe &each : d->stripes) {
        const std::scoped_lock lock(each.mutex);
        d->flush(each);
    }
    const qint64 age = (toMilliseconds(now - longestKept) - toMilliseconds(begin())) / tenth.count();
    std::vector<RecordedDecision> all;
    all.reserve(d->capacity);
    {
        const std::scoped_lock lock(d->ringMutex);
        const auto isKept = [age](const RecordedDecision &each) { return qint64(each.tenths) > age; };
        const auto oldest = d->ring.begin() + qsizetype(d->ring.size() < d->capacity ? 0 : d->next % std::max<size_t>(d->capacity, 1));
        std::copy_if(oldest, d->ring.end(), std::back_inserter(all), isKept);
        std::copy_if(d->ring.begin(), oldest, std::back_inserter(all), isKept);
    }
    std::ranges::stable_sort(all, {}, [](const RecordedDecision &each) {          // threads bring theirs in batches, and
        return std::pair(each.tenths, each.outcome >= RecordedOutcome::SignedIn); // what became of a request comes behind it
    });
    return all;
}

DecisionRecord::Reach DecisionRecord::reachOf(const std::vector<RecordedDecision> &all, TimePoint now) const
{
    if (!all.empty() && all.size() >= d->capacity)
        return {.from = begin() + qint64(all.front().tenths) * tenth, .isCut = true};
    return {.from = d->began < 0 ? now : std::max(begin(), TimePoint(now - longestKept))};
}

TimePoint DecisionRecord::begin() const { return fromMilliseconds(std::max<qint64>(d->began, 0)); }

} // namespace warder
