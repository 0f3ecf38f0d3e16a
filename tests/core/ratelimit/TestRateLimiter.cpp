#include "core/config/Settings.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateLimiter.h"
#include "tests/support/FakeClock.h"

#include <QTest>

#include <thread>

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
    void defaults_limitWhatTheySay();
    void defaults_letThirtyTwoParallelRefreshesThrough();
    void headers_sayTheTightestRule();
    void aMillionKeys_stayUnderTheBound();
    void aBusyBucket_outlivesIdleOnes();
    void limitedNow_showsAndUnblocks();
    void lastTenMinutes_endNow();
    void threads_countExactly();

private:
    RateRule rule(const QString &name, RateKey key, qint64 amount, const QString &route = u"login"_s) const
    {
        return {.name = name, .route = route, .key = key, .rate = {amount, 60s, amount}, .enabled = true};
    }
    RateSubject from(const QString &address, const QString &account = {}) const { return {QHostAddress(address), account, {}}; }

    LoginBackoff m_backoff {BackoffPolicy {}};
    test::FakeClock m_clock;
};

void TestRateLimiter::sameClient_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("same");
    QTest::newRow("one IPv4 address") << u"203.0.113.7"_s << u"203.0.113.7"_s << true;
    QTest::newRow("neighbours in IPv4") << u"203.0.113.7"_s << u"203.0.113.8"_s << false;
    QTest::newRow("IPv4 mapped into IPv6") << u"203.0.113.7"_s << u"::ffff:203.0.113.7"_s << true;
    QTest::newRow("two mapped addresses") << u"::ffff:203.0.113.7"_s << u"::ffff:203.0.113.8"_s << false;
    QTest::newRow("one IPv6 /64") << u"2001:db8:1:2::1"_s << u"2001:db8:1:2:ffff:ffff:ffff:ffff"_s << true;
    QTest::newRow("neighbouring /64s of one /48") << u"2001:db8:1:2::1"_s << u"2001:db8:1:3::1"_s << false;
}

void TestRateLimiter::sameClient()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(bool, same);
    RateLimiter limiter({rule(u"r"_s, RateKey::Address, 1)}, m_backoff);
    QVERIFY(limiter.check(from(first), "login"_L1, m_clock.now()).allowed);
    QCOMPARE(limiter.check(from(second), "login"_L1, m_clock.now()).allowed, !same);
}

void TestRateLimiter::addressAndAccount_areIndependent()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::AddressAndAccount, 1)}, m_backoff);
    const auto now = m_clock.now();
    QVERIFY(limiter.check(from(u"203.0.113.7"_s, u"a@x"_s), "login"_L1, now).allowed);
    QVERIFY(!limiter.check(from(u"203.0.113.7"_s, u"a@x"_s), "login"_L1, now).allowed);
    QVERIFY(limiter.check(from(u"203.0.113.7"_s, u"b@x"_s), "login"_L1, now).allowed);
    QVERIFY(limiter.check(from(u"203.0.113.8"_s, u"a@x"_s), "login"_L1, now).allowed);
    QVERIFY(limiter.check(from(u"203.0.113.7"_s, u"a@x"_s), "other"_L1, now).allowed);
}

void TestRateLimiter::everyRule_mustAllowBeforeAnyCounts()
{
    RateLimiter limiter({rule(u"address"_s, RateKey::Address, 3), rule(u"account"_s, RateKey::Account, 1)}, m_backoff);
    const auto now = m_clock.now();
    QVERIFY(limiter.check(from(u"203.0.113.7"_s, u"a@x"_s), "login"_L1, now).allowed);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(limiter.check(from(u"203.0.113.7"_s, u"a@x"_s), "login"_L1, now).rule, u"account"_s);
    // Ten denials by the account's rule have cost the address nothing: two of three are left.
    QCOMPARE(limiter.check(from(u"203.0.113.7"_s, u"b@x"_s), "login"_L1, now).remaining, 0);
    QVERIFY(limiter.check(from(u"203.0.113.7"_s, u"c@x"_s), "login"_L1, now).allowed);
    const auto denied = limiter.check(from(u"203.0.113.7"_s, u"d@x"_s), "login"_L1, now);
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
        const auto decision = limiter.check(from(u"203.0.113.7"_s), "login"_L1, m_clock.now());
        QVERIFY(decision.allowed && !decision.hasRule() && decision.rateLimitHeader().isEmpty());
    }
    QVERIFY(limiter.limitedNow(m_clock.now()).isEmpty());
}

