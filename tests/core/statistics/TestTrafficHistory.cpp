#include "core/statistics/TrafficHistory.h"

#include "core/statistics/TrafficStore.h"
#include "core/telemetry/TrafficStatistics.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <future>
#include <map>
#include <thread>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What was answered, over restarts, kills, full disks and clocks that are set.
class TestTrafficHistory : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void everythingCounts_onceEachTime();
    void everythingCounts_whateverComesBetween();
    void readersAmongWrites_seeEachOnce();
    void aBusyWriter_holdsUpNobodyWhoReads();
    void aKill_losesWhatWasNotKept_andNothingTwice();
    void keepingTwice_writesNothingTwice();
    void aFullDisk_losesNothing();
    void windows_areOfTheirSteps_data();
    void windows_areOfTheirSteps();
    void percentiles_outliveARestart();
    void levels_areTheLastOfTheirStep();
    void aClockSetBack_hidesWhatIsAhead();
    void aClockSetBackAndRight_losesNothing();
    void aTimeThatComesTwice_countsTheSecond();
    void aClockSetAhead_removesNothing();
    void rows_haveAnEnd();
    void aStrangeRow_doesNoHarm();

private:
    Core &core() const { return *m_world->core; }
    TrafficHistory &history() const { return core().trafficHistory; }
    TimePoint now() const { return m_clock.now(); }

    void answer(Outcome outcome = Outcome::Succeeded, std::chrono::microseconds duration = 1ms)
    {
        core().traffic.record(outcome, duration, now());
    }
    void keep() { QVERIFY(history().keep({}, now())); }
    /// A minute at a time, as housekeeping does.
    void passMinutes(int minutes)
    {
        for (int i = 0; i < minutes; ++i) {
            m_clock.advance(60s);
            keep();
        }
    }
    /// Ends without a last keep(), and starts anew.
    void kill() { reopen(); }

    qint64 requestsOf(Seconds window, Seconds step) const
    {
        qint64 sum = 0;
        const auto steps = history().steps(step, window / step, now());
        for (const TrafficStep &each : *steps)
            sum += each.counts.requests();
        return sum;
    }
    qint64 requestsOfDay() const { return requestsOf(24h, 10min); }
    qint64 requestsOfMonth() const { return requestsOf(std::chrono::days {30}, 4h); }
    qint64 rowsOf(Seconds length) const
    {
        return m_world->database->reader()
            .number(u"SELECT count(*) FROM traffic_counts WHERE step = ?"_s, {qint64(length.count())})
            .value();
    }
};

void TestTrafficHistory::everythingCounts_onceEachTime()
{
    answer();
    QCOMPARE(requestsOfDay(), 1); // in memory
    keep();
    QCOMPARE(requestsOfDay(), 1); // on disk
    answer();
    QCOMPARE(requestsOfDay(), 2); // both, of one minute
    keep();
    reopen();
    QCOMPARE(requestsOfDay(), 2);
    answer();
    QCOMPARE(requestsOfDay(), 3);
    QCOMPARE(requestsOfMonth(), 3);
    QCOMPARE(requestsOf(1h, 60s), 3);
}

