#include "app/HealthWatch.h"
#include "core/config/SettingLayers.h"
#include "core/crypto/CryptoLibraries.h"
#include "tests/support/FakeClock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What it notices by itself, on a whole core with a clock that moves when told to.
class TestHealthWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void clock_jumpsAreTold_data();
    void clock_jumpsAreTold();
    void clock_setRightAgain_isNoProblem();
    void clock_of1970_isWrong();
    void failingWrites_areToldAtOnce_andEndByThemselves();
    void files_areMissed();
    void crowdedHashing_isToldWhenItLasts();
    void crowdedHashing_whenTheClockIsSet();
    void troubles_haveNames_data();
    void troubles_haveNames();
    void age_doesNotFollowTheClock();

private:
    QStringList codes() const;
    Result<void> limitPages(int pages);

    const CryptoLibraries m_libraries;
    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Core> m_core;
    std::unique_ptr<HealthWatch> m_watch;
};

void TestHealthWatch::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const auto settings = Settings::load(readCommandLine({u"passwords.argon2_memory_kib=128"_s, u"passwords.argon2_iterations=1"_s}));
    m_core = Core::open(DataDirectory::open(m_folder->filePath(u"data"_s)).value(), *settings, m_clock).value();
    m_watch = std::make_unique<HealthWatch>(*m_core);
    m_watch->check();
    QVERIFY2(!codes().contains(u"clock_jumped"_s) && !codes().contains(u"database_gone"_s), qPrintable(codes().join(u' ')));
}

void TestHealthWatch::cleanup()
{
    m_watch.reset();
    m_core.reset();
}

QStringList TestHealthWatch::codes() const
{
    QStringList all;
    for (const Problem &problem : m_core->health.problems())
        all += problem.code;
    return all;
}

/// SQLite's own way to say that a disk is full.
Result<void> TestHealthWatch::limitPages(int pages)
{
    return m_core->database->write(
        [pages](DbConnection &connection) { return connection.execute(u"PRAGMA max_page_count = %1"_s.arg(pages)); });
}

void TestHealthWatch::clock_jumpsAreTold_data()
{
    QTest::addColumn<int>("hours");
    QTest::addColumn<QString>("words");
    QTest::newRow("forwards") << 72 << u"the clock of this machine went forwards by 3 days"_s;
    QTest::newRow("back") << -24 << u"the clock of this machine went back by 24 hours"_s;
}

void TestHealthWatch::clock_jumpsAreTold()
{
    QFETCH(const int, hours);
    QFETCH(const QString, words);
    m_clock.advance(std::chrono::hours {hours});
    m_watch->check();
    m_watch->check(); // it stands, though nothing jumped since
    const auto problems = m_core->health.problems();
    const auto jump = std::ranges::find(problems, u"clock_jumped"_s, &Problem::code);
    QVERIFY(jump != problems.end() && !jump->down);
    QVERIFY2(jump->detail.startsWith(words), qPrintable(jump->detail));
}

void TestHealthWatch::clock_setRightAgain_isNoProblem()
{
    m_clock.advance(-24h);
    m_watch->check();
    QVERIFY(codes().contains(u"clock_jumped"_s));
    m_clock.advance(24h);
    m_watch->checkTime();
    QVERIFY(!codes().contains(u"clock_jumped"_s));
}

void TestHealthWatch::clock_of1970_isWrong()
{
    m_clock.advance(-m_clock.now().time_since_epoch());
    m_watch->check();
    QVERIFY(codes().contains(u"clock_wrong"_s));
}

void TestHealthWatch::failingWrites_areToldAtOnce_andEndByThemselves()
{
    QVERIFY(limitPages(1));
    QVERIFY(!m_core->database->write(
        [](DbConnection &connection) { return connection.run(u"INSERT INTO facts (key, value) VALUES ('large', zeroblob(10000000))"_s); }));
    QCOMPARE(codes().value(0), u"disk_full"_s); // before anybody looked
    QVERIFY(m_core->health.problems().constFirst().down);
    QVERIFY(limitPages(1'000'000));
    m_watch->check();
    QVERIFY(!codes().contains(u"disk_full"_s) || codes().contains(u"disk_low"_s)); // the second where this machine's own disk is full
}

