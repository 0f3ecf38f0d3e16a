#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/users/BulkDialog.h"
#include "ui/users/GeneratedPassword.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/WorkBar.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QRadioButton>
#include <QSet>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What the page of users changes: in place, at once for many, for a while and back.
class TestUsersEditing : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void cell_isEditedInPlace_data();
    void cell_isEditedInPlace();
    void typedText_outlivesNewsOfItsRow();
    void escape_editsNothing();
    void refusedEdit_isSaid();
    void undo_takesBackOneAfterTheOther();
    void undo_leavesWhatOthersChanged();
    void f2_onAnyCell_editsTheAddress();
    void disabling_isTakenBack();
    void deletedUser_isListedAndRestored();
    void deletion_goesOnToTheNext();
    void deletion_thatTheJournalTellsFirst_goesOnToTheNext();
    void several_areChangedAtOnce();
    void severalAreCounted_inTheDetails();
    void allShown_areAskedForAgain_whenTheirNumberChanges();
    void manyAreTypedOnce();
    void role_isAskedFor();
    void work_isStopped_andWhatWasDone_isTakenBack();
    void deletedOnes_areNotChanged();
    void password_isMadeUpAndCopied();
    void generatedPasswords_areStrongAndReadable();

private:
    std::unique_ptr<UsersPage> open();
    static DataTable *users(const QWidget &page) { return tableOf(page, u"Users"_s); }
    static QAction *item(const QWidget &page, const QString &text);
    static BulkDialog *dialogIn(const QWidget &page);
    static void select(const QWidget &page, int many);
    /// Where Tab leads to from a cell that is edited, and a click.
    static void goToCell(const QWidget &page, int row, int column);
    /// Ctrl+Z, and yes to the question.
    static void takeBack(UsersPage &page);
};

/// With nobody disabled among the first.
std::unique_ptr<UsersPage> TestUsersEditing::open()
{
    for (UserView &user : m_scene->console.userRows)
        user.disabled = false;
    auto page = openPage<UsersPage>(*m_scene);
    [&] { QTRY_COMPARE(users(*page)->model()->rowCount(), 200); }();
    users(*page)->setFocus(Qt::TabFocusReason);
    return page;
}

QAction *TestUsersEditing::item(const QWidget &page, const QString &text)
{
    for (QAction *action : button(page, u"Change"_s)->menu()->actions()) {
        if (QString(action->text()).remove(u'&').startsWith(text))
            return action;
    }
    return nullptr;
}

BulkDialog *TestUsersEditing::dialogIn(const QWidget &page)
{
    const auto all = page.findChildren<BulkDialog *>();
    const auto found = std::ranges::find_if(all, [](const BulkDialog *dialog) { return dialog->isVisible(); });
    return found == all.end() || !comesInFront(*found) ? nullptr : *found;
}

/// The first ones, by the keyboard.
void TestUsersEditing::select(const QWidget &page, int many)
{
    users(page)->selectRow(0);
    for (int i = 1; i < many; ++i)
        press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(users(page)->selectedRows().size(), many);
}

void TestUsersEditing::goToCell(const QWidget &page, int row, int column)
{
    users(page)->selectRow(row);
    users(page)->selectionModel()->setCurrentIndex(users(page)->model()->index(row, column), QItemSelectionModel::NoUpdate);
}

void TestUsersEditing::takeBack(UsersPage &page)
{
    page.activateWindow();
    QVERIFY(comesInFront(&page));
    users(page)->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    agree(page);
}

void TestUsersEditing::cell_isEditedInPlace_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("asked");
    QTest::newRow("e-mail") << 0 << u"E-mail"_s << u" 0@example.org "_s << u"editUser 0@example.org - -"_s;
    QTest::newRow("name") << 1 << u"Name"_s << u"Ada King"_s << u"editUser - Ada King -"_s;
    QTest::newRow("roles") << 2 << u"Roles"_s << u"ops , admin,"_s << u"editUser - - ops+admin"_s;
}

