#include "core/audit/AuditStore.h"
#include "core/storage/DbConnection.h"
#include "tests/support/WorldTest.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;
using std::chrono::days;

/// What was done to the ring is taken back, and nobody notices.
class TestKeyUndo : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void aRotation_beforeAnythingWasSigned_data();
    void aRotation_beforeAnythingWasSigned();
    void aRotation_afterSomethingWasSigned_data();
    void aRotation_afterSomethingWasSigned();
    void aRotation_ofAnotherRun_letsTheKeyRetire();
    void aRotation_isNotDueAgainAtOnce();
    void aRotation_toAnotherAlgorithm();
    void aRevocation_ofAnAccessKey();
    void aRevocation_ofARefreshKey_leavesSessionsEnded();
    void aRevocation_ofAStandby();
    void severalSpans_countEachSessionOnce();
    void refusals_changeNothing();
    void deletion_isForSpentKeysOnly();
    void deletion_waitsForAnInterruptedRevocation();

private:
    QString current(KeyPurpose purpose = KeyPurpose::Access) const { return m_world->keys.ring()->current(purpose).kid; }
    KeyState stateOf(const QString &kid) const { return m_world->keys.ring()->find(kid)->state; }
    Result<RestoredKey> restore(const QString &kid) { return m_world->sessions.restoreKey(kid, u"console"_s, m_clock.now()); }
    QString rotate(KeyPurpose purpose = KeyPurpose::Access)
    {
        m_clock.advance(1s);
        const QString kid = m_world->keys.rotate(purpose, u"console"_s, m_clock.now())->kid;
        m_clock.advance(1s);
        return kid;
    }
    qint64 recorded(const QString &kid) const
    {
        const auto all = AuditStore::newest(m_world->database->reader(), {}, audit::keyRestored, 100);
        return std::ranges::count_if(*all, [&kid](const AuditEvent &event) {
            return event.actor == "console"_L1 && event.details.value("kid"_L1).toString() == kid;
        });
    }
};

void TestKeyUndo::aRotation_beforeAnythingWasSigned_data()
{
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::newRow("access") << KeyPurpose::Access;
    QTest::newRow("refresh") << KeyPurpose::Refresh;
    QTest::newRow("csrf") << KeyPurpose::Csrf;
}

void TestKeyUndo::aRotation_beforeAnythingWasSigned()
{
    QFETCH(const KeyPurpose, purpose);
    const QString first = current(purpose);
    const QString second = rotate(purpose);
    const SigningKey *third = m_world->keys.ring()->standby(purpose);
    const QString thirdKid = third ? third->kid : QString();
    const auto restored = restore(first);
    QVERIFY(restored);
    QCOMPARE(restored->key.state, KeyState::Current);
    QCOMPARE(restored->displaced->kid, second);
    for (const bool reopened : {false, true}) {
        if (reopened)
            reopen();
        QCOMPARE(current(purpose), first);
        QCOMPARE(stateOf(second), KeyState::Standby);
        QVERIFY(!m_world->keys.ring()->find(first)->verifyUntil && !m_world->keys.ring()->find(second)->activatedAt);
        if (!thirdKid.isEmpty())
            QCOMPARE(stateOf(thirdKid), KeyState::Revoked);
        QCOMPARE(recorded(first), 1);
    }
    QCOMPARE(rotate(purpose), second); // which was published ahead
}

void TestKeyUndo::aRotation_afterSomethingWasSigned_data()
{
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::addColumn<Milliseconds>("life");
    QTest::newRow("access") << KeyPurpose::Access << Milliseconds {15min + 5s};
    QTest::newRow("refresh") << KeyPurpose::Refresh << Milliseconds {days {14}};
    QTest::newRow("csrf") << KeyPurpose::Csrf << Milliseconds {days {14}};
}

void TestKeyUndo::aRotation_afterSomethingWasSigned()
{
    QFETCH(const KeyPurpose, purpose);
    QFETCH(const Milliseconds, life);
    const QString first = current(purpose);
    const auto old = m_world->join(u"ann@example.com"_s);
    const QString second = rotate(purpose);
    const auto between = m_world->join(u"bob@example.com"_s);
    const QByteArray csrf = m_world->refreshTokens.issueCsrf(between->session.id);
    m_clock.advance(1s);
    const TimePoint takenBackAt = m_clock.now();
    QVERIFY(restore(first));
    QCOMPARE(current(purpose), first);
    QCOMPARE(stateOf(second), KeyState::Retiring);
    QCOMPARE(m_world->keys.ring()->find(second)->verifyUntil, takenBackAt + life);
    QVERIFY(m_world->isGood(old->accessToken) && m_world->isGood(between->accessToken));
    QVERIFY(m_world->refreshTokens.verifyCsrf(csrf, between->session.id, m_clock.now()));
    QVERIFY(m_world->refresh(old->refreshToken) && m_world->refresh(between->refreshToken));
    const SigningKey signing = *m_world->keys.ring()->find(first);
    QCOMPARE(signing.spans.size(), 2);
    QVERIFY(signing.activatedAt && *signing.activatedAt < takenBackAt); // the first time
    QCOMPARE(signing.signsSince(), takenBackAt);
    m_clock.advance(1s);
    QVERIFY(restore(second)); // and that is taken back in its turn
    QCOMPARE(current(purpose), second);
    QCOMPARE(m_world->keys.ring()->find(first)->retiredAt, m_clock.now()); // the last time
}

