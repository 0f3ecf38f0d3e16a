#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/PageHistory.h"
#include "ui/palette/Commands.h"
#include "ui/palette/KeysSheet.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/WorkBar.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QHash>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QStringList agreedPages {u"overview"_s, u"sessions"_s,  u"users"_s,    u"limits"_s,   u"keys"_s,
                               u"mail"_s,     u"providers"_s, u"activity"_s, u"settings"_s, u"alarms"_s};

/// Keys that mean the same on every page. Where a page has nothing for one of them it says why; docs/window.md has the same list.
struct AgreedKey
{
    QKeySequence key;
    QString does;
    QHash<QString, QString> lackingOn = {}; ///< By page, why.
};

QList<AgreedKey> agreedKeys()
{
    const QString noList = u"has no list"_s;
    const QString allInView = u"so few rows that all are in view"_s;
    const QString whatHappens = u"what happens makes them"_s;
    const QHash<QString, QString> withoutDetails {{u"overview"_s, noList},
                                                  {u"settings"_s, noList},
                                                  {u"limits"_s, u"no details beside a list"_s},
                                                  {u"keys"_s, u"no details beside a list"_s}};
    return {
        {.key = QKeySequence(Qt::CTRL | Qt::Key_K), .does = u"palette"_s},
        {.key = QKeySequence(Qt::CTRL | Qt::Key_O), .does = u"connects to a server elsewhere"_s},
        {.key = QKeySequence(Qt::Key_F5), .does = u"reads the page anew"_s},
        {.key = QKeySequence(Qt::Key_F1), .does = u"lists the keys"_s},
        {.key = QKeySequence(Qt::Key_Question), .does = u"lists the keys"_s},
        {.key = QKeySequence(Qt::ALT | Qt::Key_Left), .does = u"page before"_s},
        {.key = QKeySequence(Qt::ALT | Qt::Key_Right), .does = u"page after"_s},
        {.key = QKeySequence(QKeySequence::Undo), .does = u"takes back"_s},
        {.key = QKeySequence(QKeySequence::Find),
         .does = u"goes to the filter"_s,
         .lackingOn = {{u"overview"_s, noList}, {u"limits"_s, allInView}, {u"keys"_s, allInView}, {u"providers"_s, allInView}}},
        {.key = QKeySequence(Qt::Key_F6), .does = u"list and details"_s, .lackingOn = {{u"overview"_s, noList}}},
        {.key = QKeySequence(Qt::CTRL | Qt::Key_E), .does = u"exports"_s, .lackingOn = {{u"settings"_s, u"the command line lists them"_s}}},
        {.key = QKeySequence(QKeySequence::New),
         .does = u"makes a new one"_s,
         .lackingOn = {{u"overview"_s, noList},
                       {u"settings"_s, noList},
                       {u"sessions"_s, u"who signs in makes them"_s},
                       {u"activity"_s, whatHappens},
                       {u"alarms"_s, whatHappens}}},
        {.key = QKeySequence(Qt::Key_Delete),
         .does = u"ends or removes the selected row"_s,
         .lackingOn = {{u"overview"_s, noList}, {u"settings"_s, noList}, {u"activity"_s, u"nobody removes a record"_s}}},
        {.key = QKeySequence(Qt::Key_Return),
         .does = u"opens the selected row"_s,
         .lackingOn = {{u"overview"_s, noList}, {u"settings"_s, noList}, {u"keys"_s, u"a row of the ring is all there is of a key"_s}}},
        {.key = QKeySequence(Qt::Key_Right), .does = u"goes to the details"_s, .lackingOn = withoutDetails},
        {.key = QKeySequence(Qt::Key_Escape), .does = u"goes back"_s, .lackingOn = withoutDetails},
        {.key = QKeySequence(QKeySequence::Copy),
         .does = u"copies rows"_s,
         .lackingOn = {{u"overview"_s, noList}, {u"settings"_s, noList}}},
    };
}