void TestUsersEditing::cell_isEditedInPlace()
{
    QFETCH(const int, column);
    QFETCH(const QString, name);
    QFETCH(const QString, typed);
    QFETCH(const QString, asked);
    const auto page = open();
    goToCell(*page, 0, column);
    press(Qt::Key_F2);
    auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(editor);
    QCOMPARE(editor->accessibleName(), name);
    editor->selectAll();
    QTest::keyClicks(editor, typed);
    press(Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).endsWith(u"is changed."_s));
    QCOMPARE(m_scene->console.askedCount(asked), 1);
    takeBack(*page);
    QTRY_VERIFY(messageOf(*page).endsWith(u"is as before."_s));
    QCOMPARE(m_scene->console.askedCount(u"editUser"_s), 2);
}

/// Such as that the user has just signed in.
void TestUsersEditing::typedText_outlivesNewsOfItsRow()
{
    const auto page = open();
    users(*page)->selectRow(0);
    press(Qt::Key_F2);
    auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(editor);
    editor->selectAll();
    QTest::keyClicks(editor, u"0@example.org"_s);
    UserView user = m_scene->console.userRows.first();
    user.lastSignInAt = m_scene->clock.now();
    page->apply({user});
    QCOMPARE(editor->text(), u"0@example.org"_s);
    QVERIFY(editor->hasFocus());
}

void TestUsersEditing::escape_editsNothing()
{
    const auto page = open();
    users(*page)->selectRow(0);
    press(Qt::Key_F2);
    type(u"zzz"_s);
    press(Qt::Key_Escape);
    settle();
    QCOMPARE(m_scene->console.askedCount(u"editUser"_s), 0);
    QVERIFY(users(*page)->hasFocus());
    press(Qt::Key_F2);
    press(Qt::Key_Return); // nothing was typed
    settle();
    QCOMPARE(m_scene->console.askedCount(u"editUser"_s), 0);
}

void TestUsersEditing::refusedEdit_isSaid()
{
    const auto page = open();
    const QString before = m_scene->console.userRows.first().email;
    m_scene->console.failNext(u"editUser"_s, {.code = ErrorCode::EmailTaken, .detail = {}});
    users(*page)->selectRow(0);
    press(Qt::Key_F2);
    type(u"x"_s);
    press(Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).contains(u"registered with this address already"_s));
    QCOMPARE(users(*page)->model()->index(0, 0).data().toString(), before);
}

void TestUsersEditing::undo_takesBackOneAfterTheOther()
{
    const auto page = open();
    for (const QString &name : {u"One"_s, u"Two"_s}) {
        goToCell(*page, 0, 1);
        press(Qt::Key_F2);
        auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(editor);
        if (editor->accessibleName() != "Name"_L1)
            QFAIL("the cursor is elsewhere");
        editor->selectAll();
        QTest::keyClicks(editor, name);
        press(Qt::Key_Return);
        QTRY_COMPARE(m_scene->console.askedCount(u"editUser - "_s + name), 1);
        settle();
    }
    takeBack(*page);
    QTRY_COMPARE(m_scene->console.askedCount(u"editUser - One -"_s), 2);
    settle();
    takeBack(*page);
    QTRY_COMPARE(m_scene->console.askedCount(u"editUser"_s), 4);
    settle();
    page->activateWindow();
    QVERIFY(comesInFront(page.get()));
    press(Qt::Key_Z, Qt::ControlModifier); // nothing is left
    settle();
    QCOMPARE(m_scene->console.askedCount(u"editUser"_s), 4);
}

/// While the form stood open.
void TestUsersEditing::undo_leavesWhatOthersChanged()
{
    const auto page = open();
    UserView &ada = m_scene->console.userRows.first();
    const QString roles = ada.roles.join(u'+');
    users(*page)->selectRow(0);
    button(*page, u"Edit"_s)->click();
    ada.name = u"Their word"_s;
    auto *dialog = page->findChild<QDialog *>();
    QVERIFY(comesInFront(dialog));
    dialog->findChild<QLineEdit *>(u"roles"_s)->setText(u"ops"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).endsWith(u"is changed."_s));
    takeBack(*page);
    QTRY_VERIFY(messageOf(*page).endsWith(u"is as before."_s));
    QCOMPARE(m_scene->console.askedCount(u"editUser - - "_s + roles), 1);
    QCOMPARE(m_scene->console.userRows.first().name, u"Their word"_s);
}

