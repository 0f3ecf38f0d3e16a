#include "core/config/Settings.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateLimiter.h"
#include "tests/support/FakeClock.h"

#include <QTest>

#include <array>
#include <atomic>
#include <functional>
#include <stop_token>
#include <thread>
#include <vector>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRateLimiter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameClient_data();
    void sameClient();
    void addressAndAccount_areIndependent();
    void everyRule_mustAllowBeforeAnyCounts();
    void disabledOrOff_neverLimits();
    void aSubjectWithoutTheKey_isNotAsked();
    void anUnknownAddress_isLimitedToo();
    void aRoute_hasItsRulesOnly();
    void defaults_limitWhatTheySay();
    void defaults_letThirtyTwoParallelRefreshesThrough();
    void headers_sayTheTightestRule();
    void aFloodOfKeys_freesNobody();
    void delay_letsWaitAndThenRefuses();
    void alert_letsThroughAndTellsOnce();
    void aFloodOfKeys_raisesFewAlerts();
    void anEdit_keepsTheBuckets_data();
    void anEdit_keepsTheBuckets();
    void anEditOfAnotherRule_resetsNothing();
    void exemptNetworks_areNotAsked();
    void blockedNetworks_areTold();
    void heldBack_showsAndUnblocks_data();
    void heldBack_showsAndUnblocks();
    void heldBack_endsWithWhatHolds_data();
    void heldBack_endsWithWhatHolds();
    void waits_outliveARestart();
    void load_isThatOfTheFullestBucket();
    void decisions_areRecorded();
    void routeNumbers_stay();
    void threads_countExactly();
    void rulesChangedMeanwhile_areTakenOver();

private:
    RateRule rule(const QString &name, RateKey key, qint64 amount, const QString &route = u"login"_s) const
    {
        return {.name = name, .routes = {route}, .key = key, .rate = {amount, 60s, amount}};
    }
    RateSubject from(const QString &address, const QString &account = {}) const { return {QHostAddress(address), account, {}}; }
    static int routeOf(RateLimiter &limiter, const QString &group = u"login"_s)
    {
        return limiter.routeNumber({.title = u"POST /"_s + group, .group = group});
    }
    /// One request to the route of a group.
    RateDecision ask(RateLimiter &limiter, const RateSubject &subject, const QString &group = u"login"_s) const
    {
        return limiter.check(subject, routeOf(limiter, group), m_clock.now());
    }
    int spend(RateLimiter &limiter, const RateSubject &subject) const
    {
        int allowed = 0;
        while (ask(limiter, subject).allowed)
            ++allowed;
        return allowed;
    }

    LoginBackoff m_backoff;
    test::FakeClock m_clock;
};

void TestRateLimiter::sameClient_data()
{
    QTest::addColumn<RateKey>("key");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("same");
    using enum RateKey;
    QTest::newRow("one IPv4 address") << Address << u"203.0.113.7"_s << u"203.0.113.7"_s << true;
    QTest::newRow("neighbours in IPv4") << Address << u"203.0.113.7"_s << u"203.0.113.8"_s << false;
    QTest::newRow("IPv4 mapped into IPv6") << Address << u"203.0.113.7"_s << u"::ffff:203.0.113.7"_s << true;
    QTest::newRow("two mapped addresses") << Address << u"::ffff:203.0.113.7"_s << u"::ffff:203.0.113.8"_s << false;
    QTest::newRow("one IPv6 /64") << Address << u"2001:db8:1:2::1"_s << u"2001:db8:1:2:ffff:ffff:ffff:ffff"_s << true;
    QTest::newRow("neighbouring /64s of one /48") << Address << u"2001:db8:1:2::1"_s << u"2001:db8:1:3::1"_s << false;
    QTest::newRow("one IPv4 network") << Network << u"203.0.113.7"_s << u"203.0.113.200"_s << true;
    QTest::newRow("two IPv4 networks") << Network << u"203.0.113.7"_s << u"203.0.114.7"_s << false;
    QTest::newRow("one IPv6 network") << Network << u"2001:db8:1:2::1"_s << u"2001:db8:1:3::1"_s << true;
    QTest::newRow("two IPv6 networks") << Network << u"2001:db8:1::1"_s << u"2001:db8:2::1"_s << false;
}

