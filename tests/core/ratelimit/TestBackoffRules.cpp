#include "core/ratelimit/LoginBackoff.h"

#include "core/ratelimit/LimiterStatistics.h"
#include "tests/support/BackoffTest.h"

#include <QTest>

#include <algorithm>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestBackoffRules : public BackoffTest
{
    Q_OBJECT
private Q_SLOTS:
    void strangersInARow_needAProof();
    void strangersAtOnce_areNotMoreThanTheRuleSays();
    void proof_startsAnew();
    void silenceOfAWeek_startsAnew();
    void knownDevice_isItsOwn();
    void manyAccounts_holdTheNetworkBack_data();
    void manyAccounts_holdTheNetworkBack();
    void manyAccountsAtOnce_areNotMoreThanTheRuleSays();
    void oneAccount_isNoStuffing();
    void codes_countApart();
    void codesAtOnce_areNotMoreThanTheRuleSays();
    void exemptNetwork_neverWaits();
    void statistics_countEveryDecision();
    void heldBack_showsBothRules();
    void unblock_letsGoOn();
    void unblock_findsADeviceThatMoved();
    void editedRule_holdsFromNowOn();
    void longWaits_outliveARestart();
};

/// A botnet that is patient, and new addresses for each try: an account's password is looked at a hundred times, however long they wait.
void TestBackoffRules::strangersInARow_needAProof()
{
    const auto own = backoffWithout();
    int looked = 0;
    for (int tick = 0; tick < 6 * 24 * 60; ++tick, m_clock.advance(1min))
        looked += guess(*own, u"10.%1.%2.9"_s.arg(tick / 250).arg(tick % 250));
    QCOMPARE(looked, 100);
    const auto denied = ask(*own, u"192.0.2.77"_s);
    QVERIFY(!denied.allowed);
    QVERIFY(denied.needsProof);
    QCOMPARE(denied.rule, LoginBackoff::proofRule);
    QVERIFY(ask(*own, u"203.0.113.7"_s, true).allowed); // at home nothing has happened
    QVERIFY(signIn(*own, u"203.0.113.7"_s, true));
    QVERIFY(ask(*own, u"192.0.2.77"_s).needsProof); // which does not help strangers
}

void TestBackoffRules::strangersAtOnce_areNotMoreThanTheRuleSays()
{
    const auto own = backoffWithout({LoginBackoff::accountRule, LoginBackoff::addressRule});
    QList<LoginTry> tries;
    for (int i = 0; i < 250; ++i) {
        LoginTry one = tryFrom(u"10.0.%1.9"_s.arg(i));
        const auto decision = own->check(one, m_clock.now());
        QVERIFY(!decision.needsProof); // none has failed yet
        if (decision.allowed)
            tries += one;
    }
    QCOMPARE(tries.size(), 100);
    for (qsizetype i = 0; i < tries.size(); ++i)
        QCOMPARE(own->failed(tries[i], m_clock.now()).inARow, i + 1);
    QVERIFY(ask(*own, u"192.0.2.77"_s).needsProof);
}

void TestBackoffRules::proof_startsAnew()
{
    const auto own = backoffWithout();
    for (int i = 0; i < 150; ++i)
        fail(*own, 1, u"10.0.%1.9"_s.arg(i));
    QVERIFY(ask(*own, u"192.0.2.77"_s).needsProof);
    own->proven(victim, m_clock.now());
    QVERIFY(ask(*own, u"192.0.2.77"_s).allowed);
    fail(*own, 99, u"198.51.100.1"_s);
    QVERIFY(!ask(*own, u"192.0.2.78"_s).needsProof);
    fail(*own, 1, u"198.51.100.1"_s);
    QVERIFY(ask(*own, u"192.0.2.78"_s).needsProof);
}

void TestBackoffRules::silenceOfAWeek_startsAnew()
{
    const auto own = backoffWithout();
    fail(*own, 100, u"198.51.100.1"_s);
    const auto denied = ask(*own, u"192.0.2.77"_s);
    QVERIFY(denied.needsProof);
    QCOMPARE(denied.retryAfter, std::chrono::days {7});
    m_clock.advance(std::chrono::days {7} - 1ms);
    QVERIFY(ask(*own, u"192.0.2.77"_s).needsProof);
    m_clock.advance(1ms);
    QVERIFY(ask(*own, u"192.0.2.77"_s).allowed);
}

