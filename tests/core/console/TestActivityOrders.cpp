#include "core/audit/AuditStore.h"
#include "core/console/orders/Activity.h"
#include "core/console/orders/Changes.h"
#include "tests/support/ConsoleWorld.h"

#include <QSet>

#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What an admin reads of who did what.
class TestActivityOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_w.reset(); }

    void list_saysWhoAndWhat();
    void filter_isOneForListCountAndNews_data();
    void filter_isOneForListCountAndNews();
    void session_isOneOfItsUser();
    void pages_showEachOnce_data();
    void pages_showEachOnce();
    void steps_addUpToTheNumber_data() { filter_isOneForListCountAndNews_data(); }
    void steps_addUpToTheNumber();
    void news_areThoseSinceANumber();
    void newRecords_areTold();
    void check_goesPartByPart();
    void check_noticesAnotherHead();
    void nonsense_isRefused();

private:
    template <typename Order>
    auto ask(Order order)
    {
        return got(m_w->console.ask(std::move(order)));
    }
    void record(const AuditEvent &event)
    {
        m_w->world.database->write([&](Transaction &transaction) { return AuditStore::append(transaction, event); }).value();
    }
    /// Fifty, a second apart: every fifth of Ann, every third from ::1, kinds by turns.
    void recordMany();

    std::unique_ptr<ConsoleWorld> m_w;
    Id m_ann;
    TimePoint m_start;
};

void TestActivityOrders::init()
{
    m_w = std::make_unique<ConsoleWorld>();
    m_ann = m_w->join(u"ann@example.com"_s).user.id;
    m_start = m_w->clock.now() + std::chrono::hours {1};
}

void TestActivityOrders::recordMany()
{
    const QLatin1StringView types[] {audit::loginFailed, audit::loginSucceeded, audit::keyRotated, audit::sessionRevoked};
    for (int i = 0; i < 50; ++i)
        record({.at = m_start + Seconds {i},
                .type = types[i % 4],
                .actor = u"user"_s,
                .subject = i % 5 == 0 ? std::optional(m_ann) : std::nullopt,
                .address = i % 3 == 0 ? u"2001:db8::1"_s : u"192.0.2.7"_s});
}

void TestActivityOrders::list_saysWhoAndWhat()
{
    const ActivityFilter filter {.types = {audit::userRegistered}, .user = u"ann@example.com"_s};
    const auto page = ask(ListActivity {.filter = filter, .limit = 10}).value();
    QCOMPARE(page.rows.size(), 1);
    const ActivityView &record = page.rows.first();
    QCOMPARE(record.type, u"user_registered"_s);
    QCOMPARE(record.email, u"ann@example.com"_s);
    QCOMPARE(record.userId, m_ann);
    QCOMPARE(record.actor, u"user"_s);
    QCOMPARE(record.hash.size(), 64);
    QVERIFY(record.seq > 0);
    QVERIFY(page.next.isEmpty());
}

void TestActivityOrders::filter_isOneForListCountAndNews_data()
{
    QTest::addColumn<ActivityFilter>("filter");
    QTest::addColumn<int>("number");
    const TimePoint start = FakeClock().now() + std::chrono::hours {1};
    const QString failed = audit::loginFailed;
    const QString rotated = audit::keyRotated;
    QTest::newRow("a kind") << ActivityFilter {.types = {failed}} << 13;
    QTest::newRow("two kinds") << ActivityFilter {.types = {failed, rotated, failed}, .from = start} << 25;
    QTest::newRow("a person") << ActivityFilter {.user = u"ANN@example.com"_s, .from = start} << 10;
    QTest::newRow("a person of a kind") << ActivityFilter {.types = {failed}, .user = u"ann@example.com"_s} << 3;
    QTest::newRow("an address") << ActivityFilter {.address = u"192.0.2.7"_s, .from = start} << 33;
    QTest::newRow("an address in another spelling") << ActivityFilter {.address = u"[2001:DB8:0::1]"_s} << 17;
    QTest::newRow("an address and a kind") << ActivityFilter {.types = {failed}, .address = u"2001:db8::1"_s} << 5;
    QTest::newRow("from a moment on") << ActivityFilter {.from = start + Seconds {40}} << 10;
    QTest::newRow("before a moment") << ActivityFilter {.types = {failed}, .until = start + Seconds {4}} << 1;
    QTest::newRow("a kind within a time") << ActivityFilter {.types = {failed}, .from = start + Seconds {10}, .until = start + Seconds {20}}
                                          << 2;
    QTest::newRow("nobody's address") << ActivityFilter {.user = u"nobody@example.com"_s} << 0;
    QTest::newRow("no address at all") << ActivityFilter {.address = u"here"_s} << 0;
    QTest::newRow("a kind nobody knows") << ActivityFilter {.types = {u"' OR 1=1 --"_s}} << 0;
}

