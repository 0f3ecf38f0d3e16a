#include "core/ratelimit/LoginBackoff.h"

#include "core/ratelimit/FailureMap.h"
#include "core/ratelimit/LimiterStatistics.h"
#include "tests/support/BackoffTest.h"

#include <QTest>

#include <thread>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestLoginBackoff : public BackoffTest
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
    void clockGoingBack_lengthensNoWait();
    void disabled_neverWaits();
    void manyAccounts_stayUnderTheBound();
    void manyAccounts_hideNobodyWhoIsGuessedMost();
    void manyNetworks_stayUnderTheBound();
    void threads_mayShareIt();
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
    const auto own = backoffWithout();
    LoginBackoff &backoff = *own;
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
    const auto own = backoffWithout();
    LoginBackoff &backoff = *own;
    fail(backoff, 10, u"203.0.113.7"_s);
    QVERIFY(!ask(backoff, u"203.0.113.7"_s).allowed);
    QVERIFY(ask(backoff, u"203.0.113.8"_s).allowed);
    LoginTry other {.address = QHostAddress(u"203.0.113.7"_s), .account = u"other@example.org"_s};
    QVERIFY(backoff.check(other, m_clock.now()).allowed);
}

void TestLoginBackoff::success_forgets()
{
    const auto own = backoffWithout();
    LoginBackoff &backoff = *own;
    fail(backoff, 4, u"203.0.113.7"_s, true);
    QVERIFY(signIn(backoff, u"203.0.113.7"_s, true));
    fail(backoff, 4, u"203.0.113.7"_s, true);
    QVERIFY(ask(backoff, u"203.0.113.7"_s, true).allowed);
}

void TestLoginBackoff::silence_forgets()
{
    const auto own = backoffWithout();
    LoginBackoff &backoff = *own;
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
    const auto own = backoffWithout();
    LoginBackoff &backoff = *own;
    for (int i = 0; i < 1000; ++i)
        fail(backoff, 1, u"198.51.100.%1"_s.arg(i % 250));
    QVERIFY(!ask(backoff, u"198.51.100.1"_s, false).allowed); // who failed before must wait
    QVERIFY(ask(backoff, u"203.0.113.7"_s, true).allowed);    // the victim at home need not
    fail(backoff, 4, u"203.0.113.7"_s, true);                 // and may mistype as ever
    QVERIFY(ask(backoff, u"203.0.113.7"_s, true).allowed);
}

void TestLoginBackoff::aVictimsSuccess_doesNotHelpTheAttacker()
{
    const auto own = backoffWithout();
    LoginBackoff &backoff = *own;
    for (int i = 0; i < 60; ++i)
        fail(backoff, 1, u"198.51.100.%1"_s.arg(i % 20));
    QVERIFY(signIn(backoff, u"203.0.113.7"_s, true));
    QVERIFY(!ask(backoff, u"198.51.100.7"_s).allowed);
    QVERIFY(signIn(backoff, u"192.0.2.1"_s)); // a newcomer with the right password
    QVERIFY(!ask(backoff, u"198.51.100.7"_s).allowed);
}

void TestLoginBackoff::newcomers_areLookedAtUnderAttack()
{
    const auto own = backoffWithout();
    LoginBackoff &backoff = *own;
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
    const auto own = backoffWithoutProof(); // which would end it on the second day
    LoginBackoff &backoff = *own;
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
    const auto own = backoffWithoutProof(); // which would end it on the second day
    LoginBackoff &backoff = *own;
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
    const auto own = backoffWithout();
    LoginBackoff &backoff = *own;
    fail(backoff, 5, u"203.0.113.7"_s);
    m_clock.advance(1s);
    LoginTry first = tryFrom(u"203.0.113.7"_s);
    LoginTry second = first;
    QVERIFY(backoff.check(first, m_clock.now()).allowed);
    QVERIFY(!backoff.check(second, m_clock.now()).allowed);
    backoff.failed(first, m_clock.now());
    QCOMPARE(ask(backoff, u"203.0.113.7"_s).retryAfter, 2s);

    const auto anew = backoffWithout();
    LoginBackoff &strangers = *anew;
    int looked = 0;
    for (int i = 0; i < 250; ++i) { // all at once, none back yet
        LoginTry one = tryFrom(u"198.51.100.%1"_s.arg(i));
        looked += strangers.check(one, m_clock.now()).allowed;
    }
    QCOMPARE(looked, 20 + 50);
}

void TestLoginBackoff::faultsOfOurs_costNothing()
{
    const auto own = backoffWithout();
    LoginBackoff &backoff = *own;
    for (int i = 0; i < 60; ++i)
        fail(backoff, 1, u"198.51.100.%1"_s.arg(i % 20));
    for (int i = 0; i < 500; ++i)
        QVERIFY(ask(backoff, u"192.0.2.%1"_s.arg(i % 100)).allowed); // excused each time
    QVERIFY(signIn(backoff, u"192.0.2.1"_s));
}