void TestRateLimiter::sameClient()
{
    QFETCH(RateKey, key);
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(bool, same);
    RateLimiter limiter({rule(u"r"_s, key, 1)}, m_backoff);
    QVERIFY(ask(limiter, from(first)).allowed);
    QCOMPARE(ask(limiter, from(second)).allowed, !same);
}

void TestRateLimiter::addressAndAccount_areIndependent()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::AddressAndAccount, 1)}, m_backoff);
    QVERIFY(ask(limiter, from(u"203.0.113.7"_s, u"a@x"_s)).allowed);
    QVERIFY(!ask(limiter, from(u"203.0.113.7"_s, u"a@x"_s)).allowed);
    QVERIFY(ask(limiter, from(u"203.0.113.7"_s, u"b@x"_s)).allowed);
    QVERIFY(ask(limiter, from(u"203.0.113.8"_s, u"a@x"_s)).allowed);
    QVERIFY(ask(limiter, from(u"203.0.113.7"_s, u"a@x"_s), u"other"_s).allowed);
}

void TestRateLimiter::everyRule_mustAllowBeforeAnyCounts()
{
    RateLimiter limiter({rule(u"address"_s, RateKey::Address, 3), rule(u"account"_s, RateKey::Account, 1)}, m_backoff);
    QVERIFY(ask(limiter, from(u"203.0.113.7"_s, u"a@x"_s)).allowed);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(ask(limiter, from(u"203.0.113.7"_s, u"a@x"_s)).rule, u"account"_s);
    // Ten denials by the account's rule have cost the address nothing: two of three are left.
    QCOMPARE(ask(limiter, from(u"203.0.113.7"_s, u"b@x"_s)).remaining, 0);
    QVERIFY(ask(limiter, from(u"203.0.113.7"_s, u"c@x"_s)).allowed);
    const auto denied = ask(limiter, from(u"203.0.113.7"_s, u"d@x"_s));
    QVERIFY(!denied.allowed);
    QCOMPARE(denied.rule, u"address"_s);
    QCOMPARE(denied.retryAfter, 20s);
    QCOMPARE(denied.error().code, ErrorCode::LimitReached);
    QCOMPARE(denied.error().retryAfter, 20s);
}

void TestRateLimiter::disabledOrOff_neverLimits()
{
    auto disabled = rule(u"disabled"_s, RateKey::Address, 1);
    disabled.enabled = false;
    auto off = rule(u"off"_s, RateKey::Address, 1);
    off.rate = *parseRate(u"off");
    RateLimiter limiter({disabled, off}, m_backoff);
    for (int i = 0; i < 100; ++i) {
        const auto decision = ask(limiter, from(u"203.0.113.7"_s));
        QVERIFY(decision.allowed && !decision.hasRule() && decision.rateLimitHeader().isEmpty());
    }
    QVERIFY(limiter.heldBack(0s, m_clock.now()).isEmpty());
    QCOMPARE(limiter.rules().size(), 2);
}

void TestRateLimiter::aSubjectWithoutTheKey_isNotAsked()
{
    RateLimiter limiter({rule(u"account"_s, RateKey::Account, 1), rule(u"session"_s, RateKey::Session, 1)}, m_backoff);
    for (int i = 0; i < 5; ++i)
        QVERIFY(ask(limiter, from(u"203.0.113.7"_s)).allowed);
    const RateSubject one {.address = {}, .accountKey = {}, .session = Id::create(m_clock.now())};
    QVERIFY(ask(limiter, one).allowed);
    QVERIFY(!ask(limiter, one).allowed);
}

void TestRateLimiter::anUnknownAddress_isLimitedToo()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::Address, 1)}, m_backoff);
    QVERIFY(ask(limiter, {}).allowed);
    QVERIFY(!ask(limiter, {}).allowed);
}

