#include "core/alarms/AlarmEpisode.h"
#include "core/alarms/AlarmStore.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

/// What is one alarm and what are two, what becomes of their states, and how many are kept.
class TestAlarmStore : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void raised_isReadBackWhole();
    void again_isOneOrTwo_data();
    void again_isOneOrTwo();
    void again_hasTheParticularsOfTheLastTime();
    void again_leavesTheState();
    void again_afterDone_isANewOne();
    void episode_endsWithQuiet_data();
    void episode_endsWithQuiet();
    void mark_notesWhoAndWhen();
    void mark_goesWhereItMay_data();
    void mark_goesWhereItMay();
    void list_isPagedByState();
    void room_isMadeByTheDoneFirst();
    void room_isMadeByTheKindThatHasMost();
    void done_goWhenTheyAreOld();

private:
    DbConnection &reader() { return m_world->database->reader(); }
    void raise(const RaisedAlarm &alarm, qint64 room = AlarmStore::most)
    {
        const auto raised = m_world->database->write([&](Transaction &transaction) { return AlarmStore::raise(transaction, alarm, room); });
        QVERIFY2(raised, qPrintable(raised ? QString() : raised.error().detail));
    }
    int mark(const QList<Id> &alarms, AlarmState state, const QString &actor = u"console"_s)
    {
        return m_world->database
            ->write([&](Transaction &transaction) { return AlarmStore::mark(transaction, alarms, state, actor, m_clock.now()); })
            .value_or(-1);
    }
    /// Newest first.
    QList<StoredAlarm> rows(const QList<AlarmState> &states = {})
    {
        QList<StoredAlarm> all;
        const auto read = AlarmStore::each(reader(), states, {}, [&all](const StoredAlarm &alarm) {
            all += alarm;
            return true;
        });
        return read ? all : QList<StoredAlarm>();
    }
    RaisedAlarm theft() const
    {
        return {.type = AlarmType::RefreshReused,
                .at = m_clock.now(),
                .address = u"203.0.113.66"_s,
                .openedFrom = u"192.0.2.7"_s,
                .email = u"ann@example.com"_s,
                .user = Id::create(m_clock.now()),
                .session = Id::create(m_clock.now())};
    }
    RaisedAlarm guessing(GuessSign sign, const QString &address, const QString &email) const
    {
        return {.type = AlarmType::BruteForce, .about = nameOf(sign), .at = m_clock.now(), .count = 51, .address = address, .email = email};
    }
};

void TestAlarmStore::raised_isReadBackWhole()
{
    RaisedAlarm alarm = theft();
    alarm.lastAt = alarm.at + 3s;
    alarm.times = 2;
    alarm.count = 7;
    alarm.about = u"x"_s;
    alarm.detail = u"y"_s;
    raise(alarm);
    QCOMPARE(rows().size(), 1);
    const StoredAlarm row = rows().first();
    QVERIFY(row.raised == alarm);
    QCOMPARE(row.state, AlarmState::Open);
    QVERIFY(!row.changedAt && row.changedBy.isEmpty());
    QCOMPARE(AlarmStore::find(reader(), row.id).value()->id, row.id);
    QVERIFY(!AlarmStore::find(reader(), Id::create(m_clock.now())).value());
    const RaisedAlarm bare {.type = AlarmType::Problem, .about = u"disk_full"_s, .at = m_clock.now() + 1s, .detail = QString(2000, u'x')};
    raise(bare);
    QVERIFY(rows().first().raised.user.isNull() && rows().first().raised.session.isNull());
    QCOMPARE(rows().first().raised.detail.size(), 500);
}

void TestAlarmStore::again_isOneOrTwo_data()
{
    QTest::addColumn<RaisedAlarm>("first");
    QTest::addColumn<RaisedAlarm>("second");
    QTest::addColumn<int>("number");
    using enum GuessSign;
    const QString here = u"203.0.113.66"_s;
    const QString there = u"203.0.113.67"_s;
    const QString ann = u"ann@example.com"_s;
    const QString bob = u"bob@example.com"_s;
    QTest::newRow("denied at one account") << guessing(Denials, here, ann) << guessing(Denials, here, ann) << 1;
    QTest::newRow("denied elsewhere") << guessing(Denials, here, ann) << guessing(Denials, there, ann) << 2;
    QTest::newRow("an account's guessers, wherever they are")
        << guessing(FailuresInARow, here, ann) << guessing(FailuresInARow, there, ann) << 1;
    QTest::newRow("two accounts that are guessed at") << guessing(FailuresInARow, here, ann) << guessing(FailuresInARow, here, bob) << 2;
    QTest::newRow("a network, whatever it tries") << guessing(ManyAccounts, here, ann) << guessing(ManyAccounts, here, bob) << 1;
    QTest::newRow("two signs") << guessing(Denials, here, ann) << guessing(FailuresInARow, here, ann) << 2;
    QTest::newRow("two sessions") << theft() << theft() << 2;
    const RaisedAlarm limit {.type = AlarmType::LimitExceeded, .about = u"mine"_s, .at = m_clock.now(), .address = here, .email = ann};
    RaisedAlarm byBob = limit;
    byBob.address = there;
    byBob.email = bob;
    QTest::newRow("a limit, whoever exceeds it") << limit << byBob << 1;
    RaisedAlarm another = limit;
    another.about = u"yours"_s;
    QTest::newRow("two limits") << limit << another << 2;
    const RaisedAlarm full {.type = AlarmType::Problem, .about = u"disk_full"_s, .at = m_clock.now()};
    RaisedAlarm low = full;
    low.about = u"disk_low"_s;
    QTest::newRow("a problem") << full << full << 1;
    QTest::newRow("two problems") << full << low << 2;
}

