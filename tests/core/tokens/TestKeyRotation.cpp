#include "core/crypto/Jwt.h"
#include "core/storage/DbConnection.h"
#include "core/tokens/KeyStore.h"
#include "tests/support/LogCapture.h"
#include "tests/support/WorldTest.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

CorePolicies under(const TokenPolicy &tokens, const SessionPolicy &sessions = {}, const KeySchedule &schedule = {})
{
    return {.hashing = quickHashing, .tokens = tokens, .keys = schedule, .sessions = sessions};
}

} // namespace

/// The ring over months: who signs, who verifies, who is gone, as housekeeping would bring it about.
class TestKeyRotation : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void dueKeys_areReplacedOnce_data();
    void dueKeys_areReplacedOnce();
    void nothingDue_changesNothing_data();
    void nothingDue_changesNothing();
    void aServerThatWasOff_catchesUpOnce();
    void anotherSchedule_isInForceAtOnce();
    void aRotationByHand_countsAsOne();
    void aClockThatWentFarAhead_rotatesOnce();
    void aYoungStandby_isWaitedFor();
    void aRotationByHand_waitsForNothing_data();
    void aRotationByHand_waitsForNothing();
    void aMissingStandby_isMadeAndWaitedFor();
    void twoThatFindItDue_rotateOnce();
    void theJwks_goesAlong();
    void theLastAccessToken_diesWithItsKey_data();
    void theLastAccessToken_diesWithItsKey();
    void theLastRefreshToken_diesWithItsKey_data();
    void theLastRefreshToken_diesWithItsKey();
    void spentKeys_leave_data();
    void spentKeys_leave();
    void spentKeys_mayStayForGood();
    void aRevokedRefreshKey_staysWhileSessionsHoldItsTokens();
    void keysInUse_areNotRemoved();

private:
    /// What the minute run of a server does.
    Result<void> run()
    {
        return m_world->keys.rotateDue(m_clock.now()).and_then([this] { return m_world->sessions.removeSpentKeys(m_clock.now()); });
    }
    QString current(KeyPurpose purpose = KeyPurpose::Access) const { return m_world->keys.ring()->current(purpose).kid; }
    QString standby() const { return std::ranges::find(m_world->keys.ring()->keys, KeyState::Standby, &SigningKey::state)->kid; }
    std::optional<SigningKey> find(const QString &kid) const
    {
        const auto ring = m_world->keys.ring();
        const auto found = std::ranges::find(ring->keys, kid, &SigningKey::kid);
        return found == ring->keys.cend() ? std::nullopt : std::optional(*found);
    }
    QStringList published() const
    {
        QStringList kids;
        for (const auto &key : m_world->keys.ring()->jwks(m_clock.now()).value("keys"_L1).toArray())
            kids += key["kid"_L1].toString();
        return kids;
    }
    qint64 recorded(const QString &type, const QString &kid = u""_s) const
    {
        return m_world->database->reader()
            .one(u"SELECT count(*) FROM audit_events WHERE type = ? AND actor = 'system' AND details LIKE '%' || ? || '%'"_s, {type, kid},
                 [](const Row &row) { return row.integer(0); })
            ->value_or(-1);
    }
    /// Rotations that the schedule brought: not the three of the first start.
    qint64 rotations() const { return recorded(u"key_rotated"_s) - 3; }
};

void TestKeyRotation::dueKeys_areReplacedOnce_data()
{
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::newRow("access") << KeyPurpose::Access;
    QTest::newRow("refresh") << KeyPurpose::Refresh;
}

