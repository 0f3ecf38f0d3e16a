#include "core/ratelimit/WhatIf.h"

#include "core/ratelimit/Gcra.h"
#include "core/ratelimit/RateDecision.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace warder {
namespace {

constexpr size_t looksAtStopEvery = 4096;

/// So that each bit of a key decides about its place (MurmurHash3's finalizer).
quint64 mixed(quint64 key)
{
    key = (key ^ (key >> 33)) * 0xff51'afd7'ed55'8ccd;
    key = (key ^ (key >> 33)) * 0xc4ce'b9fe'1a85'ec53;
    return key ^ (key >> 33);
}

quint64 pairOf(quint64 a, quint64 b) { return mixed(a) ^ (b * 0x9e37'79b9'7f4a'7c15); }

/// From hashes to numbers, for at most as many as it was made for: a million in a fraction of a second, which a QHash is not.
class HashTable final
{
public:
    explicit HashTable(size_t most) : m_slots(std::bit_ceil(2 * most + 2)) {}

    /// 0 at first. `key` is not 0.
    qint64 &operator[](quint64 key)
    {
        const size_t mask = m_slots.size() - 1;
        size_t at = size_t(mixed(key)) & mask;
        while (m_slots[at].key != 0 && m_slots[at].key != key)
            at = (at + 1) & mask;
        m_slots[at].key = key;
        return m_slots[at].value;
    }

private:
    struct Slot
    {
        quint64 key = 0;
        qint64 value = 0;
    };
    std::vector<Slot> m_slots;
};

/// Whom the rule counts; 0: the request has no such key.
quint64 keyOf(RateKey key, const RecordedDecision &decision)
{
    switch (key) {
    case RateKey::Address:           return decision.address;
    case RateKey::Network:           return (decision.address >> 32) | (quint64 {1} << 32);
    case RateKey::Account:           return decision.account;
    case RateKey::AddressAndAccount: return decision.account == 0 ? 0 : std::max<quint64>(pairOf(decision.address, decision.account), 1);
    case RateKey::Session:           return decision.session;
    }
    Q_UNREACHABLE_RETURN(0);
}

bool isRequest(const RecordedDecision &decision)
{
    return decision.outcome == RecordedOutcome::Passed || decision.outcome == RecordedOutcome::Denied;
}

qint64 differentOnes(std::vector<quint64> &keys)
{
    std::ranges::sort(keys);
    const auto rest = std::ranges::unique(keys);
    return qint64(rest.begin() - keys.begin()) - (keys.empty() || keys.front() != 0 ? 0 : 1);
}

/// The record, played to one rule.
class Replay final
{
public:
    Replay(const RateRule &rule, size_t most)
        : m_rule(rule), m_patience(rule.action == RateAction::Delay ? RateDecision::longestDelay : Milliseconds {0}),
          m_isOn(rule.isOn() && rule.counts == RateCount::Requests), m_buckets(most), m_verdicts(most)
    {}

    void play(const RecordedDecision &decision)
    {
        const quint64 who = std::max<quint64>(pairOf(decision.address, decision.account), 1);
        if (!isRequest(decision)) {
            found.signIns += decision.outcome == RecordedOutcome::SignedIn && m_verdicts[who] != 0;
            return;
        }
        ++found.requests;
        found.deniedNow += decision.outcome == RecordedOutcome::Denied;
        const bool denied = denies(decision);
        m_verdicts[who] = denied;
        if (!denied)
            return;
        ++found.denied;
        m_addresses.push_back(decision.address);
        m_accounts.push_back(decision.account);
    }

    WhatIf result()
    {
        found.addresses = differentOnes(m_addresses);
        found.accounts = differentOnes(m_accounts);
        return found;
    }

    WhatIf found;

private:
    bool denies(const RecordedDecision &decision)
    {
        const quint64 key = m_isOn ? keyOf(m_rule.key, decision) : 0;
        if (key == 0)
            return false;
        qint64 &bucket = m_buckets[key];
        const MicroTime now(Milliseconds(100 * qint64(decision.tenths) + 1)); // not 0, which an unused bucket has
        const GcraDecision decided = decide(MicroTime(std::chrono::microseconds(bucket)), m_rule.rate, now, m_patience);
        bucket = decided.tat.time_since_epoch().count();
        return !decided.allowed;
    }

    const RateRule &m_rule;
    const std::chrono::microseconds m_patience;
    const bool m_isOn;
    HashTable m_buckets;
    HashTable m_verdicts; ///< Of the last request of an address and account, for what became of its sign-in.
    std::vector<quint64> m_addresses;
    std::vector<quint64> m_accounts;
};

} // namespace

WhatIf whatIf(const std::vector<RecordedDecision> &record, TimePoint begin, const RateRule &rule, const QList<LimitedRoute> &routes,
              TimePoint now, const std::atomic<bool> &stop)
{
    std::vector<bool> applies;
    for (const LimitedRoute &each : routes)
        applies.push_back(appliesTo(rule, each));
    const auto isOfRule = [&](const RecordedDecision &each) { return each.route < applies.size() && applies[each.route]; };
    Replay replay(rule, size_t(std::ranges::count_if(record, isOfRule)));
    const auto timeOf = [&](const RecordedDecision &each) { return begin + 100 * Milliseconds(each.tenths); };
    replay.found.from = record.empty() ? now : timeOf(record.front());
    replay.found.to = now;
    for (size_t i = 0; i < record.size(); ++i) {
        if (i % looksAtStopEvery == 0 && stop) {
            replay.found.to = timeOf(record[i]);
            break;
        }
        if (isOfRule(record[i]))
            replay.play(record[i]);
    }
    return replay.result();
}

} // namespace warder
