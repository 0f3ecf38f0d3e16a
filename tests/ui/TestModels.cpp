#include "core/base/Id.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/sessions/SessionsModel.h"
#include "ui/users/UsersModel.h"
#include "ui/widgets/ColumnFit.h"
#include "ui/widgets/DataTable.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sessions_standNewestFirst();
    void rowOfTwoPages_standsOnce();
    void change_touchesItsRowOnly();
    void gone_leavesLiveListAndStaysInEndedList();
    void change_outsideFilter_doesNotAppear();
    void change_belowWhatWasRead_waitsForItsPage();
    void expired_leave();
    void thousandChanges_moveNeitherSelectionNorScroll();
    void newSession_showsAtTheTop_whenNothingIsSelected();
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
    read(model, {session, m_scene.session(20)});
    m_scene.clock.advance(Seconds {5});
    model.everySecond();
    QCOMPARE(model.rowCount(), 1);
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