void TestKeyRotation::dueKeys_areReplacedOnce()
{
    QFETCH(KeyPurpose, purpose);
    const bool isAccess = purpose == KeyPurpose::Access;
    reopen(under({}, {}, {.accessRotation = days {isAccess ? 90 : 0}, .refreshRotation = days {isAccess ? 0 : 90}, .csrfRotation = 0ms}));
    const QString first = current(purpose);
    const QString next = standby();
    const QString other = current(isAccess ? KeyPurpose::Refresh : KeyPurpose::Access);
    QCOMPARE(m_world->keys.rotatesAt(*find(first)), m_clock.now() + days {90});
    QCOMPARE(m_world->keys.rotatesAt(*find(other)), std::nullopt);
    QCOMPARE(m_world->keys.rotatesAt(*find(next)), std::nullopt);
    m_clock.advance(days {90} - 1ms);
    QVERIFY(run());
    QCOMPARE(current(purpose), first);
    m_clock.advance(1ms);
    const LogCapture log;
    for (int minute = 0; minute < 3; ++minute) {
        QVERIFY(run());
        QVERIFY(current(purpose) != first);
        QCOMPARE(current() == next, isAccess);
        QCOMPARE(current(isAccess ? KeyPurpose::Refresh : KeyPurpose::Access), other);
        QCOMPARE(rotations(), 1);
        m_clock.advance(1min);
    }
    QCOMPARE(find(first)->state, KeyState::Retiring);
    QCOMPARE(recorded(u"key_rotated"_s, current(purpose)), 1);
    QCOMPARE(log.text().count("key_rotated"), 1);
    QVERIFY(log.text().contains(current(purpose).toLatin1()));
    const QString kid = current(purpose);
    reopen(); // it was on disk
    QCOMPARE(current(purpose), kid);
}

void TestKeyRotation::nothingDue_changesNothing_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::newRow("ES256") << SignatureAlgorithm::ES256;
    QTest::newRow("HS256, without a standby") << SignatureAlgorithm::HS256;
}

/// A new ring each minute would forget every token that was checked, and wake every window.
void TestKeyRotation::nothingDue_changesNothing()
{
    QFETCH(SignatureAlgorithm, algorithm);
    reopen(under({.algorithm = algorithm}));
    const quint64 number = m_world->keys.ring()->number;
    const auto told = m_world->listener.told().size();
    m_clock.advance(1min);
    QVERIFY(run());
    QCOMPARE(m_world->keys.ring()->number, number);
    QCOMPARE(m_world->listener.told().size(), told);
    m_clock.advance(days {90});
    QVERIFY(run());
    QCOMPARE(rotations(), 3);
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).material->algorithm(), algorithm);
}

void TestKeyRotation::aServerThatWasOff_catchesUpOnce()
{
    const QString first = current();
    const QString firstRefresh = current(KeyPurpose::Refresh);
    m_world.reset();
    m_clock.advance(days {1000});
    reopen();
    QCOMPARE(current(), first); // a start serves at once
    for (int minute = 0; minute < 5; ++minute) {
        QVERIFY(run());
        m_clock.advance(1min);
        reopen();
    }
    QCOMPARE(rotations(), 3); // one of each purpose
    QVERIFY(current() != first && current(KeyPurpose::Refresh) != firstRefresh);
    QCOMPARE(m_world->keys.rotatesAt(*find(current())), m_clock.now() - 5min + days {90});
}

void TestKeyRotation::anotherSchedule_isInForceAtOnce()
{
    SigningKeys &keys = m_world->keys;
    const auto current = [&keys] { return keys.ring()->current(KeyPurpose::Access); };
    const QString kid = current().kid;
    m_clock.advance(std::chrono::days {10});
    QVERIFY(run());
    QCOMPARE(current().kid, kid);
    keys.setSchedule({.accessRotation = std::chrono::days {7}});
    QVERIFY(keys.rotatesAt(current()).value() <= m_clock.now());
    QVERIFY(run());
    QVERIFY(current().kid != kid);
    keys.setSchedule({.accessRotation = Milliseconds {0}});
    QCOMPARE(keys.rotatesAt(current()), std::nullopt);
}

void TestKeyRotation::aRotationByHand_countsAsOne()
{
    m_clock.advance(days {80});
    QVERIFY(m_world->keys.rotate(KeyPurpose::Access, u"console"_s, m_clock.now()));
    const QString kid = current();
    m_clock.advance(days {90} - 1ms);
    QVERIFY(run());
    QCOMPARE(current(), kid);
    m_clock.advance(1ms);
    QVERIFY(run());
    QVERIFY(current() != kid);
}

void TestKeyRotation::aClockThatWentFarAhead_rotatesOnce()
{
    for (int jump = 0; jump < 4; ++jump) {
        m_clock.advance(days {3650});
        for (int minute = 0; minute < 10; ++minute) {
            QVERIFY(run());
            m_clock.advance(1min);
        }
        m_clock.advance(-days {3650} - 10min);
        for (int minute = 0; minute < 10; ++minute) {
            QVERIFY(run());
            m_clock.advance(1min);
        }
        m_clock.advance(-10min);
        QCOMPARE(rotations(), 3);
    }
    const auto pair = m_world->join(u"ann@example.com"_s); // and it serves on
    QVERIFY(m_world->isGood(pair->accessToken));
    QVERIFY(m_world->refresh(pair->refreshToken));
}