void TestLoginBackoff::clockGoingBack_lengthensNoWait()
{
    const auto own = backoffWithout();
    LoginBackoff &backoff = *own;
    fail(backoff, 20, u"203.0.113.7"_s);
    m_clock.advance(-24h);
    QCOMPARE(ask(backoff, u"203.0.113.7"_s, true).retryAfter, 15min);
    QCOMPARE(ask(backoff, u"203.0.113.7"_s).retryAfter, 1h);
    m_clock.advance(15min); // and none lasts longer than was said
    QVERIFY(ask(backoff, u"203.0.113.7"_s, true).allowed);
    m_clock.advance(24h - 15min);
}

void TestLoginBackoff::disabled_neverWaits()
{
    LoginBackoff backoff;
    backoff.setRules(ownRules(*Settings::load({{SettingSource::File, {}, u"rate_limit.enabled"_s, u"false"_s, {}}})));
    fail(backoff, 300, u"203.0.113.7"_s);
    QVERIFY(ask(backoff, u"203.0.113.7"_s).allowed);
    QVERIFY(backoff.waitsToKeep(m_clock.now()).isEmpty());
    LoginBackoff bare;
    fail(bare, 300, u"203.0.113.7"_s);
    QVERIFY(ask(bare, u"203.0.113.7"_s).allowed);
    LoginBackoff proofAlone;
    proofAlone.setRules(ownRules(*Settings::load({{SettingSource::File, {}, u"rate_limit.login_backoff"_s, u"false"_s, {}}})));
    fail(proofAlone, 99, u"203.0.113.7"_s);
    QVERIFY(ask(proofAlone, u"203.0.113.7"_s).allowed);
    fail(proofAlone, 1, u"203.0.113.7"_s);
    QVERIFY(ask(proofAlone, u"203.0.113.7"_s).needsProof);
}

void TestLoginBackoff::manyAccounts_stayUnderTheBound()
{
    const auto own = backoffWithout({}, {.capacity = 1000});
    for (int i = 0; i < 20 * 5000; ++i)
        own->failed({.address = QHostAddress(u"203.0.113.7"_s), .account = QString::number(i / 20)}, m_clock.now());
    QCOMPARE(own->waitsToKeep(m_clock.now()).size(), 200 + 1); // pairs, and the network
}

/// Nor does a flood of accounts at which somebody fails a few times each make the one forgotten that is guessed most.
void TestLoginBackoff::manyAccounts_hideNobodyWhoIsGuessedMost()
{
    const auto own = backoffWithout({}, {.capacity = 1000});
    const auto failAt = [&](const QString &account) {
        return own->failed({.address = QHostAddress(u"203.0.113.7"_s), .account = account}, m_clock.now()).inARow;
    };
    for (int i = 0; i < 60; ++i)
        failAt(victim);
    for (int i = 0; i < 3 * 5000; ++i)
        failAt(QString::number(i / 3));
    QCOMPARE(failAt(victim), 61);
}

/// A flood of others does not make one forgotten that has to wait.
void TestLoginBackoff::manyNetworks_stayUnderTheBound()
{
    const auto own = backoffWithoutProof({.capacity = 1000});
    const auto from = [this](quint32 network) {
        return LoginTry {.address = QHostAddress(0x0a000000 + (network << 16)), .account = victim};
    };
    fail(*own, 20, u"203.0.113.7"_s);
    for (quint32 i = 0; i < 2 * 5000; ++i)
        own->failed(from(i / 2), m_clock.now());
    QCOMPARE(ask(*own, u"203.0.113.7"_s, true).retryAfter, 15min);
    LoginTry remembered = from(4999);
    QVERIFY(!own->check(remembered, m_clock.now()).allowed);
    LoginTry forgotten = from(0); // a newcomer again
    QVERIFY(own->check(forgotten, m_clock.now()).allowed);
}

void TestLoginBackoff::threads_mayShareIt()
{
    const auto shared = backoffWithout();
    LimiterStatistics statistics;
    shared->adopt(statistics);
    const auto now = m_clock.now();
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                LoginTry one {.address = QHostAddress(quint32(thread)), .account = victim};
                for (int i = 0; i < 100; ++i) {
                    shared->failed(one, now);
                    shared->check(one, now);
                    (void)shared->waitsToKeep(now);
                }
            });
        }
    }
    QCOMPARE(shared->waitsToKeep(now).size(), 4 + 1 + 1); // pairs, the account, its row of failures
}

QTEST_GUILESS_MAIN(TestLoginBackoff)
#include "TestLoginBackoff.moc"