void TestRateLimiter::aRoute_hasItsRulesOnly()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::Address, 1, u"/me/*"_s)}, m_backoff);
    const int mine = limiter.routeNumber({.title = u"GET /me/sessions"_s, .group = u"account"_s});
    const int other = limiter.routeNumber({.title = u"GET /me"_s, .group = {}});
    for (const int elsewhere : {other, -1, 12'345}) {
        for (int i = 0; i < 5; ++i)
            QVERIFY(limiter.check(from(u"203.0.113.7"_s), elsewhere, m_clock.now()).allowed);
    }
    QVERIFY(limiter.check(from(u"203.0.113.7"_s), mine, m_clock.now()).allowed);
    QVERIFY(!limiter.check(from(u"203.0.113.7"_s), mine, m_clock.now()).allowed);
}

void TestRateLimiter::defaults_limitWhatTheySay()
{
    RateLimiter limiter(ownRules(Settings()), m_backoff);
    QCOMPARE(limiter.rules(), ownRules(Settings()));
    int allowed = 0;
    while (ask(limiter, from(u"203.0.113.7"_s, QString::number(allowed))).allowed)
        ++allowed;
    QCOMPARE(allowed, 30);
}

void TestRateLimiter::defaults_letThirtyTwoParallelRefreshesThrough()
{
    RateLimiter limiter(ownRules(Settings()), m_backoff);
    const RateSubject browser {.address = QHostAddress(u"203.0.113.7"_s), .accountKey = {}, .session = Id::create(m_clock.now())};
    for (int i = 0; i < 64; ++i)
        QVERIFY(ask(limiter, browser, u"refresh"_s).allowed);
}

void TestRateLimiter::headers_sayTheTightestRule()
{
    RateLimiter limiter({rule(u"wide"_s, RateKey::Address, 60), rule(u"tight"_s, RateKey::Account, 30)}, m_backoff);
    auto decision = ask(limiter, from(u"203.0.113.7"_s, u"a@x"_s));
    QCOMPARE(decision.rateLimitHeader(), "\"tight\";r=29;t=2"_ba);
    QCOMPARE(decision.rateLimitPolicyHeader(), "\"tight\";q=30;w=60"_ba);
    while (decision.allowed)
        decision = ask(limiter, from(u"203.0.113.7"_s, u"a@x"_s));
    QCOMPARE(decision.rateLimitHeader(), "\"tight\";r=0;t=60"_ba);
    QCOMPARE(decision.error().retryAfter, 2s);
    m_clock.advance(1001ms);
    QCOMPARE(ask(limiter, from(u"203.0.113.7"_s, u"a@x"_s)).error().retryAfter, 1s);
}

