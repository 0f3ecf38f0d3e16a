#include "core/audit/AuditStore.h"
#include "core/config/Settings.h"
#include "core/ratelimit/RateRule.h"
#include "core/signin/SignInAddresses.h"
#include "tests/support/WorldTest.h"

#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestLoginThrottle : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void signIn_remembersAddresses();
    void signIn_remembersNetworks_data();
    void signIn_remembersNetworks();
    void bruteForce_isRecordedAndTold();
    void exceededRule_isTold();
    void proof_forgetsWhatStrangersDid();

private:
    bool knows(const QString &email, const QString &address);
};

/// Whether a try there is taken for its owner's.
bool TestLoginThrottle::knows(const QString &email, const QString &address)
{
    const auto user = m_world->accounts.findByEmail(email).value();
    return user && SignInAddresses::contains(m_world->database->reader(), user->id, QHostAddress(address)).value();
}

void TestLoginThrottle::signIn_remembersAddresses()
{
    m_world->add(u"ann@example.com"_s);
    m_world->add(u"bob@example.com"_s);
    QVERIFY(!knows(u"ann@example.com"_s, u"192.0.2.7"_s));
    QVERIFY(!m_world->login(u"ann@example.com"_s, u"wrong"_s));
    QVERIFY(!knows(u"ann@example.com"_s, u"192.0.2.7"_s));
    QVERIFY(m_world->login(u"ann@example.com"_s));
    QVERIFY(m_world->login(u"ann@example.com"_s));
    QVERIFY(knows(u"Ann@Example.com "_s, u"192.0.2.7"_s));
    QVERIFY(!knows(u"ann@example.com"_s, u"192.0.2.8"_s));
    QVERIFY(!knows(u"bob@example.com"_s, u"192.0.2.7"_s));
    QVERIFY(!knows(u"nonsense"_s, u"192.0.2.7"_s));
}

void TestLoginThrottle::signIn_remembersNetworks_data()
{
    QTest::addColumn<QString>("noted");
    QTest::addColumn<bool>("asOfOld"); // written whole, as it was before
    QTest::addColumn<QString>("asked");
    QTest::addColumn<bool>("known");
    for (const bool old : {false, true}) {
        const QByteArray how = old ? ", noted whole" : "";
        QTest::newRow("today's privacy address" + how) << u"2001:db8:1:1::aaaa"_s << old << u"2001:db8:1:1::bbbb"_s << true;
        QTest::newRow("a /64 with blocks of zeros" + how) << u"2001:db8::1"_s << old << u"2001:db8:0:0:1:2:3:4"_s << true;
        QTest::newRow("the neighbour's /64" + how) << u"2001:db8:1:1::aaaa"_s << old << u"2001:db8:1:2::aaaa"_s << false;
        QTest::newRow("an address that only begins alike" + how) << u"2001:db8:1:1::aaaa"_s << old << u"2001:db8:1:11::aaaa"_s << false;
        QTest::newRow("IPv4" + how) << u"203.0.113.7"_s << old << u"203.0.113.7"_s << true;
        QTest::newRow("IPv4 inside IPv6" + how) << u"::ffff:203.0.113.7"_s << old << u"203.0.113.7"_s << true;
        QTest::newRow("another IPv4" + how) << u"203.0.113.7"_s << old << u"203.0.113.70"_s << false;
        QTest::newRow("link-local" + how) << u"fe80::1"_s << old << u"fe80::2"_s << true;
        QTest::newRow("no address: a unix socket" + how) << u""_s << old << u""_s << true;
    }
}

void TestLoginThrottle::signIn_remembersNetworks()
{
    QFETCH(QString, noted);
    QFETCH(bool, asOfOld);
    QFETCH(QString, asked);
    m_world->add(u"ann@example.com"_s);
    m_world->client.address = QHostAddress(noted);
    QVERIFY(m_world->login(u"ann@example.com"_s));
    if (asOfOld)
        QVERIFY(m_world->database->write(
            [&](DbConnection &connection) { return connection.run(u"UPDATE sign_in_addresses SET address = ?"_s, {bound(noted)}); }));
    QTEST(knows(u"ann@example.com"_s, asked), "known");
    QVERIFY(!knows(u"bob@example.com"_s, asked));
    m_world->client.address = QHostAddress(asked);
    QVERIFY(m_world->login(u"ann@example.com"_s));
    const auto rows = m_world->database->reader().all(u"SELECT address FROM sign_in_addresses WHERE address = '' OR address LIKE '%/64' OR "
                                                      "address NOT LIKE '%:%'"_s,
                                                      {}, [](const Row &row) { return row.text(0); });
    QVERIFY(rows.value().size() <= 2); // no row a privacy address
}

void TestLoginThrottle::bruteForce_isRecordedAndTold()
{
    const auto ann = m_world->join(u"ann@example.com"_s);
    m_world->throttle.raise(
        {.at = m_clock.now(), .address = u"203.0.113.66"_s, .account = u"ann@example.com"_s, .fromAddress = 51, .atAccount = 60});
    m_world->throttle.raise({.at = m_clock.now(), .address = u"203.0.113.67"_s, .account = u"nobody"_s, .fromAddress = 51, .atAccount = 2});
    QVERIFY(m_world->listener.names().contains(u"brute force from 203.0.113.66"_s));
    QVERIFY(m_world->listener.names().contains(u"brute force from 203.0.113.67"_s));
    const auto recorded = AuditStore::newest(m_world->database->reader(), std::nullopt, audit::bruteForce, 10).value();
    QCOMPARE(recorded.size(), 2);
    const auto &aimed = recorded[0].subject ? recorded[0] : recorded[1];
    QCOMPARE(aimed.subject, ann->user.id);
    QCOMPARE(aimed.address, u"203.0.113.66"_s);
    QCOMPARE(aimed.details.value("denied_at_account"_L1).toInt(), 60);
}

void TestLoginThrottle::exceededRule_isTold()
{
    m_world->throttle.noteExceeded(u"mine"_s, QHostAddress(u"2001:db8:1:2::3"_s), u"ann@example.com"_s, m_clock.now());
    QVERIFY(m_world->listener.names().contains(u"limit exceeded: mine by 2001:db8:1:2::/64"_s));
}

void TestLoginThrottle::proof_forgetsWhatStrangersDid()
{
    CorePolicies policies = quickPolicies;
    policies.rateRules = ownRules(Settings {});
    reopen(policies);
    m_world->add(u"ann@example.com"_s);
    const auto tryFrom = [this](const QString &address) {
        const auto result = m_world->throttle.guard(u"ann@example.com"_s, {.address = QHostAddress(address)}, m_clock.now(),
                                                    [] { return Result<void>(refused(ErrorCode::InvalidCredentials)); });
        return result.error().code;
    };
    for (int i = 0; i < 1000 && tryFrom(u"10.%1.%2.7"_s.arg(i / 250).arg(i % 250)) != ErrorCode::ProofRequired; ++i)
        m_clock.advance(std::chrono::minutes {15});
    QCOMPARE(tryFrom(u"192.0.2.9"_s), ErrorCode::ProofRequired);
    m_world->throttle.noteProven(u" ANN@example.com"_s, {.address = QHostAddress(u"192.0.2.8"_s)}, m_clock.now()); // any spelling
    QCOMPARE(tryFrom(u"192.0.2.9"_s), ErrorCode::InvalidCredentials);
}

QTEST_GUILESS_MAIN(TestLoginThrottle)
#include "TestLoginThrottle.moc"
