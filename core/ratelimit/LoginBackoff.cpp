#include "core/ratelimit/LoginBackoff.h"

#include "core/base/Bytes.h"
#include "core/ratelimit/LoginBackoffPrivate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

quint64 hashOfPair(const QString &address, const QString &account) { return LimitedNameHash()(LimitedName {address, account}); }

} // namespace

QString LoginBackoff::Private::pairKey(const LoginTry &one)
{
    const QString who =
        one.device.isEmpty() ? countedAddressText(one.address) : devicePrefix + QString::fromLatin1(toBase64Url(one.device));
    return who + u' ' + accountOf(one);
}

QString LoginBackoff::Private::codeKey(TriedSecret secret, const QString &account)
{
    return (secret == TriedSecret::AppCode ? "app "_L1 : "mail "_L1) + account;
}

/// Whatever the answer, a network's first tries at an account are spent only where nothing else refuses them.
QList<LoginBackoff::Private::Refusal> LoginBackoff::Private::refusalsOf(LoginTry &one, TimePoint now)
{
    QList<Refusal> refusals;
    const QString account = accountOf(one);
    if (const auto wait = pairs.waitOf(pairKey(one), rules.address, false, now); wait > Milliseconds {0})
        refusals += {.rule = addressRule, .wait = wait, .address = countedAddressText(one.address), .account = account};
    if (one.isKnown())
        return refusals;
    const QString network = countedNetworkText(one.address);
    if (const auto wait = networks.waitOf(network, account, rules.stuffing, now); wait > Milliseconds {0})
        refusals += {.rule = stuffingRule, .wait = wait, .address = network};
    if (const auto proof = proofNeeded(account, now))
        return refusals << *proof;
    auto shared = accounts.waitOf(account, rules.account, true, now);
    if (shared > Milliseconds {0} && refusals.isEmpty()) {
        shared = std::min(shared, waitOfNewcomer(one, now));
        one.newcomer = shared == Milliseconds {0};
    }
    if (shared > Milliseconds {0})
        refusals += {.rule = accountRule, .wait = shared, .account = account};
    return refusals;
}

QList<LoginBackoff::Private::Refusal> LoginBackoff::Private::refusalsOfCode(const LoginTry &one, TimePoint now)
{
    const QString account = accountOf(one);
    const auto wait = codes.waitOf(codeKey(one.secret, account), rules.code, true, now);
    if (wait == Milliseconds {0})
        return {};
    return {Refusal {.rule = mfaBackoffRule, .wait = wait, .account = account}};
}

std::optional<LoginBackoff::Private::Refusal> LoginBackoff::Private::proofNeeded(const QString &account, TimePoint now)
{
    Failures *failures = rules.isProofOn ? accounts.find(account) : nullptr;
    if (!failures)
        return std::nullopt;
    failures->lastInARow = std::min(failures->lastInARow, now); // a clock that was set back lengthens nothing
    const Milliseconds left = failures->lastInARow + rules.account.memoryInARow - now;
    const qint64 inARow = left > Milliseconds {0} ? failures->inARow : 0;
    if (inARow >= rules.proofAfter)
        return Refusal {.rule = proofRule, .wait = left, .account = account, .needsProof = true};
    if (failures->inFlight > 0 && inARow + failures->inFlight >= rules.proofAfter) // those may be the last wrong ones
        return Refusal {.rule = proofRule, .wait = FailureMap::besideAnother, .account = account};
    return std::nullopt;
}

/// Takes a try of the network and one of the account's budget; the wait if there is none.
Milliseconds LoginBackoff::Private::waitOfNewcomer(const LoginTry &one, TimePoint now)
{
    Newcomer &network = touchNewcomer(one, now);
    Failures &account = accounts.touch(accountOf(one), rules.account, now);
    const auto decision = decide(account.newcomers, policy.newcomers, now);
    if (network.tries >= policy.triesOfNewcomer)
        return rules.account.longest;
    if (!decision.allowed)
        return std::chrono::ceil<Milliseconds>(decision.retryAfter);
    account.newcomers = decision.tat;
    ++network.tries;
    return Milliseconds {0};
}

LoginBackoff::Private::Newcomer &LoginBackoff::Private::touchNewcomer(const LoginTry &one, TimePoint now)
{
    const auto isOld = [&](const Newcomer &each) { return each.last + policy.newcomerMemory <= now; };
    Newcomer &network = newcomers.touch(newcomerKey(one), [&](const Newcomer &each) { return isOld(each) ? Keep::Idle : Keep::Free; });
    if (isOld(network))
        network = {};
    network.last = now;
    return network;
}