void TestKeyUndo::aRotation_ofAnotherRun_letsTheKeyRetire()
{
    const QString first = current();
    const QString second = rotate();
    reopen();
    QVERIFY(restore(first));
    QCOMPARE(stateOf(second), KeyState::Retiring); // nobody knows whether it signed
}

void TestKeyUndo::aRotation_isNotDueAgainAtOnce()
{
    const QString first = current();
    m_clock.advance(days {90});
    QVERIFY(m_world->keys.rotateDue(m_clock.now()));
    QVERIFY(current() != first);
    QVERIFY(restore(first));
    m_clock.advance(10min);
    QVERIFY(m_world->keys.rotateDue(m_clock.now()));
    QCOMPARE(current(), first);
    QCOMPARE(m_world->keys.rotatesAt(*m_world->keys.ring()->find(first)), m_clock.now() - 10min + days {90});
}

void TestKeyUndo::aRotation_toAnotherAlgorithm()
{
    const QString first = current();
    reopen({.hashing = quickHashing, .tokens = {.algorithm = SignatureAlgorithm::EdDSA}});
    const QString second = rotate();
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(restore(first));
    QVERIFY(m_world->isGood(pair->accessToken));
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).material->algorithm(), SignatureAlgorithm::ES256);
    QCOMPARE(m_world->keys.ring()->standby(KeyPurpose::Access)->material->algorithm(), SignatureAlgorithm::EdDSA);
    QCOMPARE(m_world->keys.ring()->find(rotate())->material->algorithm(), SignatureAlgorithm::EdDSA);
}

void TestKeyUndo::aRevocation_ofAnAccessKey()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    const QString first = current();
    m_clock.advance(1s);
    QCOMPARE(m_world->sessions.revokeKey(first, u"test"_s, m_clock.now())->sessions, 1);
    QVERIFY(!m_world->isGood(pair->accessToken));
    const TimePoint end = *m_world->keys.ring()->find(first)->verifyUntil;
    m_clock.advance(1min);
    const auto restored = restore(first);
    QCOMPARE(restored->key.state, KeyState::Retiring);
    QCOMPARE(restored->ended, 0);
    QVERIFY(!restored->displaced && !restored->key.revokedAt);
    QVERIFY(m_world->isGood(pair->accessToken));
    QCOMPARE(m_world->keys.ring()->find(first)->verifyUntil, end); // no longer than before
    QVERIFY(restore(first));                                       // and its rotation, too
    QCOMPARE(current(), first);
}

void TestKeyUndo::aRevocation_ofARefreshKey_leavesSessionsEnded()
{
    const auto ann = m_world->join(u"ann@example.com"_s);
    const auto bob = m_world->join(u"bob@example.com"_s);
    const QString first = current(KeyPurpose::Refresh);
    m_clock.advance(1s);
    QCOMPARE(m_world->sessions.revokeKey(first, u"test"_s, m_clock.now())->sessions, 2);
    m_clock.advance(1s);
    const auto restored = restore(first);
    QCOMPARE(restored->key.state, KeyState::Retiring);
    QCOMPARE(restored->ended, 2);
    QVERIFY(m_world->refreshTokens.verify(ann->refreshToken, m_clock.now())); // genuine
    QVERIFY(!m_world->refresh(ann->refreshToken) && !m_world->refresh(bob->refreshToken));
    QVERIFY(!m_world->isGood(ann->accessToken));
}

void TestKeyUndo::aRevocation_ofAStandby()
{
    const QString standby = m_world->keys.ring()->standby(KeyPurpose::Access)->kid;
    QVERIFY(m_world->keys.revoke(standby, u"test"_s, m_clock.now()));
    const QString another = m_world->keys.ring()->standby(KeyPurpose::Access)->kid;
    QVERIFY(another != standby);
    QCOMPARE(restore(standby)->key.state, KeyState::Standby);
    QCOMPARE(stateOf(another), KeyState::Revoked);
    QCOMPARE(restore(another)->key.state, KeyState::Standby);
    QCOMPARE(stateOf(standby), KeyState::Revoked);
    QCOMPARE(rotate(), another);
}

