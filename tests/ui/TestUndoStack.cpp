#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/UndoStack.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/Toast.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// Ctrl+Z takes back what the list names, in its order, and nothing else.
class TestUndoStack : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void newest_isTakenBackFirst();
    void entry_isTakenBackByItsNumber();
    void kept_canBeTriedAgain();
    void dropped_withoutAWord_isKept();
    void void_isDropped_withASentence();
    void olderChangeOfTheSame_waitsForTheNewer();
    void oneAttempt_atATime();
    void time_dropsIt();
    void most_areKept();
    void ctrlZ_worksOnEveryPage_andTheMenuNamesIt();
    void messageButton_isAboutItsMessage();
    void changedMeanwhile_isDropped();
    void changedWhileTheQuestionStands_isDropped();
    void refused_isSaidOnItsPage();
    void disabledUser_isEnabledAgain();
    void ctrlZ_inAnUntouchedFilter_isTheWindows();

private:
    /// An entry that writes down what is asked of it, and ends as told.
    Undo undo(const QString &what, const QString &about, UndoEnd end = UndoEnd::TakenBack);
    QStringList names() const;
    void openWindow();
    MainWindow &window() { return m_desktop->window(); }
    QMessageBox *question();
    void say(Qt::Key key);
    /// Edits the number of a rule as a person does.
    void editRule(int row, const QString &amount);
    DataTable *tableOf(const QString &page) { return listOf(*window().findChild<QWidget *>(page)); }

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<UndoStack> m_stack;
    std::unique_ptr<Desktop> m_desktop;
    QStringList m_begun;
    std::optional<UndoTurn> m_open; ///< Of the entry that does not end by itself.
};

void TestUndoStack::init()
{
    QApplication::setQuitOnLastWindowClosed(false);
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    m_stack = std::make_unique<UndoStack>(m_scene->clock, nullptr);
    m_begun.clear();
    m_open.reset();
}

void TestUndoStack::cleanup()
{
    m_open.reset();
    m_desktop.reset();
    m_stack.reset();
    m_scene.reset();
}

Undo TestUndoStack::undo(const QString &what, const QString &about, UndoEnd end)
{
    return {.what = what, .about = about, .begin = [this, what, end](const UndoTurn &turn) {
                m_begun += what;
                turn.end(end);
            }};
}

QStringList TestUndoStack::names() const
{
    QStringList names;
    for (const UndoStack::Entry &entry : m_stack->entries())
        names += entry.what;
    return names;
}

void TestUndoStack::newest_isTakenBackFirst()
{
    QVERIFY(!m_stack->action()->isEnabled());
    QCOMPARE(m_stack->action()->text(), u"&Undo"_s);
    m_stack->push(undo(u"One"_s, u"1"_s));
    m_stack->push(undo(u"Two & more"_s, u"2"_s));
    QCOMPARE(names(), (QStringList {u"Two & more"_s, u"One"_s}));
    QCOMPARE(m_stack->action()->text(), u"&Undo: Two && more…"_s);
    m_stack->action()->trigger();
    m_stack->action()->trigger();
    QCOMPARE(m_begun, (QStringList {u"Two & more"_s, u"One"_s}));
    QVERIFY(names().isEmpty());
    QVERIFY(!m_stack->action()->isEnabled());
}

void TestUndoStack::entry_isTakenBackByItsNumber()
{
    const int one = m_stack->push(undo(u"One"_s, u"1"_s));
    m_stack->push(undo(u"Two"_s, u"2"_s));
    m_stack->takeBack(one);
    QCOMPARE(m_begun, QStringList {u"One"_s});
    QCOMPARE(names(), QStringList {u"Two"_s});
    m_stack->takeBack(one); // a message that stands longer than its entry
    QCOMPARE(m_begun, QStringList {u"One"_s});
}

void TestUndoStack::kept_canBeTriedAgain()
{
    m_stack->push(undo(u"One"_s, u"1"_s, UndoEnd::Kept));
    m_stack->takeBackNewest();
    m_stack->takeBackNewest();
    QCOMPARE(m_begun.size(), 2);
    QCOMPARE(names(), QStringList {u"One"_s});
}

void TestUndoStack::dropped_withoutAWord_isKept()
{
    int begun = 0;
    m_stack->push({.what = u"One"_s, .about = u"1"_s, .begin = [&begun](const UndoTurn &) { ++begun; }});
    m_stack->takeBackNewest();
    m_stack->takeBackNewest(); // the first attempt is over
    QCOMPARE(begun, 2);
    QCOMPARE(names(), QStringList {u"One"_s});
}