RateDecision LoginBackoff::Private::deny(const LoginTry &one, const QList<Refusal> &refusals, TimePoint now)
{
    for (const Refusal &each : refusals) {
        Failures *failures = each.rule == addressRule      ? pairs.find(pairKey(one))
                             : each.rule == mfaBackoffRule ? codes.find(codeKey(one.secret, each.account))
                             : each.rule == stuffingRule   ? nullptr
                                                           : accounts.find(each.account);
        if (failures)
            ++failures->denials;
        else
            networks.deny(each.address);
        if (statistics)
            statistics->recordDenied(statistics->ruleNumber(each.rule), hashOfPair(each.address, each.account), each.address, each.account,
                                     accountOf(one), true, each.wait, now);
    }
    const Refusal tightest = std::ranges::max(refusals, {}, [](const Refusal &each) { return std::pair(each.needsProof, each.wait); });
    return {.allowed = false,
            .rule = tightest.rule,
            .retryAfter = tightest.wait,
            .resetAfter = tightest.wait,
            .needsProof = tightest.needsProof};
}

void LoginBackoff::Private::tellAllowed(const LoginTry &one, TimePoint now)
{
    const auto tell = [&](bool isOn, QLatin1StringView rule, const QString &address, const QString &account) {
        if (statistics && isOn)
            statistics->recordAllowed(statistics->ruleNumber(rule), hashOfPair(address, account), now);
    };
    const QString account = accountOf(one);
    if (one.secret != TriedSecret::Password)
        return tell(rules.code.isOn, mfaBackoffRule, {}, account);
    tell(rules.address.isOn, addressRule, countedAddressText(one.address), account);
    if (one.isKnown())
        return;
    tell(rules.account.isOn, accountRule, {}, account);
    tell(rules.isProofOn, proofRule, {}, account);
    tell(rules.stuffing.isOn, stuffingRule, countedNetworkText(one.address), {});
}

void LoginBackoff::Private::begin(LoginTry &one, TimePoint now)
{
    one.isBegun = true;
    if (one.secret != TriedSecret::Password)
        return codes.begin(codeKey(one.secret, accountOf(one)), rules.code, now);
    pairs.begin(pairKey(one), rules.address, now);
    if (one.isKnown())
        return;
    accounts.begin(accountOf(one), rules.account, now);
    networks.begin(countedNetworkText(one.address), accountOf(one), rules.stuffing, now);
}

void LoginBackoff::Private::end(const LoginTry &one)
{
    if (!one.isBegun)
        return;
    if (one.secret != TriedSecret::Password)
        return codes.end(codeKey(one.secret, accountOf(one)));
    pairs.end(pairKey(one));
    if (one.isKnown())
        return;
    accounts.end(accountOf(one));
    networks.end(countedNetworkText(one.address), accountOf(one));
}

void LoginBackoff::Private::failBy(FailureMap &map, const QString &key, const Backoff &rule, const QString &address, const QString &account,
                                   TimePoint now)
{
    if (!rule.isOn)
        return;
    map.fail(key, rule, now);
    Failures &failures = *map.find(key);
    failures.address = address;
    failures.account = account;
}

LoginFailure LoginBackoff::Private::failOfStranger(const LoginTry &one, TimePoint now)
{
    const QString account = accountOf(one);
    const QString network = countedNetworkText(one.address);
    LoginFailure news {.inARow = accounts.failInARow(account, rules.account, now),
                       .accounts = networks.fail(network, account, rules.stuffing, now)};
    if (news.accounts > 0)
        news.network = network;
    if (rules.isProofOn)
        news.alarmAt = std::clamp<qint64>(rules.proofAfter / 4, 1, news.alarmAt);
    accounts.find(account)->account = account;
    if (!one.newcomer) { // who has paid already
        failBy(accounts, account, rules.account, {}, account, now);
        ++touchNewcomer(one, now).tries;
    }
    return news;
}

/// Whether there was anything.
bool LoginBackoff::Private::forgetAccount(const QString &account, TimePoint now)
{
    Failures *failures = accounts.find(account);
    if (!failures || (failures->count == 0 && failures->inARow == 0))
        return false;
    failures->count = failures->inARow = failures->denials = 0;
    failures->since = failures->until = failures->lastInARow = {};
    accounts.settle(account, rules.account, now);
    if (statistics)
        (void)statistics->forget({}, account, now);
    return true;
}

LoginBackoff::LoginBackoff(const BackoffPolicy &policy) : d(std::make_unique<Private>(policy)) {}
LoginBackoff::~LoginBackoff() = default;