bool has(const WindowCommand &command, const QKeySequence &key)
{
    return command.action && (command.action->shortcuts().contains(key) || command.keys.contains(key.toString(QKeySequence::NativeText)));
}

} // namespace

/// The keys that people learn once: the same on every page, or not there for a reason, and all of them in the list of keys.
class TestAgreedKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void keys_areHeldToActions_data() { page_data(); }
    void keys_areHeldToActions();
    void key_doesOneThing_data() { page_data(); }
    void key_doesOneThing();
    void ctrlN_opensADialog_data();
    void ctrlN_opensADialog();
    void ctrlE_exports_whereverTheKeyboardIs_data();
    void ctrlE_exports_whereverTheKeyboardIs();
    void enter_opensTheRowThatTheKeyboardCameTo();
    void enter_goesToTheDetails_data();
    void enter_goesToTheDetails();
    void arrows_leadFromTheFilterToTheDetails_andEscapeBack_data();
    void arrows_leadFromTheFilterToTheDetails_andEscapeBack();
    void escape_leadsFromTheOrdersToTheList();
    void contextMenu_hasTheOrders();
    void f6_goesBetweenListAndDetails_data();
    void f6_goesBetweenListAndDetails();
    void f6_onTheOverview_doesNothing();
    void altArrows_walkThroughVisitedPages();
    void history_isThatOfABrowser();
    void history_isBounded();
    void questionMark_listsEveryKey_data();
    void questionMark_listsEveryKey();
    void questionMark_isTypedInAField();
    void mnemonic_worksBesideTheKey();

private:
    static void page_data();
    MainWindow &window() { return m_desktop->window(); }
    Page &shown() { return window().pages().current(); }
    void show(const QString &page);
    QList<WindowCommand> commands();
    KeysSheet *sheet() { return window().findChild<KeysSheet *>(); }
    DataTable *table() { return listOf(shown()); }

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
};

void TestAgreedKeys::init()
{
    QApplication::setQuitOnLastWindowClosed(false);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QVERIFY(settle());
}

void TestAgreedKeys::cleanup()
{
    m_desktop.reset();
    m_scene.reset();
}

void TestAgreedKeys::page_data()
{
    QTest::addColumn<QString>("page");
    for (const QString &page : agreedPages)
        QTest::newRow(qPrintable(page)) << page;
}

void TestAgreedKeys::show(const QString &page)
{
    window().pages().showPage(page);
    QVERIFY(settle());
    const auto tables = shown().findChildren<DataTable *>();
    const bool hasList = !tables.isEmpty() && page != "overview"_L1;           // which has one behind its chart
    QTRY_VERIFY(!hasList || std::ranges::any_of(tables, &QWidget::isVisible)); // their rows have come
}

QList<WindowCommand> TestAgreedKeys::commands() { return Commands::ofMenus(*window().menuBar()) + Commands::ofPage(shown()); }

void TestAgreedKeys::keys_areHeldToActions()
{
    QFETCH(QString, page);
    show(page);
    const QList<WindowCommand> all = commands();
    for (const AgreedKey &key : agreedKeys()) {
        QStringList held;
        for (const WindowCommand &command : all) {
            // An action of the menus is there on every page, and greyed out where it would do nothing.
            const bool isOfState = key.key == QKeySequence(QKeySequence::Undo) || key.key.toString().startsWith("Alt+"_L1);
            const bool isOfMenu = command.where == "View"_L1;
            if (has(command, key.key) && (command.isPossible || isOfState || !isOfMenu))
                held += command.name;
        }
        const QString why = key.lackingOn.value(page);
        QVERIFY2(held.isEmpty() == !why.isEmpty(), qPrintable(why.isEmpty() ? u"%1: nothing %2"_s.arg(key.key.toString(), key.does)
                                                                            : u"%1: %2, though the page is said to lack it: %3"_s.arg(
                                                                                  key.key.toString(), held.join(u", "_s), why)));
    }
}