void TestKeyUndo::severalSpans_countEachSessionOnce()
{
    const QString first = current(KeyPurpose::Refresh);
    const auto one = m_world->join(u"one@example.com"_s);
    const QString second = rotate(KeyPurpose::Refresh);
    const auto two = m_world->join(u"two@example.com"_s);
    m_clock.advance(1s);
    QVERIFY(restore(first));
    m_clock.advance(1s);
    const auto three = m_world->join(u"three@example.com"_s);
    m_clock.advance(1s);
    QVERIFY(restore(second));
    m_clock.advance(1s);
    const auto four = m_world->join(u"four@example.com"_s);
    m_clock.advance(1s);
    reopen();
    const auto count = [this](const QString &kid) {
        return m_world->sessions.countSignedBy(*m_world->keys.ring()->find(kid), m_clock.now()).value_or(-1);
    };
    QCOMPARE(count(first), 2);
    QCOMPARE(count(second), 2);
    QCOMPARE(m_world->sessions.revokeKey(first, u"test"_s, m_clock.now())->sessions, 2);
    QVERIFY(!m_world->refresh(one->refreshToken) && !m_world->refresh(three->refreshToken));
    QVERIFY(m_world->refresh(two->refreshToken) && m_world->refresh(four->refreshToken));
}

void TestKeyUndo::refusals_changeNothing()
{
    const QString standby = m_world->keys.ring()->standby(KeyPurpose::Access)->kid;
    const quint64 number = m_world->keys.ring()->number;
    for (const QString &kid : {current(), standby, current(KeyPurpose::Refresh)})
        QCOMPARE(restore(kid).error().code, ErrorCode::Conflict);
    QCOMPARE(restore(u"nonsense"_s).error().code, ErrorCode::NotFound);
    QCOMPARE(m_world->keys.ring()->number, number);
    const QString first = current();
    rotate();
    m_clock.advance(15min + 5s);
    QCOMPARE(restore(first).error().code, ErrorCode::Conflict); // its end has come
    SigningKeys late(*m_world->database, m_world->sealer, {}, {}, days {14}, m_world->listener);
    const QString second = current();
    rotate();
    QVERIFY(late.open());
    QVERIFY(m_world->keys.revoke(second, u"test"_s, m_clock.now()));
    QCOMPARE(late.restore(second, u"test"_s, m_clock.now()).error().code, ErrorCode::Conflict); // by its old ring it verifies
}

void TestKeyUndo::deletion_isForSpentKeysOnly()
{
    const auto remove = [this](const QString &kid) { return m_world->sessions.removeKey(kid, u"console"_s, m_clock.now()); };
    const QString first = current();
    const QString standby = m_world->keys.ring()->standby(KeyPurpose::Access)->kid;
    QCOMPARE(remove(first).error().code, ErrorCode::Conflict);
    QCOMPARE(remove(standby).error().code, ErrorCode::Conflict);
    rotate();
    QCOMPARE(remove(first).error().code, ErrorCode::Conflict);
    QVERIFY(m_world->keys.ring()->find(first));
    m_clock.advance(15min + 5s);
    QCOMPARE(remove(first)->kid, first);
    QVERIFY(!m_world->keys.ring()->find(first));
    QCOMPARE(remove(first).error().code, ErrorCode::NotFound);
    reopen();
    QVERIFY(!m_world->keys.ring()->find(first));
    QCOMPARE(m_world->database->reader().number(u"SELECT count(*) FROM signing_spans WHERE kid = ?"_s, {first}).value_or(-1), 0);
}

void TestKeyUndo::deletion_waitsForAnInterruptedRevocation()
{
    const QString kid = current(KeyPurpose::Refresh);
    QVERIFY(m_world->join(u"ann@example.com"_s));
    m_clock.advance(1s);
    QVERIFY(m_world->keys.revoke(kid, u"test"_s, m_clock.now())); // and the server was killed before the session ended
    QCOMPARE(m_world->sessions.removeKey(kid, u"test"_s, m_clock.now()).error().code, ErrorCode::Conflict);
    QVERIFY(m_world->sessions.revokeKey(kid, u"test"_s, m_clock.now()));
    QVERIFY(m_world->sessions.removeKey(kid, u"test"_s, m_clock.now()));
}

QTEST_GUILESS_MAIN(TestKeyUndo)
#include "TestKeyUndo.moc"
