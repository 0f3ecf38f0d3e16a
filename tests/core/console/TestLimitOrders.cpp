#include "core/config/SettingLayers.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Limits.h"
#include "core/console/orders/Server.h"
#include "core/ratelimit/LimiterMemoryStore.h"
#include "core/ratelimit/Limits.h"
#include "core/ratelimit/LoginBackoff.h"
#include "tests/support/ConsoleWorld.h"

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

/// What an operator sees and does about limits.
class TestLimitOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_w.reset(); }

    void rules_tellWhatTheyCounted();
    void rulesOfWrongPasswords_areFullWhileTheyHold();
    void selectors_areGroupsThenRoutes();
    void add_holdsAtOnce();
    void add_isJudged_data();
    void add_isJudged();
    void edit_keepsWhatIsNotSaid();
    void edit_isRefused();
    void lockedRules_sayByWhat();
    void remove_ofAnOwnRule_resetsIt();
    void remove_ofAnAddedRule_forgetsIt();
    void try_replaysAndChangesNothing();
    void try_isJudgedAsTheChangeItself();
    void history_isOfRulesThereAre();
    void denials_areOfEachRule();
    void heldBack_findsAnySpelling_data();
    void heldBack_findsAnySpelling();
    void heldBack_isBounded();
    void busyKeys_areTold();
    void unblock_isOfThePair();
    void unblock_outlivesARestart();
    void unblock_ofMany_isOneOrder();
    void networks_areAddedExchangedAndForgotten();
    void networks_areJudged_data();
    void networks_areJudged();
    void changes_areTold();

private:
    template <typename Order>
    auto ask(Order order)
    {
        return got(m_w->console.ask(std::move(order)));
    }
    /// How many of so many requests are allowed.
    int allowedOf(int requests, const RateSubject &subject, int route)
    {
        int allowed = 0;
        for (int i = 0; i < requests; ++i)
            allowed += m_w->limiter.check(subject, route, m_w->clock.now()).allowed;
        return allowed;
    }
    RuleView ruleNamed(const QString &name)
    {
        const auto rules = ask(ListRules {}).value();
        const auto rule = std::ranges::find(rules, name, &RuleView::name);
        return rule == rules.cend() ? RuleView {} : *rule;
    }
    static QStringList faultsOf(const Error &error)
    {
        QStringList members;
        for (const Fault &fault : error.faults)
            members += fault.location.last().toString();
        return members;
    }

    const RateSubject m_ann {.address = QHostAddress(u"203.0.113.9"_s), .accountKey = u"ann@example.com"_s};
    const RateSubject m_other {.address = QHostAddress(u"2001:db8:1:2::7"_s), .accountKey = u"bob@example.com"_s};
    /// A rule of which the second request in an hour waits.
    const RuleWish m_slow {.name = u"slow"_s, .routes = QStringList {u"/me/*"_s}, .amount = 1, .period = 1h};
    std::unique_ptr<ConsoleWorld> m_w;
    int m_login = 0;
    int m_password = 0;
};

void TestLimitOrders::init()
{
    m_w = std::make_unique<ConsoleWorld>();
    m_login = m_w->limiter.routeNumber({.title = u"POST /login"_s, .group = u"login"_s});
    m_w->limiter.routeNumber({.title = u"POST /token"_s, .group = u"login"_s});
    m_password = m_w->limiter.routeNumber({.title = u"PUT /me/password"_s, .group = {}});
}