void TestUndoStack::void_isDropped_withASentence()
{
    const QSignalSpy said(m_stack.get(), &UndoStack::said);
    m_stack->push(undo(u"Rotation of k1"_s, u"1"_s, UndoEnd::Void));
    m_stack->takeBackNewest();
    QVERIFY(names().isEmpty());
    QCOMPARE(said.size(), 1);
    QCOMPARE(said.first().first().toString(), u"Not taken back, because it has been changed again meanwhile: Rotation of k1."_s);
}

void TestUndoStack::olderChangeOfTheSame_waitsForTheNewer()
{
    const QSignalSpy said(m_stack.get(), &UndoStack::said);
    const int older = m_stack->push(undo(u"Older"_s, u"rule/a"_s));
    m_stack->push(undo(u"Newer"_s, u"rule/a"_s));
    m_stack->push(undo(u"Of another"_s, u"rule/b"_s));
    QVERIFY(!m_stack->entries().last().isInTurn);
    m_stack->takeBack(older);
    QCOMPARE(said.first().first().toString(), u"Something newer has to be taken back first: Newer."_s);
    QVERIFY(m_begun.isEmpty());
    m_stack->takeBackNewest();
    m_stack->takeBackNewest();
    QVERIFY(m_stack->entries().last().isInTurn);
    m_stack->takeBack(older);
    QCOMPARE(m_begun, (QStringList {u"Of another"_s, u"Newer"_s, u"Older"_s}));
}

void TestUndoStack::oneAttempt_atATime()
{
    m_stack->push(undo(u"One"_s, u"1"_s));
    m_stack->push({.what = u"Slow"_s, .about = u"2"_s, .begin = [this](const UndoTurn &turn) { m_open = turn; }});
    m_stack->takeBackNewest();
    m_stack->takeBackNewest();
    QVERIFY(m_begun.isEmpty());
    m_open->end(UndoEnd::TakenBack);
    m_open->end(UndoEnd::Void); // the first word counts
    QCOMPARE(names(), QStringList {u"One"_s});
    m_stack->takeBackNewest();
    QCOMPARE(m_begun, QStringList {u"One"_s});
}

void TestUndoStack::time_dropsIt()
{
    m_stack->push(undo(u"One"_s, u"1"_s));
    m_scene->clock.advance(UndoStack::lasting - 1s);
    m_stack->push(undo(u"Two"_s, u"2"_s));
    QCOMPARE(names().size(), 2);
    m_scene->clock.advance(1s);
    m_stack->takeBackNewest();
    m_stack->takeBackNewest();
    QCOMPARE(m_begun, QStringList {u"Two"_s});
}

void TestUndoStack::most_areKept()
{
    for (int i = 0; i <= UndoStack::most; ++i)
        m_stack->push(undo(QString::number(i), QString::number(i)));
    QCOMPARE(names().size(), UndoStack::most);
    QCOMPARE(names().last(), u"1"_s);
}

void TestUndoStack::openWindow()
{
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QVERIFY(settle());
}

QMessageBox *TestUndoStack::question()
{
    settle();
    for (auto *box : window().findChildren<QMessageBox *>(u"confirm"_s)) {
        if (box->isVisible())
            return box;
    }
    return nullptr;
}

void TestUndoStack::say(Qt::Key key)
{
    QTRY_VERIFY(question());
    QTest::keyClick(question(), key);
    QTRY_VERIFY(!question());
    window().activateWindow();
    QVERIFY(comesInFront(&window()));
}

void TestUndoStack::editRule(int row, const QString &amount)
{
    window().pages().showPage(u"limits"_s);
    DataTable *rules = tableOf(u"limits"_s);
    QTRY_VERIFY(rules->model()->rowCount() > row);
    rules->selectRow(row);
    rules->setFocus();
    const int before = m_scene->console.askedCount(u"editRule"_s);
    press(Qt::Key_Return);
    QPointer<FormDialog> dialog;
    QTRY_VERIFY((dialog = window().findChild<FormDialog *>()));
    QVERIFY(comesInFront(dialog));
    auto *edit = dialog->findChild<QLineEdit *>(u"amount"_s);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, amount);
    press(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!dialog);
    QCOMPARE(m_scene->console.askedCount(u"editRule"_s), before + 1);
    window().activateWindow();
    QVERIFY(comesInFront(&window()));
}

