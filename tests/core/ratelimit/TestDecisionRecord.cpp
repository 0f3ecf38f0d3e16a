#include "core/ratelimit/DecisionRecord.h"
#include "tests/support/FakeClock.h"

#include <QTest>

#include <algorithm>
#include <set>
#include <thread>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDecisionRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void newest_areKept();
    void olderThanADay_areLeftOut();
    void reach_isWhatIsKept();
    void reach_endsWhereThereIsNoRoom();
    void whoIsTheSame_hasTheSameHash();
    void hashes_areNobodyElses();
    void networks_shareTheUpperHalf();
    void nothing_isRecordedWithoutRoom();
    void threads_loseNothing();

private:
    static RateSubject from(const QString &address, const QString &account = {}) { return {QHostAddress(address), account, {}}; }
    static RecordedDecision recorded(const DecisionRecord &record, TimePoint now) { return record.all(now).back(); }

    test::FakeClock m_clock;
};

void TestDecisionRecord::newest_areKept()
{
    DecisionRecord record(1000);
    const TimePoint begin = m_clock.now();
    for (int i = 0; i < 2500; ++i, m_clock.advance(1s))
        record.add(from(u"203.0.113.7"_s), i % 7, RecordedOutcome::Passed, m_clock.now());
    const auto all = record.all(m_clock.now());
    QCOMPARE(record.begin(), begin);
    QCOMPARE(all.size(), size_t(1000));
    for (size_t i = 0; i < all.size(); ++i) {
        QCOMPARE(all[i].tenths, quint32(10 * (1500 + i)));
        QCOMPARE(int(all[i].route), int((1500 + i) % 7));
    }
}

void TestDecisionRecord::olderThanADay_areLeftOut()
{
    DecisionRecord record(1000);
    for (int i = 0; i < 30; ++i, m_clock.advance(1h))
        record.add(from(u"203.0.113.7"_s), i, RecordedOutcome::Denied, m_clock.now());
    const auto all = record.all(m_clock.now());
    QCOMPARE(all.size(), size_t(23)); // of the last 24 hours, without their beginning
    QCOMPARE(int(all.front().route), 7);
}

void TestDecisionRecord::reach_isWhatIsKept()
{
    DecisionRecord record(1000);
    QCOMPARE(record.reachOf(record.all(m_clock.now()), m_clock.now()).from, m_clock.now()); // nothing was ever added
    const TimePoint begin = m_clock.now();
    record.add(from(u"203.0.113.7"_s), 0, RecordedOutcome::Passed, m_clock.now());
    m_clock.advance(1h);
    QCOMPARE(record.reachOf(record.all(m_clock.now()), m_clock.now()).from, begin);
    m_clock.advance(30h); // though nobody came since
    const auto reach = record.reachOf(record.all(m_clock.now()), m_clock.now());
    QCOMPARE(reach.from, m_clock.now() - 24h);
    QVERIFY(!reach.isCut);
}

void TestDecisionRecord::reach_endsWhereThereIsNoRoom()
{
    DecisionRecord record(1000);
    for (int i = 0; i < 2500; ++i, m_clock.advance(1s))
        record.add(from(u"203.0.113.7"_s), 0, RecordedOutcome::Passed, m_clock.now());
    const auto reach = record.reachOf(record.all(m_clock.now()), m_clock.now());
    QCOMPARE(reach.from, m_clock.now() - 1000s);
    QVERIFY(reach.isCut);
}

void TestDecisionRecord::whoIsTheSame_hasTheSameHash()
{
    DecisionRecord record(100);
    const Id session = Id::create(m_clock.now());
    record.add({QHostAddress(u"2001:db8::1"_s), u"a@x"_s, session}, 0, RecordedOutcome::Passed, m_clock.now());
    record.add({QHostAddress(u"2001:db8::2"_s), u"a@x"_s, session}, 0, RecordedOutcome::Passed, m_clock.now());
    record.add({QHostAddress(u"2001:db8:0:1::1"_s), u"b@x"_s, {}}, 0, RecordedOutcome::Passed, m_clock.now());
    record.add({}, 0, RecordedOutcome::Passed, m_clock.now());
    const auto all = record.all(m_clock.now());
    QCOMPARE(all[0].address, all[1].address);
    QCOMPARE(all[0].account, all[1].account);
    QCOMPARE(all[0].session, all[1].session);
    QVERIFY(all[0].address != all[2].address);
    QVERIFY(all[0].account != all[2].account);
    QCOMPARE(all[2].session, quint64(0));
    QCOMPARE(all[3].account, quint64(0));
    QVERIFY(all[3].address != 0);
}

void TestDecisionRecord::hashes_areNobodyElses()
{
    DecisionRecord one(10);
    DecisionRecord other(10);
    for (DecisionRecord *each : {&one, &other})
        each->add(from(u"203.0.113.7"_s, u"a@x"_s), 0, RecordedOutcome::Passed, m_clock.now());
    QVERIFY(recorded(one, m_clock.now()).address != recorded(other, m_clock.now()).address);
    QVERIFY(recorded(one, m_clock.now()).account != recorded(other, m_clock.now()).account);
}

void TestDecisionRecord::networks_shareTheUpperHalf()
{
    DecisionRecord record(10);
    for (const QString &address : {u"203.0.113.7"_s, u"203.0.113.200"_s, u"203.0.114.7"_s})
        record.add(from(address), 0, RecordedOutcome::Passed, m_clock.now());
    const auto all = record.all(m_clock.now());
    QCOMPARE(all[0].address >> 32, all[1].address >> 32);
    QVERIFY(all[0].address != all[1].address);
    QVERIFY(all[0].address >> 32 != all[2].address >> 32);
}

void TestDecisionRecord::nothing_isRecordedWithoutRoom()
{
    DecisionRecord record(0);
    for (int i = 0; i < 200; ++i)
        record.add(from(u"203.0.113.7"_s), 0, RecordedOutcome::Passed, m_clock.now());
    QVERIFY(record.all(m_clock.now()).empty());
}

void TestDecisionRecord::threads_loseNothing()
{
    DecisionRecord record(100'000);
    const TimePoint now = m_clock.now();
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 20; ++thread) { // more than have room of their own
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 1000; ++i)
                    record.add(from(u"203.0.113.7"_s), 1000 * thread + i, RecordedOutcome::Passed, now + i * 100ms);
                (void)record.all(now + 1h);
            });
        }
    }
    const auto all = record.all(now + 1h);
    QVERIFY(std::ranges::is_sorted(all, {}, &RecordedDecision::tenths));
    std::set<quint16> routes;
    for (const RecordedDecision &each : all)
        routes.insert(each.route);
    QCOMPARE(all.size(), size_t(20'000));
    QCOMPARE(routes.size(), size_t(20'000));
}

QTEST_GUILESS_MAIN(TestDecisionRecord)
#include "TestDecisionRecord.moc"
