#include "core/base/Id.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/sessions/SessionsModel.h"
#include "ui/users/UsersModel.h"
#include "ui/widgets/ColumnFit.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/RowsModel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QPaintEvent>
#include <QRegion>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// Gathers what a widget paints.
class PaintedRegion final : public QObject
{
public:
    explicit PaintedRegion(QWidget &widget) { widget.installEventFilter(this); }

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            region += static_cast<QPaintEvent *>(event)->region();
        return false;
    }

    QRegion region;
};

} // namespace

class TestModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sessions_standNewestFirst();
    void rowOfTwoPages_standsOnce();
    void owner_isRenamed_inAllTheirRows();
    void change_touchesItsRowOnly();
    void gone_leavesLiveListAndStaysInEndedList();
    void change_outsideFilter_doesNotAppear();
    void change_belowWhatWasRead_waitsForItsPage();
    void expired_leave();
    void ofASpan_leaveWithTime();
    void expired_isNotCountedAsLive();
    void newRows_comeAtOnce();
    void ages_areToldAtOnce();
    void thousandChanges_moveNeitherSelectionNorScroll();
    void newSession_showsAtTheTop_whenNothingIsSelected();
    void longReload_isFewSteps();
    void otherOrder_isOneStep_andKeepsTheSelection();
    void reloadThatFailsMidway_leavesNothingBehind();
    void changeDuringAReadingThatFailed_isNotToldAgain();
    void changeDuringAJump_isApplied_thoughItReadsOnAtOnce();
    void idleSecond_paintsOnlyWhatSaysSomethingElse();
    void users_keepTheOrderOfAddresses();
    void copy_isTsv_andCsvDefusesFormulas();
    void sorting_usesRawValues();
    void columns_fitTheRoom_data();
    void columns_fitTheRoom();

private:
    /// Until what the console holds stands in the model.
    static void read(PagedList &model);
    /// The same, of these.
    void read(SessionsModel &model, const QList<SessionView> &newestFirst);

    Scene m_scene;
    QObject m_page;
};

void TestModels::init() { m_scene.console.sessionRows.clear(); }

void TestModels::read(PagedList &model)
{
    model.reload(0);
    QTRY_VERIFY(!model.isLoading());
}

void TestModels::read(SessionsModel &model, const QList<SessionView> &newestFirst)
{
    m_scene.console.sessionRows = newestFirst;
    read(model);
}

void TestModels::sessions_standNewestFirst()
{
    SessionsModel model(m_scene.context(), &m_page);
    QAbstractItemModelTester held(&model);
    const SessionView old = m_scene.session(900);
    const SessionView fresh = m_scene.session(10);
    read(model, {fresh, old});
    QCOMPARE(model.rows().first().id, fresh.id);
    const SessionView between = m_scene.session(400);
    model.apply({between});
    QCOMPARE(model.rowOf(between.id), 1);
    read(model, {fresh});
    QCOMPARE(model.rowCount(), 1);
}

void TestModels::rowOfTwoPages_standsOnce()
{
    SessionsModel model(m_scene.context(), &m_page);
    QList<SessionView> rows;
    for (int i = 0; i < 240; ++i)
        rows += m_scene.session(10 + i);
    read(model, rows);
    QCOMPARE(model.rowCount(), 200);
    const SessionView fresh = m_scene.session(1);
    m_scene.console.sessionRows.prepend(fresh); // what was the last row of the first page begins the second one
    model.apply({fresh});
    model.fetchMore({});
    QTRY_COMPARE(model.rowCount(), 241);
    QCOMPARE(model.rows().last().id, rows.last().id);
}

/// Also where a page came before the change and another one after it.
void TestModels::owner_isRenamed_inAllTheirRows()
{
    SessionsModel model(m_scene.context(), &m_page);
    SessionView fresh = m_scene.session(10, u"ada@x.org"_s);
    SessionView old = m_scene.session(90, u"king@x.org"_s);
    UserView user;
    user.id = Id::create(m_scene.clock.now());
    user.email = old.email;
    fresh.userId = old.userId = user.id;
    read(model, {fresh, old});
    model.apply({user});
    QCOMPARE(model.rows()[0].email, user.email);
    model.apply({fresh}); // as it was read
    model.apply({user});
    QCOMPARE(model.rows()[0].email, user.email);
    QCOMPARE(model.rows()[1].email, user.email);
}

