#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/Pictures.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Seen.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/Spoken.h"
#include "tests/ui/support/TabStops.h"
#include "ui/About.h"
#include "ui/Desktop.h"
#include "ui/PageScroller.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/Page.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr QSize smallestSize(880, 560);

const QStringList pagesForEverybody {u"overview"_s, u"sessions"_s,  u"users"_s,    u"limits"_s,   u"keys"_s,
                                     u"mail"_s,     u"providers"_s, u"activity"_s, u"settings"_s, u"alarms"_s};

QStringList heardEvents;

/// What a screen reader may say by itself.
void noteHeardEvent(QAccessibleEvent *event)
{
    switch (event->type()) {
    case QAccessible::Announcement: heardEvents += static_cast<QAccessibleAnnouncementEvent *>(event)->message(); return;
    case QAccessible::Alert:
    case QAccessible::NameChanged:
    case QAccessible::DescriptionChanged:
    case QAccessible::ValueChanged:
    case QAccessible::Focus:
        heardEvents += u"%1 of %2 “%3”"_s.arg(int(event->type()))
                           .arg(QString::fromLatin1(event->object()->metaObject()->className()),
                                QAccessible::queryAccessibleInterface(event->object())->text(QAccessible::Name));
        return;
    default: return;
    }
}

/// A list covers itself with what it scrolls.
bool isInSight(const QWidget &widget)
{
    const auto *scrolls = qobject_cast<const QAbstractScrollArea *>(&widget);
    return !(scrolls ? scrolls->viewport() : &widget)->visibleRegion().isEmpty();
}

} // namespace

/// Every page and dialog for people who do not see it, see it badly, or have no mouse: in both palettes, at the smallest size.
class TestAccessibility : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void page_isForEverybody_data();
    void page_isForEverybody();
    void dialogsOfPage_areForEverybody_data();
    void dialogsOfPage_areForEverybody();
    void dialogsOfMenus_areForEverybody_data();
    void dialogsOfMenus_areForEverybody();
    void idlePage_isSilent_data();
    void idlePage_isSilent();
    void search_isHeardOnce();
    void smallestWindow_holdsEveryPage_data();
    void smallestWindow_holdsEveryPage();
    void tables_areSortedByKeyboard();
    void details_areCopiedByKeyboard();

private:
    MainWindow &window() { return m_desktop->window(); }
    Page &page() { return window().pages().current(); }
    void open(const QString &key, bool full = true);
    /// Of the dialogs that are open, which are closed then; how many.
    int readDialogs();
    void verifyFaults();

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
    QStringList m_faults;
};

void TestAccessibility::initTestCase()
{
    dress(*qApp);
    QApplication::setCursorFlashTime(0);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void TestAccessibility::init()
{
    m_scene = std::make_unique<Scene>();
    m_faults.clear();
}

void TestAccessibility::cleanup()
{
    QAccessible::installUpdateHandler(nullptr);
    m_desktop.reset();
    m_scene.reset();
    QApplication::setPalette(palette(false));
}

void TestAccessibility::open(const QString &key, bool full)
{
    if (full) {
        m_scene->fill();
        m_scene->fillSettings();
    }
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    window().resize(1280, 800);
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    window().pages().showPage(key);
    QVERIFY(settle());
    if (auto *table = listOf(page()); table && table->isVisible())
        table->selectRow(1);
    QVERIFY(settle());
}

void TestAccessibility::verifyFaults()
{
    m_faults.removeDuplicates();
    QVERIFY2(m_faults.isEmpty(), qPrintable(m_faults.join(u'\n')));
}

void TestAccessibility::page_isForEverybody_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("full");
    QTest::addColumn<bool>("dark");
    for (const QString &key : pagesForEverybody) {
        QTest::addRow("%s", qPrintable(key)) << key << true << false;
        QTest::addRow("%s, dark", qPrintable(key)) << key << true << true;
        QTest::addRow("%s, empty", qPrintable(key)) << key << false << false;
    }
}

