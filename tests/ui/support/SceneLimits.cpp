#include "core/base/Id.h"
#include "tests/ui/support/Scene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder::test {
namespace {

RuleView rule(const QString &name, const QStringList &routes, RateKey key, qint64 amount, Seconds period)
{
    RuleView made;
    made.name = name;
    made.routes = routes;
    made.appliesTo = routes.join(u", "_s);
    made.key = key;
    made.amount = amount;
    made.period = period;
    made.burst = amount;
    made.setting = u"rate_limit."_s + name;
    return made;
}

RuleView ofPasswords(const QString &name, RateCount counts, RateKey key, qint64 amount, Seconds period, Seconds longest)
{
    RuleView made = rule(name, {}, key, amount, period);
    made.counts = counts;
    made.longest = longest;
    return made;
}

/// So much a minute of the last ten.
void count(RuleView &rule, double load, const QList<qint64> &allowed, const QList<qint64> &denied)
{
    rule.load = load;
    rule.allowedHistory = allowed;
    rule.deniedHistory = denied;
    for (const qint64 each : allowed)
        rule.allowed += each;
    for (const qint64 each : denied)
        rule.denied += each;
}

} // namespace

void Scene::fillRules()
{
    RuleView address = rule(u"login_per_address"_s, {u"login"_s}, RateKey::Address, 10, 60s);
    count(address, 1, {410, 422, 398, 431, 440, 420, 415, 417, 421, 437}, {0, 0, 0, 2, 5, 24, 131, 120, 31, 5});
    address.heldBack = 2;
    RuleView account = rule(u"login_per_account"_s, {u"login"_s}, RateKey::AddressAndAccount, 5, 60s);
    count(account, 0.83, {410, 420, 390, 431, 440, 411, 398, 412, 421, 437}, {0, 0, 0, 0, 0, 9, 17, 5, 0, 0});
    account.isEdited = true;
    RuleView backoff =
        ofPasswords(u"login_backoff"_s, RateCount::WrongPasswords, RateKey::AddressAndAccount, 4, Seconds {12h}, Seconds {15min});
    count(backoff, 0.4, QList<qint64>(10, 12), {0, 0, 0, 0, 0, 1, 2, 1, 0, 0});
    RuleView stuffing = ofPasswords(u"login_stuffing"_s, RateCount::Accounts, RateKey::Network, 30, Seconds {1h}, Seconds {1h});
    count(stuffing, 0.1, QList<qint64>(10, 20), QList<qint64>(10, 0));
    RuleView signUp = rule(u"register_per_address"_s, {u"POST /register"_s}, RateKey::Address, 5, 3600s);
    count(signUp, 0, QList<qint64>(10, 1), QList<qint64>(10, 0));
    signUp.lockedBy = u"warder.conf:12"_s;
    RuleView search = rule(u"search_per_address"_s, {u"/search/*"_s}, RateKey::Address, 600, 60s);
    search.title = u"Search of the shop"_s;
    search.isOwn = false;
    search.setting.clear();
    search.action = RateAction::Delay;
    RuleView every = rule(u"everything"_s, {u"/*"_s}, RateKey::Account, 600, 60s);
    every.isOwn = false;
    every.setting.clear();
    every.enabled = false;
    console.rules = {address, account, backoff, stuffing, signUp, search, every};
}

void Scene::fillHeldBack()
{
    const TimePoint now = clock.now();
    console.heldBack = {{.address = u"198.51.100.23"_s,
                         .account = {},
                         .rules = {u"login_per_address"_s, u"login_stuffing"_s},
                         .since = now - 190s,
                         .until = now + 247s,
                         .denials = 214,
                         .signIns = 210,
                         .tried = {u"grace.hopper@example.com"_s, u"ada.lovelace@example.com"_s},
                         .accounts = 41},
                        {.address = u"198.51.100.23"_s,
                         .account = u"grace.hopper@example.com"_s,
                         .rules = {u"login_per_account"_s},
                         .since = now - 95s,
                         .until = now + 52s,
                         .denials = 31,
                         .signIns = 31,
                         .tried = {},
                         .accounts = 1},
                        {.address = {},
                         .account = u"ada.lovelace@example.com"_s,
                         .rules = {u"login_backoff_account"_s},
                         .since = now - 12s,
                         .until = now + 8s,
                         .denials = 4,
                         .signIns = 4,
                         .tried = {}},
                        {.address = u"2001:db8:4f::/64"_s,
                         .account = {},
                         .rules = {u"login_per_address"_s},
                         .since = now - 5h,
                         .until = now - 4h,
                         .denials = 12,
                         .signIns = 12,
                         .tried = {}}};
}

/// Ten minutes, in which the six rules denied the more the earlier they come; the others together deny now and then.
void Scene::fillDenials()
{
    constexpr int steps = 120;
    constexpr Seconds step {5};
    const TimePoint last = clock.now() - clock.now().time_since_epoch() % step;
    console.denials = {.from = last - step * (steps - 1), .step = step, .rules = {}};
    const QStringList names {u"login_per_address"_s, u"login_per_account"_s,  u"login_backoff"_s, u"register_per_address"_s,
                             u"mfa_per_address"_s,   u"search_per_address"_s, QString()};
    for (int rule = 0; rule < names.size(); ++rule) {
        RuleDenialsView view {.rule = names[rule], .title = {}, .denied = {}};
        if (view.rule == "search_per_address"_L1)
            view.title = u"Search of the shop"_s;
        for (int i = 0; i < steps; ++i)
            view.denied += i % (rule + 2) == 0 ? 10 - rule : 0;
        console.denials.rules += view;
    }
}

void Scene::fillLimits()
{
    fillRules();
    fillHeldBack();
    fillDenials();
    const TimePoint now = clock.now();
    console.busyKeys = {{.who = u"198.51.100.23"_s, .decisions = 4211, .error = 12, .denied = 318},
                        {.who = {}, .decisions = 202, .error = 0, .denied = 0},
                        {.who = {}, .decisions = 180, .error = 12, .denied = 0}};
    console.networks = {{.id = Id::create(now),
                         .network = u"203.0.113.0/24"_s,
                         .standing = NetworkStanding::Blocked,
                         .reason = u"guessed passwords all night"_s,
                         .until = now + 20h,
                         .createdAt = now - 4h,
                         .createdBy = u"console"_s},
                        {.id = Id::create(now),
                         .network = u"192.0.2.7/32"_s,
                         .standing = NetworkStanding::Exempt,
                         .reason = u"load test"_s,
                         .until = {},
                         .createdAt = now - 40 * 24h,
                         .createdBy = u"cli"_s}};
    console.whatIf = {
        .from = now - 24h, .to = now, .requests = 12'400, .denied = 312, .addresses = 4, .accounts = 3, .signIns = 2, .deniedNow = 40};
}

} // namespace warder::test
