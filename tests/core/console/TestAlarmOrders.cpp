#include "core/alarms/AlarmStore.h"
#include "core/console/Json.h"
#include "core/console/orders/Alarms.h"
#include "tests/support/ConsoleWorld.h"

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

/// What an operator sees of alarms, and says of them; and what the journal tells.
class TestAlarmOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<ConsoleWorld>(); }
    void cleanup() { m_w.reset(); }

    void list_saysWhatHappened();
    void list_isPagedAndFiltered();
    void list_refusesNonsense();
    void mark_isKeptAndTold();
    void mark_ofWhatThereIsNot_saysSo();
    void mark_isBounded();
    void find_tellsThemAsTheyAre();
    void view_crossesTheSocketWhole();
    void problem_isToldWhenItBegins();
    void theft_isListedOnceItIsTold();

private:
    template <typename Order>
    auto ask(Order order)
    {
        return got(m_w->console.ask(std::move(order)));
    }
    /// A second after whatever was before.
    void raise(RaisedAlarm alarm)
    {
        m_w->clock.advance(1s);
        alarm.at = alarm.lastAt = m_w->clock.now();
        QVERIFY(m_w->world.database->write([&](Transaction &transaction) { return AlarmStore::raise(transaction, alarm); }));
    }
    void raiseGuessing(const QString &address, const QString &email)
    {
        raise({.type = AlarmType::BruteForce, .about = u"denials"_s, .at = {}, .count = 51, .address = address, .email = email});
    }
    void raiseProblem(const QString &code) { raise({.type = AlarmType::Problem, .about = code, .at = {}, .detail = u"/data"_s}); }
    QList<Change> told(quint64 since) { return m_w->journal.since(since).changes; }

    std::unique_ptr<ConsoleWorld> m_w;
};

void TestAlarmOrders::list_saysWhatHappened()
{
    raiseGuessing(u"203.0.113.66"_s, u"ann@example.com"_s);
    raise({.type = AlarmType::LimitExceeded, .about = u"mine"_s, .at = {}, .address = u"203.0.113.67"_s});
    raiseProblem(u"disk_full"_s);
    const auto page = ask(ListAlarms {.limit = 10}).value();
    QCOMPARE(page.rows.size(), 3);
    QCOMPARE(page.next, QString());
    const Alarm &problem = page.rows[0].alarm;
    QCOMPARE(problem.type, AlarmType::Problem);
    QCOMPARE(problem.problem, u"disk_full"_s);
    QCOMPARE(problem.detail, u"/data"_s);
    QCOMPARE(page.rows[1].alarm.rule, u"mine"_s);
    QVERIFY(page.rows[1].alarm.problem.isEmpty());
    const Alarm &guessing = page.rows[2].alarm;
    QCOMPARE(guessing.sign, GuessSign::Denials);
    QCOMPARE(guessing.count, 51);
    QCOMPARE(guessing.address, u"203.0.113.66"_s);
    QCOMPARE(guessing.email, u"ann@example.com"_s);
    QCOMPARE(page.rows[2].state, AlarmState::Open);
    QCOMPARE(page.rows[2].times, 1);
    QCOMPARE(page.rows[2].lastAt, guessing.at);
}

void TestAlarmOrders::list_isPagedAndFiltered()
{
    for (int i = 0; i < 5; ++i)
        raiseGuessing(u"203.0.113.%1"_s.arg(i), u"user%1@example.com"_s.arg(i));
    raiseProblem(u"clock_jumped"_s);
    const auto first = ask(ListAlarms {.limit = 4}).value();
    QCOMPARE(first.rows.size(), 4);
    const auto second = ask(ListAlarms {.cursor = first.next, .limit = 4}).value();
    QCOMPARE(second.rows.size(), 2);
    QCOMPARE(second.next, QString());
    QCOMPARE(second.rows.last().alarm.email, u"user0@example.com"_s);
    QCOMPARE(ask(ListAlarms {.limit = 6})->next, QString()); // exactly all of them
    QCOMPARE(ask(ListAlarms {.limit = 0})->rows.size(), 1);  // at least one
    QCOMPARE(ask(MarkAlarms {.alarms = {first.rows[0].id}, .state = AlarmState::Done}).value(), 1);
    const QList<AlarmState> notDone {AlarmState::Open, AlarmState::Seen};
    struct Asked
    {
        QString text;
        QList<AlarmState> states;
        int number;
    };
    for (const Asked &asked : QList<Asked> {{{}, {}, 6},
                                            {{}, notDone, 5},
                                            {{}, {AlarmState::Done}, 1},
                                            {u"USER3"_s, {}, 1},
                                            {u"203.0.113."_s, notDone, 5},
                                            {u"clock"_s, {}, 1},
                                            {u"clock"_s, notDone, 0}}) {
        QCOMPARE(ask(ListAlarms {.text = asked.text, .states = asked.states, .limit = 500})->rows.size(), asked.number);
        QCOMPARE(ask(CountAlarms {.text = asked.text, .states = asked.states}).value(), asked.number);
    }
}