/// A million addresses more than there are buckets: who is over the limit stays so, and nobody new is shut out.
void TestRateLimiter::aFloodOfKeys_freesNobody()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::Address, 2)}, m_backoff, {.capacity = 16'000, .recorded = 0});
    const int route = routeOf(limiter);
    const auto isAllowed = [&](quint32 address) { return limiter.check({.address = QHostAddress(address)}, route, m_clock.now()).allowed; };
    const quint32 offender = 0xc000'0201;
    while (isAllowed(offender))
        ;
    for (quint32 i = 0; i < 1'000'000; ++i)
        QVERIFY(isAllowed(0x0a00'0000 + i));
    QVERIFY(!isAllowed(offender));
    m_clock.advance(30s);
    QVERIFY(isAllowed(offender));
}

void TestRateLimiter::delay_letsWaitAndThenRefuses()
{
    auto slow = rule(u"slow"_s, RateKey::Address, 30);
    slow.action = RateAction::Delay;
    RateLimiter limiter({slow}, m_backoff);
    for (int i = 0; i < 30; ++i)
        QCOMPARE(ask(limiter, from(u"203.0.113.7"_s)).waitFirst, 0ms);
    for (int queued = 1; queued <= 5; ++queued) {
        const auto decision = ask(limiter, from(u"203.0.113.7"_s));
        QVERIFY(decision.allowed);
        QCOMPARE(decision.waitFirst, queued * 2s);
    }
    const auto denied = ask(limiter, from(u"203.0.113.7"_s));
    QVERIFY(!denied.allowed);
    QCOMPARE(denied.waitFirst, 0ms);
    QCOMPARE(denied.error().retryAfter, 2s);
    QCOMPARE(limiter.statistics().allowed(u"slow"_s), 35);
    QCOMPARE(limiter.statistics().denials(u"slow"_s), 1);
}

void TestRateLimiter::alert_letsThroughAndTellsOnce()
{
    auto quiet = rule(u"quiet"_s, RateKey::Address, 2);
    quiet.action = RateAction::Alert;
    RateLimiter limiter({quiet, rule(u"loud"_s, RateKey::Address, 50)}, m_backoff);
    QStringList alerts;
    for (int i = 0; i < 50; ++i) {
        const auto decision = ask(limiter, from(u"203.0.113.7"_s));
        QVERIFY(decision.allowed);
        QCOMPARE(decision.rule, u"loud"_s);
        alerts += decision.alerts;
    }
    QCOMPARE(alerts, QStringList {u"quiet"_s});
    QVERIFY(limiter.heldBack(24h, m_clock.now()).isEmpty());
    m_clock.advance(5min);
    for (int i = 0; i < 4; ++i)
        alerts += ask(limiter, from(u"203.0.113.7"_s)).alerts;
    QCOMPARE(alerts.size(), 2);
}

void TestRateLimiter::aFloodOfKeys_raisesFewAlerts()
{
    auto quiet = rule(u"quiet"_s, RateKey::Address, 1);
    quiet.action = RateAction::Alert;
    RateLimiter limiter({quiet}, m_backoff);
    const int route = routeOf(limiter);
    qsizetype alerts = 0;
    for (quint32 i = 0; i < 10'000; ++i)
        alerts += limiter.check({.address = QHostAddress(0x0a00'0000 + i / 2)}, route, m_clock.now()).alerts.size();
    QCOMPARE(alerts, 20);
}

void TestRateLimiter::anEdit_keepsTheBuckets_data()
{
    QTest::addColumn<qint64>("amount");
    QTest::addColumn<int>("key");
    QTest::addColumn<bool>("turnedOff");
    QTest::addColumn<int>("allowed"); // of those that were all spent
    const int address = int(RateKey::Address);
    QTest::newRow("no change") << qint64(10) << address << false << 0;
    QTest::newRow("less") << qint64(5) << address << false << 0;
    QTest::newRow("off and on again") << qint64(10) << address << true << 0;
    QTest::newRow("another key") << qint64(10) << int(RateKey::Network) << false << 10;
}

void TestRateLimiter::anEdit_keepsTheBuckets()
{
    QFETCH(qint64, amount);
    QFETCH(int, key);
    QFETCH(bool, turnedOff);
    const auto client = from(u"203.0.113.7"_s);
    RateRule edited = rule(u"r"_s, RateKey::Address, 10);
    RateLimiter limiter({edited}, m_backoff);
    QCOMPARE(spend(limiter, client), 10);
    if (turnedOff)
        limiter.setRules({});
    edited.key = RateKey(key);
    edited.rate = {amount, 60s, amount};
    limiter.setRules({edited});
    QTEST(spend(limiter, client), "allowed");
    m_clock.advance(60s);
    QCOMPARE(spend(limiter, client), int(amount));
}

void TestRateLimiter::anEditOfAnotherRule_resetsNothing()
{
    RateRule other = rule(u"other"_s, RateKey::Address, 5, u"mfa"_s);
    const RateRule mine = rule(u"r"_s, RateKey::Address, 10);
    RateLimiter limiter({other, mine}, m_backoff);
    QCOMPARE(spend(limiter, from(u"203.0.113.7"_s)), 10);
    other.rate.amount = 7;
    limiter.setRules({mine, rule(u"new"_s, RateKey::Address, 100), other}); // also in another place
    QVERIFY(!ask(limiter, from(u"203.0.113.7"_s)).allowed);
    QCOMPARE(limiter.statistics().denials(u"r"_s), 2);
}

void TestRateLimiter::exemptNetworks_areNotAsked()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::Address, 1)}, m_backoff);
    const NetworkRule office {.network = u"203.0.113.0/24"_s, .standing = NetworkStanding::Exempt, .until = m_clock.now() + 1h};
    limiter.setNetworks({office});
    for (int i = 0; i < 50; ++i)
        QVERIFY(!ask(limiter, from(u"203.0.113.7"_s)).hasRule());
    QVERIFY(limiter.record().all(m_clock.now()).empty());
    QVERIFY(!limiter.blocked(QHostAddress(u"203.0.113.7"_s), m_clock.now()));
    QCOMPARE(spend(limiter, from(u"203.0.114.7"_s)), 1);
    m_clock.advance(1h);
    QCOMPARE(spend(limiter, from(u"203.0.113.7"_s)), 1);
}

void TestRateLimiter::blockedNetworks_areTold()
{
    RateLimiter limiter({}, m_backoff);
    const QHostAddress bad(u"2001:db8:bad::1"_s);
    QVERIFY(!limiter.blocked(bad, m_clock.now()));
    limiter.setNetworks({{.network = u"2001:db8:bad::/48"_s, .reason = u"floods"_s}});
    QCOMPARE(limiter.blocked(bad, m_clock.now())->reason, u"floods"_s);
    QVERIFY(!limiter.blocked(QHostAddress(u"2001:db8:bae::1"_s), m_clock.now()));
    limiter.setNetworks({});
    QVERIFY(!limiter.blocked(bad, m_clock.now()));
}

void TestRateLimiter::heldBack_showsAndUnblocks_data()
{
    QTest::addColumn<RateKey>("key");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("account");
    using enum RateKey;
    QTest::newRow("address") << Address << u"2001:db8:0:7::/64"_s << QString();
    QTest::newRow("network") << Network << u"2001:db8::/48"_s << QString();
    QTest::newRow("account") << Account << QString() << u"a@x"_s;
    QTest::newRow("both") << AddressAndAccount << u"2001:db8:0:7::/64"_s << u"a@x"_s;
    QTest::newRow("session") << Session << u"2001:db8:0:7::/64"_s << QString();
}

void TestRateLimiter::heldBack_showsAndUnblocks()
{
    QFETCH(RateKey, key);
    QFETCH(QString, address);
    QFETCH(QString, account);
    RateLimiter limiter({rule(u"r"_s, key, 1)}, m_backoff);
    const RateSubject subject {QHostAddress(u"2001:db8:0:7::1"_s), u"a@x"_s, Id::create(m_clock.now())};
    const auto since = m_clock.now();
    ask(limiter, subject);
    QVERIFY(limiter.heldBack(0s, since).isEmpty());
    ask(limiter, subject);
    m_clock.advance(10s);
    ask(limiter, subject);
    const auto held = limiter.heldBack(0s, m_clock.now());
    QCOMPARE(held.size(), 1);
    QCOMPARE(held[0].address, address);
    QCOMPARE(held[0].account, account);
    QCOMPARE(held[0].rules, QStringList {u"r"_s});
    QCOMPARE(held[0].since, since);
    QCOMPARE(held[0].until, since + 60s);
    QCOMPARE(held[0].denials, 2);
    QCOMPARE(held[0].signIns, 2);
    QVERIFY(limiter.heldBack(0s, since + 60s).isEmpty());

    QVERIFY(!limiter.unblock(u"203.0.113.7"_s, u"somebody@else"_s, m_clock.now()));
    QVERIFY(!ask(limiter, subject).allowed);
    QVERIFY(limiter.unblock(address, account, m_clock.now()));
    QVERIFY(limiter.heldBack(0s, m_clock.now()).isEmpty());
    QVERIFY(ask(limiter, subject).allowed);
    QVERIFY(!limiter.unblock(address, account, m_clock.now()));
}

void TestRateLimiter::heldBack_endsWithWhatHolds_data()
{
    QTest::addColumn<RateRule>("edited"); // without a name: removed
    QTest::addColumn<QString>("exempt");
    QTest::addColumn<bool>("isHeld");
    const auto row = [this](const char *name, const QString &exempt, bool isHeld, const std::function<void(RateRule &)> &change) {
        RateRule edited = rule(u"r"_s, RateKey::Network, 1);
        change(edited);
        QTest::newRow(name) << edited << exempt << isHeld;
    };
    const auto same = [](RateRule &) {};
    row("as before", {}, true, same);
    row("another amount", {}, true, [](RateRule &r) { r.rate.amount = 5; });
    row("off", {}, false, [](RateRule &r) { r.enabled = false; });
    row("allows everything", {}, false, [](RateRule &r) { r.rate.amount = 0; });
    row("only tells", {}, false, [](RateRule &r) { r.action = RateAction::Alert; });
    row("removed", {}, false, [](RateRule &r) { r.name.clear(); });
    row("exempt", u"203.0.113.0/24"_s, false, same);
    row("exempt with its neighbours", u"203.0.112.0/20"_s, false, same);
    row("one address of it exempt", u"203.0.113.0/32"_s, true, same);
    row("another network exempt", u"198.51.100.0/24"_s, true, same);
}

void TestRateLimiter::heldBack_endsWithWhatHolds()
{
    QFETCH(RateRule, edited);
    QFETCH(QString, exempt);
    QFETCH(bool, isHeld);
    const RateRule other = rule(u"other"_s, RateKey::Account, 1, u"mfa"_s);
    RateLimiter limiter({rule(u"r"_s, RateKey::Network, 1), other}, m_backoff);
    for (int i = 0; i < 2; ++i) {
        ask(limiter, from(u"203.0.113.7"_s));
        ask(limiter, from(u"192.0.2.1"_s, u"a@x"_s), u"mfa"_s);
    }
    QCOMPARE(limiter.heldBack(0s, m_clock.now()).size(), 2);
    m_clock.advance(10s);
    limiter.setRules(edited.name.isEmpty() ? QList {other} : QList {edited, other});
    if (!exempt.isEmpty())
        limiter.setNetworks({{.network = exempt, .standing = NetworkStanding::Exempt}});
    QCOMPARE(limiter.heldBack(0s, m_clock.now()).size(), isHeld ? 2 : 1);
    const auto within = limiter.heldBack(1h, m_clock.now());
    QCOMPARE(within.size(), 2);
    if (!isHeld) {
        QCOMPARE(within[0].account, u"a@x"_s); // who waits still comes first
        QCOMPARE(within[1].address, u"203.0.113.0/24"_s);
        QCOMPARE(within[1].until, m_clock.now());
    }
}

void TestRateLimiter::waits_outliveARestart()
{
    RateRule slow = rule(u"slow"_s, RateKey::AddressAndAccount, 1);
    slow.rate = {1, 1h, 1};
    const QList<RateRule> rules {slow, rule(u"quick"_s, RateKey::Address, 1, u"mfa"_s),
                                 rule(u"session"_s, RateKey::Session, 1, u"refresh"_s)};
    const RateSubject subject {QHostAddress(u"203.0.113.7"_s), u"a@x"_s, Id::create(m_clock.now())};
    QList<KeptWait> waits;
    {
        RateLimiter limiter(rules, m_backoff);
        for (const QString &group : {u"login"_s, u"mfa"_s, u"refresh"_s}) {
            ask(limiter, subject, group);
            QVERIFY(!ask(limiter, subject, group).allowed);
        }
        waits = limiter.waitsToKeep(m_clock.now());
        QCOMPARE(waits.size(), 1); // a minute is not worth it, and a session has no name
        QCOMPARE(waits[0].rule, u"slow"_s);
        QCOMPARE(waits[0].until, m_clock.now() + 1h);
    }
    m_clock.advance(20min);
    LoginBackoff backoff;
    RateLimiter limiter(rules, backoff);
    limiter.restore(waits, m_clock.now());
    const auto held = limiter.heldBack(0s, m_clock.now());
    QCOMPARE(held.size(), 1);
    QCOMPARE(held[0].account, u"a@x"_s);
    QCOMPARE(held[0].until, m_clock.now() + 40min);
    QCOMPARE(ask(limiter, subject).retryAfter, 40min);
    QVERIFY(ask(limiter, from(u"203.0.113.8"_s, u"a@x"_s)).allowed);
    QVERIFY(limiter.unblock(held[0].address, held[0].account, m_clock.now()));
    QVERIFY(ask(limiter, subject).allowed);
}

void TestRateLimiter::load_isThatOfTheFullestBucket()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::Address, 10), rule(u"s"_s, RateKey::Address, 10, u"mfa"_s)}, m_backoff);
    QCOMPARE(limiter.loadOf(u"r"_s, m_clock.now()), 0.0);
    ask(limiter, from(u"203.0.113.8"_s));
    for (int i = 0; i < 5; ++i)
        ask(limiter, from(u"203.0.113.7"_s));
    QCOMPARE(limiter.loadOf(u"r"_s, m_clock.now()), 0.5);
    QCOMPARE(limiter.loadOf(u"s"_s, m_clock.now()), 0.0);
    QCOMPARE(limiter.loadOf(u"nobody's"_s, m_clock.now()), 0.0);
    spend(limiter, from(u"203.0.113.7"_s));
    QCOMPARE(limiter.loadOf(u"r"_s, m_clock.now()), 1.0);
    m_clock.advance(30s);
    QCOMPARE(limiter.loadOf(u"r"_s, m_clock.now()), 0.5);
    m_clock.advance(30s);
    QCOMPARE(limiter.loadOf(u"r"_s, m_clock.now()), 0.0);
}