void TestUsersEditing::f2_onAnyCell_editsTheAddress()
{
    const auto page = open();
    goToCell(*page, 0, 4); // when somebody last signed in is not edited
    press(Qt::Key_F2);
    auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(editor);
    QCOMPARE(editor->accessibleName(), u"E-mail"_s);
}

void TestUsersEditing::disabling_isTakenBack()
{
    const auto page = open();
    users(*page)->selectRow(0);
    button(*page, u"Disable account"_s)->click();
    agree(*page);
    QTRY_VERIFY(messageOf(*page).contains(u"is disabled"_s));
    takeBack(*page);
    QTRY_VERIFY(messageOf(*page).endsWith(u"is as before."_s));
    QVERIFY(!m_scene->console.userRows.first().disabled);
}

void TestUsersEditing::deletedUser_isListedAndRestored()
{
    const auto page = open();
    const QString email = m_scene->console.userRows.first().email;
    users(*page)->selectRow(0);
    press(Qt::Key_Delete);
    agree(*page);
    QTRY_VERIFY(messageOf(*page).contains(u"is deleted, and goes for good on"_s));
    QTRY_VERIFY(users(*page)->model()->index(0, 0).data().toString() != email);
    button(*page, u"Deleted"_s)->click();
    QTRY_COMPARE(users(*page)->model()->rowCount(), 1);
    QVERIFY(users(*page)->model()->index(0, 3).data().toString().startsWith(u"Goes on "_s));
    users(*page)->selectRow(0);
    QVERIFY(!button(*page, u"Disable account"_s)->isVisible());
    QTRY_VERIFY(button(*page, u"Restore account"_s)->isEnabled());
    button(*page, u"Restore account"_s)->click();
    QTRY_VERIFY(messageOf(*page).endsWith(u"is restored."_s));
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    button(*page, u"Accounts"_s)->click();
    QTRY_COMPARE(users(*page)->model()->index(0, 0).data().toString(), email);
    QVERIFY(button(*page, u"Disable account"_s)->isVisible());
}

/// The next one need not be found again.
void TestUsersEditing::deletion_goesOnToTheNext()
{
    const auto page = open();
    const QString next = m_scene->console.userRows[2].email;
    users(*page)->selectRow(1);
    press(Qt::Key_Delete);
    agree(*page);
    QTRY_VERIFY(messageOf(*page).contains(u"is deleted"_s));
    QCOMPARE(users(*page)->selectedRows(), QList<int> {1});
    QCOMPARE(users(*page)->model()->index(1, 0).data().toString(), next);
    takeBack(*page);
    QTRY_VERIFY(messageOf(*page).endsWith(u"is as before."_s));
    QCOMPARE(m_scene->console.askedCount(u"restoreUser"_s), 1);
}

/// A server with nothing else to do tells its journal before it answers.
void TestUsersEditing::deletion_thatTheJournalTellsFirst_goesOnToTheNext()
{
    const auto page = open();
    const QString next = m_scene->console.userRows[2].email;
    users(*page)->selectRow(1);
    press(Qt::Key_Delete);
    m_scene->console.hold();
    agree(*page);
    QTRY_COMPARE(m_scene->console.askedCount(u"deleteUser"_s), 1);
    page->apply({m_scene->console.userRows[1]});
    QCOMPARE(users(*page)->selectedRows(), QList<int> {1});
    QCOMPARE(users(*page)->model()->index(1, 0).data().toString(), next);
    m_scene->console.release();
    QTRY_VERIFY(messageOf(*page).contains(u"is deleted"_s));
    QCOMPARE(users(*page)->selectedRows(), QList<int> {1});
    QCOMPARE(users(*page)->model()->index(1, 0).data().toString(), next);
}

