#include "core/ratelimit/LoginBackoffPrivate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::chrono::minutes tooShortToKeep {1}; ///< A wait that a restart may forget.

} // namespace

// What is kept: the address of a pair says whose it is, and of a device where that was seen last; the account of a code, which code it is.

void LoginBackoff::Private::keepPairs(QList<KeptWait> &to, TimePoint now) const
{
    pairs.each([&](const QString &key, const Failures &each) {
        if (each.until <= now + tooShortToKeep)
            return;
        const QString who = key.chopped(each.account.size() + 1);
        to += {.rule = addressRule,
               .address = who == each.address ? who : who + u' ' + each.address,
               .account = each.account,
               .since = each.since,
               .until = each.until,
               .count = each.count,
               .denials = each.denials};
    });
}

void LoginBackoff::Private::keepAccounts(QList<KeptWait> &to, TimePoint now) const
{
    accounts.each([&](const QString &account, const Failures &each) {
        KeptWait wait {.rule = accountRule, .address = {}, .account = account, .since = each.since, .until = each.until};
        wait.count = each.count;
        wait.denials = each.denials;
        if (each.until > now + tooShortToKeep)
            to += wait;
        wait.rule = proofRule;
        wait.since = each.lastInARow;
        wait.until = each.lastInARow + rules.account.memoryInARow;
        wait.count = each.inARow;
        if (rules.isProofOn && each.inARow > rules.proofAfter / 2 && wait.until > now)
            to += wait;
    });
}

void LoginBackoff::Private::keepCodes(QList<KeptWait> &to, TimePoint now) const
{
    codes.each([&](const QString &key, const Failures &each) {
        if (each.until > now + tooShortToKeep)
            to += {.rule = mfaBackoffRule,
                   .address = {},
                   .account = key,
                   .since = each.since,
                   .until = each.until,
                   .count = each.count,
                   .denials = each.denials};
    });
}

QList<KeptWait> LoginBackoff::waitsToKeep(TimePoint now) const
{
    const std::scoped_lock lock(d->mutex);
    QList<KeptWait> kept;
    d->keepPairs(kept, now);
    d->keepAccounts(kept, now);
    d->keepCodes(kept, now);
    for (const auto &each : d->networks.waits(now + tooShortToKeep))
        kept += {.rule = stuffingRule,
                 .address = each.network,
                 .account = {},
                 .since = each.since,
                 .until = each.until,
                 .count = 0,
                 .denials = each.denials};
    return kept;
}

void LoginBackoff::Private::restoreInto(FailureMap &map, const QString &key, const Backoff &rule, KeptWait wait, TimePoint now)
{
    Failures &failures = map.touch(key, rule, now);
    failures.address = wait.address;
    failures.account = wait.account;
    failures.count = wait.count;
    failures.since = wait.since;
    failures.until = wait.until;
    failures.last = std::min(now, wait.until - waitAfter(wait.count, rule.free, rule.longest));
    failures.denials = wait.denials;
    map.settle(key, rule, now);
    show(wait, now);
}

void LoginBackoff::Private::restorePair(const KeptWait &wait, TimePoint now)
{
    KeptWait shown = wait;
    const bool isDevice = wait.address.startsWith(devicePrefix);
    const qsizetype space = isDevice ? wait.address.indexOf(u' ', devicePrefix.size()) : wait.address.size();
    shown.address = isDevice ? wait.address.mid(space + 1) : wait.address;
    restoreInto(pairs, wait.address.first(std::max<qsizetype>(space, 0)) + u' ' + wait.account, rules.address, shown, now);
}

void LoginBackoff::Private::restoreInARow(const KeptWait &wait, TimePoint now)
{
    Failures &failures = accounts.touch(wait.account, rules.account, now);
    failures.account = wait.account;
    failures.inARow = wait.count;
    failures.lastInARow = std::min(now, wait.until - rules.account.memoryInARow);
    accounts.settle(wait.account, rules.account, now);
    if (rules.isProofOn && wait.count >= rules.proofAfter)
        show(wait, now);
}

void LoginBackoff::restore(const QList<KeptWait> &waits, TimePoint now)
{
    const std::scoped_lock lock(d->mutex);
    for (const KeptWait &each : waits) {
        if (each.until <= now)
            continue;
        if (each.rule == addressRule)
            d->restorePair(each, now);
        else if (each.rule == accountRule)
            d->restoreInto(d->accounts, each.account, d->rules.account, each, now);
        else if (each.rule == proofRule)
            d->restoreInARow(each, now);
        else if (each.rule == mfaBackoffRule) {
            KeptWait shown = each;
            shown.account = each.account.section(u' ', 1);
            d->restoreInto(d->codes, each.account, d->rules.code, shown, now);
        } else if (each.rule == stuffingRule) {
            d->networks.restore({.network = each.address, .since = each.since, .until = each.until, .denials = each.denials},
                                d->rules.stuffing, now);
            d->show(each, now);
        }
    }
}

} // namespace warder
