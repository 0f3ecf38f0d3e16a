#include "core/platform/Process.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/HealthChecks.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace warder;
using namespace warder::health_checks;
using namespace warder::platform;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestHealth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void problems_comeAndGo();
    void whatHasAnEnd_endsByItself();
    void theWorst_isFirst();
    void listeners_hearOfChangesOnly();
    void threads_mayAllSpeak();
    void clock_jumps_data();
    void clock_jumps();
    void jump_inWords_data();
    void jump_inWords();
    void clock_beforeUs_isWrong();
    void space_low_data();
    void space_low();
    void space_isRead();
    void certificate_validity_data();
    void certificate_validity();

private:
    static QStringList codes(const Health &health)
    {
        QStringList all;
        for (const Problem &problem : health.problems())
            all += problem.code;
        return all;
    }
};

namespace {

const TimePoint moment = fromMilliseconds(1'800'000'000'000);

} // namespace

void TestHealth::whatHasAnEnd_endsByItself()
{
    Health health;
    int told = 0;
    health.onChange([&told] { ++told; });
    health.setUntil({.code = u"a"_s}, moment + 60s, moment);
    health.set({.code = u"b"_s}, moment);
    health.endOverdue(moment + 60s - 1ms);
    QCOMPARE(codes(health), (QStringList {u"a"_s, u"b"_s}));
    health.setUntil({.code = u"a"_s}, moment + 90s, moment + 59s); // it goes on, which is no news
    QCOMPARE(told, 2);
    health.endOverdue(moment + 60s);
    QCOMPARE(codes(health), (QStringList {u"a"_s, u"b"_s}));
    health.endOverdue(moment + 90s);
    QCOMPARE(codes(health), QStringList {u"b"_s});
    health.set({.code = u"a"_s}, moment + 91s); // without an end this time
    health.endOverdue(moment + 1h);
    QVERIFY(health.has(u"a"));
    QCOMPARE(told, 4);
}

void TestHealth::problems_comeAndGo()
{
    Health health;
    health.set({.code = u"disk_low"_s, .detail = u"9 MiB"_s}, moment);
    health.set({.code = u"disk_low"_s, .detail = u"8 MiB"_s}, moment + 5s);
    QCOMPARE(health.problems(), (QList<Problem> {{.code = u"disk_low"_s, .detail = u"8 MiB"_s, .down = false, .since = moment}}));
    health.note(false, {.code = u"disk_low"_s}, moment + 6s);
    QCOMPARE(health.problems(), QList<Problem>());
    health.note(true, {.code = u"disk_low"_s}, moment + 7s);
    QCOMPARE(health.problems().constFirst().since, moment + 7s); // another one than before
    QVERIFY(health.has(u"disk_low") && !health.has(u"disk_full"));
}

void TestHealth::theWorst_isFirst()
{
    Health health;
    health.set({.code = u"first"_s}, moment);
    health.set({.code = u"second"_s}, moment + 1s);
    health.set({.code = u"down"_s, .down = true}, moment + 2s);
    QCOMPARE(codes(health), (QStringList {u"down"_s, u"first"_s, u"second"_s}));
    health.set({.code = u"second"_s, .down = true}, moment + 3s);
    QCOMPARE(codes(health), (QStringList {u"second"_s, u"down"_s, u"first"_s}));
}

void TestHealth::listeners_hearOfChangesOnly()
{
    Health health;
    int heard = 0;
    health.onChange([&] { heard += int(health.problems().size()) + 1; });
    health.set({.code = u"a"_s}, moment);
    QCOMPARE(heard, 2);
    health.set({.code = u"a"_s}, moment + 9s);
    health.clear(u"b");
    QCOMPARE(heard, 2);
    health.clear(u"a");
    QCOMPARE(heard, 3);
    health.onChange({});
    health.set({.code = u"a"_s}, moment);
    QCOMPARE(heard, 3);
}

void TestHealth::threads_mayAllSpeak()
{
    Health health;
    std::atomic<int> heard = 0;
    health.onChange([&] { heard += int(health.problems().size()) < 5; });
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&health, code = QString::number(thread)] {
                for (int i = 0; i < 1000; ++i)
                    health.note(i % 2 == 0, {.code = code}, moment);
            });
        }
    }
    QCOMPARE(heard, 4000);
    QCOMPARE(health.problems(), QList<Problem>());
}

void TestHealth::clock_jumps_data()
{
    QTest::addColumn<qint64>("systemWent");
    QTest::addColumn<qint64>("evenWent");
    QTest::addColumn<qint64>("jump");
    const auto row = [](const char *name, Milliseconds system, Milliseconds even, Milliseconds jump) {
        QTest::newRow(name) << qint64(system.count()) << qint64(even.count()) << qint64(jump.count());
    };
    row("nothing", 2s, 2s, 0s);
    row("slewed by a time server", 2001ms, 2000ms, 0s);
    row("a busy machine", 30s, 30s, 0s);
    row("a night asleep", 8h, 8h, 0s);
    row("a leap second", 3s, 2s, 0s);
    row("two seconds: still within", 4s, 2s, 0s);
    row("set forwards by a bit", 4100ms, 2s, 2100ms);
    row("set forwards by three days", 72h + 2s, 2s, 72h);
    row("set back by a day", 2s - 24h, 2s, -24h);
    row("set back to 1970", -std::chrono::milliseconds(1'800'000'000'000) + 2s, 2s, -std::chrono::milliseconds(1'800'000'000'000));
    row("set back while asleep", 1h, 8h, -7h);
    row("no time between two looks", 0s, 0s, 0s);
}