/// Whoever stole its cookie guesses for that browser alone, wherever they are.
void TestBackoffRules::knownDevice_isItsOwn()
{
    const auto own = backoffWithout();
    fail(*own, 150, u"198.51.100.1"_s);
    LoginTry phone = tryFrom(u"198.51.100.1"_s);
    phone.device = "phone";
    const auto isLookedAt = [&](LoginTry one) {
        const bool looked = own->check(one, m_clock.now()).allowed;
        if (looked)
            own->excused(one, m_clock.now());
        return looked;
    };
    QVERIFY(isLookedAt(phone)); // by a stranger's address that waits
    for (int i = 0; i < 5; ++i)
        QCOMPARE(own->failed(phone, m_clock.now()), LoginFailure {});
    QVERIFY(!isLookedAt(phone));
    LoginTry elsewhere = phone;
    elsewhere.address = QHostAddress(u"203.0.113.99"_s);
    QVERIFY(!isLookedAt(elsewhere));
    LoginTry laptop = phone;
    laptop.device = "laptop";
    QVERIFY(isLookedAt(laptop));
    own->succeeded(phone, m_clock.now() + 1s);
    QVERIFY(isLookedAt(elsewhere));
}

void TestBackoffRules::manyAccounts_holdTheNetworkBack_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("beside");
    QTest::addColumn<QString>("network");
    QTest::newRow("one IPv4 address") << u"203.0.113.7"_s << u"203.0.113.9"_s << u"203.0.113.0/24"_s;
    QTest::newRow("a /24") << u"203.0.113.%1"_s << u"203.0.113.99"_s << u"203.0.113.0/24"_s;
    QTest::newRow("a /48") << u"2001:db8:1:%1::1"_s << u"2001:db8:1:ffff::1"_s << u"2001:db8:1::/48"_s;
}

void TestBackoffRules::manyAccounts_holdTheNetworkBack()
{
    QFETCH(QString, pattern);
    QFETCH(QString, beside);
    QFETCH(QString, network);
    const auto own = backoffWithout();
    LoginFailure last;
    for (int i = 0; i < 30; ++i) {
        QVERIFY(ask(*own, beside).allowed);
        LoginTry one = tryFrom(pattern.contains(u'%') ? pattern.arg(i) : pattern);
        one.account = u"user%1@example.com"_s.arg(i);
        QVERIFY(own->check(one, m_clock.now()).allowed);
        last = own->failed(one, m_clock.now());
        QCOMPARE(last.accounts, i < 29 ? 0 : 30);
    }
    QCOMPARE(last.network, network);
    const auto denied = ask(*own, beside);
    QCOMPARE(denied.rule, LoginBackoff::stuffingRule);
    QCOMPARE(denied.retryAfter, 1h);
    QVERIFY(ask(*own, beside, true).allowed); // who lives there
    QVERIFY(ask(*own, u"192.0.2.1"_s).allowed);
    m_clock.advance(1h);
    QVERIFY(ask(*own, beside).allowed);
}

void TestBackoffRules::manyAccountsAtOnce_areNotMoreThanTheRuleSays()
{
    const auto own = backoffWithout();
    int looked = 0;
    for (int i = 0; i < 200; ++i) { // all at once, none back yet
        LoginTry one = tryFrom(u"203.0.113.7"_s);
        one.account = u"user%1@example.com"_s.arg(i);
        looked += own->check(one, m_clock.now()).allowed;
    }
    QCOMPARE(looked, 30);
}

void TestBackoffRules::oneAccount_isNoStuffing()
{
    const auto own = backoffWithout();
    LoginFailure last;
    for (int i = 0; i < 60; ++i)
        last = own->failed(tryFrom(u"203.0.113.7"_s), m_clock.now());
    QCOMPARE(last.accounts, 0);
    LoginTry other = tryFrom(u"203.0.113.7"_s);
    other.account = u"other@example.org"_s;
    QVERIFY(own->check(other, m_clock.now()).allowed);
}

void TestBackoffRules::codesAtOnce_areNotMoreThanTheRuleSays()
{
    const auto own = backoffWithout();
    int looked = 0;
    for (int i = 0; i < 50; ++i) { // of several sign-ins, none back yet
        LoginTry code {.address = {}, .account = victim, .secret = TriedSecret::AppCode};
        looked += own->check(code, m_clock.now()).allowed;
    }
    QCOMPARE(looked, 11); // ten are free, and the next one makes wait
}