void TestAlarmStore::again_isOneOrTwo()
{
    QFETCH(RaisedAlarm, first);
    QFETCH(RaisedAlarm, second);
    QFETCH(int, number);
    second.at = second.lastAt = first.at + 1min;
    raise(first);
    raise(second);
    QCOMPARE(rows().size(), number);
    QCOMPARE(rows().first().raised.times, number == 1 ? 2 : 1);
}

void TestAlarmStore::again_hasTheParticularsOfTheLastTime()
{
    RaisedAlarm alarm = guessing(GuessSign::FailuresInARow, u"203.0.113.66"_s, u"ann@example.com"_s);
    raise(alarm);
    const TimePoint began = alarm.at;
    alarm.at = alarm.lastAt = began + 5min;
    alarm.address = u"203.0.113.99"_s;
    alarm.count = 75;
    alarm.times = 3;
    raise(alarm);
    const RaisedAlarm kept = rows().value(0).raised;
    QCOMPARE(kept.at, began);
    QCOMPARE(kept.lastAt, began + 5min);
    QCOMPARE(kept.address, u"203.0.113.99"_s);
    QCOMPARE(kept.count, 75);
    QCOMPARE(kept.times, 4);
}

void TestAlarmStore::again_leavesTheState()
{
    const RaisedAlarm alarm = guessing(GuessSign::FailuresInARow, {}, u"ann@example.com"_s);
    raise(alarm);
    QCOMPARE(mark({rows().first().id}, AlarmState::Seen), 1);
    raise(alarm);
    QCOMPARE(rows().size(), 1);
    QCOMPARE(rows().first().state, AlarmState::Seen);
    QCOMPARE(rows().first().raised.times, 2);
}

void TestAlarmStore::again_afterDone_isANewOne()
{
    const RaisedAlarm alarm = guessing(GuessSign::FailuresInARow, {}, u"ann@example.com"_s);
    raise(alarm);
    QCOMPARE(mark({rows().first().id}, AlarmState::Done), 1);
    raise(alarm);
    QCOMPARE(rows().size(), 2);
    QCOMPARE(rows({AlarmState::Open}).size(), 1);
    QCOMPARE(rows({AlarmState::Open}).first().raised.times, 1);
}

void TestAlarmStore::episode_endsWithQuiet_data()
{
    QTest::addColumn<bool>("isProblem");
    QTest::addColumn<Milliseconds>("quiet");
    QTest::addColumn<int>("number");
    QTest::newRow("a guesser, just within the hour") << false << Milliseconds {1h} - 1ms << 1;
    QTest::newRow("a guesser, after an hour") << false << Milliseconds {1h} << 2;
    QTest::newRow("a problem, just within the day") << true << Milliseconds {24h} - 1ms << 1;
    QTest::newRow("a problem, after a day") << true << Milliseconds {24h} << 2;
    QTest::newRow("the clock was set back a little") << false << Milliseconds {-1h} + 1ms << 1;
    QTest::newRow("the clock was set back far") << false << Milliseconds {-48h} << 2;
    QTest::newRow("a problem, the clock set back far") << true << Milliseconds {-48h} << 2;
}

void TestAlarmStore::episode_endsWithQuiet()
{
    QFETCH(bool, isProblem);
    QFETCH(Milliseconds, quiet);
    QFETCH(int, number);
    RaisedAlarm alarm = guessing(GuessSign::ManyAccounts, u"203.0.113.0/24"_s, {});
    if (isProblem)
        alarm = {.type = AlarmType::Problem, .about = u"certificate_expires"_s, .at = m_clock.now()};
    raise(alarm);
    alarm.at = alarm.lastAt = alarm.at + quiet;
    raise(alarm);
    QCOMPARE(rows().size(), number);
}