void TestActivityOrders::filter_isOneForListCountAndNews()
{
    QFETCH(ActivityFilter, filter);
    QFETCH(int, number);
    recordMany();
    QCOMPARE(ask(CountActivity {.filter = filter}).value(), number);
    const auto page = ask(ListActivity {.filter = filter, .limit = 100}).value();
    QCOMPARE(page.rows.size(), number);
    QVERIFY(std::ranges::is_sorted(page.rows, std::greater {}, &ActivityView::id));
    const auto news = ask(ReadActivity {.filter = filter, .after = 0, .limit = 500}).value();
    QCOMPARE(news.rows.size(), number);
    QSet<Id> listed;
    for (const ActivityView &row : page.rows)
        listed += row.id;
    for (const ActivityView &row : news.rows)
        QVERIFY(listed.contains(row.id));
}

/// By list, count, steps and news alike.
void TestActivityOrders::session_isOneOfItsUser()
{
    const Id session = Id::create(m_start);
    const Id another = Id::create(m_start);
    for (int i = 0; i < 12; ++i)
        record({.at = m_start + Seconds {i},
                .type = i % 2 == 0 ? audit::sessionRevoked : audit::refreshReused,
                .actor = u"user"_s,
                .subject = m_ann,
                .session = i % 3 == 0 ? another : session});
    const ActivityFilter filter {
        .user = m_ann.toString(), .session = session, .from = m_start, .until = m_start + std::chrono::minutes {1}};
    const auto page = ask(ListActivity {.filter = filter, .limit = 100}).value();
    QCOMPARE(page.rows.size(), 8);
    QVERIFY(std::ranges::all_of(page.rows, [session](const ActivityView &row) { return row.sessionId == session; }));
    QCOMPARE(ask(CountActivity {.filter = filter}).value(), 8);
    QCOMPARE(ask(ReadActivity {.filter = filter, .after = 0, .limit = 500})->rows.size(), 8);
    QCOMPARE(ask(CountActivitySteps {.filter = filter, .step = Seconds {60}}).value(), QList<qint64> {8});
    ActivityFilter ofAKind = filter;
    ofAKind.types = {audit::refreshReused};
    QCOMPARE(ask(CountActivity {.filter = ofAKind}).value(), 4);
    ActivityFilter ofNobody = filter;
    ofNobody.user.clear();
    QCOMPARE(ask(ListActivity {.filter = ofNobody, .limit = 5}).error().code, ErrorCode::InvalidInput);
}

void TestActivityOrders::pages_showEachOnce_data()
{
    QTest::addColumn<ActivityFilter>("filter");
    QTest::addColumn<int>("number");
    QTest::newRow("all") << ActivityFilter {} << 0; // as many as there are
    QTest::newRow("two kinds") << ActivityFilter {.types = {audit::loginFailed, audit::sessionRevoked}} << 25;
    QTest::newRow("an address") << ActivityFilter {.address = u"2001:db8::1"_s} << 17;
}

void TestActivityOrders::pages_showEachOnce()
{
    QFETCH(ActivityFilter, filter);
    QFETCH(int, number);
    recordMany();
    QSet<Id> seen;
    ListActivity order {.filter = filter, .limit = 7};
    TimePoint last = TimePoint::max();
    do {
        const auto page = ask(order).value();
        for (const ActivityView &row : page.rows) {
            QVERIFY(row.at <= last && !seen.contains(row.id));
            seen += row.id;
            last = row.at;
        }
        order.cursor = page.next;
    } while (!order.cursor.isEmpty());
    QCOMPARE(seen.size(), number > 0 ? number : ask(CountActivity {}).value());
    QList<Id> backwards;
    order.backwards = true;
    do {
        const auto page = ask(order).value();
        QVERIFY(!page.rows.isEmpty() && std::ranges::is_sorted(page.rows, std::greater {}, &ActivityView::id));
        for (qsizetype i = page.rows.size() - 1; i >= 0; --i)
            backwards += page.rows[i].id;
        order.cursor = page.next;
    } while (!order.cursor.isEmpty());
    QVERIFY(std::ranges::is_sorted(backwards));
    QCOMPARE(QSet<Id>(backwards.cbegin(), backwards.cend()), seen);
    QCOMPARE(backwards.size(), seen.size());
}