void TestKeyRotation::aYoungStandby_isWaitedFor()
{
    m_clock.advance(days {90} - 1min);
    const QString first = current();
    QVERIFY(m_world->keys.revoke(standby(), u"console"_s, m_clock.now()));
    const QString next = standby();
    const TimePoint ripe = m_clock.now() + KeySchedule::standbyAge;
    QCOMPARE(m_world->keys.rotatesAt(*find(first)), ripe);
    while (m_clock.now() < ripe) {
        QVERIFY(run());
        QCOMPARE(current(), first);
        QVERIFY(published().contains(next));
        m_clock.advance(std::min<Milliseconds>(1min - 1ms, ripe - m_clock.now()));
    }
    QVERIFY(run());
    QCOMPARE(current(), next);
}

void TestKeyRotation::aRotationByHand_waitsForNothing_data()
{
    QTest::addColumn<bool>("revoke");
    QTest::newRow("rotate") << false;
    QTest::newRow("revoke") << true;
}

void TestKeyRotation::aRotationByHand_waitsForNothing()
{
    QFETCH(bool, revoke);
    for (int round = 0; round < 3; ++round) {
        const QString first = current();
        const QString next = standby(); // made just now
        if (revoke)
            QVERIFY(m_world->keys.revoke(first, u"console"_s, m_clock.now()));
        else
            QVERIFY(m_world->keys.rotate(KeyPurpose::Access, u"console"_s, m_clock.now()));
        QCOMPARE(current(), next);
        QCOMPARE(published().contains(first), !revoke);
    }
}

void TestKeyRotation::aMissingStandby_isMadeAndWaitedFor()
{
    QVERIFY(m_world->database->write(
        [](DbConnection &connection) { return connection.run(u"DELETE FROM signing_keys WHERE state = 'standby'"_s); }));
    QVERIFY(m_world->keys.open());
    const QString first = current();
    m_clock.advance(days {100});
    QVERIFY(run());
    QCOMPARE(current(), first);
    const QString next = standby();
    m_clock.advance(KeySchedule::standbyAge);
    QVERIFY(run());
    QCOMPARE(current(), next);
}

/// One who looked before the other was done.
void TestKeyRotation::twoThatFindItDue_rotateOnce()
{
    m_clock.advance(days {90});
    const TimePoint now = m_clock.now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([this, now] { (void)m_world->keys.rotateDue(now); });
    }
    QCOMPARE(rotations(), 3);
    SigningKeys late(*m_world->database, m_world->sealer, {}, {.accessRotation = days {1}}, days {14}, m_world->listener);
    QVERIFY(late.open()); // this ring is old when the other has rotated by hand
    m_clock.advance(days {2});
    QVERIFY(m_world->keys.rotate(KeyPurpose::Access, u"console"_s, m_clock.now()));
    const QString kid = current();
    QVERIFY(late.rotateDue(m_clock.now()));
    QCOMPARE(rotations(), 3);
    QVERIFY(m_world->keys.open());
    QCOMPARE(current(), kid);
}

void TestKeyRotation::theJwks_goesAlong()
{
    const QString first = current();
    const QString second = standby();
    QCOMPARE(published(), (QStringList {first, second}));
    m_clock.advance(days {90});
    QCOMPARE(published(), (QStringList {first, second}));
    QVERIFY(run());
    const QString third = standby();
    QVERIFY(third != first && third != second);
    const auto isPublished = [this, &second](const QStringList &others) {
        QStringList kids = published();
        QStringList expected = others;
        if (kids.takeFirst() != second)
            return false;
        std::ranges::sort(kids);
        std::ranges::sort(expected);
        return kids == expected;
    };
    QVERIFY(isPublished({first, third})); // so that both old and new tokens are believed
    m_clock.advance(15min + 5s - 1ms);
    QVERIFY(run());
    QVERIFY(isPublished({first, third}));
    m_clock.advance(1ms);
    QVERIFY(isPublished({third})); // by time alone
    m_clock.advance(days {30} - 1ms);
    QVERIFY(run() && find(first));
    m_clock.advance(1ms);
    QVERIFY(run() && !find(first));
    QVERIFY(isPublished({third}));
    reopen();
    QVERIFY(!find(first));
    QVERIFY(isPublished({third}));
}

