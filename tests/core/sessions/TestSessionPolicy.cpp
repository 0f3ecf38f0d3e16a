#include "core/sessions/SessionPolicy.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

constexpr TimePoint start = fromMilliseconds(1'800'000'000'000);
constexpr qint64 day = 24LL * 3600 * 1000;

Session openedAtStart()
{
    return {.id = Id::create(start),
            .userId = {},
            .generation = 5,
            .openedAt = start,
            .rotatedAt = start,
            .lastSeenAt = start,
            .idleExpiresAt = start + std::chrono::days {14},
            .expiresAt = start + std::chrono::days {90},
            .revokedAt = {},
            .revokedReason = {},
            .userAgent = {},
            .address = {},
            .method = {}};
}

} // namespace

class TestSessionPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void life_data();
    void life();
    void revocation_endsIt();
    void idleExpiry_neverPassesTheAbsoluteEnd();
    void rotation_data();
    void rotation();
    void endNames_goThereAndBack();
};

void TestSessionPolicy::life_data()
{
    QTest::addColumn<qint64>("ageMs");
    QTest::addColumn<bool>("keptAlive");
    QTest::addColumn<bool>("live");
    QTest::newRow("just opened") << qint64(0) << false << true;
    QTest::newRow("a clock set back") << qint64(-60'000) << false << true;
    QTest::newRow("one ms before idle") << 14 * day - 1 << false << true;
    QTest::newRow("exactly idle") << 14 * day << false << false;
    QTest::newRow("one ms before the absolute end, in use") << 90 * day - 1 << true << true;
    QTest::newRow("exactly at the absolute end, in use") << 90 * day << true << false;
    QTest::newRow("idle and too old") << 91 * day << false << false;
}

void TestSessionPolicy::life()
{
    QFETCH(qint64, ageMs);
    QFETCH(bool, keptAlive);
    Session session = openedAtStart();
    if (keptAlive)
        session.idleExpiresAt = start + std::chrono::days {100};
    QTEST(isLive(session, start + Milliseconds {ageMs}), "live");
}

void TestSessionPolicy::revocation_endsIt()
{
    Session session = openedAtStart();
    session.revokedAt = start;
    QVERIFY(!isLive(session, start));
}

void TestSessionPolicy::idleExpiry_neverPassesTheAbsoluteEnd()
{
    const SessionPolicy policy {.idle = std::chrono::days {14}};
    const TimePoint end = start + std::chrono::days {90};
    QCOMPARE(idleExpiry(policy, end, start), start + std::chrono::days {14});
    QCOMPARE(idleExpiry(policy, end, start + std::chrono::days {76}), end);
    QCOMPARE(idleExpiry(policy, end, start + std::chrono::days {80}), end);
}

void TestSessionPolicy::rotation_data()
{
    QTest::addColumn<qint64>("generation");
    QTest::addColumn<int>("graceMs");
    QTest::addColumn<int>("waitMs");
    QTest::addColumn<int>("rotation");
    const auto row = [](const char *name, qint64 generation, int graceMs, int waitMs, Rotation rotation) {
        QTest::newRow(name) << generation << graceMs << waitMs << int(rotation);
    };
    row("current, at once", 5, 30'000, 0, Rotation::Rotate);
    row("current, days later", 5, 30'000, 999'999'999, Rotation::Rotate);
    row("current, grace 0", 5, 0, 0, Rotation::Rotate);
    row("parent, at once", 4, 30'000, 0, Rotation::Repeat);
    row("parent, one ms before grace ends", 4, 30'000, 29'999, Rotation::Repeat);
    row("parent, exactly at the end of grace", 4, 30'000, 30'000, Rotation::Reused);
    row("parent, 31 s", 4, 30'000, 31'000, Rotation::Reused);
    row("parent, grace 0, at once", 4, 0, 0, Rotation::Reused);
    row("parent, longest grace", 4, 300'000, 299'999, Rotation::Repeat);
    row("grandparent, at once", 3, 30'000, 0, Rotation::Reused);
    row("the first ever", 0, 30'000, 0, Rotation::Reused);
    row("the next: this database is older", 6, 30'000, 0, Rotation::Ahead);
    row("the next, days later", 6, 30'000, 999'999'999, Rotation::Ahead);
    row("many ahead, grace 0", 500, 0, 0, Rotation::Ahead);
    row("the last that has a successor", std::numeric_limits<qint64>::max() - 1, 30'000, 0, Rotation::Ahead);
    row("the last there is", std::numeric_limits<qint64>::max(), 30'000, 0, Rotation::Reused);
    row("negative", -1, 30'000, 0, Rotation::Reused);
    row("most negative", std::numeric_limits<qint64>::min(), 30'000, 0, Rotation::Reused);
}

void TestSessionPolicy::rotation()
{
    QFETCH(qint64, generation);
    QFETCH(int, graceMs);
    QFETCH(int, waitMs);
    const SessionPolicy policy {.grace = Milliseconds {graceMs}};
    QTEST(int(rotationFor(openedAtStart(), generation, policy, start + Milliseconds {waitMs})), "rotation");
}

void TestSessionPolicy::endNames_goThereAndBack()
{
    const QList<std::pair<SessionEnd, QString>> stored {{SessionEnd::Logout, u"logout"_s},
                                                        {SessionEnd::LogoutAll, u"logout_all"_s},
                                                        {SessionEnd::Admin, u"admin"_s},
                                                        {SessionEnd::PasswordChanged, u"password_changed"_s},
                                                        {SessionEnd::AccountDisabled, u"account_disabled"_s},
                                                        {SessionEnd::AccountRemoved, u"account_removed"_s},
                                                        {SessionEnd::Reuse, u"reuse"_s},
                                                        {SessionEnd::User, u"user"_s},
                                                        {SessionEnd::SignedInAgain, u"signed_in_again"_s},
                                                        {SessionEnd::TooMany, u"too_many"_s},
                                                        {SessionEnd::KeyRevoked, u"key_revoked"_s},
                                                        {SessionEnd::FactorsChanged, u"factors_changed"_s},
                                                        {SessionEnd::Reported, u"reported"_s}};
    QCOMPARE(stored.size(), qsizetype(namesOf<SessionEnd>.size()));
    for (const auto &[end, name] : stored) {
        QCOMPARE(nameOf(end), name);
        QCOMPARE(fromName<SessionEnd>(name), std::optional(end));
    }
    QCOMPARE(fromName<SessionEnd>(u"whatever"), std::nullopt);
}

QTEST_GUILESS_MAIN(TestSessionPolicy)
#include "TestSessionPolicy.moc"
