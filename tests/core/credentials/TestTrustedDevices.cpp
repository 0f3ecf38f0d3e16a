#include "core/credentials/TrustedDeviceStore.h"
#include "core/credentials/TrustedDevices.h"
#include "core/storage/Database.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <atomic>
#include <barrier>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::days;

/// Browsers that need no second factor for a while.
class TestTrustedDevices : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void secret_isGoodForItsUserAlone();
    void use_exchangesTheSecret();
    void use_atOnce_hasOneWinner();
    void time_endsTrust_alsoIfUsed();
    void shorterSetting_endsOlderTrust();
    void turnedOff_trustsNobody();
    void user_hasTwenty();

private:
    QByteArray remember(Id user, Seconds life = days {30})
    {
        const TrustedDevices devices(*m_world->database, life);
        return m_world->database
            ->write([&](Transaction &transaction) { return devices.remember(transaction, user, u"Firefox"_s, m_clock.now()); })
            .value();
    }
    Result<QByteArray> rotate(Id user, const QByteArray &secret)
    {
        return m_world->database->write([&](Transaction &transaction) {
            return m_world->core->trustedDevices.rotate(transaction, user, secret, u"Firefox"_s, m_clock.now());
        });
    }
    bool isTrusted(Id user, const QByteArray &secret, Seconds life = days {30})
    {
        return TrustedDevices(*m_world->database, life).isTrusted(user, secret, m_clock.now()).value();
    }
};

void TestTrustedDevices::secret_isGoodForItsUserAlone()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const User bob = m_world->add(u"bob@example.com"_s);
    const QByteArray secret = remember(ann.id);
    QCOMPARE(secret.size(), 43);
    QVERIFY(isTrusted(ann.id, secret));
    QVERIFY(!isTrusted(bob.id, secret));
    for (const QByteArray &other : {""_ba, "x"_ba, secret + '=', QByteArray(43, 'A'), secret.chopped(1)})
        QVERIFY(!isTrusted(ann.id, other));
    QCOMPARE(rotate(bob.id, secret).error().code, ErrorCode::InvalidToken);
    QVERIFY(isTrusted(ann.id, secret));
}

void TestTrustedDevices::use_exchangesTheSecret()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const QByteArray first = remember(ann.id);
    const QByteArray second = rotate(ann.id, first).value();
    QVERIFY(!isTrusted(ann.id, first));
    QVERIFY(isTrusted(ann.id, second));
    QCOMPARE(rotate(ann.id, first).error().code, ErrorCode::InvalidToken);
    QCOMPARE(TrustedDeviceStore::countByUser(m_world->database->reader(), ann.id, m_clock.now()).value(), 1);
}

void TestTrustedDevices::use_atOnce_hasOneWinner()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const QByteArray secret = remember(ann.id);
    std::atomic<int> won {0};
    std::barrier together(16);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            together.arrive_and_wait();
            if (rotate(ann.id, secret))
                ++won;
        });
    threads.clear();
    QCOMPARE(won, 1);
}

/// The second factor that was given there is what counts, not the last visit.
void TestTrustedDevices::time_endsTrust_alsoIfUsed()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    QByteArray secret = remember(ann.id);
    m_clock.advance(days {29});
    secret = rotate(ann.id, secret).value();
    m_clock.advance(days {1} - Milliseconds {1});
    QVERIFY(isTrusted(ann.id, secret));
    m_clock.advance(Milliseconds {1});
    QVERIFY(!isTrusted(ann.id, secret));
    QVERIFY(!rotate(ann.id, secret));
}

void TestTrustedDevices::shorterSetting_endsOlderTrust()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const QByteArray secret = remember(ann.id);
    m_clock.advance(days {7});
    QVERIFY(isTrusted(ann.id, secret, days {8}));
    QVERIFY(!isTrusted(ann.id, secret, days {7}));
}

void TestTrustedDevices::turnedOff_trustsNobody()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const QByteArray secret = remember(ann.id);
    QVERIFY(!isTrusted(ann.id, secret, Seconds {0}));
    QVERIFY(remember(ann.id, Seconds {0}).isEmpty());
}

void TestTrustedDevices::user_hasTwenty()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const QByteArray first = remember(ann.id);
    QByteArray last;
    for (int i = 0; i < 25; ++i) {
        m_clock.advance(Milliseconds {1});
        last = remember(ann.id);
    }
    QCOMPARE(TrustedDeviceStore::countByUser(m_world->database->reader(), ann.id, m_clock.now()).value(), 20);
    QVERIFY(!isTrusted(ann.id, first));
    QVERIFY(isTrusted(ann.id, last));
}

QTEST_GUILESS_MAIN(TestTrustedDevices)
#include "TestTrustedDevices.moc"