void TestRateLimiter::aSubjectWithoutTheKey_isNotAsked()
{
    RateLimiter limiter({rule(u"account"_s, RateKey::Account, 1), rule(u"session"_s, RateKey::Session, 1)}, m_backoff);
    for (int i = 0; i < 5; ++i)
        QVERIFY(limiter.check(from(u"203.0.113.7"_s), "login"_L1, m_clock.now()).allowed);
    const RateSubject one {.address = {}, .accountKey = {}, .session = Id::create(m_clock.now())};
    QVERIFY(limiter.check(one, "login"_L1, m_clock.now()).allowed);
    QVERIFY(!limiter.check(one, "login"_L1, m_clock.now()).allowed);
}

void TestRateLimiter::anUnknownAddress_isLimitedToo()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::Address, 1)}, m_backoff);
    QVERIFY(limiter.check({}, "login"_L1, m_clock.now()).allowed);
    QVERIFY(!limiter.check({}, "login"_L1, m_clock.now()).allowed);
}

void TestRateLimiter::defaults_limitWhatTheySay()
{
    RateLimiter limiter(rateRulesFrom(Settings()), m_backoff);
    QCOMPARE(limiter.rules().size(), 6);
    int allowed = 0;
    while (limiter.check(from(u"203.0.113.7"_s, QString::number(allowed)), "login"_L1, m_clock.now()).allowed)
        ++allowed;
    QCOMPARE(allowed, 30);
    const auto off = Settings::load({{SettingSource::CommandLine, {}, u"rate_limit.enabled"_s, u"false"_s, {}}});
    for (const RateRule &each : rateRulesFrom(*off))
        QVERIFY(!each.enabled);
}

void TestRateLimiter::defaults_letThirtyTwoParallelRefreshesThrough()
{
    RateLimiter limiter(rateRulesFrom(Settings()), m_backoff);
    const RateSubject browser {.address = QHostAddress(u"203.0.113.7"_s), .accountKey = {}, .session = Id::create(m_clock.now())};
    for (int i = 0; i < 64; ++i)
        QVERIFY(limiter.check(browser, "refresh"_L1, m_clock.now()).allowed);
}

void TestRateLimiter::headers_sayTheTightestRule()
{
    RateLimiter limiter({rule(u"wide"_s, RateKey::Address, 60), rule(u"tight"_s, RateKey::Account, 30)}, m_backoff);
    auto decision = limiter.check(from(u"203.0.113.7"_s, u"a@x"_s), "login"_L1, m_clock.now());
    QCOMPARE(decision.rateLimitHeader(), "\"tight\";r=29;t=2"_ba);
    QCOMPARE(decision.rateLimitPolicyHeader(), "\"tight\";q=30;w=60"_ba);
    while (decision.allowed)
        decision = limiter.check(from(u"203.0.113.7"_s, u"a@x"_s), "login"_L1, m_clock.now());
    QCOMPARE(decision.rateLimitHeader(), "\"tight\";r=0;t=60"_ba);
    QCOMPARE(decision.error().retryAfter, 2s);
    m_clock.advance(1001ms);
    QCOMPARE(limiter.check(from(u"203.0.113.7"_s, u"a@x"_s), "login"_L1, m_clock.now()).error().retryAfter, 1s);
}

