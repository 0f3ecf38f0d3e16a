#include "core/ratelimit/LoginBackoff.h"

#include "core/config/Settings.h"
#include "tests/support/FakeClock.h"

#include <QTest>

#include <thread>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestLoginBackoff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void waitAfter_doubles_data();
    void waitAfter_doubles();
    void fifthFailure_mustWait();
    void otherAddressOrAccount_isNotHurt();
    void success_forgets();
    void silence_forgets();
    void aVictimAtTheirKnownAddress_isNeverLockedOut();
    void aVictimsSuccess_doesNotHelpTheAttacker();
    void newcomers_areLookedAtUnderAttack();
    void fewStrangers_forDays_data();
    void fewStrangers_forDays();
    void aBotnet_forDays_staysWithinTheBudget_data();
    void aBotnet_forDays_staysWithinTheBudget();
    void permission_isForOneTryAtATime();
    void faultsOfOurs_costNothing();
    void limitedNow_showsBothRules();
    void clockGoingBack_lengthensNoWait();
    void disabled_neverWaits();
    void manyAccounts_stayUnderTheBound();
    void manyNetworks_stayUnderTheBound();
    void threads_mayShareIt();

private:
    void fail(LoginBackoff &backoff, int times, const QString &address, bool known = false)
    {
        for (int i = 0; i < times; ++i)
            backoff.failed(tryFrom(address, known), m_clock.now());
    }
    /// Whether a try would be looked at; nothing comes of it.
    RateDecision ask(LoginBackoff &backoff, const QString &address, bool known = false)
    {
        LoginTry one = tryFrom(address, known);
        const auto decision = backoff.check(one, m_clock.now());
        if (decision.allowed)
            backoff.excused(one, m_clock.now());
        return decision;
    }
    LoginTry tryFrom(const QString &address, bool known = false) const
    {
        return {.address = QHostAddress(address), .account = victim, .knownAddress = known};
    }
    /// A wrong password, if it is looked at.
    bool guess(LoginBackoff &backoff, const QString &address)
    {
        LoginTry one = tryFrom(address);
        const bool looked = backoff.check(one, m_clock.now()).allowed;
        if (looked)
            backoff.failed(one, m_clock.now());
        return looked;
    }
    bool signIn(LoginBackoff &backoff, const QString &address, bool known = false)
    {
        LoginTry one = tryFrom(address, known);
        const bool looked = backoff.check(one, m_clock.now()).allowed;
        if (looked)
            backoff.succeeded(one, m_clock.now());
        return looked;
    }

    const QString victim = u"victim@example.org"_s;
    test::FakeClock m_clock;
};

void TestLoginBackoff::waitAfter_doubles_data()
{
    QTest::addColumn<int>("failures");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("none") << 0 << qint64(0);
    QTest::newRow("the last free one") << 4 << qint64(0);
    QTest::newRow("the fifth") << 5 << qint64(1);
    QTest::newRow("the sixth") << 6 << qint64(2);
    QTest::newRow("the eighth") << 8 << qint64(8);
    QTest::newRow("the fourteenth") << 14 << qint64(512);
    QTest::newRow("the longest") << 15 << qint64(900);
    QTest::newRow("a million") << 1'000'000 << qint64(900);
}

void TestLoginBackoff::waitAfter_doubles()
{
    QFETCH(int, failures);
    QFETCH(qint64, seconds);
    QCOMPARE(waitAfter(failures, 4, 15min), Seconds(seconds));
}

void TestLoginBackoff::fifthFailure_mustWait()
{
    LoginBackoff backoff {BackoffPolicy {}};
    fail(backoff, 4, u"203.0.113.7"_s);
    QVERIFY(ask(backoff, u"203.0.113.7"_s).allowed);
    fail(backoff, 1, u"203.0.113.7"_s);
    const auto denied = ask(backoff, u"203.0.113.7"_s);
    QVERIFY(!denied.allowed);
    QCOMPARE(denied.retryAfter, 1s);
    QCOMPARE(denied.error().retryAfter, 1s);
    QVERIFY(denied.rateLimitHeader().isEmpty());
    m_clock.advance(999ms);
    QVERIFY(!ask(backoff, u"203.0.113.7"_s).allowed);
    m_clock.advance(1ms);
    QVERIFY(ask(backoff, u"203.0.113.7"_s).allowed);
    fail(backoff, 1, u"203.0.113.7"_s); // the denied tries between did not count
    QCOMPARE(ask(backoff, u"203.0.113.7"_s).retryAfter, 2s);
}