void TestRateLimiter::decisions_areRecorded()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::Address, 2)}, m_backoff);
    const RateSubject subject = from(u"203.0.113.7"_s, u"a@x"_s);
    for (int i = 0; i < 3; ++i)
        ask(limiter, subject);
    limiter.noteSignIn(subject, routeOf(limiter), true, m_clock.now());
    const auto all = limiter.record().all(m_clock.now());
    QCOMPARE(all.size(), size_t(4));
    using enum RecordedOutcome;
    const std::array outcomes {Passed, Passed, Denied, SignedIn};
    for (size_t i = 0; i < all.size(); ++i) {
        QCOMPARE(all[i].outcome, outcomes[i]);
        QCOMPARE(int(all[i].route), routeOf(limiter));
    }
}

void TestRateLimiter::routeNumbers_stay()
{
    RateLimiter limiter({}, m_backoff);
    const int first = limiter.routeNumber({.title = u"POST /login"_s, .group = {}});
    const int second = limiter.routeNumber({.title = u"GET /me"_s, .group = {}});
    QVERIFY(first != second);
    QCOMPARE(limiter.routeNumber({.title = u"POST /login"_s, .group = u"login"_s}), first);
    QCOMPARE(limiter.routes().size(), 2);
    QCOMPARE(limiter.routes().at(first), (LimitedRoute {u"POST /login"_s, u"login"_s}));
}

