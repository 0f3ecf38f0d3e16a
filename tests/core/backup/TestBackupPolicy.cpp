#include "core/backup/BackupFiles.h"
#include "core/backup/BackupPolicy.h"
#include "core/config/SettingLayers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace std::chrono_literals;
using std::chrono::days;

/// When backups come by themselves, when people are told that they do not, and whether there is room for one.
class TestBackupPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void settings_areRead();
    void due_data();
    void due();
    void overdue_data();
    void overdue();
    void room_data();
    void room();
    void names_standInTheOrderOfTime();
};

void TestBackupPolicy::settings_areRead()
{
    const BackupPolicy own = BackupPolicy::from(Settings {}, u"/data"_s);
    QCOMPARE(own.every, Milliseconds(days {1}));
    QCOMPARE(own.kept, 7);
    QCOMPARE(own.directory, u"/data/backups"_s);
    const auto settings = Settings::load(readCommandLine({u"backup.every=0"_s, u"backup.keep=3"_s, u"backup.directory=/b/"_s}));
    QVERIFY(settings);
    const BackupPolicy chosen = BackupPolicy::from(*settings, u"/data"_s);
    QVERIFY(!chosen.isAutomatic());
    QCOMPARE(chosen.kept, 3);
    QCOMPARE(chosen.directory, u"/b"_s);
}

void TestBackupPolicy::due_data()
{
    QTest::addColumn<int>("everyHours");
    QTest::addColumn<int>("lastHoursAgo"); // -1: never
    QTest::addColumn<int>("triedMinutesAgo");
    QTest::addColumn<bool>("isDue");
    QTest::newRow("never by itself") << 0 << -1 << -1 << false;
    QTest::newRow("the first one") << 24 << -1 << -1 << true;
    QTest::newRow("an hour too early") << 24 << 23 << -1 << false;
    QTest::newRow("a day later") << 24 << 24 << -1 << true;
    QTest::newRow("just tried") << 24 << 30 << 14 << false;
    QTest::newRow("tried a while ago") << 24 << 30 << 15 << true;
    QTest::newRow("the clock was set back") << 24 << -2 << -1 << true;
}

void TestBackupPolicy::due()
{
    QFETCH(const int, everyHours);
    QFETCH(const int, lastHoursAgo);
    QFETCH(const int, triedMinutesAgo);
    QFETCH(const bool, isDue);
    const TimePoint now {days {20'000}};
    const BackupPolicy policy {.every = std::chrono::hours {everyHours}};
    const auto last = lastHoursAgo == -1 ? std::nullopt : std::optional(now - std::chrono::hours {lastHoursAgo});
    const auto tried = triedMinutesAgo == -1 ? std::nullopt : std::optional(now - std::chrono::minutes {triedMinutesAgo});
    QCOMPARE(policy.isDue(last, tried, now), isDue);
}

void TestBackupPolicy::overdue_data()
{
    QTest::addColumn<int>("everyHours");
    QTest::addColumn<int>("lastHoursAgo"); // -1: never
    QTest::addColumn<int>("runningMinutes");
    QTest::addColumn<bool>("isOverdue");
    QTest::newRow("none, and none comes") << 0 << -1 << 1 << true;
    QTest::newRow("none, but the first one comes") << 24 << -1 << 59 << false;
    QTest::newRow("none, though the server runs") << 24 << -1 << 61 << true;
    QTest::newRow("two days old, each day") << 24 << 48 << 999 << false;
    QTest::newRow("more than two days, each day") << 24 << 49 << 999 << true;
    QTest::newRow("a day old, each hour") << 1 << 24 << 999 << false;
    QTest::newRow("a month old, each month") << 720 << 721 << 999 << false;
    QTest::newRow("a week old, by hand") << 0 << 168 << 999 << false;
    QTest::newRow("more than a week, by hand") << 0 << 169 << 999 << true;
    QTest::newRow("of tomorrow") << 24 << -24 << 999 << false;
    QTest::newRow("of next month, each day") << 24 << -720 << 999 << true;
    QTest::newRow("of next month, by hand") << 0 << -720 << 999 << true;
}

void TestBackupPolicy::overdue()
{
    QFETCH(const int, everyHours);
    QFETCH(const int, lastHoursAgo);
    QFETCH(const int, runningMinutes);
    QFETCH(const bool, isOverdue);
    const TimePoint now {days {20'000}};
    const BackupPolicy policy {.every = std::chrono::hours {everyHours}};
    const auto last = lastHoursAgo == -1 ? std::nullopt : std::optional(now - std::chrono::hours {lastHoursAgo});
    QCOMPARE(policy.isOverdue(last, now - std::chrono::minutes {runningMinutes}, now), isOverdue);
}

void TestBackupPolicy::room_data()
{
    QTest::addColumn<int>("bytes"); // mebibytes
    QTest::addColumn<int>("total");
    QTest::addColumn<int>("left");
    QTest::addColumn<bool>("hasRoom");
    QTest::newRow("plenty") << 100 << 100'000 << 50'000 << true;
    QTest::newRow("the server would have 64 MiB") << 100 << 100'000 << 164 << true;
    QTest::newRow("the server would have less") << 100 << 100'000 << 163 << false;
    QTest::newRow("a small disk") << 10 << 200 << 20 << true;
    QTest::newRow("a small disk, full") << 10 << 200 << 19 << false;
}

void TestBackupPolicy::room()
{
    QFETCH(const int, bytes);
    QFETCH(const int, total);
    QFETCH(const int, left);
    QFETCH(const bool, hasRoom);
    constexpr quint64 mebibyte = 1024 * 1024;
    const platform::Space space {.total = quint64(total) * mebibyte, .available = quint64(left) * mebibyte};
    QCOMPARE(backup_files::hasRoomFor(qint64(bytes) * qint64(mebibyte), space), hasRoom);
}

void TestBackupPolicy::names_standInTheOrderOfTime()
{
    const TimePoint now {days {20'000}};
    const QString name = backup_files::nameFor(now, u"3f9a1c27"_s);
    QCOMPARE(name, u"warder-20241004T000000000Z-3f9a1c27.db"_s);
    QVERIFY(name < backup_files::nameFor(now + 1ms, u"00000000"_s));
}

QTEST_GUILESS_MAIN(TestBackupPolicy)
#include "TestBackupPolicy.moc"