void TestKeyRotation::theLastAccessToken_diesWithItsKey_data()
{
    QTest::addColumn<Milliseconds>("before"); // the lifetime, and another after a restart
    QTest::addColumn<Milliseconds>("after");
    QTest::addColumn<Milliseconds>("verifies"); // without the leeway of five seconds
    QTest::newRow("unchanged") << Milliseconds {15min} << Milliseconds {15min} << Milliseconds {15min};
    QTest::newRow("shortened while it signed") << Milliseconds {24h} << Milliseconds {15min} << Milliseconds {24h};
    QTest::newRow("lengthened while it signed") << Milliseconds {15min} << Milliseconds {24h} << Milliseconds {24h};
}

void TestKeyRotation::theLastAccessToken_diesWithItsKey()
{
    QFETCH(Milliseconds, before);
    QFETCH(Milliseconds, after);
    QFETCH(Milliseconds, verifies);
    reopen(under({.accessLifetime = before}, {}, {.accessRotation = days {1}}));
    (void)m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now()); // to a key that these settings make sign
    const QString first = current();
    m_clock.advance(days {1});
    const auto old = m_world->join(u"ann@example.com"_s);
    reopen(under({.accessLifetime = after}, {}, {.accessRotation = days {1}}));
    const auto last = m_world->refresh(old->refreshToken);
    QCOMPARE(parseJwt(last->accessToken)->header["kid"_L1].toString(), first);
    QVERIFY(run());
    QVERIFY(current() != first);
    const Milliseconds life = verifies + 5s;
    QCOMPARE(find(first)->verifyUntil, m_clock.now() + life);
    QCOMPARE(find(current())->longestLife, after + 5s); // the next one never signed under the former settings
    const auto isGood = [this](const QByteArray &token, Milliseconds later) {
        return m_world->verifier.verify(token, m_clock.now() + later).has_value();
    };
    QVERIFY(isGood(old->accessToken, before + 5s - 1ms) && !isGood(old->accessToken, before + 5s));
    QVERIFY(isGood(last->accessToken, after + 5s - 1ms) && !isGood(last->accessToken, after + 5s));
}

void TestKeyRotation::theLastRefreshToken_diesWithItsKey_data()
{
    QTest::addColumn<Milliseconds>("before");
    QTest::addColumn<Milliseconds>("after");
    QTest::addColumn<Milliseconds>("verifies");
    QTest::newRow("unchanged") << Milliseconds {days {14}} << Milliseconds {days {14}} << Milliseconds {days {14}};
    QTest::newRow("shortened while it signed") << Milliseconds {days {60}} << Milliseconds {days {1}} << Milliseconds {days {60}};
    QTest::newRow("lengthened while it signed") << Milliseconds {days {1}} << Milliseconds {days {60}} << Milliseconds {days {60}};
}

void TestKeyRotation::theLastRefreshToken_diesWithItsKey()
{
    QFETCH(Milliseconds, before);
    QFETCH(Milliseconds, after);
    QFETCH(Milliseconds, verifies);
    reopen(under({}, {.idle = before}));
    (void)m_world->keys.rotate(KeyPurpose::Refresh, u"test"_s, m_clock.now());
    const QString first = current(KeyPurpose::Refresh);
    m_clock.advance(days {90});
    const auto old = m_world->join(u"ann@example.com"_s);
    const auto other = m_world->join(u"bob@example.com"_s);
    reopen(under({}, {.idle = after}));
    QVERIFY(run());
    QVERIFY(current(KeyPurpose::Refresh) != first);
    QCOMPARE(find(first)->verifyUntil, m_clock.now() + verifies);
    m_clock.advance(before - 1ms);
    QVERIFY(run());
    QVERIFY(m_world->refresh(old->refreshToken));
    m_clock.advance(1ms);
    QVERIFY(!m_world->refresh(other->refreshToken));
}