void TestHealthWatch::files_areMissed()
{
    const QString key = m_core->directory.masterKeyPath();
    const QString database = m_core->directory.databasePath();
    QVERIFY(QFile::rename(key, key + u'x') && QFile::rename(database, database + u'x'));
    m_watch->check();
    QVERIFY(codes().contains(u"master_key_gone"_s));
    QCOMPARE(codes().value(0), u"database_gone"_s);
    QVERIFY(QFile::copy(database + u'x', database)); // another file of the same content is not the one it has open
    m_watch->check();
    QCOMPARE(codes().value(0), u"database_gone"_s);
    QVERIFY(QFile::remove(database) && QFile::rename(database + u'x', database) && QFile::rename(key + u'x', key));
    m_watch->check();
    QVERIFY(!codes().contains(u"master_key_gone"_s) && !codes().contains(u"database_gone"_s));
}

void TestHealthWatch::crowdedHashing_isToldWhenItLasts()
{
    const auto isTold = [this](std::size_t waiting, std::size_t most = 64) {
        m_watch->checkHashing({.waiting = waiting, .most = most});
        return codes().contains(u"hashing_full"_s);
    };
    QVERIFY(!isTold(48)); // three quarters, but not for long
    m_clock.advance(30s - 1ms);
    QVERIFY(!isTold(64));
    QVERIFY(!isTold(47)); // a moment in which it was not
    m_clock.advance(1ms);
    QVERIFY(!isTold(64));
    m_clock.advance(30s);
    QVERIFY(isTold(48));
    const auto problems = m_core->health.problems();
    const auto told = std::ranges::find(problems, u"hashing_full"_s, &Problem::code);
    QVERIFY(!told->down); // it serves most
    QVERIFY2(told->detail.startsWith(u"48 passwords wait to be hashed, at most 64 may"_s), qPrintable(told->detail));
    QVERIFY(isTold(16)); // it ends once there is room again, and not back and forth
    QVERIFY(!isTold(15));
    QVERIFY(!isTold(0, 0)); // a lane without a queue is never crowded
    m_clock.advance(60s);
    QVERIFY(!isTold(0, 0));
}

void TestHealthWatch::crowdedHashing_whenTheClockIsSet()
{
    m_watch->checkHashing({.waiting = 64, .most = 64});
    m_clock.advance(-24h);
    m_watch->checkHashing({.waiting = 64, .most = 64});
    m_clock.advance(29s);
    m_watch->checkHashing({.waiting = 64, .most = 64});
    QVERIFY(!codes().contains(u"hashing_full"_s));
    m_clock.advance(1s);
    m_watch->checkHashing({.waiting = 64, .most = 64});
    QVERIFY(codes().contains(u"hashing_full"_s));
    m_clock.advance(-24h);
    m_watch->checkHashing({.waiting = 64, .most = 64});
    QVERIFY(codes().contains(u"hashing_full"_s)); // it stands as long as it is so
}

void TestHealthWatch::troubles_haveNames_data()
{
    QTest::addColumn<StorageTrouble>("trouble");
    QTest::addColumn<QString>("code");
    QTest::newRow("full") << StorageTrouble::Full << u"disk_full"_s;
    QTest::newRow("locked") << StorageTrouble::Locked << u"database_locked"_s;
    QTest::newRow("read only") << StorageTrouble::ReadOnly << u"storage_failure"_s;
    QTest::newRow("damaged") << StorageTrouble::Damaged << u"storage_failure"_s;
    QTest::newRow("input or output") << StorageTrouble::Other << u"storage_failure"_s;
}

void TestHealthWatch::troubles_haveNames()
{
    QFETCH(const StorageTrouble, trouble);
    QTEST(problemCodeOf({.code = ErrorCode::StorageFailure, .trouble = trouble}), "code");
}

void TestHealthWatch::age_doesNotFollowTheClock()
{
    const Milliseconds before = m_watch->uptime();
    m_clock.advance(72h);
    QVERIFY(m_watch->uptime() >= before && m_watch->uptime() < 24h);
}

QTEST_GUILESS_MAIN(TestHealthWatch)
#include "TestHealthWatch.moc"