void TestRateLimiter::aMillionKeys_stayUnderTheBound()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::Address, 1)}, m_backoff, 16'000);
    const auto isAllowed = [&](quint32 address) {
        return limiter.check({.address = QHostAddress(address)}, "login"_L1, m_clock.now()).allowed;
    };
    const auto remembered = [&](quint32 first, quint32 count) { // newest first: who was forgotten takes the place of older ones
        int denied = 0;
        for (quint32 i = count; i-- > 0;)
            denied += !isAllowed(first + i);
        return denied;
    };
    for (quint32 i = 0; i < 1'000'000; ++i)
        QVERIFY(isAllowed(0x0a000000 + i));
    QCOMPARE(remembered(0x0a000000 + 960'000, 40'000), 16'000);
    // An hour later all are idle: newcomers take their places and free a second one each.
    m_clock.advance(1h);
    for (quint32 i = 0; i < 20'000; ++i)
        QVERIFY(isAllowed(0x0b000000 + i));
    QCOMPARE(remembered(0x0b000000, 20'000), 16'000);
}

void TestRateLimiter::aBusyBucket_outlivesIdleOnes()
{
    RateLimiter limiter({rule(u"slow"_s, RateKey::Account, 1)}, m_backoff, 16 * 8);
    const auto attacker = from({}, u"attacker"_s);
    limiter.check(attacker, "login"_L1, m_clock.now());
    for (int i = 0; i < 10'000; ++i) {
        if (i % 20 == 0)
            QVERIFY(!limiter.check(attacker, "login"_L1, m_clock.now()).allowed); // denials keep it fresh
        limiter.check(from({}, QString::number(i)), "login"_L1, m_clock.now());
    }
}

void TestRateLimiter::limitedNow_showsAndUnblocks()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::AddressAndAccount, 1)}, m_backoff);
    const auto subject = from(u"2001:db8::7"_s, u"a@x"_s);
    const auto since = m_clock.now();
    limiter.check(subject, "login"_L1, since);
    QVERIFY(limiter.limitedNow(since).isEmpty());
    limiter.check(subject, "login"_L1, since);
    m_clock.advance(10s);
    limiter.check(subject, "login"_L1, m_clock.now());
    const LimitedKey expected {.rule = u"r"_s, .key = u"2001:db8::/64 a@x"_s, .since = since, .until = since + 60s, .denials = 2};
    QCOMPARE(limiter.limitedNow(m_clock.now()), QList {expected});
    QVERIFY(limiter.limitedNow(since + 60s).isEmpty());

    QVERIFY(!limiter.unblock(u"r"_s, u"somebody else"_s, m_clock.now()));
    QVERIFY(limiter.unblock(u"r"_s, expected.key, m_clock.now()));
    QVERIFY(limiter.limitedNow(m_clock.now()).isEmpty());
    QVERIFY(limiter.check(subject, "login"_L1, m_clock.now()).allowed);
}

void TestRateLimiter::lastTenMinutes_endNow()
{
    RateLimiter limiter({rule(u"r"_s, RateKey::Address, 1)}, m_backoff);
    const auto ask = [&](int times) {
        for (int i = 0; i < times; ++i)
            limiter.check(from(u"203.0.113.7"_s), "login"_L1, m_clock.now());
    };
    ask(3);
    m_clock.advance(5min);
    ask(2);
    m_clock.advance(30s); // less than a minute ago, though perhaps in another one of the clock
    const auto minutes = limiter.lastTenMinutes(u"r"_s, m_clock.now());
    QCOMPARE(minutes.size(), 10);
    QCOMPARE(minutes[4], (RatePoint {.from = m_clock.now() - 6min, .allowed = 1, .denied = 2}));
    QCOMPARE(minutes[9], (RatePoint {.from = m_clock.now() - 1min, .allowed = 1, .denied = 1}));
    const auto denied = [&] {
        qint64 sum = 0;
        for (const RatePoint &each : limiter.lastTenMinutes(u"r"_s, m_clock.now()))
            sum += each.denied;
        return sum;
    };
    QCOMPARE(denied(), 3);
    m_clock.advance(5min);
    QCOMPARE(denied(), 1);
    QVERIFY(limiter.lastTenMinutes(u"unheard of"_s, m_clock.now()).size() == 10);
}

void TestRateLimiter::threads_countExactly()
{
    RateLimiter limiter({rule(u"address"_s, RateKey::Address, 100), rule(u"account"_s, RateKey::Account, 1000)}, m_backoff);
    std::atomic<int> allowed = 0;
    const auto now = m_clock.now();
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 200; ++i)
                    allowed += limiter.check(from(u"203.0.113.7"_s, QString::number(thread)), "login"_L1, now).allowed;
                limiter.limitedNow(now);
                limiter.history({}, 600s, now);
            });
        }
    }
    QCOMPARE(allowed.load(), 100);
    const auto last = limiter.history(u"address"_s, 1s, now).constLast();
    QCOMPARE(last.allowed, 100);
    QCOMPARE(last.denied, 700);
}

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "TestRateLimiter.moc"