void TestLoginBackoff::otherAddressOrAccount_isNotHurt()
{
    LoginBackoff backoff {BackoffPolicy {}};
    fail(backoff, 10, u"203.0.113.7"_s);
    QVERIFY(!ask(backoff, u"203.0.113.7"_s).allowed);
    QVERIFY(ask(backoff, u"203.0.113.8"_s).allowed);
    LoginTry other {.address = QHostAddress(u"203.0.113.7"_s), .account = u"other@example.org"_s};
    QVERIFY(backoff.check(other, m_clock.now()).allowed);
}

void TestLoginBackoff::success_forgets()
{
    LoginBackoff backoff {BackoffPolicy {}};
    fail(backoff, 4, u"203.0.113.7"_s, true);
    QVERIFY(signIn(backoff, u"203.0.113.7"_s, true));
    fail(backoff, 4, u"203.0.113.7"_s, true);
    QVERIFY(ask(backoff, u"203.0.113.7"_s, true).allowed);
}

void TestLoginBackoff::silence_forgets()
{
    LoginBackoff backoff {BackoffPolicy {}};
    fail(backoff, 10, u"203.0.113.7"_s);
    m_clock.advance(12h - 1ms);
    fail(backoff, 1, u"203.0.113.7"_s);
    QCOMPARE(ask(backoff, u"203.0.113.7"_s).retryAfter, 64s);
    m_clock.advance(12h);
    fail(backoff, 4, u"203.0.113.7"_s);
    QVERIFY(ask(backoff, u"203.0.113.7"_s).allowed);
}

void TestLoginBackoff::aVictimAtTheirKnownAddress_isNeverLockedOut()
{
    LoginBackoff backoff {BackoffPolicy {}};
    for (int i = 0; i < 1000; ++i)
        fail(backoff, 1, u"198.51.100.%1"_s.arg(i % 250));
    QVERIFY(!ask(backoff, u"198.51.100.1"_s, false).allowed); // who failed before must wait
    QVERIFY(ask(backoff, u"203.0.113.7"_s, true).allowed);    // the victim at home need not
    fail(backoff, 4, u"203.0.113.7"_s, true);                 // and may mistype as ever
    QVERIFY(ask(backoff, u"203.0.113.7"_s, true).allowed);
}

void TestLoginBackoff::aVictimsSuccess_doesNotHelpTheAttacker()
{
    LoginBackoff backoff {BackoffPolicy {}};
    for (int i = 0; i < 60; ++i)
        fail(backoff, 1, u"198.51.100.%1"_s.arg(i % 20));
    QVERIFY(signIn(backoff, u"203.0.113.7"_s, true));
    QVERIFY(!ask(backoff, u"198.51.100.7"_s).allowed);
    QVERIFY(signIn(backoff, u"192.0.2.1"_s)); // a newcomer with the right password
    QVERIFY(!ask(backoff, u"198.51.100.7"_s).allowed);
}

void TestLoginBackoff::newcomers_areLookedAtUnderAttack()
{
    LoginBackoff backoff {BackoffPolicy {}};
    for (int i = 0; i < 60; ++i)
        fail(backoff, 1, u"198.51.100.%1"_s.arg(i % 20));
    QVERIFY(guess(backoff, u"192.0.2.1"_s));  // the owner mistypes
    QVERIFY(signIn(backoff, u"192.0.2.1"_s)); // and knows better
    QVERIFY(guess(backoff, u"192.0.2.2"_s));
    QVERIFY(guess(backoff, u"192.0.2.2"_s));
    const auto third = ask(backoff, u"192.0.2.2"_s);
    QVERIFY(!third.allowed);
    QCOMPARE(third.rule, LoginBackoff::accountRule);
    QVERIFY(guess(backoff, u"2001:db8:1:1::1"_s));
    QVERIFY(guess(backoff, u"2001:db8:1:2::1"_s)); // another /64 of one /48: the same party
    QVERIFY(!guess(backoff, u"2001:db8:1:3::1"_s));
    QVERIFY(guess(backoff, u"2001:db8:2:1::1"_s));
}

