#include "core/config/Settings.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RuleFaults.h"
#include "core/ratelimit/StuffedNetworks.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRuleFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void selectors_data();
    void selectors();
    void faults_data();
    void faults();
    void severalFaults_areToldAtOnce();
    void withoutAServer_aWellFormedSelectorWillDo();
    void ownRules_haveNone();
    void ownRules_followTheirSettings();
    void accounts_areBoundedInTheSettingToo();
};

namespace {

const QList<LimitedRoute> routes {
    {u"POST /login"_s, u"login"_s},       {u"POST /token"_s, u"login"_s},        {u"GET /me"_s, {}},
    {u"POST /me/password"_s, u"login"_s}, {u"GET /me/sessions"_s, u"account"_s}, {u"DELETE /me/sessions/{id}"_s, u"account"_s}};

RateRule sound() { return {.name = u"mine"_s, .title = u"Mine"_s, .routes = {u"login"_s}, .rate = {10, 60s, 10}}; }

} // namespace

void TestRuleFaults::selectors_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<QStringList>("applied");
    QTest::newRow("a group") << u"login"_s << QStringList {u"POST /login"_s, u"POST /token"_s, u"POST /me/password"_s};
    QTest::newRow("a path") << u"/me"_s << QStringList {u"GET /me"_s};
    QTest::newRow("a path with its method") << u"POST /login"_s << QStringList {u"POST /login"_s};
    QTest::newRow("a path with another method") << u"GET /login"_s << QStringList {};
    QTest::newRow("all below a path") << u"/me/*"_s
                                      << QStringList {u"POST /me/password"_s, u"GET /me/sessions"_s, u"DELETE /me/sessions/{id}"_s};
    QTest::newRow("all below a path by one method") << u"GET /me/*"_s << QStringList {u"GET /me/sessions"_s};
    QTest::newRow("a path with a placeholder") << u"/me/sessions/{id}"_s << QStringList {u"DELETE /me/sessions/{id}"_s};
    QTest::newRow("everything") << u"/*"_s << QStringList {u"POST /login"_s,       u"POST /token"_s,      u"GET /me"_s,
                                                           u"POST /me/password"_s, u"GET /me/sessions"_s, u"DELETE /me/sessions/{id}"_s};
    QTest::newRow("the beginning of a path") << u"/lo"_s << QStringList {};
    QTest::newRow("a group that there is not") << u"logins"_s << QStringList {};
}

void TestRuleFaults::selectors()
{
    QFETCH(QString, selector);
    RateRule rule = sound();
    rule.routes = {selector};
    QStringList applied;
    for (const LimitedRoute &each : routes) {
        if (appliesTo(rule, each))
            applied += each.title;
    }
    QTEST(applied, "applied");
    QCOMPARE(faultsOf(rule, routes).isEmpty(), !applied.isEmpty());
}

