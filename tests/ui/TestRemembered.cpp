#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Page.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QMenu>
#include <QTest>
#include <QWindow>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What a person did to the window is there again when it is started the next time. (Filters, pages, order: TestMainWindow, TestLists.)
class TestRemembered : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void size_isKept();
    void columns_areKept();
    void columnsOfOtherTables_areTheirOwn();

private:
    MainWindow &window() { return m_desktop->window(); }
    /// Ends the program, where it runs, and starts it.
    void start();
    DataTable *tableOf(const QString &page);
    /// Pulls the right edge of a column.
    void pull(const DataTable &table, int column, int pixels);
    static void toggle(DataTable &table, int column);

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
};

void TestRemembered::init()
{
    QApplication::setQuitOnLastWindowClosed(false);
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    start();
}

void TestRemembered::cleanup()
{
    m_desktop.reset();
    m_scene.reset();
}

void TestRemembered::start()
{
    m_desktop.reset();
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QVERIFY(settle());
}

/// With its rows, of which its columns take their widths.
DataTable *TestRemembered::tableOf(const QString &page)
{
    window().pages().showPage(page);
    settle();
    return listOf(window().pages().current());
}

void TestRemembered::pull(const DataTable &table, int column, int pixels)
{
    const QHeaderView *header = table.horizontalHeader();
    const QPoint edge(header->sectionViewportPosition(column) + header->sectionSize(column) - 2, header->height() / 2);
    const QPoint at = header->viewport()->mapTo(&window(), edge);
    QTest::mousePress(window().windowHandle(), Qt::LeftButton, {}, at);
    QTest::mouseMove(window().windowHandle(), at + QPoint(pixels / 2, 0));
    QTest::mouseMove(window().windowHandle(), at + QPoint(pixels, 0));
    QTest::mouseRelease(window().windowHandle(), Qt::LeftButton, {}, at + QPoint(pixels, 0));
}

/// The first column is always shown, and has no item.
void TestRemembered::toggle(DataTable &table, int column)
{
    const auto actions = table.actions();
    const auto found = std::ranges::find_if(actions, [](const QAction *each) { return each->text() == "C&olumns"_L1; });
    QVERIFY(found != actions.end());
    QMenu *menu = (*found)->menu();
    Q_EMIT menu->aboutToShow();
    menu->actions().at(column - 1)->trigger();
}

void TestRemembered::size_isKept()
{
    constexpr int low = 620;
    QVERIFY(window().height() != low);
    window().resize(window().width(), low);
    QTRY_COMPARE(window().height(), low);
    start();
    QTRY_COMPARE(window().height(), low);
}

void TestRemembered::columns_areKept()
{
    window().resize(1700, 700); // room for most of them
    QVERIFY(settle());
    DataTable *users = tableOf(u"users"_s);
    QTRY_COMPARE(users->model()->rowCount(), 200);
    const int before = users->columnWidth(0);
    pull(*users, 0, 60);
    const int width = users->columnWidth(0);
    QCOMPARE(width, before + 60);
    const bool wasHidden = users->isColumnHidden(2);
    toggle(*users, 2);
    QCOMPARE(users->isColumnHidden(2), !wasHidden);
    start();
    const DataTable *again = tableOf(u"users"_s);
    QTRY_COMPARE(again->model()->rowCount(), 200);
    QVERIFY(settle());
    QCOMPARE(again->columnWidth(0), width);
    QCOMPARE(again->isColumnHidden(2), !wasHidden);
}

void TestRemembered::columnsOfOtherTables_areTheirOwn()
{
    window().resize(1700, 700);
    QVERIFY(settle());
    DataTable *users = tableOf(u"users"_s);
    QTRY_COMPARE(users->model()->rowCount(), 200);
    toggle(*users, 1);
    const bool isHidden = users->isColumnHidden(1);
    const DataTable *sessions = tableOf(u"sessions"_s);
    const bool ofSessions = sessions->isColumnHidden(1);
    start();
    QCOMPARE(tableOf(u"users"_s)->isColumnHidden(1), isHidden);
    window().resize(1700, 700);
    QVERIFY(settle());
    QCOMPARE(tableOf(u"sessions"_s)->isColumnHidden(1), ofSessions);
}

QTEST_MAIN(TestRemembered)
#include "TestRemembered.moc"