void TestModels::change_touchesItsRowOnly()
{
    SessionsModel model(m_scene.context(), &m_page);
    QAbstractItemModelTester held(&model);
    SessionView session = m_scene.session(50);
    read(model, {m_scene.session(10), session, m_scene.session(90)});
    QSignalSpy changed(&model, &SessionsModel::dataChanged);
    QSignalSpy reset(&model, &SessionsModel::modelReset);
    session.generation = 7;
    model.apply({session});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(model.rows()[1].generation, 7);
}

void TestModels::gone_leavesLiveListAndStaysInEndedList()
{
    SessionsModel model(m_scene.context(), &m_page);
    QAbstractItemModelTester held(&model);
    const SessionView session = m_scene.session(50);
    read(model, {session});
    model.apply({SessionGone {session.id, u"reuse"_s, m_scene.clock.now()}});
    QCOMPARE(model.rowCount(), 0);
    model.setFilter({.text = {}, .user = {}, .ended = true});
    read(model, {session});
    model.apply({SessionGone {session.id, u"reuse"_s, m_scene.clock.now()}});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 3).data().toString(), u"Refresh token reused"_s);
    QCOMPARE(model.counts()->live, 0);
}

void TestModels::change_outsideFilter_doesNotAppear()
{
    SessionsModel model(m_scene.context(), &m_page);
    QAbstractItemModelTester held(&model);
    model.setFilter({.text = u"ada"_s, .user = {}, .ended = false});
    read(model);
    model.apply({m_scene.session(5, u"grace@example.com"_s), m_scene.session(6, u"ADA@example.com"_s)});
    QCOMPARE(model.rowCount(), 1);
}

void TestModels::change_belowWhatWasRead_waitsForItsPage()
{
    SessionsModel model(m_scene.context(), &m_page);
    QList<SessionView> rows;
    for (int i = 0; i < 201; ++i)
        rows += m_scene.session(10 + i);
    read(model, rows);
    model.apply({m_scene.session(5000)});
    QCOMPARE(model.rowCount(), 200);
    QVERIFY(model.canFetchMore({}));
}

void TestModels::expired_leave()
{
    SessionsModel model(m_scene.context(), &m_page);
    SessionView session = m_scene.session(10);
    session.expiresAt = m_scene.clock.now() + Seconds {5};
    SessionView next = m_scene.session(15);
    next.expiresAt = session.expiresAt;
    read(model, {session, next, m_scene.session(20)});
    const QSignalSpy changing(&model, &TableModel::changing);
    const QSignalSpy left(&model, &QAbstractItemModel::rowsRemoved);
    model.everySecond();
    QCOMPARE(changing.size(), 0); // nobody leaves: the view need not note what is looked at
    m_scene.clock.advance(Seconds {5});
    model.everySecond();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(left.size(), 1); // both at once
}

void TestModels::ofASpan_leaveWithTime()
{
    SessionsModel model(m_scene.context(), &m_page);
    model.setFilter({.since = u"1h"_s});
    read(model, {m_scene.session(10), m_scene.session(3590), m_scene.session(3700)});
    QCOMPARE(model.rowCount(), 2);
    m_scene.clock.advance(Seconds {30});
    model.everySecond();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.counts()->sessions, 1);
    model.apply({m_scene.session(3700)}); // opened too long ago, whatever becomes of it
    QCOMPARE(model.rowCount(), 1);
}

/// Before anybody has taken it out of the list; and it counts again where the clock was set back.
void TestModels::expired_isNotCountedAsLive()
{
    SessionsModel model(m_scene.context(), &m_page);
    SessionView session = m_scene.session(10);
    session.userId = Id::create(m_scene.clock.now());
    session.expiresAt = m_scene.clock.now() + Seconds {5};
    const SessionView older = m_scene.session(20);
    read(model, {session, older});
    const SessionCounts both {.sessions = 2, .live = 2, .users = 2, .newest = session.id};
    QCOMPARE(*model.counts(), both);
    m_scene.clock.advance(Seconds {5});
    QCOMPARE(*model.counts(), (SessionCounts {.sessions = 2, .live = 1, .users = 1, .newest = older.id}));
    m_scene.clock.advance(Seconds {-1});
    QCOMPARE(*model.counts(), both);
}