void TestAlarmStore::mark_notesWhoAndWhen()
{
    raise(theft());
    m_clock.advance(5min);
    QCOMPARE(mark({rows().first().id}, AlarmState::Seen, u"command line"_s), 1);
    QCOMPARE(rows().first().state, AlarmState::Seen);
    QCOMPARE(rows().first().changedAt.value(), m_clock.now());
    QCOMPARE(rows().first().changedBy, u"command line"_s);
    m_clock.advance(1min);
    QCOMPARE(mark({rows().first().id}, AlarmState::Seen), 0); // whoever was first has seen it
    QCOMPARE(rows().first().changedBy, u"command line"_s);
}

void TestAlarmStore::mark_goesWhereItMay_data()
{
    QTest::addColumn<AlarmState>("from");
    QTest::addColumn<AlarmState>("to");
    QTest::addColumn<bool>("goes");
    using enum AlarmState;
    QTest::newRow("seen") << Open << Seen << true;
    QTest::newRow("done at once") << Open << Done << true;
    QTest::newRow("done") << Seen << Done << true;
    QTest::newRow("done, and then somebody looks") << Done << Seen << false;
    QTest::newRow("taken back") << Done << Open << true;
    QTest::newRow("unseen") << Seen << Open << true;
    QTest::newRow("twice") << Done << Done << false;
}

void TestAlarmStore::mark_goesWhereItMay()
{
    QFETCH(AlarmState, from);
    QFETCH(AlarmState, to);
    QFETCH(bool, goes);
    raise(theft());
    const Id id = rows().first().id;
    (void)mark({id}, from);
    QCOMPARE(rows().first().state, from);
    QCOMPARE(mark({id, Id::create(m_clock.now())}, to), goes ? 1 : 0);
    QCOMPARE(rows().first().state, goes ? to : from);
}

void TestAlarmStore::list_isPagedByState()
{
    for (int i = 0; i < 6; ++i) {
        m_clock.advance(1s);
        raise(theft());
    }
    const QList<StoredAlarm> all = rows();
    QVERIFY(std::ranges::is_sorted(all, std::greater(), &StoredAlarm::id));
    QCOMPARE(mark({all[1].id, all[2].id}, AlarmState::Seen), 2);
    QCOMPARE(mark({all[5].id}, AlarmState::Done), 1);
    QCOMPARE(AlarmStore::count(reader(), {}).value(), 6);
    QCOMPARE(AlarmStore::count(reader(), {AlarmState::Open}).value(), 3);
    QCOMPARE(AlarmStore::count(reader(), {AlarmState::Open, AlarmState::Seen}).value(), 5);
    QList<Id> later;
    const auto take = [&later](const StoredAlarm &alarm) {
        later += alarm.id;
        return later.size() < 2;
    };
    QVERIFY(AlarmStore::each(reader(), {AlarmState::Open, AlarmState::Seen}, all[1].id, take));
    QCOMPARE(later, QList<Id>({all[2].id, all[3].id}));
}

void TestAlarmStore::room_isMadeByTheDoneFirst()
{
    for (int i = 0; i < 20; ++i) {
        m_clock.advance(1s);
        raise(theft(), 20);
    }
    const QList<StoredAlarm> all = rows();
    QCOMPARE(all.size(), 20);
    QCOMPARE(mark({all[4].id}, AlarmState::Done), 1);
    m_clock.advance(1s);
    raise(theft(), 20);
    QCOMPARE(rows().size(), 20);
    QVERIFY(!AlarmStore::find(reader(), all[4].id).value());
    QVERIFY(AlarmStore::find(reader(), all[19].id).value()); // the oldest, which nobody has seen
}

/// Who makes one kind of alarm by the thousand hides no other by that.
void TestAlarmStore::room_isMadeByTheKindThatHasMost()
{
    raise(theft(), 20);
    const Id stolen = rows().first().id;
    for (int i = 0; i < 100; ++i) {
        m_clock.advance(1s);
        raise(guessing(GuessSign::Denials, u"10.0.0.%1"_s.arg(i), {}), 20);
    }
    QCOMPARE(rows().size(), 20);
    QVERIFY(AlarmStore::find(reader(), stolen).value());
    QCOMPARE(rows().first().raised.address, u"10.0.0.99"_s);
}

void TestAlarmStore::done_goWhenTheyAreOld()
{
    raise(theft());
    m_clock.advance(1s);
    raise(theft());
    QCOMPARE(mark({rows().last().id}, AlarmState::Done), 1);
    const auto removeBefore = [this](TimePoint before) {
        return m_world->database->write([before](DbConnection &connection) { return AlarmStore::removeDone(connection, before, 100); })
            .value_or(-1);
    };
    QCOMPARE(removeBefore(m_clock.now()), 0);
    QCOMPARE(removeBefore(m_clock.now() + 1ms), 1);
    QCOMPARE(rows().size(), 1);
    QCOMPARE(removeBefore(m_clock.now() + 999h), 0); // who is not done stays
}

QTEST_GUILESS_MAIN(TestAlarmStore)
#include "TestAlarmStore.moc"