/// Two actions of one key would both do nothing: Qt does not choose. What works in one view only may be there for each view.
void TestAgreedKeys::key_doesOneThing()
{
    QFETCH(QString, page);
    show(page);
    for (WorkBar *work : shown().findChildren<WorkBar *>())
        work->begin(u"Something takes a while…"_s, [] {});
    QHash<QString, QString> taken;
    for (const WindowCommand &command : commands()) {
        if (command.action->shortcutContext() == Qt::WidgetShortcut)
            continue;
        for (const QString &key : command.keys) {
            QVERIFY2(!taken.contains(key), qPrintable(u"%1: %2 and %3"_s.arg(key, taken.value(key), command.name)));
            taken.insert(key, command.name);
        }
    }
    for (const QAction *menu : window().menuBar()->actions()) {
        const QString key = QKeySequence::mnemonic(menu->text()).toString(QKeySequence::NativeText);
        QVERIFY2(!taken.contains(key), qPrintable(u"%1: %2 and the menu %3"_s.arg(key, taken.value(key), menu->text())));
    }
}

void TestAgreedKeys::ctrlN_opensADialog_data()
{
    QTest::addColumn<QString>("page");
    for (const auto &page : {u"users"_s, u"limits"_s, u"keys"_s, u"mail"_s, u"providers"_s})
        QTest::newRow(qPrintable(page)) << page;
}

void TestAgreedKeys::ctrlN_opensADialog()
{
    QFETCH(QString, page);
    show(page);
    QTest::keyClick(&window(), Qt::Key_N, Qt::ControlModifier);
    const auto isOpen = [this] {
        const auto dialogs = window().findChildren<QDialog *>();
        return std::ranges::any_of(dialogs, &QWidget::isVisible);
    };
    QTRY_VERIFY(isOpen());
}

void TestAgreedKeys::ctrlE_exports_whereverTheKeyboardIs_data()
{
    QTest::addColumn<QString>("page");
    for (const QString &page : agreedPages) {
        if (page != "settings"_L1)
            QTest::newRow(qPrintable(page)) << page;
    }
}

void TestAgreedKeys::ctrlE_exports_whereverTheKeyboardIs()
{
    QFETCH(QString, page);
    show(page); // the keyboard is where the page wants it, often in the filter
    press(Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(window().findChild<QFileDialog *>(u"export"_s));
}

void TestAgreedKeys::enter_opensTheRowThatTheKeyboardCameTo()
{
    show(u"users"_s);
    QTRY_VERIFY(table()->model()->rowCount() > 0);
    press(Qt::Key_Down); // from the filter into the list
    press(Qt::Key_Return);
    QVERIFY(QApplication::focusWidget() == shown().findChild<DetailsPanel *>());
    QCOMPARE(table()->selectedRows(), QList<int> {0});
}

void TestAgreedKeys::enter_goesToTheDetails_data()
{
    QTest::addColumn<QString>("page");
    QTest::newRow("sessions") << u"sessions"_s;
    QTest::newRow("users") << u"users"_s;
    QTest::newRow("mail") << u"mail"_s;
}

void TestAgreedKeys::enter_goesToTheDetails()
{
    QFETCH(QString, page);
    show(page);
    QTRY_VERIFY(table()->model()->rowCount() > 0);
    table()->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Return);
    QVERIFY(QApplication::focusWidget() == shown().findChild<DetailsPanel *>());
    QCOMPARE(table()->selectedRows().size(), 1);
}

void TestAgreedKeys::arrows_leadFromTheFilterToTheDetails_andEscapeBack_data()
{
    QTest::addColumn<QString>("page");
    for (const auto &page : {u"sessions"_s, u"users"_s, u"mail"_s, u"activity"_s, u"alarms"_s})
        QTest::newRow(qPrintable(page)) << page;
}

