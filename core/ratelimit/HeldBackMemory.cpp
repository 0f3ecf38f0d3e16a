#include "core/ratelimit/HeldBackMemory.h"

#include <algorithm>

namespace warder {
namespace {

constexpr qsizetype mostRulesOfPair = 16; ///< That one pair is shown with.

} // namespace

Keep HeldBackMemory::judge(const Entry &entry, TimePoint now)
{
    if (entry.until > now)
        return Keep::Held;
    return entry.until + kept <= now ? Keep::Idle : Keep::Free;
}

void HeldBackMemory::noteWait(Entry &entry, int rule, TimePoint until)
{
    const auto found = std::ranges::find(entry.waits, rule, &RuleWait::rule);
    if (found != entry.waits.end())
        found->until = until;
    else if (entry.waits.size() < mostRulesOfPair)
        entry.waits += {.rule = rule, .until = until};
    entry.until = std::ranges::max(entry.waits, {}, &RuleWait::until).until;
}

void HeldBackMemory::noteTried(Entry &entry, const QString &tried)
{
    if (tried.isEmpty())
        return;
    entry.accounts.add(tried);
    entry.tried.removeOne(tried);
    entry.tried.prepend(tried);
    if (entry.tried.size() > HeldBack::mostTried)
        entry.tried.removeLast();
}

void HeldBackMemory::add(const Denial &denial, TimePoint now)
{
    const LimitedName pair {denial.address, denial.account};
    const auto dear = [now](const Entry &each) { return judge(each, now); };
    Shard &shard = shardOf(pair);
    const std::scoped_lock lock(shard.mutex);
    Entry &entry = shard.entries.touch(pair, dear);
    if (entry.denials == 0 || entry.until + sameStretch < now)
        entry = {.since = now, .until = now};
    ++entry.denials;
    entry.signIns += denial.isSignIn;
    noteWait(entry, denial.rule, now + denial.retryAfter);
    noteTried(entry, denial.tried);
    shard.entries.settle(pair, dear);
}

void HeldBackMemory::remember(int rule, const KeptWait &wait, TimePoint now)
{
    const LimitedName pair {wait.address, wait.account};
    const auto dear = [now](const Entry &each) { return judge(each, now); };
    Shard &shard = shardOf(pair);
    const std::scoped_lock lock(shard.mutex);
    Entry &entry = shard.entries.touch(pair, dear);
    entry.since = entry.denials == 0 ? wait.since : std::min(entry.since, wait.since);
    entry.denials += std::max<qint64>(wait.denials, 1); // an entry with none is not there yet
    noteWait(entry, rule, wait.until);
    shard.entries.settle(pair, dear);
}

QList<HeldBack> HeldBackMemory::all(Seconds window, TimePoint now, const std::function<QString(int)> &nameOf) const
{
    QList<HeldBack> held;
    for (const Shard &shard : m_shards) {
        const std::scoped_lock lock(shard.mutex);
        shard.entries.each([&](const LimitedName &pair, const Entry &entry) {
            if (entry.until + window <= now)
                return;
            QList<RuleWait> waits = entry.waits;
            std::ranges::stable_sort(waits, std::greater {}, &RuleWait::until);
            QStringList rules;
            for (const RuleWait &each : std::as_const(waits))
                rules += nameOf(each.rule);
            held += HeldBack {.address = pair.rule,
                              .account = pair.key,
                              .rules = rules,
                              .since = entry.since,
                              .until = entry.until,
                              .denials = entry.denials,
                              .signIns = entry.signIns,
                              .tried = entry.tried,
                              .accounts = entry.accounts.count()};
        });
    }
    std::ranges::stable_sort(held, std::greater {}, &HeldBack::until);
    return held;
}

QList<int> HeldBackMemory::remove(const QString &address, const QString &account)
{
    const LimitedName pair {address, account};
    Shard &shard = shardOf(pair);
    const std::scoped_lock lock(shard.mutex);
    QList<int> rules;
    if (const Entry *entry = std::as_const(shard.entries).find(pair)) {
        for (const RuleWait &each : entry->waits)
            rules += each.rule;
    }
    shard.entries.remove(pair);
    return rules;
}

} // namespace warder