void TestLoginBackoff::fewStrangers_forDays_data()
{
    QTest::addColumn<int>("addresses");
    QTest::newRow("one address") << 1;
    QTest::newRow("twenty addresses") << 20;
}

/// Each tries whenever it is let; the owner, who is never known, signs in from a new address every hour.
void TestLoginBackoff::fewStrangers_forDays()
{
    QFETCH(int, addresses);
    LoginBackoff backoff {BackoffPolicy {}};
    QList<int> guesses(3, 0);
    int refused = 0;
    for (int tick = 0; tick < 3 * 24 * 120; ++tick, m_clock.advance(30s)) {
        for (int i = 0; i < addresses; ++i)
            guesses[tick / (24 * 120)] += guess(backoff, u"198.51.100.%1"_s.arg(i));
        if (tick % 120 == 60)
            refused += !signIn(backoff, u"203.0.113.%1"_s.arg(tick / 120));
    }
    QCOMPARE(refused, 0);
    QVERIFY2(guesses[0] <= 100, qPrintable(QString::number(guesses[0])));
    QVERIFY2(guesses[1] <= 25 && guesses[2] <= 25, qPrintable(u"%1, %2"_s.arg(guesses[1]).arg(guesses[2])));
}

void TestLoginBackoff::aBotnet_forDays_staysWithinTheBudget_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("another IPv4 address for each try") << u"%1.%2.%3.9"_s;
    QTest::newRow("another /48 for each try") << u"2001:%1%2:%3::1"_s;
}

void TestLoginBackoff::aBotnet_forDays_staysWithinTheBudget()
{
    QFETCH(QString, address);
    LoginBackoff backoff {BackoffPolicy {}};
    QList<int> guesses(3, 0);
    int refusedAtHome = 0;
    for (int tick = 0; tick < 3 * 24 * 60; ++tick, m_clock.advance(1min)) {
        for (int i = 0; i < 5; ++i)
            guesses[tick / (24 * 60)] += guess(backoff, address.arg(10 + i).arg(tick / 200 + 10).arg(tick % 200 + 10));
        refusedAtHome += !signIn(backoff, u"203.0.113.7"_s, true);
    }
    QCOMPARE(refusedAtHome, 0);
    QVERIFY2(guesses[0] <= 160, qPrintable(QString::number(guesses[0])));
    QVERIFY2(guesses[1] <= 75 && guesses[2] <= 75, qPrintable(u"%1, %2"_s.arg(guesses[1]).arg(guesses[2])));
    QVERIFY(!ask(backoff, u"192.0.2.77"_s).allowed); // the price: an owner whom nobody knows there waits with them
}

/// Many tries at one moment are not one try.
void TestLoginBackoff::permission_isForOneTryAtATime()
{
    LoginBackoff backoff {BackoffPolicy {}};
    fail(backoff, 5, u"203.0.113.7"_s);
    m_clock.advance(1s);
    LoginTry first = tryFrom(u"203.0.113.7"_s);
    LoginTry second = first;
    QVERIFY(backoff.check(first, m_clock.now()).allowed);
    QVERIFY(!backoff.check(second, m_clock.now()).allowed);
    backoff.failed(first, m_clock.now());
    QCOMPARE(ask(backoff, u"203.0.113.7"_s).retryAfter, 2s);

    LoginBackoff strangers {BackoffPolicy {}};
    int looked = 0;
    for (int i = 0; i < 250; ++i) { // all at once, none back yet
        LoginTry one = tryFrom(u"198.51.100.%1"_s.arg(i));
        looked += strangers.check(one, m_clock.now()).allowed;
    }
    QCOMPARE(looked, 20 + 50);
}

void TestLoginBackoff::faultsOfOurs_costNothing()
{
    LoginBackoff backoff {BackoffPolicy {}};
    for (int i = 0; i < 60; ++i)
        fail(backoff, 1, u"198.51.100.%1"_s.arg(i % 20));
    for (int i = 0; i < 500; ++i)
        QVERIFY(ask(backoff, u"192.0.2.%1"_s.arg(i % 100)).allowed); // excused each time
    QVERIFY(signIn(backoff, u"192.0.2.1"_s));
}