void TestLimitOrders::rules_tellWhatTheyCounted()
{
    QCOMPARE(allowedOf(15, m_ann, m_login), 10);
    const auto rules = ask(ListRules {}).value();
    QCOMPARE(rules.first().name, u"login_per_address"_s);
    const RuleView rule = ruleNamed(u"login_per_account"_s);
    QCOMPARE(rule.appliesTo, u"POST /login, POST /token"_s);
    QCOMPARE(rule.routes, QStringList {u"login"_s});
    QCOMPARE(rule.setting, u"rate_limit.login_per_account"_s);
    QVERIFY(rule.isOwn && !rule.isEdited && rule.enabled && rule.lockedBy.isEmpty());
    QCOMPARE(rule.allowed, 10);
    QCOMPARE(rule.denied, 5);
    QCOMPARE(rule.allowedTotal, 10);
    QCOMPARE(rule.deniedTotal, 5);
    QCOMPARE(rule.heldBack, 1);
    QCOMPARE(rule.load, 1.0);
    QCOMPARE(rule.allowedHistory, (QList<qint64> {0, 0, 0, 0, 0, 0, 0, 0, 0, 10}));
    QCOMPARE(rule.deniedHistory, (QList<qint64> {0, 0, 0, 0, 0, 0, 0, 0, 0, 5}));
    QCOMPARE(ask(ReadOverview {})->limitedNow, 1);
    m_w->clock.advance(3min);
    QCOMPARE(ruleNamed(u"login_per_account"_s).deniedHistory, (QList<qint64> {0, 0, 0, 0, 0, 0, 5, 0, 0, 0}));
    QCOMPARE(ruleNamed(u"login_per_account"_s).heldBack, 0);
    m_w->clock.advance(10min);
    QCOMPARE(ruleNamed(u"login_per_account"_s).denied, 0);
    QCOMPARE(ruleNamed(u"login_per_account"_s).deniedTotal, 5);
}

void TestLimitOrders::rulesOfWrongPasswords_areFullWhileTheyHold()
{
    const QString name = LoginBackoff::addressRule;
    QCOMPARE(ruleNamed(name).load, 0.0);
    LoginTry one {.address = m_ann.address, .account = m_ann.accountKey};
    for (int i = 0; i < 10; ++i)
        m_w->world.core->backoff.failed(one, m_w->clock.now());
    QVERIFY(!m_w->world.core->backoff.check(one, m_w->clock.now()).allowed);
    QCOMPARE(ruleNamed(name).load, 1.0);
    QCOMPARE(ruleNamed(name).heldBack, 1);
    QVERIFY(ask(EditRule {.wish = {.name = name, .enabled = false}}));
    QCOMPARE(ruleNamed(name).load, 0.0);
    QCOMPARE(ruleNamed(name).heldBack, 0);
    QVERIFY(ask(ListHeldBack {})->isEmpty());
}

void TestLimitOrders::selectors_areGroupsThenRoutes()
{
    QStringList told;
    const QList<SelectorView> selectors = ask(ListSelectors {}).value();
    for (const SelectorView &one : selectors)
        told += one.selector + u": "_s + one.appliesTo;
    QCOMPARE(told, (QStringList {u"login: POST /login, POST /token"_s, u"POST /login: POST /login"_s, u"POST /token: POST /token"_s,
                                 u"PUT /me/password: PUT /me/password"_s}));
}

void TestLimitOrders::add_holdsAtOnce()
{
    const auto added = ask(AddRule {.wish = {.name = u"passwords"_s,
                                             .title = u"New passwords"_s,
                                             .routes = QStringList {u"/me/*"_s},
                                             .key = RateKey::Account,
                                             .amount = 3,
                                             .period = 1min}});
    QVERIFY2(added, added ? "" : qPrintable(added.error().detail));
    QVERIFY(!added->isOwn && added->enabled && added->lockedBy.isEmpty() && added->setting.isEmpty());
    QCOMPARE(added->title, u"New passwords"_s);
    QCOMPARE(added->burst, 3);
    QCOMPARE(added->appliesTo, u"PUT /me/password"_s);
    QCOMPARE(allowedOf(5, m_ann, m_password), 3);
    QCOMPARE(allowedOf(5, m_other, m_password), 3);
    QCOMPARE(ruleNamed(u"passwords"_s).denied, 4);
    QCOMPARE(ask(ListRules {})->last().name, u"passwords"_s);
    QCOMPARE(ask(AddRule {.wish = m_slow})->key, RateKey::Address);
    const auto taken = ask(AddRule {.wish = m_slow});
    QCOMPARE(taken.error().code, ErrorCode::Conflict);
    QCOMPARE(faultsOf(taken.error()), QStringList {u"name"_s});
}