void TestBackoffRules::codes_countApart()
{
    const auto own = backoffWithout();
    LoginTry code {.address = {}, .account = victim, .secret = TriedSecret::AppCode};
    for (int i = 0; i < 11; ++i)
        QCOMPARE(own->failed(code, m_clock.now()), LoginFailure {.inARow = i + 1});
    const auto denied = own->check(code, m_clock.now());
    QCOMPARE(denied.rule, mfaBackoffRule);
    QCOMPARE(denied.retryAfter, 1s);
    LoginTry ofMail = code;
    ofMail.secret = TriedSecret::MailCode;
    QVERIFY(own->check(ofMail, m_clock.now()).allowed);
    QVERIFY(ask(*own, u"203.0.113.7"_s).allowed); // nor do passwords wait
    own->succeeded(code, m_clock.now());
    QVERIFY(own->check(code, m_clock.now()).allowed);
}

void TestBackoffRules::exemptNetwork_neverWaits()
{
    const auto own = backoffWithout();
    own->setNetworks(NetworkTable(QList<NetworkRule> {NetworkRule {.id = {},
                                                                   .network = u"203.0.113.0/24"_s,
                                                                   .standing = NetworkStanding::Exempt,
                                                                   .until = m_clock.now() + 1h,
                                                                   .createdAt = m_clock.now()}}));
    for (int i = 0; i < 300; ++i)
        QVERIFY(guess(*own, u"203.0.113.7"_s));
    QVERIFY(!ask(*own, u"192.0.2.77"_s).needsProof); // nor counted for others
    m_clock.advance(1h);
    for (int i = 0; i < 5; ++i)
        QVERIFY(guess(*own, u"203.0.113.7"_s));
    QVERIFY(!guess(*own, u"203.0.113.7"_s));
}

void TestBackoffRules::statistics_countEveryDecision()
{
    const auto own = backoffWithout();
    LimiterStatistics statistics;
    own->adopt(statistics);
    int looked = 0;
    for (int i = 0; i < 12; ++i)
        looked += guess(*own, u"203.0.113.7"_s);
    QCOMPARE(looked, 5);
    QCOMPARE(statistics.allowed(LoginBackoff::addressRule), 5);
    QCOMPARE(statistics.denials(LoginBackoff::addressRule), 7);
    QCOMPARE(statistics.allowed(LoginBackoff::accountRule), 5);
    QCOMPARE(statistics.denials(LoginBackoff::accountRule), 0);
    QCOMPARE(statistics.allowed(LoginBackoff::proofRule), 5);
    QCOMPARE(statistics.allowed(LoginBackoff::stuffingRule), 5);
    QCOMPARE(statistics.allowed(mfaBackoffRule), 0);
    QVERIFY(signIn(*own, u"192.0.2.1"_s, true));
    QCOMPARE(statistics.allowed(LoginBackoff::addressRule), 6);
    QCOMPARE(statistics.allowed(LoginBackoff::accountRule), 5); // which does not look at who is known
}

void TestBackoffRules::heldBack_showsBothRules()
{
    const auto own = backoffWithout();
    LimiterStatistics statistics;
    own->adopt(statistics);
    const auto now = m_clock.now();
    fail(*own, 20, u"203.0.113.7"_s);
    ask(*own, u"203.0.113.7"_s);
    const auto held = statistics.heldBack(0s, now);
    QCOMPARE(held.size(), 2);
    QCOMPARE(held[0], (HeldBack {.address = u"203.0.113.7"_s,
                                 .account = victim,
                                 .rules = {LoginBackoff::addressRule},
                                 .since = now,
                                 .until = now + 900s,
                                 .denials = 1,
                                 .signIns = 1,
                                 .tried = {victim},
                                 .accounts = 1}));
    QCOMPARE(held[1].address, QString());
    QCOMPARE(held[1].account, victim);
    QCOMPARE(held[1].rules, QStringList {LoginBackoff::accountRule});
    QCOMPARE(held[1].until, now + 1s);
}

void TestBackoffRules::unblock_letsGoOn()
{
    const auto own = backoffWithout();
    LimiterStatistics statistics;
    own->adopt(statistics);
    fail(*own, 150, u"203.0.113.7"_s);
    QVERIFY(ask(*own, u"203.0.113.7"_s).needsProof);
    QVERIFY(!own->unblock(u"203.0.113.8"_s, {}, m_clock.now()));
    QVERIFY(own->unblock(u"203.0.113.7"_s, victim, m_clock.now()));
    QVERIFY(ask(*own, u"203.0.113.7"_s).allowed);
    QVERIFY(!own->unblock(u"203.0.113.7"_s, victim, m_clock.now()));
    for (int i = 0; i < 30; ++i)
        own->failed({.address = QHostAddress(u"2001:db8:1:2::3"_s), .account = QString::number(i)}, m_clock.now());
    QVERIFY(!ask(*own, u"2001:db8:1:2::3"_s).allowed);
    QVERIFY(own->unblock(u"2001:db8:1::/48"_s, {}, m_clock.now()));
    QVERIFY(ask(*own, u"2001:db8:1:2::3"_s).allowed);
}