/// Against a count of our own: whatever happens between requests, each minute has as many as were answered in it.
void TestTrafficHistory::everythingCounts_whateverComesBetween()
{
    std::map<TimePoint, qint64> own;
    quint32 random = 20261128;
    const auto below = [&random](quint32 bound) {
        random = random * 1664525 + 1013904223;
        return (random >> 16) % bound;
    };
    for (int turn = 0; turn < 600; ++turn) {
        switch (below(8)) {
        case 0: m_clock.advance(Milliseconds {below(90'000)}); break;
        case 1: keep(); break;
        case 2:
            if (below(8) == 0) {
                keep();
                reopen();
            }
            break;
        default: answer(Outcome(below(5))); ++own[traffic_steps::startOf(now(), 60s)];
        }
    }
    const auto steps = history().steps(60s, 24 * 60, now());
    for (const TrafficStep &each : *steps) {
        const auto found = own.find(each.from);
        QCOMPARE(each.counts.requests(), found == own.end() ? 0 : found->second);
    }
    qint64 all = 0;
    for (const auto &[from, count] : own)
        all += count;
    QCOMPARE(requestsOfDay(), all);
    QCOMPARE(requestsOfMonth(), all);
}

void TestTrafficHistory::readersAmongWrites_seeEachOnce()
{
    constexpr int requests = 50'000;
    std::atomic<bool> over {false};
    std::atomic<bool> wasRight {true};
    std::thread keeper([&] {
        while (!over)
            wasRight = wasRight && history().keep({}, now());
    });
    std::thread reader([&] {
        qint64 last = 0;
        while (!over) {
            const qint64 seen = requestsOfDay();
            wasRight = wasRight && seen >= last && seen <= requests;
            last = seen;
        }
    });
    for (int i = 0; i < requests; ++i)
        answer();
    over = true;
    keeper.join();
    reader.join();
    QVERIFY(wasRight);
    QCOMPARE(requestsOfDay(), requests);
}

/// The Overview asks each second, whatever the database has to do.
void TestTrafficHistory::aBusyWriter_holdsUpNobodyWhoReads()
{
    answer();
    keep();
    answer();
    std::promise<void> begun;
    std::promise<void> mayEnd;
    std::thread busy([&] {
        (void)m_world->database->write([&](Transaction &) -> Result<void> {
            begun.set_value();
            mayEnd.get_future().wait();
            return {};
        });
    });
    begun.get_future().wait();
    std::thread keeper([this] { (void)history().keep({}, now()); });
    const bool isTaken = QTest::qWaitFor([this] { return core().traffic.untaken().isEmpty(); }, 10'000);
    auto seen = std::async(std::launch::async, [this] { return requestsOfDay(); });
    const bool isThere = seen.wait_for(10s) == std::future_status::ready;
    mayEnd.set_value();
    busy.join();
    keeper.join();
    QVERIFY(isTaken && isThere);
    QCOMPARE(seen.get(), 2);
    QCOMPARE(requestsOfDay(), 2);
}

void TestTrafficHistory::aKill_losesWhatWasNotKept_andNothingTwice()
{
    for (int minute = 0; minute < 5; ++minute) {
        answer();
        passMinutes(1);
    }
    answer(Outcome::Failed); // within the last minute
    kill();
    QCOMPARE(requestsOfDay(), 5);
    QCOMPARE(requestsOfMonth(), 5);
    answer();
    passMinutes(1);
    kill();
    QCOMPARE(requestsOfDay(), 6);
}

void TestTrafficHistory::keepingTwice_writesNothingTwice()
{
    answer();
    keep();
    keep();
    m_clock.advance(1s);
    keep();
    QCOMPARE(requestsOfDay(), 1);
    reopen();
    keep();
    QCOMPARE(requestsOfDay(), 1);
}

void TestTrafficHistory::aFullDisk_losesNothing()
{
    const auto execute = [this](const QString &sql) {
        return m_world->database->write([&sql](DbConnection &connection) { return connection.execute(sql); }).has_value();
    };
    answer();
    QVERIFY(execute(u"CREATE TRIGGER no_room BEFORE INSERT ON traffic_counts BEGIN SELECT RAISE(ABORT, 'no room'); END"_s));
    for (int minute = 0; minute < 10; ++minute) {
        QVERIFY(!history().keep({}, now()));
        QCOMPARE(requestsOfDay(), minute + 1);
        m_clock.advance(60s);
        answer();
    }
    QVERIFY(execute(u"DROP TRIGGER no_room"_s));
    keep();
    QCOMPARE(requestsOfDay(), 11);
    kill();
    QCOMPARE(requestsOfDay(), 11);
    QCOMPARE(requestsOfMonth(), 11);
}

void TestTrafficHistory::windows_areOfTheirSteps_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("count");
    QTest::newRow("ten minutes") << 5 << 120;
    QTest::newRow("an hour") << 60 << 60;
    QTest::newRow("a day") << 600 << 144;
    QTest::newRow("a week") << 3600 << 168;
    QTest::newRow("a month") << 4 * 3600 << 180;
}

void TestTrafficHistory::windows_areOfTheirSteps()
{
    QFETCH(int, step);
    QFETCH(int, count);
    answer();
    const auto steps = history().steps(Seconds {step}, count, now());
    QVERIFY(steps);
    QCOMPARE(steps->size(), count);
    for (int i = 0; i < count; ++i) {
        const TimePoint from = (*steps)[i].from;
        QCOMPARE(toMilliseconds(from) % (1000 * step), 0);
        QCOMPARE(from, steps->last().from - Seconds {step} * (count - 1 - i));
    }
    QVERIFY(steps->last().from <= now() && now() < steps->last().from + Seconds {step});
    QCOMPARE(steps->last().counts.requests(), 1);
}

void TestTrafficHistory::percentiles_outliveARestart()
{
    for (int i = 0; i < 98; ++i)
        answer(Outcome::Succeeded, 2ms);
    passMinutes(3); // another row
    for (int i = 0; i < 2; ++i)
        answer(Outcome::Succeeded, 700ms);
    keep();
    const auto point = [this] { return pointOf(history().steps(4h, 180, now())->last()); };
    const TrafficPoint before = point();
    reopen();
    QCOMPARE(point(), before);
    QVERIFY(std::abs(before.p50 / 2 - 1) < 0.1);
    QVERIFY(std::abs(before.p99 / 700 - 1) < 0.1);
}

void TestTrafficHistory::levels_areTheLastOfTheirStep()
{
    QVERIFY(history().keep(ServerLevels {.sessions = 3, .users = 7}, now()));
    m_clock.advance(60s);
    QVERIFY(history().keep(ServerLevels {.sessions = 5, .users = 8}, now()));
    answer();
    QVERIFY(history().keep({}, now())); // nobody knows how many
    reopen();
    const auto newest = history().steps(10min, 144, now())->last().levels;
    QVERIFY(newest == (ServerLevels {.sessions = 5, .users = 8}));
    QVERIFY(!history().steps(10min, 144, now())->first().levels);
}

void TestTrafficHistory::aClockSetBack_hidesWhatIsAhead()
{
    answer();
    passMinutes(10);
    m_clock.advance(-6h);
    QCOMPARE(requestsOfDay(), 0);
    answer();
    keep();
    QCOMPARE(requestsOfDay(), 1);
    kill();
    QCOMPARE(requestsOfDay(), 1);
}

void TestTrafficHistory::aClockSetBackAndRight_losesNothing()
{
    for (int minute = 0; minute < 30; ++minute) {
        answer();
        passMinutes(1);
    }
    answer(); // not written when the clock is set
    m_clock.advance(-24h);
    for (int minute = 0; minute < 5; ++minute) {
        passMinutes(1);
        answer();
    }
    m_clock.advance(24h);
    answer();
    passMinutes(1);
    QCOMPARE(requestsOf(std::chrono::days {2}, 60s), 37);
    kill();
    QCOMPARE(requestsOf(std::chrono::days {2}, 60s), 37);
}

/// Else yesterday's clock would say that there was traffic before there was any.
void TestTrafficHistory::aTimeThatComesTwice_countsTheSecond()
{
    answer();
    keep();
    m_clock.advance(2h); // somebody sets the clock ahead
    for (int minute = 0; minute < 10; ++minute) {
        for (int i = 0; i < 50; ++i)
            answer();
        passMinutes(1);
    }
    m_clock.advance(-(2h + 10min)); // and right again
    answer();
    passMinutes(3 * 60);
    QCOMPARE(requestsOf(3h + 2min, 60s), 2);
}

void TestTrafficHistory::aClockSetAhead_removesNothing()
{
    for (int hour = 0; hour < 24; ++hour) {
        answer();
        keep();
        m_clock.advance(1h);
    }
    keep();
    m_clock.advance(std::chrono::days {3650});
    QCOMPARE(requestsOfMonth(), 0);
    for (int minute = 0; minute < 60; ++minute) {
        answer();
        passMinutes(1);
    }
    m_clock.advance(-std::chrono::days {3650} - 1h);
    QCOMPARE(requestsOfMonth(), 24);
    kill();
    QCOMPARE(requestsOfMonth(), 24);
}

void TestTrafficHistory::rows_haveAnEnd()
{
    const auto fill = [this](Seconds step, int rows) {
        const auto written = m_world->database->write([&](Transaction &transaction) -> Result<void> {
            for (int i = 0; i < rows; ++i) {
                if (const auto added = TrafficStore::add(transaction, step, {.from = now() + step * (i - rows / 2)}); !added)
                    return added;
            }
            return {};
        });
        QVERIFY(written);
    };
    fill(60s, int(TrafficHistory::mostMinutes) + 500); // half of them ahead
    fill(3600s, int(TrafficHistory::mostHours) + 100);
    answer();
    keep();
    QCOMPARE(rowsOf(60s), TrafficHistory::mostMinutes);
    QCOMPARE(rowsOf(3600s), TrafficHistory::mostHours);
    QCOMPARE(requestsOfDay(), 1);
    QVERIFY(rowsOf(60s) >= TrafficHistory::minutesKept / 60s);
    QVERIFY(rowsOf(3600s) >= TrafficHistory::hoursKept / 3600s);
}

void TestTrafficHistory::aStrangeRow_doesNoHarm()
{
    const auto written = m_world->database->write([&](DbConnection &connection) {
        return connection.perform(
            u"INSERT INTO traffic_counts (step, at, succeeded, redirected, refused, limited, failed, sign_ins, failed_sign_ins, "
            "refreshes, durations) VALUES (60, ?, 5, 0, 0, 0, 0, 0, 0, 0, x'FF01000000020304')"_s, // no such class, and half a one
            {bound(traffic_steps::startOf(now(), 60s))});
    });
    QVERIFY(written);
    answer();
    keep();
    const auto steps = history().steps(60s, 1, now());
    QCOMPARE(steps->last().counts.requests(), 6);
    QVERIFY(pointOf(steps->last()).p50 > 0);
}

QTEST_GUILESS_MAIN(TestTrafficHistory)
#include "TestTrafficHistory.moc"