void TestAgreedKeys::arrows_leadFromTheFilterToTheDetails_andEscapeBack()
{
    QFETCH(QString, page);
    show(page);
    QTRY_VERIFY(table()->model()->rowCount() > 1);
    press(Qt::Key_F, Qt::ControlModifier);
    const auto *filter = shown().findChild<FilterBox *>();
    QVERIFY(filter->hasFocus());
    press(Qt::Key_Down);
    QVERIFY(table()->hasFocus());
    QCOMPARE(table()->selectedRows().size(), 1);
    QCOMPARE(table()->currentIndex().row(), 0);
    press(Qt::Key_Down);
    press(Qt::Key_Right);
    QVERIFY(QApplication::focusWidget() == shown().findChild<DetailsPanel *>());
    QCOMPARE(table()->currentIndex().row(), 1);
    press(Qt::Key_Escape);
    QVERIFY(table()->hasFocus());
    press(Qt::Key_Escape);
    QVERIFY(filter->hasFocus());
    press(Qt::Key_Down); // what is selected stays so
    QCOMPARE(table()->currentIndex().row(), 1);
}

void TestAgreedKeys::escape_leadsFromTheOrdersToTheList()
{
    show(u"providers"_s); // which has no filter
    QTRY_VERIFY(table()->model()->rowCount() > 0);
    table()->selectRow(0);
    table()->setFocus();
    press(Qt::Key_Right);
    QVERIFY(QApplication::focusWidget() == shown().findChild<DetailsPanel *>());
    press(Qt::Key_Tab);
    QVERIFY(!table()->hasFocus());
    press(Qt::Key_Escape);
    QVERIFY(table()->hasFocus());
}

void TestAgreedKeys::contextMenu_hasTheOrders()
{
    show(u"sessions"_s);
    QStringList texts;
    for (const QAction *action : table()->actions())
        texts += QString(action->text()).remove(u'&');
    QCOMPARE(texts.first(2), (QStringList {u"Go to the details"_s, u"Revoke"_s}));
    const QAction *revoke = table()->actions().at(1);
    QVERIFY(!revoke->isEnabled()); // nothing is selected
    table()->selectRow(0);
    QVERIFY(revoke->isEnabled());
    table()->clearSelection();
    QVERIFY(!revoke->isEnabled());
}

void TestAgreedKeys::f6_goesBetweenListAndDetails_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<qsizetype>("parts");
    QTest::newRow("sessions") << u"sessions"_s << qsizetype(2);
    QTest::newRow("users") << u"users"_s << qsizetype(2);
    QTest::newRow("mail") << u"mail"_s << qsizetype(2);
    QTest::newRow("providers") << u"providers"_s << qsizetype(2);
    QTest::newRow("activity") << u"activity"_s << qsizetype(2);
    QTest::newRow("alarms") << u"alarms"_s << qsizetype(2);
    QTest::newRow("limits: rules and what stands below") << u"limits"_s << qsizetype(2);
    QTest::newRow("keys: ring and who fetched it") << u"keys"_s << qsizetype(2);
}

void TestAgreedKeys::f6_goesBetweenListAndDetails()
{
    QFETCH(QString, page);
    QFETCH(qsizetype, parts);
    show(page);
    QTRY_VERIFY(table()->isVisible());
    const QList<QWidget *> all = shown().parts();
    QCOMPARE(all.size(), parts);
    QVERIFY(all.first() == table());
    window().findChild<QListWidget *>()->setFocus(); // the sidebar is no part of the page
    for (int round = 0; round < 2; ++round) {
        for (QWidget *part : all) {
            press(Qt::Key_F6);
            QVERIFY(QApplication::focusWidget() == part);
        }
    }
}

void TestAgreedKeys::f6_onTheOverview_doesNothing()
{
    show(u"overview"_s);
    const QWidget *before = QApplication::focusWidget();
    press(Qt::Key_F6);
    QVERIFY(QApplication::focusWidget() == before);
}