void TestUsersEditing::several_areChangedAtOnce()
{
    const auto page = open();
    select(*page, 3);
    item(*page, u"Disable"_s)->trigger();
    QTRY_VERIFY(dialogIn(*page));
    QCOMPARE(dialogIn(*page)->findChild<QRadioButton *>(u"selected"_s)->text(), u"The 3 selected users"_s);
    QCOMPARE(dialogIn(*page)->findChild<QRadioButton *>(u"shown"_s)->text(), u"Everybody: all 260 users"_s);
    QTest::keyClick(dialogIn(*page), Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Disabled 3 users."_s);
    QCOMPARE(m_scene->console.askedCount(u"changeUsers disable  chosen seen 3"_s), 1);
    const QSignalSpy attention(page.get(), &Page::attentionWanted);
    takeBack(*page);
    QTRY_COMPARE(messageOf(*page), u"3 users are as before."_s);
    QCOMPARE(attention.size(), 1); // whoever is on another page sees how far it is, and can stop it
    QCOMPARE(m_scene->console.askedCount(u"changeUsers enable  chosen seen 3"_s), 1);
}

void TestUsersEditing::severalAreCounted_inTheDetails()
{
    const auto page = open();
    select(*page, 4);
    QTRY_VERIFY(page->findChild<QLabel *>(u"count"_s)->text().contains(u"4 selected"_s));
    QVERIFY(!button(*page, u"Set password"_s)->isEnabled());
}

void TestUsersEditing::allShown_areAskedForAgain_whenTheirNumberChanges()
{
    const auto page = open();
    item(*page, u"End sessions"_s)->trigger();
    QTRY_VERIFY(dialogIn(*page));
    QVERIFY(!dialogIn(*page)->findChild<QRadioButton *>(u"selected"_s)); // nobody is
    const QPointer<BulkDialog> first = dialogIn(*page);                  // the next one may get its place in memory
    m_scene->console.userRows.removeLast();
    QTest::keyClick(dialogIn(*page), Qt::Key_Return);
    QTRY_VERIFY(dialogIn(*page) && dialogIn(*page) != first);
    QCOMPARE(dialogIn(*page)->findChild<QRadioButton *>(u"shown"_s)->text(), u"Everybody: all 259 users"_s);
    QTest::keyClick(dialogIn(*page), Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Signed out 259 users."_s);
    QCOMPARE(m_scene->console.askedCount(u"changeUsers end_sessions  shown “” seen 260"_s), 1);
    QCOMPARE(m_scene->console.askedCount(u"changeUsers end_sessions  shown “” seen 259"_s), 1);
}

void TestUsersEditing::manyAreTypedOnce()
{
    const auto page = open();
    std::optional<ChangeUsers> given;
    auto *dialog = new BulkDialog(AccountAct::Disable, {.selected = {}, .filter = {.text = u"x"_s}, .total = 600'522}, {}, page.get(),
                                  [&given](const ChangeUsers &order) { given = order; });
    dialog->open();
    QVERIFY(comesInFront(dialog));
    auto *number = dialog->findChild<QLineEdit *>(u"number"_s);
    auto *send = dialog->findChild<QPushButton *>(u"send"_s);
    QVERIFY(number->isVisible() && !send->isEnabled());
    QTest::keyClicks(number, u"600,52"_s);
    QVERIFY(!send->isEnabled());
    QTest::keyClicks(number, u"2"_s);
    QVERIFY(send->isEnabled());
    QTest::keyClick(number, Qt::Key_Return);
    QTRY_VERIFY(given);
    QCOMPARE(given->seen, 600'522);
    QCOMPARE(given->shown, std::optional(UserFilter {.text = u"x"_s}));
}

void TestUsersEditing::role_isAskedFor()
{
    const auto page = open();
    select(*page, 2);
    item(*page, u"Add a role"_s)->trigger();
    QTRY_VERIFY(dialogIn(*page));
    QTest::keyClick(dialogIn(*page), Qt::Key_Return);
    auto *role = dialogIn(*page)->findChild<QLineEdit *>(u"role"_s);
    QCOMPARE(role->accessibleDescription(), u"Which role?"_s);
    QTest::keyClicks(role, u"ops"_s);
    QTest::keyClick(role, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Gave 2 users the role ops."_s);
    QVERIFY(m_scene->console.userRows[1].roles.contains(u"ops"_s));
}

void TestUsersEditing::work_isStopped_andWhatWasDone_isTakenBack()
{
    const auto page = open();
    m_scene->console.reached = 100;
    m_scene->console.hold();
    item(*page, u"Disable"_s)->trigger();
    QTRY_VERIFY(dialogIn(*page));
    QTest::keyClick(dialogIn(*page), Qt::Key_Return);
    QTRY_VERIFY(page->findChild<WorkBar *>()->isVisible());
    m_scene->console.reportProgress(100, 260);
    settle();
    page->findChild<QPushButton *>(u"stopWork"_s)->click();
    QCOMPARE(m_scene->console.askedCount(u"stopChange"_s), 1);
    QVERIFY(!m_scene->console.wasCanceled());
    m_scene->console.release();
    QTRY_VERIFY2(messageOf(*page).startsWith(u"Disabled 100 users. Stopped: 160 "_s), qPrintable(messageOf(*page)));
    QTRY_VERIFY(!page->findChild<WorkBar *>()->isVisible());
    QVERIFY(m_scene->console.userRows[99].disabled && !m_scene->console.userRows[100].disabled);
    m_scene->console.reached = 40;
    takeBack(*page); // which is stopped, too, and can go on
    QTRY_VERIFY2(messageOf(*page).startsWith(u"40 users are as before. Stopped: 60 "_s), qPrintable(messageOf(*page)));
    m_scene->console.reached.reset();
    takeBack(*page);
    QTRY_COMPARE(messageOf(*page), u"60 users are as before."_s);
    QVERIFY(!m_scene->console.userRows[99].disabled);
    QVERIFY(!page->findChild<UndoStack *>()->action()->isEnabled());
}

void TestUsersEditing::deletedOnes_areNotChanged()
{
    m_scene->console.userRows.first().deletedAt = m_scene->clock.now();
    m_scene->console.userRows.first().goesAt = m_scene->clock.now() + std::chrono::days {9};
    const auto page = open();
    button(*page, u"Deleted"_s)->click();
    QTRY_COMPARE(users(*page)->model()->rowCount(), 1);
    users(*page)->selectRow(0);
    QTRY_VERIFY(!item(*page, u"Disable"_s)->isEnabled());
    QVERIFY(!item(*page, u"Delete account"_s)->isEnabled());
    users(*page)->setFocus();
    press(Qt::Key_F2);
    QVERIFY(users(*page)->hasFocus());   // no editor
    page->filterBy({.text = u"zuse"_s}); // a jump leads to accounts that are there
    QCOMPARE(page->findChild<Chips *>(u"which"_s)->current(), 0);
}

void TestUsersEditing::password_isMadeUpAndCopied()
{
    const auto page = open();
    users(*page)->selectRow(1);
    button(*page, u"Set password"_s)->click();
    auto *dialog = page->findChild<QDialog *>();
    QVERIFY(comesInFront(dialog));
    auto *password = dialog->findChild<QLineEdit *>(u"password"_s);
    auto *mustChange = dialog->findChild<QCheckBox *>(u"mustChange"_s);
    QVERIFY(!button(*dialog, u"Copy"_s)->isEnabled() && !mustChange->isChecked());
    button(*dialog, u"Generate"_s)->click();
    const QString made = password->text();
    QCOMPARE(made.size(), 23);
    QCOMPARE(password->echoMode(), QLineEdit::Normal);
    QVERIFY(mustChange->isChecked());
    button(*dialog, u"Copy"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), made);
    QTest::keyClick(password, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).contains(u"new password"_s));
    QCOMPARE(m_scene->console.askedCount(u"setUserPassword %1 must change"_s.arg(made)), 1);
}

void TestUsersEditing::generatedPasswords_areStrongAndReadable()
{
    QSet<QString> all;
    for (int i = 0; i < 1000; ++i) {
        const QString made = generatedPassword();
        QCOMPARE(made.count(u'-'), 3);
        for (const QChar c : u"01ilo"_s)
            QVERIFY(!made.contains(c));
        all += made;
    }
    QCOMPARE(all.size(), 1000);
}

QTEST_MAIN(TestUsersEditing)
#include "TestUsersEditing.moc"