void TestAlarmOrders::list_refusesNonsense()
{
    QCOMPARE(ask(ListAlarms {.cursor = u"x"_s, .limit = 5}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(ListAlarms {.text = QString(600, u'x'), .limit = 5}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(CountAlarms {.text = QString(600, u'x')}).error().code, ErrorCode::InvalidInput);
}

void TestAlarmOrders::mark_isKeptAndTold()
{
    raiseProblem(u"disk_full"_s);
    raiseProblem(u"clock_jumped"_s);
    QList<Id> ids;
    const auto page = ask(ListAlarms {.limit = 10}).value();
    for (const AlarmView &each : page.rows)
        ids += each.id;
    const quint64 before = m_w->journal.position();
    m_w->clock.advance(1min);
    QCOMPARE(ask(MarkAlarms {.alarms = ids, .state = AlarmState::Seen}).value(), 2);
    const AlarmView seen = ask(ListAlarms {.limit = 1})->rows.first();
    QCOMPARE(seen.state, AlarmState::Seen);
    QCOMPARE(seen.changedBy, u"console"_s);
    QCOMPARE(seen.changedAt.value(), m_w->clock.now());
    QCOMPARE(told(before).size(), 1);
    QVERIFY(std::holds_alternative<AlarmsChanged>(told(before).first()));
    QCOMPARE(ask(MarkAlarms {.alarms = ids, .state = AlarmState::Seen}).value(), 0);
    QCOMPARE(told(before).size(), 1); // nothing is new
    QCOMPARE(ask(CountAlarms {.states = {AlarmState::Open}}).value(), 0);
}

void TestAlarmOrders::mark_ofWhatThereIsNot_saysSo()
{
    raiseProblem(u"disk_full"_s);
    const Id known = ask(ListAlarms {.limit = 1})->rows.first().id;
    const Id unknown = Id::create(m_w->clock.now());
    QCOMPARE(ask(MarkAlarms {.alarms = {unknown}}).error().code, ErrorCode::NotFound);
    QCOMPARE(ask(MarkAlarms {.alarms = {unknown, known}}).value(), 1);
}

void TestAlarmOrders::mark_isBounded()
{
    QCOMPARE(ask(MarkAlarms {.alarms = QList<Id>(1001)}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(MarkAlarms {.alarms = {}}).value(), 0);
}

/// What a window looks at before it takes a mark back.
void TestAlarmOrders::find_tellsThemAsTheyAre()
{
    raiseProblem(u"disk_full"_s);
    raiseProblem(u"clock_jumped"_s);
    const auto page = ask(ListAlarms {.limit = 2}).value();
    const Id newer = page.rows.first().id;
    const Id older = page.rows.last().id;
    QVERIFY(ask(MarkAlarms {.alarms = {older}, .state = AlarmState::Done}));
    const auto found = ask(FindAlarms {.alarms = {older, Id::create(m_w->clock.now()), newer}}).value();
    QCOMPARE(found.size(), 2);
    QCOMPARE(found.first().id, older);
    QCOMPARE(found.first().state, AlarmState::Done);
    QCOMPARE(found.last().state, AlarmState::Open);
    QVERIFY(ask(FindAlarms {}).value().isEmpty());
    QCOMPARE(ask(FindAlarms {.alarms = QList<Id>(1001)}).error().code, ErrorCode::InvalidInput);
}

void TestAlarmOrders::view_crossesTheSocketWhole()
{
    raiseGuessing(u"203.0.113.66"_s, u"ann@example.com"_s);
    QVERIFY(ask(MarkAlarms {.alarms = {ask(ListAlarms {.limit = 1})->rows.first().id}}));
    const AlarmView sent = ask(ListAlarms {.limit = 1})->rows.first();
    const auto json = toJson(sent);
    QCOMPARE(json["type"_L1], u"brute_force"_s); // flat, for scripts
    QCOMPARE(json["state"_L1], u"seen"_s);
    const auto read = fromJson<AlarmView>(json, u"alarm");
    QVERIFY(read && *read == sent);
}

void TestAlarmOrders::problem_isToldWhenItBegins()
{
    const quint64 before = m_w->journal.position();
    auto &alarms = m_w->world.core->alarms;
    alarms.watch({{.code = u"disk_full"_s, .detail = u"/data"_s, .down = true, .since = m_w->clock.now()}}, m_w->clock.now());
    QCOMPARE(told(before).size(), 1);
    const Change first = told(before).first();
    QVERIFY(std::holds_alternative<Alarm>(first));
    QCOMPARE(std::get<Alarm>(first).problem, u"disk_full"_s);
    alarms.store();
    QCOMPARE(told(before).size(), 2);
    QVERIFY(std::holds_alternative<AlarmsChanged>(told(before).last()));
    QCOMPARE(ask(CountAlarms {.states = {AlarmState::Open}}).value(), 1);
}

/// Who reads the list because the journal told of an alarm finds it there.
void TestAlarmOrders::theft_isListedOnceItIsTold()
{
    const auto pair = m_w->join(u"ann@example.com"_s);
    m_w->clock.advance(1min);
    QVERIFY(m_w->world.refresh(pair.refreshToken));
    m_w->clock.advance(1min);
    qint64 listed = -1;
    const quint64 before = m_w->journal.position();
    QVERIFY(!m_w->world.refresh(pair.refreshToken));
    for (const Change &change : told(before)) {
        if (std::holds_alternative<Alarm>(change))
            listed = ask(CountAlarms {}).value();
    }
    QCOMPARE(listed, 1);
    const AlarmView theft = ask(ListAlarms {.limit = 1})->rows.first();
    QCOMPARE(theft.alarm.sessionId, pair.session.id);
    QCOMPARE(theft.alarm.userId, pair.user.id);
}

QTEST_GUILESS_MAIN(TestAlarmOrders)
#include "TestAlarmOrders.moc"
