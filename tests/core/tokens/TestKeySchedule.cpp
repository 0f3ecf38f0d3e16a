#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/KeyMaterial.h"
#include "core/tokens/KeyRing.h"
#include "core/tokens/KeySchedule.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

constexpr TimePoint epoch {std::chrono::years {57}};

} // namespace

class TestKeySchedule : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aKeyThatSignedLongEnough_isDue_data();
    void aKeyThatSignedLongEnough_isDue();
    void aPublishedKey_waitsForAStandbyThatCachesKnow_data();
    void aPublishedKey_waitsForAStandbyThatCachesKnow();
    void keysThatNobodyElseKnows_waitForNone_data();
    void keysThatNobodyElseKnows_waitForNone();
    void aStandby_outlivesEveryCache();
    void spentKeys_leave_data();
    void spentKeys_leave();
    void settings_areRead();

private:
    SigningKey key(KeyPurpose purpose, SignatureAlgorithm algorithm, KeyState state, TimePoint createdAt) const
    {
        return {.kid = nameOf(state),
                .purpose = purpose,
                .state = state,
                .material = KeyMaterial::generate(algorithm).value(),
                .createdAt = createdAt,
                .activatedAt = state == KeyState::Current ? std::optional(epoch) : std::nullopt};
    }
    /// A current key of `purpose` that signs since `epoch`, and a standby of long ago.
    KeyRing ringOf(KeyPurpose purpose) const
    {
        KeyRing ring {.keys = {key(purpose, SignatureAlgorithm::ES256, KeyState::Current, epoch - days {90})}};
        ring.keys += key(KeyPurpose::Access, SignatureAlgorithm::ES256, KeyState::Standby, epoch - days {1});
        return ring;
    }

    CryptoLibraries m_libraries;
};