void TestAccessibility::page_isForEverybody()
{
    QFETCH(QString, key);
    QFETCH(bool, full);
    QFETCH(bool, dark);
    QApplication::setPalette(palette(dark));
    open(key, full);
    QVERIFY(headingsIn(window()).contains(page().title()));
    m_faults += unspokenIn(window());
    m_faults += unreadableIn(window());
    m_faults += unseenFocusIn(window());
    verifyFaults();
}

int TestAccessibility::readDialogs()
{
    int read = 0;
    for (QWidget *top : QApplication::topLevelWidgets()) {
        auto *dialog = qobject_cast<QDialog *>(top);
        if (!dialog || !dialog->isVisible())
            continue;
        if (!qobject_cast<QFileDialog *>(dialog) && comesInFront(dialog)) { // that one is Qt's own
            ++read;
            m_faults += unspokenIn(*dialog);
            m_faults += unreadableIn(*dialog);
            m_faults += unseenFocusIn(*dialog);
            m_faults += unreachedIn(*dialog);
        }
        dialog->reject();
    }
    settle();
    return read;
}

void TestAccessibility::dialogsOfPage_areForEverybody_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("dark");
    for (const QString &key : pagesForEverybody) {
        QTest::addRow("%s", qPrintable(key)) << key << false;
        QTest::addRow("%s, dark", qPrintable(key)) << key << true;
    }
}

/// Presses every button.
void TestAccessibility::dialogsOfPage_areForEverybody()
{
    QFETCH(QString, key);
    QFETCH(bool, dark);
    QApplication::setPalette(palette(dark));
    open(key);
    QList<QPointer<QPushButton>> buttons;
    for (QPushButton *each : page().findChildren<QPushButton *>())
        buttons += each;
    for (const auto &button : std::as_const(buttons)) {
        for (auto *table : page().findChildren<DataTable *>()) {
            if (table->isVisible() && table->model()->rowCount() > 2)
                table->selectRow(2);
        }
        if (!button || !button->isVisible() || !button->isEnabled() || button->isCheckable())
            continue;
        button->click();
        settle();
        readDialogs();
        window().activateWindow();
        QVERIFY(comesInFront(&window()));
        window().pages().showPage(key);
        settle();
    }
    verifyFaults();
}

void TestAccessibility::dialogsOfMenus_areForEverybody_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestAccessibility::dialogsOfMenus_areForEverybody()
{
    QFETCH(bool, dark);
    QApplication::setPalette(palette(dark));
    open(u"overview"_s);
    const QList<std::function<void()>> ways {[this] { window().showBackups(); },
                                             [this] { window().askToConnect({}); },
                                             [this] { window().pages().askWhyRefused(); },
                                             [this] { window().askToStop(); },
                                             [this] { window().askToQuit(); },
                                             [this] { showAbout(&window(), u"source"_s); },
                                             [this] { QTest::keyClick(&window(), Qt::Key_F1); }};
    for (const auto &way : ways) {
        way();
        settle();
        QCOMPARE(readDialogs(), 1);
        window().activateWindow();
        QVERIFY(comesInFront(&window()));
    }
    QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier); // the palette of commands is no dialog
    settle();
    m_faults += unspokenIn(window());
    m_faults += unreadableIn(window());
    verifyFaults();
}

void TestAccessibility::idlePage_isSilent_data()
{
    QTest::addColumn<QString>("key");
    for (const QString &key : pagesForEverybody)
        QTest::newRow(qPrintable(key)) << key;
}

