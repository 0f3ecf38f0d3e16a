#include "core/ratelimit/StuffedNetworks.h"

#include "core/ratelimit/FailureMap.h"

#include <algorithm>

namespace warder {
namespace {

quint64 hashOfAccount(const QString &account) { return LimitedNameHash()(account); }

} // namespace

qint64 StuffedNetworks::amountOf(const StuffingRule &rule) { return std::clamp<qint64>(rule.amount, 1, mostAccounts); }

/// At how many accounts it failed within the period.
qint64 StuffedNetworks::countOf(const Entry &entry, const StuffingRule &rule, TimePoint now)
{
    return std::ranges::count_if(entry.accounts, [&](const Try &each) { return each.last + rule.period > now; });
}

/// The same if all that is being looked at fails as well, but for `account`; 0 if that was tried before: it makes no difference.
qint64 StuffedNetworks::countWithOthers(const Entry &entry, quint64 account, const StuffingRule &rule, TimePoint now)
{
    QList<quint64> others = entry.inFlight;
    others.removeAll(account);
    for (const Try &each : entry.accounts) {
        if (each.last + rule.period <= now)
            continue;
        if (each.account == account)
            return 0;
        others.removeAll(each.account);
    }
    std::ranges::sort(others);
    const auto [end, last] = std::ranges::unique(others);
    return countOf(entry, rule, now) + (end - others.begin());
}

Keep StuffedNetworks::judge(const Entry &entry, const StuffingRule &rule, TimePoint now)
{
    if (entry.until > now || !entry.inFlight.isEmpty() || entry.accounts.size() >= amountOf(rule) / 2)
        return countOf(entry, rule, now) == 0 && entry.until <= now && entry.inFlight.isEmpty() ? Keep::Idle : Keep::Held;
    return countOf(entry, rule, now) == 0 ? Keep::Idle : Keep::Free;
}

StuffedNetworks::Entry &StuffedNetworks::touch(const QString &network, const StuffingRule &rule, TimePoint now)
{
    return m_map.touch(network, [&](const Entry &each) { return judge(each, rule, now); });
}

Milliseconds StuffedNetworks::waitOf(const QString &network, const QString &account, const StuffingRule &rule, TimePoint now)
{
    Entry *entry = rule.isOn ? m_map.find(network) : nullptr;
    if (!entry)
        return Milliseconds {0};
    entry->until = std::min<TimePoint>(entry->until, now + rule.longest); // a clock that was set back lengthens nothing
    const Milliseconds wait = entry->until - now;
    const bool mustQueue = !entry->inFlight.isEmpty() && countWithOthers(*entry, hashOfAccount(account), rule, now) >= amountOf(rule);
    return std::max({wait, mustQueue ? FailureMap::besideAnother : Milliseconds {0}, Milliseconds {0}});
}

void StuffedNetworks::begin(const QString &network, const QString &account, const StuffingRule &rule, TimePoint now)
{
    touch(network, rule, now).inFlight += hashOfAccount(account);
}

void StuffedNetworks::end(const QString &network, const QString &account)
{
    if (Entry *entry = m_map.find(network))
        entry->inFlight.removeOne(hashOfAccount(account));
}

qint64 StuffedNetworks::fail(const QString &network, const QString &account, const StuffingRule &rule, TimePoint now)
{
    if (!rule.isOn)
        return 0;
    Entry &entry = touch(network, rule, now);
    const quint64 hash = hashOfAccount(account);
    entry.accounts.removeIf([&](const Try &each) { return each.last + rule.period <= now || each.account == hash; });
    entry.accounts += {.account = hash, .last = now};
    if (entry.accounts.size() > mostAccounts)
        entry.accounts.removeFirst();
    const qint64 count = entry.accounts.size();
    const bool isHeld = count >= amountOf(rule) && entry.until <= now;
    if (isHeld) {
        entry.since = now;
        entry.until = now + rule.longest;
        entry.denials = 0;
    }
    m_map.settle(network, [&](const Entry &each) { return judge(each, rule, now); });
    return isHeld ? count : 0;
}

void StuffedNetworks::deny(const QString &network)
{
    if (Entry *entry = m_map.find(network))
        ++entry->denials;
}

bool StuffedNetworks::unblock(const QString &network, TimePoint now)
{
    const Entry *entry = m_map.find(network);
    return entry && entry->until > now && m_map.remove(network);
}

QList<StuffedNetworks::Wait> StuffedNetworks::waits(TimePoint now) const
{
    QList<Wait> waits;
    m_map.each([&](const QString &network, const Entry &entry) {
        if (entry.until > now)
            waits += {.network = network, .since = entry.since, .until = entry.until, .denials = entry.denials};
    });
    return waits;
}

void StuffedNetworks::restore(const Wait &wait, const StuffingRule &rule, TimePoint now)
{
    Entry &entry = touch(wait.network, rule, now);
    entry.since = wait.since;
    entry.until = wait.until;
    entry.denials = wait.denials;
    m_map.settle(wait.network, [&](const Entry &each) { return judge(each, rule, now); });
}

} // namespace warder