void TestLimitOrders::add_isJudged_data()
{
    QTest::addColumn<std::function<void(RuleWish &)>>("bend");
    QTest::addColumn<QStringList>("faults");
    using Bend = std::function<void(RuleWish &)>;
    const auto row = [](const char *name, const Bend &bend, const QStringList &faults) { QTest::newRow(name) << bend << faults; };
    row("no numbers", [](RuleWish &wish) { wish = {.name = wish.name, .routes = wish.routes}; }, {u"amount"_s, u"period"_s});
    row("no name", [](RuleWish &wish) { wish.name.clear(); }, {u"name"_s});
    row("a name of blanks", [](RuleWish &wish) { wish.name = u"my rule"_s; }, {u"name"_s});
    row("a route there is not", [](RuleWish &wish) { wish.routes = QStringList {u"/nowhere"_s}; }, {u"routes"_s});
    row("no routes", [](RuleWish &wish) { wish.routes = std::nullopt; }, {u"routes"_s});
    row("an amount below none", [](RuleWish &wish) { wish.amount = -1; }, {u"amount"_s});
    row("a period of years", [](RuleWish &wish) { wish.period = std::chrono::days {400}; }, {u"period"_s});
}

void TestLimitOrders::add_isJudged()
{
    QFETCH(const std::function<void(RuleWish &)>, bend);
    QFETCH(const QStringList, faults);
    RuleWish wish = m_slow;
    bend(wish);
    const auto before = ask(ListRules {})->size();
    const auto refusal = ask(AddRule {.wish = wish});
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::InvalidInput);
    for (const QString &fault : faults)
        QVERIFY2(faultsOf(refusal.error()).contains(fault), qPrintable(faultsOf(refusal.error()).join(u' ')));
    QCOMPARE(ask(TryRule {.wish = wish, .isNew = true}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(ListRules {})->size(), before);
}

void TestLimitOrders::edit_keepsWhatIsNotSaid()
{
    const RuleView before = ruleNamed(u"login_per_account"_s);
    const auto edited = ask(EditRule {.wish = {.name = before.name, .burst = 3}});
    QVERIFY(edited);
    QVERIFY(edited->isEdited && edited->isOwn && edited->enabled);
    QCOMPARE(edited->burst, 3);
    QCOMPARE(edited->amount, before.amount);
    QCOMPARE(edited->period, before.period);
    QCOMPARE(edited->routes, before.routes);
    QCOMPARE(edited->key, before.key);
    QCOMPARE(allowedOf(10, m_ann, m_login), 3);
    QVERIFY(!ask(EditRule {.wish = {.name = before.name, .enabled = false}})->enabled);
    QCOMPARE(allowedOf(10, m_ann, m_login), 10); // login_per_address allows more
    QCOMPARE(ruleNamed(before.name).burst, 3);
}

void TestLimitOrders::edit_isRefused()
{
    QCOMPARE(ask(EditRule {.wish = {.name = u"nobody"_s, .amount = 1}}).error().code, ErrorCode::NotFound);
    const auto nonsense = ask(EditRule {.wish = {.name = u"login_per_account"_s, .period = 0s}});
    QCOMPARE(nonsense.error().code, ErrorCode::InvalidInput);
    QCOMPARE(faultsOf(nonsense.error()), QStringList {u"period"_s});
    const auto moved = ask(EditRule {.wish = {.name = u"login_backoff"_s, .routes = QStringList {u"login"_s}}});
    QCOMPARE(moved.error().code, ErrorCode::InvalidInput);
    QCOMPARE(faultsOf(moved.error()), QStringList {u"routes"_s});
}

void TestLimitOrders::lockedRules_sayByWhat()
{
    m_w->world.core->settings.replace(Settings::load(readCommandLine({u"rate_limit.login_per_address=7/1m"_s})).value());
    m_w->world.core->limits.settingsChanged();
    const RuleView rule = ruleNamed(u"login_per_address"_s);
    QCOMPARE(rule.amount, 7);
    QVERIFY(!rule.lockedBy.isEmpty());
    QVERIFY(ruleNamed(u"login_per_account"_s).lockedBy.isEmpty());
    const auto refusal = ask(EditRule {.wish = {.name = rule.name, .amount = 9}});
    QCOMPARE(refusal.error().code, ErrorCode::Conflict);
    QCOMPARE(ruleNamed(rule.name).amount, 7);
}