void TestHealth::clock_jumps()
{
    QFETCH(const qint64, systemWent);
    QFETCH(const qint64, evenWent);
    QFETCH(const qint64, jump);
    const ClockReading before {.system = moment, .sinceBoot = 5min};
    const ClockReading after {.system = moment + Milliseconds(systemWent), .sinceBoot = 5min + Milliseconds(evenWent)};
    QCOMPARE(clockJump(before, after).count(), jump);
}

void TestHealth::jump_inWords_data()
{
    QTest::addColumn<qint64>("jump");
    QTest::addColumn<QString>("words");
    const auto row = [](Milliseconds jump, const QString &words) { QTest::newRow(qPrintable(words)) << qint64(jump.count()) << words; };
    row(3s, u"forwards by 3 seconds"_s);
    row(-119s, u"back by 119 seconds"_s);
    row(-5min, u"back by 5 minutes"_s);
    row(24h, u"forwards by 24 hours"_s);
    row(-72h, u"back by 3 days"_s);
}

void TestHealth::jump_inWords()
{
    QFETCH(const qint64, jump);
    QTEST(health_checks::toText(Milliseconds(jump)), "words");
}

void TestHealth::clock_beforeUs_isWrong()
{
    QVERIFY(isBeforeUs(TimePoint {}));
    QVERIFY(isBeforeUs(fromMilliseconds(-1)));
    QVERIFY(isBeforeUs(std::chrono::sys_days {std::chrono::year {2025} / 12 / 31}));
    QVERIFY(!isBeforeUs(SystemClock().now()));
    QVERIFY(sinceBoot() > 0s && sinceBoot() <= sinceBoot());
}

void TestHealth::space_low_data()
{
    constexpr quint64 mib = 1024 * 1024;
    QTest::addColumn<quint64>("total");
    QTest::addColumn<quint64>("available");
    QTest::addColumn<quint64>("files");
    QTest::addColumn<quint64>("filesAvailable");
    QTest::addColumn<bool>("low");
    QTest::newRow("a large disk") << 100'000 * mib << 256 * mib << 0ull << 0ull << false;
    QTest::newRow("a large disk, nearly full") << 100'000 * mib << 255 * mib << 0ull << 0ull << true;
    QTest::newRow("a small disk") << 100 * mib << 6 * mib << 0ull << 0ull << false;
    QTest::newRow("a small disk, nearly full") << 100 * mib << 4 * mib << 0ull << 0ull << true;
    QTest::newRow("full") << 100 * mib << 0ull << 0ull << 0ull << true;
    QTest::newRow("room, but no files") << 100'000 * mib << 50'000 * mib << 1'000'000ull << 99ull << true;
    QTest::newRow("room and files") << 100'000 * mib << 50'000 * mib << 1'000'000ull << 100ull << false;
    QTest::newRow("a file system of few files") << 100 * mib << 50 * mib << 100ull << 50ull << false;
}

void TestHealth::space_low()
{
    QFETCH(const quint64, total);
    QFETCH(const quint64, available);
    QFETCH(const quint64, files);
    QFETCH(const quint64, filesAvailable);
    QTEST(isLow({.total = total, .available = available, .files = files, .filesAvailable = filesAvailable}), "low");
}

void TestHealth::space_isRead()
{
    const QTemporaryDir folder;
    const auto space = spaceAt(folder.path());
    QVERIFY(space && space->total >= space->available && space->total > 0);
    QVERIFY(!spaceAt(u"/nowhere"_s));
    QVERIFY(isFull({.total = 1ull << 40, .available = (1 << 20) - 1}) && !isFull({.total = 1ull << 40, .available = 1 << 20}));
    QVERIFY(isFull({.total = 1 << 20, .available = 50'000}) && !isFull({.total = 1 << 20, .available = 60'000}));
}

void TestHealth::certificate_validity_data()
{
    QTest::addColumn<qint64>("now");
    QTest::addColumn<int>("validity");
    const auto row = [](const char *name, Milliseconds now, Validity validity) {
        QTest::newRow(name) << qint64(now.count()) << int(validity);
    };
    row("a second before it begins", -1s, Validity::NotYet);
    row("as it begins", 0s, Validity::Good);
    row("fifteen days before its end", 24h * 75, Validity::Good);
    row("fourteen days before its end", 24h * 76, Validity::EndsSoon);
    row("a second before its end", 24h * 90 - 1s, Validity::EndsSoon);
    row("at its end", 24h * 90, Validity::Over);
}

void TestHealth::certificate_validity()
{
    QFETCH(const qint64, now);
    QTEST(int(validity(moment, moment + 24h * 90, moment + Milliseconds(now))), "validity");
}

QTEST_GUILESS_MAIN(TestHealth)
#include "TestHealth.moc"