void TestActivityOrders::steps_addUpToTheNumber()
{
    QFETCH(ActivityFilter, filter);
    recordMany();
    filter.from = filter.from.value_or(m_start);
    filter.until = filter.until.value_or(m_start + Seconds {50});
    const auto steps = ask(CountActivitySteps {.filter = filter, .step = Seconds {7}}).value(); // the last one is cut
    QCOMPARE(std::accumulate(steps.begin(), steps.end(), qint64(0)), ask(CountActivity {.filter = filter}).value());
    QCOMPARE(steps.size(), qsizetype((*filter.until - *filter.from + Seconds {7} - Milliseconds {1}) / Seconds {7}));
}

void TestActivityOrders::news_areThoseSinceANumber()
{
    const qint64 before = ask(ReadActivity {.after = 0, .limit = 500})->lookedAt;
    recordMany();
    const auto first = ask(ReadActivity {.filter = {.types = {audit::keyRotated}}, .after = before, .limit = 20}).value();
    QCOMPARE(first.lookedAt, before + 20);
    QVERIFY(first.hasMore);
    QCOMPARE(first.rows.size(), 5);
    const auto rest = ask(ReadActivity {.after = first.lookedAt, .limit = 500}).value();
    QCOMPARE(rest.rows.size(), 30);
    QVERIFY(!rest.hasMore && std::ranges::is_sorted(rest.rows, {}, &ActivityView::seq));
    QVERIFY(ask(ReadActivity {.after = rest.lookedAt, .limit = 500})->rows.isEmpty());
    const auto exactly = ask(ReadActivity {.after = before, .limit = 50}).value();
    QVERIFY(exactly.rows.size() == 50 && !exactly.hasMore);
}

void TestActivityOrders::newRecords_areTold()
{
    const auto before = ask(ReadActivity {.after = 0, .limit = 500}).value();
    record({.at = m_start, .type = audit::loginFailed, .actor = u"user"_s});
    const auto told = ask(ChangesSince {.position = before.position}).value();
    QCOMPARE(told.changes.size(), 1);
    QCOMPARE(std::get<ActivityRecorded>(told.changes.first()).seq, before.lookedAt + 1);
}

void TestActivityOrders::check_goesPartByPart()
{
    recordMany();
    const auto part = ask(CheckActivity {}).value();
    QVERIFY(part.breaks.isEmpty() && part.next.isEmpty());
    QCOMPARE(part.checked, ask(CountActivity {}).value());
    QCOMPARE(part.first, 0);
    QVERIFY(part.head.startsWith(QString::number(part.last) + u':'));
    QCOMPARE(ask(CheckActivity {.cursor = part.head})->checked, 0);
}

void TestActivityOrders::check_noticesAnotherHead()
{
    const QString head = ask(CheckActivity {})->head;
    recordMany();
    QVERIFY(ask(CheckActivity {.remembered = head})->breaks.isEmpty());
    const QString another = head.section(u':', 0, 0) + u':' + QString(64, u'0');
    const auto found = ask(CheckActivity {.remembered = another}).value();
    QCOMPARE(found.breaks.size(), 1);
    QCOMPARE(found.breaks.first().flaw, AuditFlaw::Replaced);
    const QString beyond = u"999:"_s + QString(64, u'0');
    QCOMPARE(ask(CheckActivity {.remembered = beyond})->breaks.first().flaw, AuditFlaw::CutOff);
}

void TestActivityOrders::nonsense_isRefused()
{
    QCOMPARE(ask(ListActivity {.cursor = u"x"_s, .limit = 5}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(CheckActivity {.cursor = u"x"_s}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(CheckActivity {.remembered = u"1:aa"_s}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(ListActivity {.filter = {.user = QString(600, u'x')}, .limit = 5}).error().code, ErrorCode::InvalidInput);
    const ActivityFilter aDay {.from = m_start, .until = m_start + std::chrono::days {1}};
    for (const CountActivitySteps &order : {CountActivitySteps {.step = Seconds {60}}, CountActivitySteps {.filter = aDay},
                                            CountActivitySteps {.filter = aDay, .step = Seconds {60}},
                                            CountActivitySteps {.filter = aDay, .step = std::chrono::days {1'000'000}}})
        QCOMPARE(ask(order).error().code, ErrorCode::InvalidInput);
    QStringList many;
    for (int i = 0; i < 201; ++i)
        many += QString::number(i);
    QCOMPARE(ask(CountActivity {.filter = {.types = many}}).error().code, ErrorCode::InvalidInput);
}

QTEST_GUILESS_MAIN(TestActivityOrders)
#include "TestActivityOrders.moc"