void TestRuleFaults::faults_data()
{
    QTest::addColumn<RateRule>("rule");
    QTest::addColumn<QString>("member"); // empty: it is sound
    const auto row = [](const char *name, const QString &member, const std::function<void(RateRule &)> &change) {
        RateRule rule = sound();
        change(rule);
        QTest::newRow(name) << rule << member;
    };
    row("a sound one", {}, [](RateRule &) {});
    row("off", {}, [](RateRule &r) { r.rate = {0, 1s, 0}; });
    row("the longest name", {}, [](RateRule &r) { r.name = QString(63, u'a'); });
    row("a name too long", u"name"_s, [](RateRule &r) { r.name = QString(64, u'a'); });
    row("no name", u"name"_s, [](RateRule &r) { r.name.clear(); });
    row("a name in capitals", u"name"_s, [](RateRule &r) { r.name = u"Mine"_s; });
    row("a name with a quote", u"name"_s, [](RateRule &r) { r.name = u"mi\"ne"_s; });
    row("a name with a line behind", u"name"_s, [](RateRule &r) { r.name = u"mine\n"_s; });
    row("80 characters of title", {}, [](RateRule &r) { r.title = QString(80, u'é'); });
    row("81 characters of title", u"title"_s, [](RateRule &r) { r.title = QString(81, u'é'); });
    row("a title of two lines", u"title"_s, [](RateRule &r) { r.title = u"a\nb"_s; });
    row("a title from right to left", u"title"_s, [](RateRule &r) { r.title = u"a\u202eb"_s; });
    row("no routes", u"routes"_s, [](RateRule &r) { r.routes = {}; });
    row("too many routes", u"routes"_s, [](RateRule &r) { r.routes = QStringList(17, u"login"_s); });
    row("a route twice", u"routes"_s, [](RateRule &r) { r.routes = {u"login"_s, u"/me"_s, u"login"_s}; });
    row("a route of nobody's", u"routes"_s, [](RateRule &r) { r.routes = {u"login"_s, u"/nowhere"_s}; });
    row("a star in the middle", u"routes"_s, [](RateRule &r) { r.routes = {u"/me/*/x"_s}; });
    row("a star on a word", u"routes"_s, [](RateRule &r) { r.routes = {u"/me*"_s}; });
    row("no method of HTTP", u"routes"_s, [](RateRule &r) { r.routes = {u"FETCH /me"_s}; });
    row("an amount below nothing", u"amount"_s, [](RateRule &r) { r.rate.amount = -1; });
    row("the largest amount", {}, [](RateRule &r) { r.rate.amount = 1'000'000; });
    row("an amount too large", u"amount"_s, [](RateRule &r) { r.rate.amount = 1'000'001; });
    row("no period", u"period"_s, [](RateRule &r) { r.rate.period = 0s; });
    row("thirty days", {}, [](RateRule &r) { r.rate.period = 720h; });
    row("more than thirty days", u"period"_s, [](RateRule &r) { r.rate.period = 720h + 1s; });
    row("no burst", u"burst"_s, [](RateRule &r) { r.rate.burst = 0; });
    row("a burst too large", u"burst"_s, [](RateRule &r) { r.rate.burst = 1'000'001; });
    row("a longest wait of requests", u"longest"_s, [](RateRule &r) { r.longest = 1s; });
    row("delay", {}, [](RateRule &r) { r.action = RateAction::Delay; });
    const auto failures = [](RateRule &r) {
        r.counts = RateCount::WrongPasswords;
        r.routes = {};
        r.longest = 900s;
    };
    row("wrong passwords", {}, failures);
    row("wrong passwords, no burst", {}, [&](RateRule &r) { failures(r), r.rate.burst = 0; });
    row("wrong passwords at a route", u"routes"_s, [&](RateRule &r) { failures(r), r.routes = {u"login"_s}; });
    row("wrong passwords without a wait", u"longest"_s, [&](RateRule &r) { failures(r), r.longest = 0s; });
    row("wrong passwords, a wait of two days", u"longest"_s, [&](RateRule &r) { failures(r), r.longest = 48h; });
    row("wrong passwords, delayed", u"action"_s, [&](RateRule &r) { failures(r), r.action = RateAction::Delay; });
    row("wrong passwords by session", u"key"_s, [&](RateRule &r) { failures(r), r.key = RateKey::Session; });
    row("accounts by address", u"key"_s, [&](RateRule &r) { failures(r), r.counts = RateCount::Accounts; });
    row("accounts by network", {}, [&](RateRule &r) { failures(r), r.counts = RateCount::Accounts, r.key = RateKey::Network; });
    const auto accounts = [&failures](RateRule &r) {
        failures(r);
        r.counts = RateCount::Accounts;
        r.key = RateKey::Network;
    };
    row("as many accounts as are counted", {}, [&](RateRule &r) { accounts(r), r.rate.amount = StuffedNetworks::mostAccounts; });
    row("more accounts than are counted", u"amount"_s,
        [&](RateRule &r) { accounts(r), r.rate.amount = StuffedNetworks::mostAccounts + 1; });
    row("proof has no wait", u"longest"_s, [&](RateRule &r) { failures(r), r.name = LoginBackoff::proofRule; });
    row("proof", {}, [&](RateRule &r) { failures(r), r.name = LoginBackoff::proofRule, r.longest = 0s; });
}

