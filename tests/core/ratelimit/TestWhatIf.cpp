#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/ratelimit/WhatIf.h"
#include "tests/support/FakeClock.h"

#include <QTest>

#include <atomic>
#include <memory>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestWhatIf : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keys_data();
    void keys();
    void itDecides_asTheLimiterDoes_data();
    void itDecides_asTheLimiterDoes();
    void signIns_thatItWouldHaveKeptOut_areCounted();
    void otherRoutes_doNotCount();
    void aRuleThatIsOff_deniesNone();
    void whatWasDenied_isToldBesideIt();
    void anEmptyRecord_isNothing();
    void aStop_endsIt();

private:
    static RateRule rule(RateKey key, qint64 amount, const QString &route = u"login"_s)
    {
        return {.name = u"mine"_s, .routes = {route}, .key = key, .rate = {amount, 60s, amount}};
    }
    WhatIf replay(const RateRule &rule) const
    {
        return whatIf(m_record->all(m_clock.now()), m_record->begin(), rule, m_routes, m_clock.now(), m_stop);
    }
    void add(const QString &address, const QString &account, RecordedOutcome outcome = RecordedOutcome::Passed, int route = 0)
    {
        m_record->add({QHostAddress(address), account, m_session}, route, outcome, m_clock.now());
    }

private Q_SLOTS:
    void init()
    {
        m_record = std::make_unique<DecisionRecord>(10'000);
        m_stop = false;
    }

private:
    const QList<LimitedRoute> m_routes {{u"POST /login"_s, u"login"_s}, {u"GET /me"_s, {}}};
    std::unique_ptr<DecisionRecord> m_record;
    std::atomic<bool> m_stop = false;
    test::FakeClock m_clock;
    const Id m_session = Id::create(m_clock.now());
};

void TestWhatIf::keys_data()
{
    QTest::addColumn<RateKey>("key");
    QTest::addColumn<qint64>("denied");
    QTest::addColumn<qint64>("addresses");
    QTest::addColumn<qint64>("accounts");
    using enum RateKey;
    QTest::newRow("address") << Address << qint64(4) << qint64(3) << qint64(2);
    QTest::newRow("network") << Network << qint64(6) << qint64(3) << qint64(3);
    QTest::newRow("account") << Account << qint64(4) << qint64(3) << qint64(2);
    QTest::newRow("address and account") << AddressAndAccount << qint64(2) << qint64(2) << qint64(1);
    QTest::newRow("session") << Session << qint64(7) << qint64(4) << qint64(3);
}

/// One request a minute is allowed.
void TestWhatIf::keys()
{
    QFETCH(RateKey, key);
    add(u"203.0.113.7"_s, u"a@x"_s);
    add(u"203.0.113.7"_s, u"a@x"_s);
    add(u"203.0.113.7"_s, u"b@x"_s);
    add(u"203.0.113.8"_s, u"c@x"_s);
    add(u"203.0.113.8"_s, u"b@x"_s);
    add(u"203.0.113.9"_s, u"a@x"_s);
    add(u"203.0.113.9"_s, u"a@x"_s);
    add(u"198.51.100.7"_s, {});
    const WhatIf found = replay(rule(key, 1));
    QCOMPARE(found.requests, 8);
    QTEST(found.denied, "denied");
    QTEST(found.addresses, "addresses");
    QTEST(found.accounts, "accounts");
    QCOMPARE(found.signIns, 0);
    QCOMPARE(found.deniedNow, 0);
    QCOMPARE(found.from, m_clock.now());
    QCOMPARE(found.to, m_clock.now());
}

void TestWhatIf::itDecides_asTheLimiterDoes_data()
{
    QTest::addColumn<RateKey>("key");
    QTest::addColumn<qint64>("amount");
    QTest::addColumn<RateAction>("action");
    using enum RateKey;
    QTest::newRow("by address") << Address << qint64(5) << RateAction::Deny;
    QTest::newRow("by account") << Account << qint64(3) << RateAction::Deny;
    QTest::newRow("by network") << Network << qint64(20) << RateAction::Deny;
    QTest::newRow("by both") << AddressAndAccount << qint64(2) << RateAction::Deny;
    QTest::newRow("with patience") << Address << qint64(5) << RateAction::Delay;
}