void TestLoginBackoff::limitedNow_showsBothRules()
{
    LoginBackoff backoff {BackoffPolicy {}};
    const auto since = m_clock.now();
    fail(backoff, 20, u"203.0.113.7"_s);
    ask(backoff, u"203.0.113.7"_s);
    const auto limited = backoff.limitedNow(since);
    QCOMPARE(limited.size(), 2);
    QCOMPARE(limited[0], (LimitedKey {LoginBackoff::addressRule, u"203.0.113.7 victim@example.org"_s, since, since + 900s, 1}));
    QCOMPARE(limited[1], (LimitedKey {LoginBackoff::accountRule, victim, since, since + 1s, 1}));
    QVERIFY(backoff.unblock(LoginBackoff::accountRule, victim, since));
    QVERIFY(!backoff.unblock(LoginBackoff::accountRule, victim, since));
    QVERIFY(backoff.unblock(LoginBackoff::addressRule, u"203.0.113.7 victim@example.org"_s, since));
    QVERIFY(ask(backoff, u"203.0.113.7"_s).allowed);
}

void TestLoginBackoff::clockGoingBack_lengthensNoWait()
{
    LoginBackoff backoff {BackoffPolicy {}};
    fail(backoff, 20, u"203.0.113.7"_s);
    m_clock.advance(-24h);
    QCOMPARE(ask(backoff, u"203.0.113.7"_s, true).retryAfter, 15min);
    QCOMPARE(ask(backoff, u"203.0.113.7"_s).retryAfter, 1h);
    m_clock.advance(24h);
}

void TestLoginBackoff::disabled_neverWaits()
{
    const auto settings = Settings::load({{SettingSource::File, {}, u"rate_limit.login_backoff"_s, u"false"_s, {}}});
    LoginBackoff backoff {BackoffPolicy::from(*settings)};
    fail(backoff, 100, u"203.0.113.7"_s);
    QVERIFY(ask(backoff, u"203.0.113.7"_s).allowed);
    QVERIFY(backoff.limitedNow(m_clock.now()).isEmpty());
    QVERIFY(BackoffPolicy::from(Settings()).enabled);
}

void TestLoginBackoff::manyAccounts_stayUnderTheBound()
{
    BackoffPolicy policy;
    policy.capacity = 1000;
    LoginBackoff backoff {policy};
    for (int i = 0; i < 20 * 5000; ++i) // so many failures limit the account as well as its pair
        backoff.failed({.address = QHostAddress(u"203.0.113.7"_s), .account = QString::number(i / 20)}, m_clock.now());
    QCOMPARE(backoff.limitedNow(m_clock.now()).size(), 333 + 333);
}

void TestLoginBackoff::manyNetworks_stayUnderTheBound()
{
    BackoffPolicy policy;
    policy.capacity = 1000;
    LoginBackoff backoff {policy};
    const auto from = [this](quint32 network) {
        return LoginTry {.address = QHostAddress(0x0a000000 + (network << 16)), .account = victim};
    };
    for (quint32 i = 0; i < 2 * 5000; ++i)
        backoff.failed(from(i / 2), m_clock.now());
    LoginTry known = from(5000 - 333);
    QVERIFY(!backoff.check(known, m_clock.now()).allowed);
    LoginTry forgotten = from(5000 - 334); // a newcomer again
    QVERIFY(backoff.check(forgotten, m_clock.now()).allowed);
}

void TestLoginBackoff::threads_mayShareIt()
{
    LoginBackoff backoff {BackoffPolicy {}};
    const auto now = m_clock.now();
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                LoginTry own {.address = QHostAddress(quint32(thread)), .account = victim};
                for (int i = 0; i < 100; ++i) {
                    backoff.failed(own, now);
                    backoff.check(own, now);
                    backoff.limitedNow(now);
                }
            });
        }
    }
    QCOMPARE(backoff.limitedNow(now).size(), 5);
}

QTEST_GUILESS_MAIN(TestLoginBackoff)
#include "TestLoginBackoff.moc"