void TestRuleFaults::faults()
{
    QFETCH(RateRule, rule);
    QFETCH(QString, member);
    const QList<Fault> found = faultsOf(rule, routes);
    QCOMPARE(found.size(), member.isEmpty() ? 0 : 1);
    if (!member.isEmpty()) {
        QCOMPARE(found.constFirst().location, (QList<QJsonValue> {u"body"_s, member}));
        QVERIFY(!found.constFirst().message.isEmpty());
    }
}

void TestRuleFaults::severalFaults_areToldAtOnce()
{
    const RateRule rule {.name = u"?"_s, .routes = {u"?"_s, u"/nowhere"_s}, .rate = {-1, 0s, 0}, .longest = 1s};
    QStringList members;
    for (const Fault &each : faultsOf(rule, routes))
        members += each.location.at(1).toString();
    QCOMPARE(members, (QStringList {u"name"_s, u"routes"_s, u"routes"_s, u"amount"_s, u"period"_s, u"burst"_s, u"longest"_s}));
}

void TestRuleFaults::withoutAServer_aWellFormedSelectorWillDo()
{
    RateRule rule = sound();
    rule.routes = {u"/nowhere"_s, u"anything"_s};
    QVERIFY(faultsOf(rule, {}).isEmpty());
    rule.routes = {u"no where"_s};
    QVERIFY(!faultsOf(rule, {}).isEmpty());
}

void TestRuleFaults::ownRules_haveNone()
{
    QStringList names;
    for (const RateRule &each : ownRules(Settings())) {
        QVERIFY2(faultsOf(each, {}).isEmpty(), qPrintable(each.name));
        QVERIFY2(each.isOn(), qPrintable(each.name));
        names += each.name;
    }
    QCOMPARE(names.size(), 15);
    QCOMPARE(names.removeDuplicates(), 0);
    QCOMPARE(settingOf(u"login_proof"_s), u"rate_limit.login_proof"_s);
    QVERIFY(settingOf(u"mfa_backoff"_s).isEmpty());
    QVERIFY(settingOf(u"enabled"_s).isEmpty()); // a setting, and no rule
    QCOMPARE(settingsBehind(u"mfa_backoff"_s).size(), 2);
}

void TestRuleFaults::ownRules_followTheirSettings()
{
    const auto settings = Settings::load({{SettingSource::File, u"w.conf:1"_s, u"rate_limit.login_per_address"_s, u"off"_s, {}},
                                          {SettingSource::File, u"w.conf:2"_s, u"rate_limit.login_backoff_longest"_s, u"10m"_s, {}}});
    const QList<RateRule> rules = ownRules(settings.value());
    const auto find = [&](const QString &name) { return *std::ranges::find(rules, name, &RateRule::name); };
    QVERIFY(!find(u"login_per_address"_s).isOn());
    QCOMPARE(find(u"login_backoff"_s).longest, 600s);
    QCOMPARE(find(u"login_backoff"_s).rate.amount, 4);
    QCOMPARE(find(u"login_backoff_account"_s).longest, 2400s);
    QCOMPARE(find(u"login_backoff_account"_s).rate.amount, 19);
    QCOMPARE(find(u"mfa_backoff"_s).rate.amount, 10);
    QCOMPARE(find(u"login_proof"_s).rate, (Rate {100, 168h, 100}));
    QCOMPARE(find(u"login_stuffing"_s).key, RateKey::Network);
    const auto off = Settings::load({{SettingSource::File, u"w.conf:1"_s, u"rate_limit.enabled"_s, u"false"_s, {}}});
    for (const RateRule &each : ownRules(off.value()))
        QVERIFY2(!each.isOn(), qPrintable(each.name));
}

void TestRuleFaults::accounts_areBoundedInTheSettingToo()
{
    const auto with = [](qint64 amount) {
        return Settings::load({{SettingSource::File, u"w.conf:1"_s, u"rate_limit.login_stuffing"_s, u"%1/1h"_s.arg(amount), {}}});
    };
    const auto most = with(StuffedNetworks::mostAccounts);
    QVERIFY(most);
    for (const RateRule &each : ownRules(*most))
        QVERIFY2(faultsOf(each, {}).isEmpty(), qPrintable(each.name));
    QVERIFY(!with(StuffedNetworks::mostAccounts + 1));
}

QTEST_GUILESS_MAIN(TestRuleFaults)
#include "TestRuleFaults.moc"