void TestLimitOrders::remove_ofAnOwnRule_resetsIt()
{
    const RuleView before = ruleNamed(u"login_per_account"_s);
    QVERIFY(ask(EditRule {.wish = {.name = before.name, .amount = 1, .burst = 1, .enabled = false}}));
    QVERIFY(ask(RemoveRule {.rule = before.name}));
    QCOMPARE(ruleNamed(before.name), before);
    QCOMPARE(ask(RemoveRule {.rule = u"nobody"_s}).error().code, ErrorCode::NotFound);
}

void TestLimitOrders::remove_ofAnAddedRule_forgetsIt()
{
    QVERIFY(ask(AddRule {.wish = m_slow}));
    QCOMPARE(allowedOf(5, m_ann, m_password), 1);
    QVERIFY(ask(RemoveRule {.rule = m_slow.name}));
    QCOMPARE(ruleNamed(m_slow.name), RuleView {});
    QCOMPARE(allowedOf(5, m_ann, m_password), 5);
    QCOMPARE(ask(ReadLimitHistory {.rule = m_slow.name, .window = 60s}).error().code, ErrorCode::NotFound);
}

void TestLimitOrders::try_replaysAndChangesNothing()
{
    QCOMPARE(allowedOf(15, m_ann, m_login), 10);
    m_w->clock.advance(1s);
    const RuleView before = ruleNamed(u"login_per_account"_s);
    const auto found = ask(TryRule {.wish = {.name = before.name, .amount = 3, .burst = 3}, .isNew = false});
    QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
    QCOMPARE(found->requests, 15);
    QCOMPARE(found->denied, 12);
    QCOMPARE(found->deniedNow, 5);
    QCOMPARE(found->addresses, 1);
    QCOMPARE(found->accounts, 1);
    QCOMPARE(found->signIns, 0);
    QVERIFY(!found->tellsOnly);
    QCOMPARE(found->from, m_w->clock.now() - 1s); // the first request that was ever recorded
    QCOMPARE(found->to, m_w->clock.now());
    QVERIFY(!found->isCut);
    QCOMPARE(ruleNamed(before.name), before);
    const auto fresh = ask(TryRule {.wish = m_slow, .isNew = true});
    QCOMPARE(fresh->requests, 0); // nothing was asked of its routes
    QCOMPARE(ruleNamed(m_slow.name), RuleView {});
    const auto told = ask(TryRule {.wish = {.name = before.name, .amount = 3, .burst = 3, .action = RateAction::Alert}, .isNew = false});
    QVERIFY(told->tellsOnly);
    QCOMPARE(told->denied, 12);
}