void TestUndoStack::ctrlZ_worksOnEveryPage_andTheMenuNamesIt()
{
    openWindow();
    editRule(1, u"7"_s);
    editRule(1, u"9"_s);
    editRule(0, u"3"_s);
    window().pages().showPage(u"keys"_s);
    auto *undo = window().findChild<QAction *>(u"undo"_s);
    QVERIFY2(undo->text().startsWith(u"&Undo: Change of the rule “"_s), qPrintable(undo->text()));
    const auto *menu = window().findChild<QMenu *>(u"undoMenu"_s);
    QCOMPARE(menu->actions().size(), 3);
    QVERIFY(menu->actions().at(0)->isEnabled() && menu->actions().at(1)->isEnabled() && !menu->actions().at(2)->isEnabled());

    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    say(Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"removeRule login_per_address"_s), 1); // it was as the settings say
    QTRY_COMPARE(menu->actions().size(), 2);
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    say(Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.rules[1].amount, qint64(7));
    QTRY_COMPARE(menu->actions().size(), 1);
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    say(Qt::Key_Escape); // thought better of it
    QCOMPARE(m_scene->console.rules[1].amount, qint64(7));
    QCOMPARE(menu->actions().size(), 1);
    menu->actions().first()->trigger();
    say(Qt::Key_Return);
    QTRY_VERIFY(!undo->isEnabled());
    QVERIFY(m_scene->console.rules[1].amount != 7);
}

void TestUndoStack::messageButton_isAboutItsMessage()
{
    openWindow();
    editRule(0, u"3"_s);
    window().undoStack().push(undo(u"Newer"_s, u"1"_s));
    window().toast().findChild<QPushButton *>()->click();
    say(Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"removeRule login_per_address"_s), 1);
    QVERIFY(m_begun.isEmpty());
}

void TestUndoStack::changedMeanwhile_isDropped()
{
    openWindow();
    editRule(1, u"7"_s);
    m_scene->console.rules[1].amount = 50; // the command line
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(window().toast().text().startsWith(u"Not taken back, because it has been changed again meanwhile: Change of the rule"_s));
    QVERIFY(!question());
    QVERIFY(!window().findChild<QAction *>(u"undo"_s)->isEnabled());
    QCOMPARE(m_scene->console.rules[1].amount, qint64(50));
}

void TestUndoStack::changedWhileTheQuestionStands_isDropped()
{
    openWindow();
    editRule(1, u"7"_s);
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(question());
    m_scene->console.rules[1].amount = 50;
    const int before = m_scene->console.askedCount(u"editRule"_s);
    say(Qt::Key_Return);
    QTRY_VERIFY(window().toast().text().startsWith(u"Not taken back"_s));
    QCOMPARE(m_scene->console.askedCount(u"editRule"_s), before);
    QCOMPARE(m_scene->console.askedCount(u"removeRule"_s), 0);
}

/// Also where the person is on another one.
void TestUndoStack::refused_isSaidOnItsPage()
{
    openWindow();
    editRule(1, u"7"_s);
    window().pages().showPage(u"keys"_s);
    m_scene->console.failNext(u"editRule"_s, {.code = ErrorCode::StorageFailure, .detail = u"disk I/O error"_s});
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    say(Qt::Key_Return);
    QTRY_COMPARE(window().pages().current().objectName(), u"limits"_s);
    QCOMPARE(window().pages().current().problems().size(), 1);
    QTRY_VERIFY(window().findChild<QAction *>(u"undo"_s)->isEnabled()); // it can be tried again
}

void TestUndoStack::disabledUser_isEnabledAgain()
{
    openWindow();
    window().pages().showPage(u"users"_s);
    DataTable *users = tableOf(u"users"_s);
    QTRY_VERIFY(users->model()->rowCount() > 0);
    const auto active = std::ranges::find(m_scene->console.userRows, false, &UserView::disabled);
    users->selectRow(int(active - m_scene->console.userRows.begin()));
    for (auto *button : window().findChild<QWidget *>(u"users"_s)->findChildren<QPushButton *>()) {
        if (QString(button->text()).remove(u'&').startsWith(u"Disable"_s))
            button->click();
    }
    say(Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"setUserDisabled 1"_s), 1);
    QTRY_VERIFY(window().findChild<QAction *>(u"undo"_s)->isEnabled());
    users->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(question());
    QVERIFY(question()->text().startsWith(u"Enable "_s));
    say(Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"setUserDisabled 0"_s), 1);
}

void TestUndoStack::ctrlZ_inAnUntouchedFilter_isTheWindows()
{
    openWindow();
    window().pages().showPage(u"users"_s);
    window().undoStack().push(undo(u"One"_s, u"1"_s));
    auto *filter = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(filter);
    QTest::keyClicks(filter, u"ada"_s);
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_begun.isEmpty()); // it took back what was typed
    while (filter->isUndoAvailable())
        press(Qt::Key_Z, Qt::ControlModifier);
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_begun, QStringList {u"One"_s});
}

QTEST_MAIN(TestUndoStack)
#include "TestUndoStack.moc"
