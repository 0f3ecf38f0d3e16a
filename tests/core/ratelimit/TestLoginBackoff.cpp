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
    void limitedNow_showsBothRules();
    void clockGoingBack_lengthensNoWait();
    void disabled_neverWaits();
    void manyAccounts_stayUnderTheBound();
    void threads_mayShareIt();

private:
    void fail(LoginBackoff &backoff, int times, const QString &address, bool known = false)
    {
        for (int i = 0; i < times; ++i)
            backoff.failed(QHostAddress(address), victim, known, m_clock.now());
    }
    RateDecision ask(LoginBackoff &backoff, const QString &address, bool known = false)
    {
        return backoff.check(QHostAddress(address), victim, known, m_clock.now());
    }

    const QString victim = u"victim@example.org"_s;
    test::FakeClock m_clock;
};

void TestLoginBackoff::waitAfter_doubles_data()
{
    QTest::addColumn<int>("failures");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("none")              << 0 << qint64(0);
    QTest::newRow("the last free one") << 4 << qint64(0);
    QTest::newRow("the fifth")         << 5 << qint64(1);
    QTest::newRow("the sixth")         << 6 << qint64(2);
    QTest::newRow("the eighth")        << 8 << qint64(8);
    QTest::newRow("the fourteenth")    << 14 << qint64(512);
    QTest::newRow("the longest")       << 15 << qint64(900);
    QTest::newRow("a million")         << 1'000'000 << qint64(900);
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
    QCOMPARE(denied.retryAfterHeader(), "1"_ba);
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
    QVERIFY(backoff.check(QHostAddress(u"203.0.113.7"_s), u"other@example.org"_s, false, m_clock.now()).allowed);
}

void TestLoginBackoff::success_forgets()
{
    LoginBackoff backoff {BackoffPolicy {}};
    fail(backoff, 4, u"203.0.113.7"_s, true);
    backoff.succeeded(QHostAddress(u"203.0.113.7"_s), victim, true, m_clock.now());
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
    QVERIFY(!ask(backoff, u"192.0.2.1"_s, false).allowed);  // anybody from anywhere new must wait
    QVERIFY(ask(backoff, u"203.0.113.7"_s, true).allowed);  // the victim at home need not
    fail(backoff, 4, u"203.0.113.7"_s, true);               // and may mistype as ever
    QVERIFY(ask(backoff, u"203.0.113.7"_s, true).allowed);
}

void TestLoginBackoff::aVictimsSuccess_doesNotHelpTheAttacker()
{
    LoginBackoff backoff {BackoffPolicy {}};
    for (int i = 0; i < 30; ++i)
        fail(backoff, 1, u"198.51.100.%1"_s.arg(i));
    backoff.succeeded(QHostAddress(u"203.0.113.7"_s), victim, true, m_clock.now());
    QVERIFY(!ask(backoff, u"198.51.100.77"_s).allowed);
    backoff.succeeded(QHostAddress(u"192.0.2.1"_s), victim, false, m_clock.now());
    QVERIFY(ask(backoff, u"198.51.100.77"_s).allowed);
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
    QVERIFY(ask(backoff, u"192.0.2.1"_s).allowed);
    QVERIFY(!backoff.unblock(LoginBackoff::accountRule, victim, since));
    QCOMPARE(backoff.unblockAll(since), 1);
    QVERIFY(ask(backoff, u"203.0.113.7"_s).allowed);
}

void TestLoginBackoff::clockGoingBack_lengthensNoWait()
{
    LoginBackoff backoff {BackoffPolicy {}};
    fail(backoff, 20, u"203.0.113.7"_s);
    m_clock.advance(-24h);
    QCOMPARE(ask(backoff, u"203.0.113.7"_s).retryAfter, 15min);
    m_clock.advance(24h);
}

void TestLoginBackoff::disabled_neverWaits()
{
    const auto settings = Settings::load({{SettingSource::File, {}, u"rate_limit.login_backoff"_s, u"false"_s, {}}});
    LoginBackoff backoff {backoffPolicyFrom(*settings)};
    fail(backoff, 100, u"203.0.113.7"_s);
    QVERIFY(ask(backoff, u"203.0.113.7"_s).allowed);
    QCOMPARE(backoff.size(), size_t(0));
    QVERIFY(backoffPolicyFrom(Settings()).enabled);
}

void TestLoginBackoff::manyAccounts_stayUnderTheBound()
{
    BackoffPolicy policy;
    policy.capacity = 1000;
    LoginBackoff backoff {policy};
    for (int i = 0; i < 100'000; ++i)
        backoff.failed(QHostAddress(u"203.0.113.7"_s), QString::number(i), false, m_clock.now());
    QCOMPARE(backoff.size(), size_t(1000));
}

void TestLoginBackoff::threads_mayShareIt()
{
    LoginBackoff backoff {BackoffPolicy {}};
    const auto now = m_clock.now();
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                const QHostAddress own {quint32(thread)};
                for (int i = 0; i < 100; ++i) {
                    backoff.failed(own, victim, false, now);
                    backoff.check(own, victim, false, now);
                    backoff.limitedNow(now);
                }
            });
        }
    }
    QCOMPARE(backoff.limitedNow(now).size(), 5);
}

QTEST_GUILESS_MAIN(TestLoginBackoff)
#include "TestLoginBackoff.moc"