void TestLimitOrders::try_isJudgedAsTheChangeItself()
{
    QCOMPARE(ask(TryRule {.wish = m_slow, .isNew = false}).error().code, ErrorCode::NotFound);
    QCOMPARE(ask(TryRule {.wish = {.name = u"login_per_account"_s, .period = 0s}}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(TryRule {.wish = {.name = u"login_backoff"_s, .amount = 5}}).error().code, ErrorCode::Conflict);
}

void TestLimitOrders::history_isOfRulesThereAre()
{
    QCOMPARE(allowedOf(15, m_ann, m_login), 10);
    const auto history = ask(ReadLimitHistory {.rule = u"login_per_account"_s, .window = 60s}).value();
    QCOMPARE(history.size(), 60);
    QCOMPARE(history.last().allowed, 10);
    QCOMPARE(history.last().denied, 5);
    QVERIFY(ask(ReadLimitHistory {.window = 60s})->last().denied >= 5);
    QVERIFY(ask(ReadLimitHistory {.rule = u"login_per_account"_s, .window = std::chrono::days {4000}})->size() <= 30 * 24);
    QCOMPARE(ask(ReadLimitHistory {.rule = u"nobody"_s, .window = 60s}).error().code, ErrorCode::NotFound);
}

/// Also of a rule that is gone by now.
void TestLimitOrders::denials_areOfEachRule()
{
    QVERIFY(ask(ReadDenials {.window = 600s})->rules.isEmpty());
    QVERIFY(ask(AddRule {.wish = m_slow}));
    QCOMPARE(allowedOf(5, m_ann, m_password), 1);
    QCOMPARE(allowedOf(15, m_ann, m_login), 10);
    QVERIFY(ask(RemoveRule {.rule = m_slow.name}));
    for (const Seconds window : {Seconds {600}, Seconds {24h}, ReadLimitHistory::longest, Seconds {std::chrono::days {4000}}}) {
        const auto view = ask(ReadDenials {.window = window}).value();
        QCOMPARE(view.step, ReadTraffic::stepOf(window));
        QCOMPARE(toMilliseconds(view.from) % toMilliseconds(TimePoint(view.step)), 0);
        QCOMPARE(view.rules.size(), 2);
        QCOMPARE(view.rules[0].rule, u"login_per_account"_s); // it denied more
        QCOMPARE(view.rules[1].rule, m_slow.name);
        QCOMPARE(view.rules[0].denied.last(), 5);
        QCOMPARE(view.rules[1].denied.last(), 4);
        QVERIFY(view.rules[0].denied.size() <= 200);
    }
}

void TestLimitOrders::heldBack_findsAnySpelling_data()
{
    QTest::addColumn<QString>("who");
    QTest::addColumn<int>("rows");
    QTest::newRow("nobody said") << QString() << 2;
    QTest::newRow("an account") << u"ann@example.com"_s << 1;
    QTest::newRow("an account in capitals") << u" Ann@Example.COM"_s << 1;
    QTest::newRow("an address") << u"203.0.113.9"_s << 1;
    QTest::newRow("an address mapped into IPv6") << u"::ffff:203.0.113.9"_s << 1;
    QTest::newRow("an address of the same /64") << u"2001:db8:1:2::1"_s << 1;
    QTest::newRow("the /64 itself") << u"2001:db8:1:2::/64"_s << 1;
    QTest::newRow("the /64 in capitals") << u"2001:DB8:1:2::/64"_s << 1;
    QTest::newRow("the /64 with all its zeros") << u"2001:0db8:0001:0002:0:0:0:0/64"_s << 1;
    QTest::newRow("an address with its length") << u"203.0.113.9/32"_s << 1;
    QTest::newRow("an address of the same /64 with its length") << u"2001:db8:1:2::1/128"_s << 1;
    QTest::newRow("a network around it") << u"203.0.113.0/24"_s << 0;
    QTest::newRow("another address") << u"203.0.113.90"_s << 0;
    QTest::newRow("another account") << u"carl@example.com"_s << 0;
    QTest::newRow("a part of an account") << u"ann"_s << 0;
}

void TestLimitOrders::heldBack_findsAnySpelling()
{
    QFETCH(const QString, who);
    QCOMPARE(allowedOf(15, m_ann, m_login), 10);
    QCOMPARE(allowedOf(12, m_other, m_login), 10);
    const auto rows = ask(ListHeldBack {.who = who}).value();
    QTEST(int(rows.size()), "rows");
    for (const HeldBackView &row : rows) {
        QCOMPARE(row.rules, QStringList {u"login_per_account"_s});
        QCOMPARE(row.since, m_w->clock.now());
        QVERIFY(row.until > m_w->clock.now());
        QCOMPARE(row.denials, row.account == m_ann.accountKey ? 5 : 2);
    }
    m_w->clock.advance(1h);
    QVERIFY(ask(ListHeldBack {.who = who})->isEmpty());
    QTEST(int(ask(ListHeldBack {.window = 24h, .who = who})->size()), "rows");
}

void TestLimitOrders::heldBack_isBounded()
{
    QVERIFY(ask(AddRule {.wish = m_slow}));
    const auto address = [](qsizetype number) { return QHostAddress(quint32(0xcb007100 + number)); };
    for (qsizetype i = 0; i < ListHeldBack::most + 50; ++i)
        QCOMPARE(allowedOf(2, {.address = address(i)}, m_password), 1);
    QCOMPARE(ask(ListHeldBack {})->size(), ListHeldBack::most);
    QCOMPARE(ask(ReadOverview {})->limitedNow, ListHeldBack::most + 50);
    QCOMPARE(ruleNamed(m_slow.name).heldBack, ListHeldBack::most + 50);
    QCOMPARE(ask(ListHeldBack {.who = address(ListHeldBack::most + 49).toString()})->size(), 1);
}

void TestLimitOrders::busyKeys_areTold()
{
    QCOMPARE(allowedOf(15, m_ann, m_login), 10);
    const auto keys = ask(ListBusyKeys {.rule = u"login_per_account"_s}).value();
    QCOMPARE(keys.size(), 1);
    QCOMPARE(keys.first().decisions, 15);
    QCOMPARE(keys.first().denied, 5);
    QVERIFY(keys.first().who.contains(u"ann@example.com"_s));
    QCOMPARE(ask(ListBusyKeys {.rule = u"nobody"_s}).error().code, ErrorCode::NotFound);
}

void TestLimitOrders::unblock_isOfThePair()
{
    QCOMPARE(allowedOf(15, m_ann, m_login), 10);
    QCOMPARE(allowedOf(15, m_other, m_login), 10);
    const HeldBackView ann = ask(ListHeldBack {.who = m_ann.accountKey})->first();
    QVERIFY(ask(Unblock::of({ann})));
    QVERIFY(ask(ListHeldBack {.who = m_ann.accountKey})->isEmpty());
    QCOMPARE(ask(ListHeldBack {})->size(), 1);
    QCOMPARE(allowedOf(5, m_ann, m_login), 5);
    QCOMPARE(allowedOf(5, m_other, m_login), 0);
    QCOMPARE(ask(Unblock::of({ann})).error().code, ErrorCode::NotFound);
    QCOMPARE(ask(Unblock {.who = {{.address = ann.address, .account = u"nobody@example.com"_s}}}).error().code, ErrorCode::NotFound);
    QCOMPARE(ask(Unblock {.who = {{.address = {}, .account = {}}}}).error().code, ErrorCode::NotFound);
}

/// What is kept on disk must not bring the wait back.
void TestLimitOrders::unblock_outlivesARestart()
{
    QVERIFY(ask(AddRule {.wish = m_slow}));
    QCOMPARE(allowedOf(3, m_ann, m_password), 1);
    QCOMPARE(allowedOf(3, m_other, m_password), 1);
    QVERIFY(m_w->world.core->limits.keep(m_w->clock.now()));
    const HeldBackView ann = ask(ListHeldBack {.who = u"203.0.113.9"_s})->first();
    QVERIFY(ask(Unblock::of({ann})));
    LoginBackoff backoff;
    RateLimiter restarted({}, backoff);
    const Limits again(*m_w->world.database, restarted, m_w->world.core->settings, m_w->clock.now());
    const int route = restarted.routeNumber({.title = u"PUT /me/password"_s, .group = {}});
    QVERIFY(restarted.check(m_ann, route, m_w->clock.now()).allowed);
    QVERIFY(!restarted.check(m_other, route, m_w->clock.now()).allowed);
}

/// Of whom one may be free by then.
void TestLimitOrders::unblock_ofMany_isOneOrder()
{
    QVERIFY(ask(AddRule {.wish = m_slow}));
    QCOMPARE(allowedOf(3, m_ann, m_password), 1);
    QCOMPARE(allowedOf(3, m_other, m_password), 1);
    QVERIFY(m_w->world.core->limits.keep(m_w->clock.now()));
    const auto kept = [this] { return LimiterMemoryStore::waits(m_w->world.database->reader(), m_w->clock.now())->size(); };
    QCOMPARE(kept(), 2);
    Unblock order = Unblock::of(ask(ListHeldBack {}).value());
    QCOMPARE(order.who.size(), 2);
    order.who += {.address = u"203.0.113.250"_s, .account = {}};
    QCOMPARE(ask(order), 2);
    QCOMPARE(kept(), 0);
    QVERIFY(ask(ListHeldBack {})->isEmpty());
    QCOMPARE(ask(order).error().code, ErrorCode::NotFound);
    QCOMPARE(ask(Unblock {.who = QList<HeldBackPair>(Unblock::most + 1)}).error().code, ErrorCode::InvalidInput);
}

void TestLimitOrders::networks_areAddedExchangedAndForgotten()
{
    const TimePoint end = m_w->clock.now() + 1h;
    const auto added = ask(AddNetwork {.network = u"203.0.113.0/24"_s, .reason = u"They guess."_s, .until = end});
    QVERIFY2(added, added ? "" : qPrintable(added.error().detail));
    QCOMPARE(added->standing, NetworkStanding::Blocked);
    QCOMPARE(added->reason, u"They guess."_s);
    QCOMPARE(added->until, end);
    QCOMPARE(added->createdAt, m_w->clock.now());
    QCOMPARE(added->createdBy, u"console"_s);
    QVERIFY(m_w->limiter.blocked(m_ann.address, m_w->clock.now()));
    QVERIFY(!m_w->limiter.blocked(m_other.address, m_w->clock.now()));
    QVERIFY(ask(AddNetwork {.network = u"2001:db8::/32"_s, .standing = NetworkStanding::Exempt}));
    QCOMPARE(allowedOf(100, m_other, m_login), 100);
    QVERIFY(ask(AddNetwork {.network = u"203.0.113.0/24"_s, .reason = u"For ever."_s}));
    const auto networks = ask(ListNetworks {}).value();
    QCOMPARE(networks.size(), 2);
    const auto blocked = std::ranges::find(networks, u"203.0.113.0/24"_s, &NetworkView::network);
    QVERIFY(!blocked->until && blocked->reason == u"For ever."_s);
    QVERIFY(ask(RemoveNetwork {.id = blocked->id}));
    QVERIFY(!m_w->limiter.blocked(m_ann.address, m_w->clock.now()));
    QCOMPARE(ask(RemoveNetwork {.id = blocked->id}).error().code, ErrorCode::NotFound);
    QCOMPARE(ask(ListNetworks {})->size(), 1);
}

void TestLimitOrders::networks_areJudged_data()
{
    QTest::addColumn<AddNetwork>("order");
    const auto row = [](const char *name, const AddNetwork &order) { QTest::newRow(name) << order; };
    row("nothing", {.network = {}});
    row("no network", {.network = u"example.com"_s});
    row("bits behind the prefix", {.network = u"203.0.113.7/24"_s});
    row("the whole internet", {.network = u"0.0.0.0/0"_s});
    row("this machine", {.network = u"127.0.0.0/8"_s});
    row("over already", {.network = u"203.0.113.0/24"_s, .until = fromMilliseconds(1)});
    row("a reason too long", {.network = u"203.0.113.0/24"_s, .reason = QString(201, u'x')});
}

void TestLimitOrders::networks_areJudged()
{
    QFETCH(const AddNetwork, order);
    QCOMPARE(ask(order).error().code, ErrorCode::InvalidInput);
    QVERIFY(ask(ListNetworks {})->isEmpty());
}

void TestLimitOrders::changes_areTold()
{
    quint64 position = ask(ChangesSince {.position = 0})->position;
    const auto told = [&] {
        auto news = ask(ChangesSince {.position = position});
        position = news->position;
        news->changes.removeIf([](const Change &change) { return std::holds_alternative<ActivityRecorded>(change); });
        return news->changes.size() == 1 && std::holds_alternative<LimitsChanged>(news->changes.first());
    };
    QVERIFY(ask(AddRule {.wish = m_slow}));
    QVERIFY(told());
    QVERIFY(ask(EditRule {.wish = {.name = m_slow.name, .action = RateAction::Deny, .enabled = true}}));
    QVERIFY(told());
    QCOMPARE(allowedOf(2, m_ann, m_password), 1);
    const HeldBackView ann = ask(ListHeldBack {})->first();
    QVERIFY(ask(Unblock::of({ann})));
    QVERIFY(told());
    QVERIFY(ask(RemoveRule {.rule = m_slow.name}));
    QVERIFY(told());
    const auto network = ask(AddNetwork {.network = u"203.0.113.7"_s});
    QVERIFY(told());
    QVERIFY(ask(RemoveNetwork {.id = network->id}));
    QVERIFY(told());
    QVERIFY(!ask(RemoveRule {.rule = m_slow.name}));
    QVERIFY(!ask(AddRule {.wish = {.name = u"x"_s}}));
    QVERIFY(!ask(TryRule {.wish = {.name = u"x"_s}, .isNew = true}));
    QVERIFY(ask(ChangesSince {.position = position})->changes.isEmpty());
}

QTEST_GUILESS_MAIN(TestLimitOrders)
#include "TestLimitOrders.moc"