/// What the window asks each second, and the timers of its pages, tell nobody anything while nothing happens.
void TestAccessibility::idlePage_isSilent()
{
    QFETCH(QString, key);
    open(key);
    const auto beats = [this](int count) {
        const int until = m_scene->console.askedCount(u"overview"_s) + count;
        return QTest::qWaitFor([this, until] { return m_scene->console.askedCount(u"overview"_s) >= until; }, 20'000);
    };
    QVERIFY(beats(2)); // the first ones have news
    QVERIFY(settle());
    heardEvents.clear();
    QAccessible::installUpdateHandler(noteHeardEvent);
    QVERIFY(beats(3));
    QVERIFY(settle());
    QAccessible::installUpdateHandler(nullptr);
    QVERIFY2(heardEvents.isEmpty(), qPrintable(heardEvents.join(u'\n')));
}

void TestAccessibility::search_isHeardOnce()
{
    open(u"users"_s);
    heardEvents.clear();
    QAccessible::installUpdateHandler(noteHeardEvent);
    const auto *count = page().findChild<QLabel *>(u"count"_s);
    const QString before = count->text();
    page().focusFilter();
    type(u"zuse\r"_s);
    QTRY_VERIFY2(heardEvents.contains(count->text()), qPrintable(count->text() + u" of "_s + heardEvents.join(u'\n')));
    QVERIFY(count->text() != before);
    page().refresh();
    QVERIFY(settle());
    QAccessible::installUpdateHandler(nullptr);
    QCOMPARE(heardEvents.count(count->text()), 1);
}

void TestAccessibility::smallestWindow_holdsEveryPage_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("longTexts");
    for (const QString &key : pagesForEverybody) {
        QTest::addRow("%s", qPrintable(key)) << key << false;
        QTest::addRow("%s, long texts", qPrintable(key)) << key << true;
    }
}

/// Where a page needs more room it scrolls, and follows the keyboard.
void TestAccessibility::smallestWindow_holdsEveryPage()
{
    QFETCH(QString, key);
    QFETCH(bool, longTexts);
    LongTexts texts;
    if (longTexts)
        QApplication::installTranslator(&texts);
    open(key);
    window().resize(smallestSize);
    QVERIFY(settle());
    QCOMPARE(window().size(), smallestSize);
    QVERIFY(savePicture(window(), u"smallest-%1%2"_s.arg(key, longTexts ? u"-long"_s : QString())));
    const auto *scroller = window().findChild<PageScroller *>();
    QVERIFY(page().width() >= scroller->viewport()->width() && page().height() >= scroller->viewport()->height());
    m_faults += clippedIn(window());
    for (QWidget *each : tabStopsIn(window())) {
        each->setFocus(Qt::TabFocusReason);
        QVERIFY(settle());
        if (!isInSight(*each))
            m_faults += u"out of sight: "_s + describe(*each);
    }
    m_desktop.reset(); // before its texts go
    verifyFaults();
}

void TestAccessibility::tables_areSortedByKeyboard()
{
    open(u"limits"_s);
    const auto tables = page().findChildren<DataTable *>();
    auto *table = *std::ranges::find(tables, u"Rules"_s, &QWidget::accessibleName);
    const auto sort = [table](int place) {
        const auto actions = table->actions();
        const auto found = std::ranges::find_if(actions, [](const QAction *each) { return each->text() == "&Sort by"_L1; });
        QVERIFY(found != actions.end());
        QMenu *menu = (*found)->menu();
        Q_EMIT menu->aboutToShow();
        menu->actions().at(place < 0 ? menu->actions().size() + place : place)->trigger();
    };
    const auto first = [table] { return table->model()->index(0, 0).data().toString(); };
    const QString asServed = first();
    QStringList names;
    for (int row = 0; row < table->model()->rowCount(); ++row)
        names += table->model()->index(row, 0).data().toString();
    sort(0);
    QCOMPARE(table->horizontalHeader()->sortIndicatorSection(), 0);
    const QString smallest = first();
    sort(-2); // descending
    QCOMPARE(table->horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
    QCOMPARE(table->model()->index(table->model()->rowCount() - 1, 0).data().toString(), smallest);
    QVERIFY(names.contains(first()) && first() != smallest);
    sort(-1); // as the server has them
    QCOMPARE(first(), asServed);
}

void TestAccessibility::details_areCopiedByKeyboard()
{
    open(u"users"_s);
    auto *details = page().findChild<DetailsPanel *>();
    details->setFocus(Qt::TabFocusReason);
    press(Qt::Key_C, Qt::ControlModifier);
    const QString copied = QApplication::clipboard()->text();
    const auto *table = listOf(page());
    QVERIFY2(copied.startsWith(table->model()->index(1, 0).data().toString() + u'\n'), qPrintable(copied));
    QVERIFY(!copied.contains(u'\u200b'));
}

QTEST_MAIN(TestAccessibility)
#include "TestAccessibility.moc"