void TestWhatIf::itDecides_asTheLimiterDoes()
{
    QFETCH(RateKey, key);
    QFETCH(qint64, amount);
    QFETCH(RateAction, action);
    RateRule edited = rule(key, amount);
    edited.action = action;
    LoginBackoff backoff;
    RateLimiter limiter({edited}, backoff, {.capacity = 100'000, .recorded = 0});
    const int route = limiter.routeNumber(m_routes[0]);
    qint64 denied = 0;
    for (quint32 i = 0; i < 5000; ++i, m_clock.advance(100ms)) {
        const RateSubject subject {QHostAddress(0xcb00'7100 + i * 2654435761U % 30 * 9), u"%1@x"_s.arg(i * 7919 % 4), {}};
        m_record->add(subject, 0, RecordedOutcome::Passed, m_clock.now());
        denied += !limiter.check(subject, route, m_clock.now()).allowed;
    }
    const WhatIf found = replay(edited);
    QVERIFY(denied > 0);
    QCOMPARE(found.requests, 5000);
    QCOMPARE(found.denied, denied);
}

void TestWhatIf::signIns_thatItWouldHaveKeptOut_areCounted()
{
    using enum RecordedOutcome;
    for (const QString &account : {u"a@x"_s, u"b@x"_s, u"c@x"_s}) {
        add(u"203.0.113.7"_s, account);
        add(u"203.0.113.7"_s, account, account == u"c@x"_s ? SignInFailed : SignedIn);
    }
    const WhatIf found = replay(rule(RateKey::Address, 1));
    QCOMPARE(found.requests, 3);
    QCOMPARE(found.denied, 2);
    QCOMPARE(found.signIns, 1); // b@x: a@x came first, and c@x had a wrong password
}

void TestWhatIf::otherRoutes_doNotCount()
{
    for (int i = 0; i < 5; ++i) {
        add(u"203.0.113.7"_s, {}, RecordedOutcome::Passed, 1);
        add(u"203.0.113.7"_s, {}, RecordedOutcome::Passed, 4711); // of which nobody knows any more
    }
    QCOMPARE(replay(rule(RateKey::Address, 1)).requests, 0);
    QCOMPARE(replay(rule(RateKey::Address, 1, u"/me"_s)).denied, 4);
}

void TestWhatIf::aRuleThatIsOff_deniesNone()
{
    for (int i = 0; i < 5; ++i)
        add(u"203.0.113.7"_s, {});
    RateRule off = rule(RateKey::Address, 1);
    off.enabled = false;
    QCOMPARE(replay(off).denied, 0);
    QCOMPARE(replay(off).requests, 5);
    off.enabled = true;
    off.rate.amount = 0;
    QCOMPARE(replay(off).denied, 0);
}

void TestWhatIf::whatWasDenied_isToldBesideIt()
{
    add(u"203.0.113.7"_s, {});
    for (int i = 0; i < 3; ++i)
        add(u"203.0.113.7"_s, {}, RecordedOutcome::Denied);
    const WhatIf found = replay(rule(RateKey::Address, 2));
    QCOMPARE(found.requests, 4);
    QCOMPARE(found.deniedNow, 3);
    QCOMPARE(found.denied, 2);
}

void TestWhatIf::anEmptyRecord_isNothing()
{
    const WhatIf found = replay(rule(RateKey::Address, 1));
    QCOMPARE(found, (WhatIf {.from = m_clock.now(), .to = m_clock.now()}));
}

void TestWhatIf::aStop_endsIt()
{
    for (int i = 0; i < 100; ++i, m_clock.advance(1s))
        add(u"203.0.113.7"_s, {});
    m_stop = true;
    const WhatIf found = replay(rule(RateKey::Address, 1));
    QCOMPARE(found.requests, 0);
    QCOMPARE(found.to, found.from);
}

QTEST_GUILESS_MAIN(TestWhatIf)
#include "TestWhatIf.moc"