/// As a click on a header has them read: the views look through what they have at each insertion.
void TestModels::newRows_comeAtOnce()
{
    SessionsModel model(m_scene.context(), &m_page);
    QAbstractItemModelTester held(&model);
    QList<SessionView> rows;
    for (int i = 0; i < 480; ++i)
        rows += m_scene.session(10 + i);
    read(model, rows.mid(100, 100));
    const SessionView last = model.rows().last();
    const QSignalSpy inserted(&model, &SessionsModel::rowsInserted);
    m_scene.console.sessionRows = rows;
    model.reload(rows.size());
    QTRY_COMPARE(model.rowCount(), rows.size());
    QCOMPARE(inserted.size(), 2); // before and after those that were there
    QCOMPARE(model.rows(), rows);
    QCOMPARE(model.rowOf(last.id), 199);
}

void TestModels::ages_areToldAtOnce()
{
    SessionsModel model(m_scene.context(), &m_page);
    read(model, {m_scene.session(10), m_scene.session(20)});
    const QSignalSpy aged(&model, &SessionsModel::aged);
    const QSignalSpy changed(&model, &SessionsModel::dataChanged);
    model.refreshAges();
    QCOMPARE(aged.size(), 1);
    QCOMPARE(aged[0][0].value<QList<int>>(), (QList<int> {4, 5, 6}));
    QCOMPARE(changed.size(), 0); // rows would be sorted anew
}

void TestModels::thousandChanges_moveNeitherSelectionNorScroll()
{
    SessionsModel model(m_scene.context(), &m_page);
    QAbstractItemModelTester held(&model);
    QWidget window;
    DataTable table(u"Sessions"_s, u"s"_s, &window);
    table.resize(600, 300);
    table.present(&model);
    QList<SessionView> rows;
    for (int i = 0; i < 200; ++i)
        rows += m_scene.session(1000 + i * 10);
    read(model, rows);
    window.show();
    const Id chosen = model.rows()[100].id;
    table.selectRow(100);
    table.scrollTo(table.currentIndex(), QAbstractItemView::PositionAtCenter);
    const int before = table.visualRect(table.currentIndex()).top();
    QList<Change> changes;
    for (int i = 0; i < 1000; ++i) {
        if (i % 3 == 0)
            changes += m_scene.session(i % 900);
        else if (SessionView row = rows[i % 200]; i % 3 == 1 && row.id != chosen)
            changes += SessionGone {row.id, u"logout"_s, m_scene.clock.now()};
        else
            changes += rows[i % 200];
    }
    model.apply(changes);
    QCOMPARE(table.selectedRows(), QList {model.rowOf(chosen)});
    QCOMPARE(table.visualRect(table.currentIndex()).top(), before);
}

void TestModels::newSession_showsAtTheTop_whenNothingIsSelected()
{
    SessionsModel model(m_scene.context(), &m_page);
    QWidget window;
    DataTable table(u"Sessions"_s, u"s"_s, &window);
    table.present(&model);
    read(model);
    for (int i = 0; i < 90; ++i)
        model.apply({m_scene.session(1000 + i)});
    window.show();
    model.apply({m_scene.session(1)});
    QCOMPARE(table.verticalScrollBar()->value(), 0);
}