void TestAgreedKeys::altArrows_walkThroughVisitedPages()
{
    show(u"sessions"_s);
    show(u"users"_s);
    show(u"keys"_s);
    press(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(shown().objectName(), u"users"_s);
    press(Qt::Key_Left, Qt::AltModifier); // also from a field
    QCOMPARE(shown().objectName(), u"sessions"_s);
    press(Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(shown().objectName(), u"users"_s);
    QVERIFY(shown().isAncestorOf(QApplication::focusWidget()));
    show(u"mail"_s);
    press(Qt::Key_Right, Qt::AltModifier); // what lay ahead is forgotten
    QCOMPARE(shown().objectName(), u"mail"_s);
    press(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(shown().objectName(), u"users"_s);
}

void TestAgreedKeys::history_isThatOfABrowser()
{
    PageHistory history;
    QVERIFY(!history.goBack() && !history.goForward());
    history.visit(0);
    history.visit(3);
    history.visit(3); // once
    history.visit(5);
    QVERIFY(history.canGoBack() && !history.canGoForward());
    QCOMPARE(history.goBack(), std::optional(3));
    history.visit(3); // as the window does that follows
    QVERIFY(history.canGoForward());
    QCOMPARE(history.goBack(), std::optional(0));
    QVERIFY(!history.goBack());
    QCOMPARE(history.goForward(), std::optional(3));
    history.visit(1);
    QVERIFY(!history.goForward());
    QCOMPARE(history.goBack(), std::optional(3));
}

void TestAgreedKeys::history_isBounded()
{
    PageHistory history;
    for (int i = 0; i < 3 * PageHistory::most; ++i)
        history.visit(i);
    qsizetype steps = 0;
    while (history.goBack())
        ++steps;
    QCOMPARE(steps, PageHistory::most - 1);
}

void TestAgreedKeys::questionMark_listsEveryKey_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<int>("key");
    for (const QString &page : agreedPages) {
        QTest::addRow("F1 on %s", qPrintable(page)) << page << int(Qt::Key_F1);
        QTest::addRow("? on %s", qPrintable(page)) << page << int(Qt::Key_Question);
    }
}

void TestAgreedKeys::questionMark_listsEveryKey()
{
    QFETCH(QString, page);
    QFETCH(int, key);
    show(page);
    window().findChild<QListWidget *>()->setFocus(); // a field would take "?" as a letter
    QStringList wanted;
    for (const WindowCommand &command : commands()) {
        if (!command.keys.isEmpty())
            wanted += command.keys.join(u" · "_s);
    }
    press(Qt::Key(key));
    QTRY_VERIFY(sheet());
    const auto *tree = sheet()->findChild<QTreeWidget *>();
    QCOMPARE(tree->topLevelItemCount(), 2);
    QCOMPARE(tree->topLevelItem(1)->text(0), shown().title());
    QStringList listed;
    for (int part = 0; part < 2; ++part) {
        for (int row = 0; row < tree->topLevelItem(part)->childCount(); ++row) {
            const QTreeWidgetItem *item = tree->topLevelItem(part)->child(row);
            QVERIFY(!item->text(0).isEmpty() && !item->text(0).contains(u'&'));
            listed += item->text(1);
        }
    }
    QCOMPARE(listed, wanted);
    QVERIFY(listed.contains(QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText)));
    QVERIFY(comesInFront(sheet()));
    QTest::keyClick(sheet(), Qt::Key_Escape);
    QTRY_VERIFY(!sheet());
}

void TestAgreedKeys::questionMark_isTypedInAField()
{
    show(u"users"_s);
    auto *filter = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(filter);
    press(Qt::Key_Question, Qt::ShiftModifier);
    QVERIFY(settle());
    QVERIFY(!sheet());
    QTest::keyClicks(filter, u"?"_s);
    QVERIFY(filter->text().contains(u'?'));
    QVERIFY(!sheet());
}

/// Qt has one key for a button: a second one took the place of its mnemonic.
void TestAgreedKeys::mnemonic_worksBesideTheKey()
{
    show(u"users"_s);
    QTest::keyClick(&window(), Qt::Key_C, Qt::AltModifier);
    QTRY_VERIFY(window().findChild<FormDialog *>());
}

QTEST_MAIN(TestAgreedKeys)
#include "TestAgreedKeys.moc"