void LoginBackoff::adopt(LimiterStatistics &statistics)
{
    const std::scoped_lock lock(d->mutex);
    d->statistics = &statistics;
}

void LoginBackoff::setRules(const QList<RateRule> &rules)
{
    const std::scoped_lock lock(d->mutex);
    d->rules = BackoffRules::from(rules);
}

void LoginBackoff::setNetworks(const NetworkTable &networks)
{
    const std::scoped_lock lock(d->mutex);
    d->byAdmin = networks;
}

RateDecision LoginBackoff::check(LoginTry &one, TimePoint now)
{
    const std::scoped_lock lock(d->mutex);
    one.newcomer = one.isBegun = one.isExempt = false;
    if (!d->rules.isAny())
        return {};
    const bool isPassword = one.secret == TriedSecret::Password;
    const NetworkRule *byAdmin = isPassword ? d->byAdmin.find(one.address, now) : nullptr;
    one.isExempt = byAdmin && byAdmin->standing == NetworkStanding::Exempt;
    if (one.isExempt)
        return {};
    const auto refusals = isPassword ? d->refusalsOf(one, now) : d->refusalsOfCode(one, now);
    if (!refusals.isEmpty())
        return d->deny(one, refusals, now);
    d->begin(one, now);
    d->tellAllowed(one, now);
    return {};
}

LoginFailure LoginBackoff::failed(const LoginTry &one, TimePoint now)
{
    const std::scoped_lock lock(d->mutex);
    d->end(one);
    if (one.isExempt || !d->rules.isAny())
        return {};
    const QString account = Private::accountOf(one);
    if (one.secret != TriedSecret::Password) {
        const QString key = Private::codeKey(one.secret, account);
        d->failBy(d->codes, key, d->rules.code, {}, account, now);
        return {.inARow = d->rules.code.isOn ? d->codes.find(key)->count : 0};
    }
    d->failBy(d->pairs, Private::pairKey(one), d->rules.address, countedAddressText(one.address), account, now);
    return one.isKnown() ? LoginFailure {} : d->failOfStranger(one, now);
}

void LoginBackoff::succeeded(const LoginTry &one, TimePoint now)
{
    excused(one, now);
    const std::scoped_lock lock(d->mutex);
    if (one.secret != TriedSecret::Password) {
        d->codes.remove(Private::codeKey(one.secret, Private::accountOf(one)));
        return;
    }
    LoginTry byAddress = one;
    byAddress.device.clear();
    d->pairs.remove(Private::pairKey(one));
    d->pairs.remove(Private::pairKey(byAddress));
    d->newcomers.remove(Private::newcomerKey(one));
}

void LoginBackoff::excused(const LoginTry &one, TimePoint)
{
    const std::scoped_lock lock(d->mutex);
    d->end(one);
    if (!one.newcomer)
        return;
    if (Failures *account = d->accounts.find(Private::accountOf(one)))
        account->newcomers -= emissionInterval(d->policy.newcomers);
    if (auto *network = d->newcomers.find(Private::newcomerKey(one)))
        network->tries = std::max(network->tries - 1, 0);
}

void LoginBackoff::proven(const QString &account, TimePoint now)
{
    const std::scoped_lock lock(d->mutex);
    (void)d->forgetAccount(account.left(longestAccountKey), now);
}

bool LoginBackoff::unblock(const QString &address, const QString &account, TimePoint now)
{
    const std::scoped_lock lock(d->mutex);
    bool any = false;
    if (!account.isEmpty()) {
        any = d->forgetAccount(account, now);
        for (const TriedSecret secret : {TriedSecret::AppCode, TriedSecret::MailCode}) {
            const Failures *codes = d->codes.find(Private::codeKey(secret, account));
            any = any || (codes && codes->count > 0);
            d->codes.remove(Private::codeKey(secret, account));
        }
    }
    QStringList pairs;
    d->pairs.each([&](const QString &key, const Failures &each) {
        const bool isThere = each.address == address || key.startsWith(Private::devicePrefix); // a device is held wherever it is
        if (!account.isEmpty() && each.account == account && isThere)
            pairs += key;
    });
    for (const QString &key : std::as_const(pairs))
        any = d->pairs.remove(key) || any;
    const auto where = address.isEmpty() ? std::nullopt : addressInText(address);
    if (!where)
        return any;
    d->newcomers.remove(Private::newcomerKey({.address = *where, .account = account}));
    const QString network = countedNetworkText(*where);
    any = d->networks.unblock(network, now) || any;
    if (d->statistics)
        (void)d->statistics->forget(network, {}, now);
    return any;
}

} // namespace warder
