#include "core/api/Lanes.h"
#include "core/net/PendingAnswer.h"

#include <QTest>

#include <semaphore>

using namespace warder;

class TestLanes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void inlineLane_runsAtOnceHere();
    void fullLane_refusesAndLeavesTheJob();
    void load_tellsWhatWaits();
    void lanes_doNotShareSeats();
    void throwingJob_answers500_data();
    void throwingJob_answers500();
    void closedLanes_refuse();
    void close_atTheDeadline_dropsWhatHasNotBegun();
};

namespace {

class Answers final : public AnswerSink
{
public:
    void accept(quint64, HttpResponse answer) override
    {
        const std::scoped_lock lock(m_mutex);
        m_statuses.append(answer.status);
    }
    QList<int> statuses() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_statuses;
    }

private:
    mutable std::mutex m_mutex;
    QList<int> m_statuses;
};

constexpr LaneSizes tiny {
    .lightThreads = 1, .lightQueue = 1, .hashingThreads = 1, .hashingQueue = 0, .outboundThreads = 1, .outboundQueue = 0};

} // namespace

void TestLanes::inlineLane_runsAtOnceHere()
{
    Lanes lanes(tiny);
    std::thread::id where;
    QVERIFY(lanes.run(Lane::Inline, [&where] { where = std::this_thread::get_id(); }));
    QCOMPARE(where, std::this_thread::get_id());
}

void TestLanes::fullLane_refusesAndLeavesTheJob()
{
    std::binary_semaphore goOn(0);
    Lanes lanes(tiny);
    QVERIFY(lanes.run(Lane::Hashing, [&goOn] { goOn.acquire(); }));
    Workers::Job second = [] {};
    QVERIFY(!lanes.run(Lane::Hashing, std::move(second)));
    QVERIFY(bool(second)); // NOLINT(bugprone-use-after-move): a job that is refused stays
    goOn.release();
}

void TestLanes::load_tellsWhatWaits()
{
    std::binary_semaphore begun(0);
    std::binary_semaphore goOn(0);
    Lanes lanes({.hashingThreads = 1, .hashingQueue = 2});
    QCOMPARE(lanes.hashingLoad().waiting, std::size_t(0));
    QCOMPARE(lanes.hashingLoad().most, std::size_t(2));
    QVERIFY(lanes.run(Lane::Hashing, [&begun, &goOn] {
        begun.release();
        goOn.acquire();
    }));
    begun.acquire();
    QCOMPARE(lanes.hashingLoad().waiting, std::size_t(0)); // what runs does not wait
    QVERIFY(lanes.run(Lane::Hashing, [] {}) && lanes.run(Lane::Hashing, [] {}));
    QCOMPARE(lanes.hashingLoad().waiting, std::size_t(2));
    QVERIFY(lanes.run(Lane::Light, [] {})); // which does not count
    QCOMPARE(lanes.hashingLoad().waiting, std::size_t(2));
    goOn.release();
}

void TestLanes::lanes_doNotShareSeats()
{
    std::binary_semaphore goOn(0);
    std::counting_semaphore<> done(0);
    Lanes lanes(tiny);
    QVERIFY(lanes.run(Lane::Hashing, [&goOn] { goOn.acquire(); }));
    QVERIFY(lanes.run(Lane::Outbound, [&done] { done.release(); }));
    QVERIFY(lanes.run(Lane::Light, [&done] { done.release(); }));
    done.acquire();
    done.acquire();
    goOn.release();
}

void TestLanes::throwingJob_answers500_data()
{
    QTest::addColumn<int>("lane");
    QTest::newRow("inline") << int(Lane::Inline);
    QTest::newRow("light") << int(Lane::Light);
    QTest::newRow("hashing") << int(Lane::Hashing);
    QTest::newRow("outbound") << int(Lane::Outbound);
}

void TestLanes::throwingJob_answers500()
{
    QFETCH(int, lane);
    QTest::ignoreMessage(QtCriticalMsg, "a job threw: on purpose");
    const auto answers = std::make_shared<Answers>();
    Lanes lanes(tiny);
    QVERIFY(lanes.run(Lane(lane), [pending = PendingAnswer(answers, 1)] { throw std::runtime_error("on purpose"); }));
    lanes.close();
    QCOMPARE(answers->statuses(), QList<int> {500});
}

void TestLanes::closedLanes_refuse()
{
    Lanes lanes(tiny);
    lanes.close();
    QVERIFY(!lanes.run(Lane::Light, [] {}));
    QVERIFY(!lanes.run(Lane::Hashing, [] {}));
    QVERIFY(!lanes.run(Lane::Outbound, [] {}));
    QVERIFY(lanes.run(Lane::Inline, [] {}));
}

void TestLanes::close_atTheDeadline_dropsWhatHasNotBegun()
{
    std::binary_semaphore begun(0);
    std::binary_semaphore goOn(0);
    std::atomic<int> ran = 0;
    const auto answers = std::make_shared<Answers>();
    Lanes lanes({.hashingThreads = 1, .hashingQueue = 1'000'000});
    QVERIFY(lanes.run(Lane::Hashing, [&, pending = PendingAnswer(answers, 0)]() mutable {
        begun.release();
        goOn.acquire(); // a slow hash
        pending.answer({.status = 200});
    }));
    begun.acquire();
    for (quint64 id = 1; id <= 8; ++id)
        QVERIFY(lanes.run(Lane::Hashing, [&ran, pending = PendingAnswer(answers, id)] { ++ran; }));
    std::jthread closing([&lanes] { lanes.close(std::chrono::steady_clock::now()); });
    while (lanes.run(Lane::Hashing, [&ran] { ++ran; })) // until it has begun to close
        std::this_thread::yield();
    goOn.release();
    closing.join();
    QCOMPARE(ran.load(), 0);
    QCOMPARE(answers->statuses(), (QList<int> {200} + QList<int>(8, 500)));
}

QTEST_GUILESS_MAIN(TestLanes)
#include "TestLanes.moc"
