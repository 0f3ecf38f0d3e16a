#include "tests/ui/support/Keys.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/Sidebar.h"
#include "ui/widgets/Page.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QSet>
#include <QStatusBar>
#include <QTest>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

QList<const QObject *> heardInFocus;
QList<const QObject *> heardRenamed;

void noteHeardPlace(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::Focus)
        heardInFocus += event->object();
    if (event->type() == QAccessible::NameChanged)
        heardRenamed += event->object();
}

} // namespace

/// What a screen reader says while somebody goes through the window: where they are, and what has changed, once.
class TestHeard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void otherPage_isHeardOnce_data();
    void otherPage_isHeardOnce();
    void sidebar_isHeardWhileOneWalksInIt();
    void badge_saysItsReasonOfNow();
    void serverState_isHeardWithItsName();

private:
    MainWindow &window() { return m_desktop->window(); }
    /// Of which controls the focus was told, each as often as it was.
    static QString placesHeard();

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
};

void TestHeard::init()
{
    QApplication::setQuitOnLastWindowClosed(false);
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    m_scene->fillSettings();
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    window().pages().showPage(u"sessions"_s);
    QVERIFY(settle());
    heardInFocus.clear();
    heardRenamed.clear();
    QAccessible::installUpdateHandler(noteHeardPlace);
}

void TestHeard::cleanup()
{
    QAccessible::installUpdateHandler(nullptr);
    m_desktop.reset();
    m_scene.reset();
}

QString TestHeard::placesHeard()
{
    QStringList places;
    for (const QObject *each : std::as_const(heardInFocus))
        places += QString::fromLatin1(each->metaObject()->className());
    return places.join(u", "_s);
}

void TestHeard::otherPage_isHeardOnce_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::newRow("overview") << Qt::Key_1;
    QTest::newRow("users") << Qt::Key_3;
    QTest::newRow("limits") << Qt::Key_4;
    QTest::newRow("keys") << Qt::Key_5;
    QTest::newRow("mail") << Qt::Key_6;
    QTest::newRow("providers") << Qt::Key_7;
    QTest::newRow("activity") << Qt::Key_8;
    QTest::newRow("settings") << Qt::Key_9;
    QTest::newRow("alarms") << Qt::Key_0;
}

/// Whatever of the former page had the keyboard.
void TestHeard::otherPage_isHeardOnce()
{
    QFETCH(Qt::Key, key);
    window().pages().current().firstControl()->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Down);
    heardInFocus.clear();
    press(key, Qt::ControlModifier);
    QVERIFY(settle());
    QCOMPARE(window().pages().current().objectName(), QString::fromLatin1(QTest::currentDataTag()));
    const QSet<const QObject *> places(heardInFocus.cbegin(), heardInFocus.cend());
    QVERIFY2(places == QSet<const QObject *> {QApplication::focusWidget()}, qPrintable(placesHeard()));
}

void TestHeard::sidebar_isHeardWhileOneWalksInIt()
{
    auto *sidebar = window().findChild<Sidebar *>();
    sidebar->setFocus(Qt::TabFocusReason);
    heardInFocus.clear();
    press(Qt::Key_Down);
    QVERIFY(settle());
    QCOMPARE(window().pages().current().objectName(), u"users"_s);
    QVERIFY(sidebar->hasFocus());
    for (const QObject *each : std::as_const(heardInFocus))
        QVERIFY2(each == sidebar, qPrintable(placesHeard()));
}

/// Of one warning after another the number is the same.
void TestHeard::badge_saysItsReasonOfNow()
{
    auto *sidebar = window().findChild<Sidebar *>();
    const QListWidgetItem *overview = sidebar->item(0);
    sidebar->setBadge(0, 1, Tone::Warning, u"A key is old."_s);
    sidebar->setBadge(0, 1, Tone::Warning, u"No key stands by."_s);
    QCOMPARE(overview->toolTip(), u"No key stands by."_s);
    QCOMPARE(overview->data(Qt::AccessibleTextRole).toString(), u"Overview: No key stands by."_s);
}

void TestHeard::serverState_isHeardWithItsName()
{
    auto *state = window().statusBar()->findChild<QLabel *>(u"state"_s);
    const auto spoken = [state] { return QAccessible::queryAccessibleInterface(state)->text(QAccessible::Name); };
    QTRY_COMPARE(spoken(), u"Server: Running"_s);
    QVERIFY(settle());
    heardRenamed.clear();
    m_scene->console.overviewNow.server.state = ServerState::Stopped;
    QTRY_COMPARE(spoken(), u"Server: Stopped"_s);
    QVERIFY(settle());
    QCOMPARE(heardRenamed.count(state), 1);
}

QTEST_MAIN(TestHeard)
#include "TestHeard.moc"