/// What is read to be sorted, or anew by F5, may be ten thousand rows: each signal would cost the views as much as all of them.
void TestModels::longReload_isFewSteps()
{
    SessionsModel model(m_scene.context(), &m_page);
    QList<SessionView> rows;
    for (int i = 0; i < 3'000; ++i)
        rows += m_scene.session(10 + i);
    read(model, rows);
    QCOMPARE(model.rowCount(), 200);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (SessionView &row : m_scene.console.sessionRows)
        ++row.generation;
    model.reload(3'000);
    QTRY_COMPARE(model.rowCount(), 3'000);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.rows(), m_scene.console.sessionRows);
}

void TestModels::otherOrder_isOneStep_andKeepsTheSelection()
{
    using Entry = std::pair<int, int>; // what it is, what it says
    RowsModel<Entry> model(
        m_scene.clock,
        {{.title = u"Value"_s, .characters = 8, .number = [](const Entry &entry) { return std::optional<qint64>(entry.second); }}},
        nullptr);
    const QAbstractItemModelTester held(&model);
    QWidget window;
    DataTable table(u"Values"_s, u"v"_s, &window);
    table.present(&model);
    model.updateTo({{1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}}, &Entry::first);
    table.selectRow(1);
    const QSignalSpy moved(&model, &QAbstractItemModel::layoutChanged);
    const QList<Entry> wanted {{5, 0}, {6, 0}, {4, 1}, {2, 0}, {1, 0}};
    model.updateTo(wanted, &Entry::first);
    QCOMPARE(model.rows(), wanted);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(table.selectedRows(), QList<int> {3});
}

/// Its first pages are no continuation of what stands there.
void TestModels::reloadThatFailsMidway_leavesNothingBehind()
{
    SessionsModel model(m_scene.context(), &m_page);
    QList<SessionView> rows;
    for (int i = 0; i < 900; ++i)
        rows += m_scene.session(10 + i);
    read(model, rows);
    const QSignalSpy failed(&model, &PagedList::failed);
    model.reload(900); // asks for the first of two pages at once
    m_scene.console.failNext(u"sessions"_s, {.code = ErrorCode::Busy});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(model.rowCount(), 200);
    model.fetchMore({});
    QTRY_VERIFY(!model.isLoading());
    QCOMPARE(model.rows(), rows.first(400));
}

void TestModels::changeDuringAReadingThatFailed_isNotToldAgain()
{
    SessionsModel model(m_scene.context(), &m_page);
    QList<SessionView> rows;
    for (int i = 0; i < 300; ++i)
        rows += m_scene.session(10 + i);
    read(model, rows);
    const QSignalSpy failed(&model, &PagedList::failed);
    m_scene.console.failNext(u"sessions"_s, {.code = ErrorCode::Busy});
    model.fetchMore({});
    rows[0].generation = 7;
    model.apply({rows[0]});
    QTRY_COMPARE(failed.size(), 1);
    rows[0].generation = 8;
    model.apply({rows[0]});
    model.fetchMore({});
    QTRY_COMPARE(model.rowCount(), 300);
    QCOMPARE(model.rows()[0].generation, 8);
}

/// As the page does, so that there is something above the place.
void TestModels::changeDuringAJump_isApplied_thoughItReadsOnAtOnce()
{
    SessionsModel model(m_scene.context(), &m_page);
    QList<SessionView> rows;
    for (int i = 0; i < 900; ++i)
        rows += m_scene.session(10 + i);
    read(model, rows);
    bool isThere = false;
    connect(&model, &PagedList::jumped, &model, [&] {
        isThere = true;
        model.fetchEarlier();
    });
    model.jumpTo(rows[500].id.toString(), 0);
    SessionView changed = rows[510];
    changed.generation = 7;
    model.apply({changed});
    QTRY_VERIFY(isThere && !model.isLoading());
    QVERIFY(model.rowOf(changed.id) >= 0);
    QCOMPARE(model.rows()[model.rowOf(changed.id)].generation, 7);
}

void TestModels::idleSecond_paintsOnlyWhatSaysSomethingElse()
{
    constexpr int started = 5;
    SessionsModel model(m_scene.context(), &m_page);
    QWidget window;
    window.resize(1400, 400);
    DataTable table(u"Sessions"_s, u"s"_s, &window);
    table.resize(1400, 400);
    table.present(&model);
    read(model, {m_scene.session(9), m_scene.session(90'000)}); // the second one is a day old
    window.show();
    window.activateWindow();
    QVERIFY(comesInFront(&window));
    table.selectAll();
    model.everySecond();
    QVERIFY(settle());
    PaintedRegion painted(*table.viewport());
    const QSignalSpy changed(table.model(), &QAbstractItemModel::dataChanged);
    model.everySecond(); // no time has gone by
    QVERIFY(settle());
    QVERIFY(painted.region.isEmpty());
    m_scene.clock.advance(Seconds {1});
    model.everySecond();
    QTRY_VERIFY(painted.region.intersects(table.visualRect(table.model()->index(0, started))));
    QVERIFY(!painted.region.intersects(table.visualRect(table.model()->index(0, 0))));
    QVERIFY(!painted.region.intersects(table.visualRect(table.model()->index(1, started))));
    QCOMPARE(changed.size(), 0);
}

void TestModels::users_keepTheOrderOfAddresses()
{
    UsersModel model(m_scene.context(), &m_page);
    QAbstractItemModelTester held(&model);
    const auto user = [this](const QString &email) {
        return UserView {.id = Id::create(m_scene.clock.now()),
                         .email = email,
                         .name = {},
                         .roles = {},
                         .createdAt = m_scene.clock.now(),
                         .lastSignInAt = {},
                         .passwordScheme = {}};
    };
    UserView c = user(u"c@x.org"_s);
    m_scene.console.userRows = {user(u"a@x.org"_s), c};
    read(model);
    model.apply({user(u"B@x.org"_s)});
    QCOMPARE(model.rows()[1].email, u"B@x.org"_s);
    c.email = u"0@x.org"_s;
    model.apply({c});
    QCOMPARE(model.rows()[0].id, c.id);
    model.apply({UserGone {c.id}});
    QCOMPARE(model.rowCount(), 2);
}

void TestModels::copy_isTsv_andCsvDefusesFormulas()
{
    SessionsModel model(m_scene.context(), &m_page);
    QWidget window;
    DataTable table(u"Sessions"_s, u"s"_s, &window);
    table.present(&model);
    SessionView session = m_scene.session(10, u"=cmd()@evil.org"_s);
    session.device = u"a \"b\", c"_s;
    read(model, {session});
    window.show();
    window.activateWindow();
    QVERIFY(comesInFront(&window));
    table.setFocus();
    table.selectAll();
    QTest::keySequence(&table, QKeySequence::Copy);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"=cmd()@evil.org\ta \"b\", c\t"_s));
    QVERIFY(table.asCsv().contains(u"\"'=cmd()@evil.org\",\"a \"\"b\"\", c\","_s));
}

void TestModels::sorting_usesRawValues()
{
    SessionsModel model(m_scene.context(), &m_page);
    QWidget window;
    DataTable table(u"Sessions"_s, u"s"_s, &window);
    table.present(&model);
    read(model, {m_scene.session(9), m_scene.session(120), m_scene.session(3700)});
    constexpr int started = 5;
    table.sortByColumn(started, Qt::AscendingOrder);
    QCOMPARE(table.model()->index(0, started).data().toString(), u"1 h 2 min ago"_s);
    QCOMPARE(table.model()->index(2, started).data().toString(), u"9 s ago"_s);
}

void TestModels::columns_fitTheRoom_data()
{
    QTest::addColumn<int>("room");
    QTest::addColumn<QList<int>>("widths");
    QTest::newRow("more than enough") << 500 << QList<int> {200, 60, 100};
    QTest::newRow("just enough") << 360 << QList<int> {200, 60, 100};
    QTest::newRow("halfway: each gives the same share") << 260 << QList<int> {140, 50, 70};
    QTest::newRow("just the least") << 160 << QList<int> {80, 40, 40};
    QTest::newRow("too little: the last is left out") << 159 << QList<int> {113, 45, 0};
    QTest::newRow("only the first") << 119 << QList<int> {119, 0, 0};
    QTest::newRow("none: the first stays") << 0 << QList<int> {80, 0, 0};
}

void TestModels::columns_fitTheRoom()
{
    QFETCH(int, room);
    QTEST(fittedWidths({80, 40, 40}, {200, 60, 100}, room), "widths");
}

QTEST_MAIN(TestModels)
#include "TestModels.moc"