void TestRateLimiter::threads_countExactly()
{
    RateLimiter limiter({rule(u"address"_s, RateKey::Address, 100), rule(u"account"_s, RateKey::Account, 1000)}, m_backoff);
    std::atomic<int> allowed = 0;
    const auto now = m_clock.now();
    const int route = routeOf(limiter);
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 200; ++i)
                    allowed += limiter.check(from(u"203.0.113.7"_s, QString::number(thread)), route, now).allowed;
                limiter.heldBack(0s, now);
                limiter.statistics().history({}, 600s, now);
                limiter.record().all(now);
            });
        }
    }
    QCOMPARE(allowed.load(), 100);
    const auto last = limiter.statistics().history(u"address"_s, 1s, now).constLast();
    QCOMPARE(last.allowed, 100);
    QCOMPARE(last.denied, 700);
}

void TestRateLimiter::rulesChangedMeanwhile_areTakenOver()
{
    RateRule edited = rule(u"r"_s, RateKey::Address, 1'000'000);
    RateLimiter limiter({edited}, m_backoff);
    const int route = routeOf(limiter);
    const auto now = m_clock.now();
    std::atomic<int> begun = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 3; ++thread) {
            threads.emplace_back([&](const std::stop_token &stop) {
                while (!stop.stop_requested()) {
                    limiter.check(from(u"203.0.113.7"_s), route, now);
                    (void)limiter.blocked(QHostAddress(u"203.0.113.7"_s), now);
                    ++begun;
                }
            });
        }
        for (int i = 0; i < 200; ++i) {
            edited.rate.burst = 1'000'000 - i;
            limiter.setRules({edited});
            limiter.setNetworks({{.network = u"198.51.100.%1/32"_s.arg(i)}});
        }
        QTRY_VERIFY(begun > 100);
    }
    edited.enabled = false;
    limiter.setRules({edited});
    QVERIFY(!limiter.check(from(u"203.0.113.7"_s), route, now).hasRule());
}

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "TestRateLimiter.moc"