void TestKeyRotation::spentKeys_leave_data()
{
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::addColumn<bool>("revoked");
    QTest::addColumn<Milliseconds>("kept");
    QTest::addColumn<Milliseconds>("leaves"); // after the rotation or revocation
    const Milliseconds month = days {30};
    QTest::newRow("access") << KeyPurpose::Access << false << month << Milliseconds {15min + 5s} + month;
    QTest::newRow("access, at once") << KeyPurpose::Access << false << Milliseconds {1s} << Milliseconds {15min + 6s};
    QTest::newRow("access, revoked") << KeyPurpose::Access << true << month << month;
    QTest::newRow("refresh") << KeyPurpose::Refresh << false << month << Milliseconds {days {14 + 30}};
    QTest::newRow("refresh, revoked") << KeyPurpose::Refresh << true << month << month;
    QTest::newRow("csrf") << KeyPurpose::Csrf << false << month << Milliseconds {days {14 + 30}};
    QTest::newRow("csrf, revoked") << KeyPurpose::Csrf << true << month << month;
}

void TestKeyRotation::spentKeys_leave()
{
    QFETCH(KeyPurpose, purpose);
    QFETCH(bool, revoked);
    QFETCH(Milliseconds, kept);
    QFETCH(Milliseconds, leaves);
    reopen(under({}, {}, {.accessRotation = 0ms, .refreshRotation = 0ms, .csrfRotation = 0ms, .spentKept = kept}));
    const QString kid = current(purpose);
    if (revoked)
        QVERIFY(m_world->sessions.revokeKey(kid, u"test"_s, m_clock.now()));
    else
        QVERIFY(m_world->keys.rotate(purpose, u"test"_s, m_clock.now()));
    m_clock.advance(leaves - 1ms);
    QVERIFY(run());
    QVERIFY(find(kid));
    QCOMPARE(recorded(u"key_removed"_s), 0);
    m_clock.advance(1ms);
    const auto told = m_world->listener.names().count(u"keys changed"_s);
    const LogCapture log;
    QVERIFY(run() && run());
    QVERIFY(!find(kid));
    QCOMPARE(recorded(u"key_removed"_s, kid), 1);
    QCOMPARE(recorded(u"key_removed"_s), 1);
    QCOMPARE(log.text().count("key_removed"), 1);
    QCOMPARE(m_world->listener.names().count(u"keys changed"_s), told + 1);
    QCOMPARE(m_world->keys.ring()->keys.size(), 4);
    QCOMPARE(m_world->keys.revoke(kid, u"test"_s, m_clock.now()).error().code, ErrorCode::NotFound);
    reopen(under({}, {}, {.accessRotation = 0ms, .refreshRotation = 0ms, .csrfRotation = 0ms, .spentKept = kept}));
    QCOMPARE(m_world->keys.ring()->keys.size(), 4);
}

void TestKeyRotation::spentKeys_mayStayForGood()
{
    reopen(under({}, {}, {.spentKept = 0ms}));
    for (int year = 0; year < 4; ++year) {
        m_clock.advance(days {365});
        QVERIFY(run());
    }
    QCOMPARE(m_world->keys.ring()->keys.size(), 4 + 3 * 4);
}

/// The server was killed between the key's revocation and the ends of the sessions.
void TestKeyRotation::aRevokedRefreshKey_staysWhileSessionsHoldItsTokens()
{
    reopen(under({}, {.idle = days {60}}));
    const QString kid = current(KeyPurpose::Refresh);
    QVERIFY(m_world->join(u"ann@example.com"_s));
    QVERIFY(m_world->keys.revoke(kid, u"test"_s, m_clock.now()));
    m_clock.advance(days {31});
    QVERIFY(run());
    QCOMPARE(find(kid)->state, KeyState::Revoked);
    QCOMPARE(m_world->sessions.revokeKey(kid, u"test"_s, m_clock.now())->sessions, 1);
    QVERIFY(run());
    QVERIFY(!find(kid));
}

void TestKeyRotation::keysInUse_areNotRemoved()
{
    const QList<SigningKey> all = m_world->keys.ring()->keys;
    for (const SigningKey &key : all)
        QVERIFY(m_world->keys.remove(key, u"test"_s, m_clock.now()));
    QCOMPARE(m_world->keys.ring()->keys.size(), all.size());
    QCOMPARE(KeyStore::all(m_world->database->reader())->size(), all.size());
    QCOMPARE(m_world->database->reader()
                 .one(u"SELECT count(*) FROM audit_events WHERE type = 'key_removed'"_s, {}, [](const Row &row) { return row.integer(0); })
                 ->value_or(-1),
             0);
}

QTEST_GUILESS_MAIN(TestKeyRotation)
#include "TestKeyRotation.moc"