/// The row shows where it was denied last, and not where it failed.
void TestBackoffRules::unblock_findsADeviceThatMoved()
{
    const auto own = backoffWithout();
    LimiterStatistics statistics;
    own->adopt(statistics);
    LoginTry phone = tryFrom(u"203.0.113.7"_s);
    phone.device = "phone";
    for (int i = 0; i < 10; ++i)
        own->failed(phone, m_clock.now());
    phone.address = QHostAddress(u"198.51.100.1"_s);
    QVERIFY(!own->check(phone, m_clock.now()).allowed);
    const auto held = statistics.heldBack(0s, m_clock.now());
    QCOMPARE(held.size(), 1);
    QCOMPARE(held[0].address, u"198.51.100.1"_s);
    QVERIFY(!own->unblock(held[0].address, u"somebody@else.org"_s, m_clock.now()));
    QVERIFY(own->unblock(held[0].address, held[0].account, m_clock.now()));
    QVERIFY(own->check(phone, m_clock.now()).allowed);
}

void TestBackoffRules::editedRule_holdsFromNowOn()
{
    const auto own = backoffWithout();
    fail(*own, 8, u"203.0.113.7"_s);
    QVERIFY(!ask(*own, u"203.0.113.7"_s).allowed);
    QList<RateRule> rules = ownRules(Settings());
    const auto edited = std::ranges::find(rules, QString(LoginBackoff::addressRule), &RateRule::name);
    edited->longest = 3s;
    own->setRules(rules);
    QCOMPARE(ask(*own, u"203.0.113.7"_s).retryAfter, 3s); // the count stays
    edited->rate.amount = 20;
    own->setRules(rules);
    m_clock.advance(8s);
    fail(*own, 1, u"203.0.113.7"_s);
    QVERIFY(ask(*own, u"203.0.113.7"_s).allowed);
    edited->enabled = false;
    own->setRules(rules);
    fail(*own, 15, u"203.0.113.7"_s);
    QVERIFY(ask(*own, u"203.0.113.7"_s, true).allowed);
}

void TestBackoffRules::longWaits_outliveARestart()
{
    const auto before = backoffWithout();
    LoginTry phone = tryFrom(u"192.0.2.50"_s);
    phone.device = "phone";
    const LoginTry code {.address = {}, .account = victim, .secret = TriedSecret::AppCode};
    fail(*before, 60, u"203.0.113.7"_s);
    for (int i = 0; i < 20; ++i) {
        before->failed(phone, m_clock.now());
        before->failed(code, m_clock.now());
    }
    for (int i = 0; i < 30; ++i)
        before->failed({.address = QHostAddress(u"198.51.100.7"_s), .account = QString::number(i)}, m_clock.now());
    fail(*before, 5, u"192.0.2.1"_s); // one second: not worth a row
    const auto kept = before->waitsToKeep(m_clock.now());
    QCOMPARE(kept.size(), 6); // the pair, the browser, the account, its row of failures, the code, the network

    const auto after = backoffWithout();
    LimiterStatistics statistics;
    after->adopt(statistics);
    after->restore(kept, m_clock.now());
    QCOMPARE(after->waitsToKeep(m_clock.now()).size(), 6);
    QCOMPARE(ask(*after, u"203.0.113.7"_s, true).retryAfter, 15min);
    QCOMPARE(after->check(phone, m_clock.now()).retryAfter, 15min);
    LoginTry again = code;
    QVERIFY(!after->check(again, m_clock.now()).allowed);
    QCOMPARE(ask(*after, u"198.51.100.8"_s).rule, LoginBackoff::stuffingRule);
    QVERIFY(ask(*after, u"192.0.2.1"_s).allowed);
    QCOMPARE(after->failed(tryFrom(u"192.0.2.2"_s), m_clock.now()).inARow, 66);
    const auto held = statistics.heldBack(0s, m_clock.now());
    QVERIFY(std::ranges::contains(held, u"198.51.100.0/24"_s, &HeldBack::address));
    QVERIFY(std::ranges::contains(held, u"192.0.2.50"_s, &HeldBack::address));
    m_clock.advance(2h);
    const auto late = backoffWithout();
    late->restore(kept, m_clock.now());
    QVERIFY(ask(*late, u"203.0.113.7"_s, true).allowed);
    QCOMPARE(late->failed(tryFrom(u"192.0.2.2"_s), m_clock.now()).inARow, 66);
}

QTEST_GUILESS_MAIN(TestBackoffRules)
#include "TestBackoffRules.moc"