void TestKeySchedule::aKeyThatSignedLongEnough_isDue_data()
{
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::addColumn<Milliseconds>("access");
    QTest::addColumn<Milliseconds>("refresh");
    QTest::addColumn<Milliseconds>("age"); // since it signs, not since it was made
    QTest::addColumn<bool>("due");
    using enum KeyPurpose;
    const Milliseconds usual = days {90};
    const Milliseconds never {0};
    QTest::newRow("just begun") << Access << usual << usual << Milliseconds {0} << false;
    QTest::newRow("one ms before") << Access << usual << usual << usual - 1ms << false;
    QTest::newRow("exactly then") << Access << usual << usual << usual << true;
    QTest::newRow("the server was off for years") << Access << usual << usual << Milliseconds {days {1000}} << true;
    QTest::newRow("off") << Access << never << usual << Milliseconds {days {36'500}} << false;
    QTest::newRow("the clock was set back") << Access << usual << usual << Milliseconds {days {-400}} << false;
    QTest::newRow("refresh, one ms before") << Refresh << usual << usual << usual - 1ms << false;
    QTest::newRow("refresh, exactly then") << Refresh << usual << usual << usual << true;
    QTest::newRow("refresh, off") << Refresh << usual << never << Milliseconds {days {36'500}} << false;
    QTest::newRow("refresh, the clock was set back") << Refresh << usual << usual << Milliseconds {days {-400}} << false;
    QTest::newRow("csrf, one ms before") << Csrf << usual << usual << Milliseconds {days {30} - 1ms} << false;
    QTest::newRow("csrf, exactly then") << Csrf << usual << usual << Milliseconds {days {30}} << true;
    QTest::newRow("access has a period of its own") << Access << Milliseconds {days {7}} << usual << Milliseconds {days {7}} << true;
    QTest::newRow("and refresh another") << Refresh << Milliseconds {days {7}} << usual << Milliseconds {days {7}} << false;
}

void TestKeySchedule::aKeyThatSignedLongEnough_isDue()
{
    QFETCH(KeyPurpose, purpose);
    QFETCH(Milliseconds, access);
    QFETCH(Milliseconds, refresh);
    QFETCH(Milliseconds, age);
    const KeySchedule schedule {.accessRotation = access, .refreshRotation = refresh, .csrfRotation = days {30}};
    const auto due = schedule.rotatesAt(ringOf(purpose), purpose);
    QTEST(due.has_value() && epoch + age >= *due, "due");
}

void TestKeySchedule::aPublishedKey_waitsForAStandbyThatCachesKnow_data()
{
    QTest::addColumn<Milliseconds>("madeAt"); // the standby, after the current key was due
    QTest::newRow("long ago") << Milliseconds {days {-89}};
    QTest::newRow("just old enough") << -KeySchedule::standbyAge;
    QTest::newRow("a ms too young") << -KeySchedule::standbyAge + 1ms;
    QTest::newRow("just made") << Milliseconds {0};
    QTest::newRow("made by a clock that was ahead") << Milliseconds {days {30}};
}

void TestKeySchedule::aPublishedKey_waitsForAStandbyThatCachesKnow()
{
    QFETCH(Milliseconds, madeAt);
    const KeySchedule schedule;
    const TimePoint due = epoch + schedule.accessRotation;
    KeyRing ring = ringOf(KeyPurpose::Access);
    ring.keys.last().createdAt = due + madeAt;
    QCOMPARE(schedule.rotatesAt(ring, KeyPurpose::Access), std::max(due, due + madeAt + KeySchedule::standbyAge));
    ring.keys.removeLast();
    QCOMPARE(schedule.rotatesAt(ring, KeyPurpose::Access), std::nullopt); // until there is one
}

void TestKeySchedule::keysThatNobodyElseKnows_waitForNone_data()
{
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::newRow("access, HS256") << KeyPurpose::Access;
    QTest::newRow("refresh") << KeyPurpose::Refresh;
    QTest::newRow("csrf") << KeyPurpose::Csrf;
}

void TestKeySchedule::keysThatNobodyElseKnows_waitForNone()
{
    QFETCH(KeyPurpose, purpose);
    const KeyRing ring {.keys = {key(purpose, SignatureAlgorithm::HS256, KeyState::Current, epoch)},
                        .accessAlgorithm = SignatureAlgorithm::HS256};
    QCOMPARE(KeySchedule().rotatesAt(ring, purpose), epoch + days {90});
}

void TestKeySchedule::aStandby_outlivesEveryCache() { QVERIFY(KeySchedule::standbyAge > KeySchedule::jwksKept); }

void TestKeySchedule::spentKeys_leave_data()
{
    QTest::addColumn<KeyState>("state");
    QTest::addColumn<Milliseconds>("kept");
    QTest::addColumn<std::optional<TimePoint>>("leaves");
    using enum KeyState;
    const TimePoint verifyUntil = epoch + 15min;
    const TimePoint revokedAt = epoch + 5min;
    const auto row = [](const char *name, KeyState state, Milliseconds kept, std::optional<TimePoint> leaves) {
        QTest::newRow(name) << state << kept << leaves;
    };
    row("the one that signs", Current, days {30}, {});
    row("the one that will", Standby, days {30}, {});
    row("one whose last token is to die", Retiring, days {30}, verifyUntil + days {30});
    row("at once", Retiring, 1s, verifyUntil + 1s);
    row("kept for good", Retiring, 0s, {});
    row("a revoked one", Revoked, days {30}, revokedAt + days {30});
    row("a revoked one, kept for good", Revoked, 0s, {});
}

void TestKeySchedule::spentKeys_leave()
{
    QFETCH(KeyState, state);
    QFETCH(Milliseconds, kept);
    SigningKey spent = key(KeyPurpose::Access, SignatureAlgorithm::ES256, state, epoch);
    spent.verifyUntil = epoch + 15min;
    if (state == KeyState::Revoked)
        spent.revokedAt = epoch + 5min;
    QTEST(KeySchedule {.spentKept = kept}.leavesAt(spent), "leaves");
}

void TestKeySchedule::settings_areRead()
{
    const auto usual = KeySchedule::from(Settings {});
    QCOMPARE(usual.accessRotation, days {90});
    QCOMPARE(usual.refreshRotation, days {90});
    QCOMPARE(usual.spentKept, days {30});
    const auto settings = Settings::load(
        readCommandLine({u"keys.access_rotation=7d"_s, u"keys.refresh_rotation=0"_s, u"keys.csrf_rotation=8d"_s, u"keys.spent_kept=1s"_s}));
    QVERIFY(settings);
    const auto own = KeySchedule::from(*settings);
    QCOMPARE(own.accessRotation, days {7});
    QCOMPARE(own.refreshRotation, 0ms);
    QCOMPARE(own.csrfRotation, days {8});
    QCOMPARE(own.spentKept, 1s);
}

QTEST_GUILESS_MAIN(TestKeySchedule)
#include "TestKeySchedule.moc"
