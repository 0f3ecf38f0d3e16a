#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/users/BulkDialog.h"
#include "ui/users/UsersModel.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/WorkBar.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QImage>
#include <QLineEdit>
#include <QMenu>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestUsersPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void failure_isSaidInPlace();
    void createUser_showsFaultsAtTheirFields();
    void disableAndEnable();
    void editUser();
    void importedUsers_areReadAnew();
    void setPassword();
    void state_isSilentWhereAllIsWell_data();
    void state_isSilentWhereAllIsWell();
    void hashColumn_isShownWhereItTells();
    void clearedSearch_staysAmongDeletedOnes();
    void bulkOrder_whileSomethingElseGoesOn_isRefusedAloud();
    void bulkOrder_beforeTheCount_isRefusedAloud();
    void emptyPage_saysHowToTry();
};

void TestUsersPage::failure_isSaidInPlace()
{
    m_scene->console.failNext(u"users"_s, {.code = ErrorCode::StorageFailure, .detail = u"database is locked"_s});
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(messageOf(*page).contains(u"database is locked"_s));
    QCOMPARE(page->problems().size(), 1);
    page->refresh();
    QTRY_COMPARE(tableOf(*page, u"Users"_s)->model()->rowCount(), 200);
    QVERIFY(page->problems().isEmpty()); // over with the next good answer
}

void TestUsersPage::createUser_showsFaultsAtTheirFields()
{
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(tableOf(*page, u"Users"_s)->model()->rowCount(), 200);
    press(Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(page->findChild<QDialog *>()); // a button pressed by its shortcut stays down for a moment
    auto *dialog = page->findChild<QDialog *>();
    QVERIFY(comesInFront(dialog));
    m_scene->console.failNext(u"createUser"_s, {.code = ErrorCode::EmailTaken, .detail = {}});
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"email"_s), u"zz@example.com"_s);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"password"_s), u"a long sentence"_s);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"roles"_s), u"admin , editor,"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    auto *email = dialog->findChild<QLineEdit *>(u"email"_s);
    QTRY_VERIFY(email->accessibleDescription().contains(u"already"_s));
    QTest::keyClick(email, Qt::Key_2);
    QVERIFY(email->accessibleDescription().isEmpty());
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).startsWith(u"Created"_s));
    QCOMPARE(m_scene->console.askedCount(u"createUser zz@example.com2 admin+editor"_s), 1);
}

void TestUsersPage::disableAndEnable()
{
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(0);
    const auto drawing = [&page](const QString &text) { return button(*page, text)->icon().pixmap(16).toImage(); };
    const QImage ban = drawing(u"Disable account"_s);
    button(*page, u"Disable account"_s)->setFocus();
    press(Qt::Key_Space);
    agree(*page);
    QTRY_VERIFY(messageOf(*page).contains(u"is disabled"_s));
    QVERIFY(button(*page, u"Enable account"_s));
    QVERIFY(drawing(u"Enable account"_s) != ban); // another act, another drawing
    button(*page, u"Enable account"_s)->click();
    QTRY_VERIFY(messageOf(*page).contains(u"is enabled"_s));
    QVERIFY(drawing(u"Disable account"_s) == ban);
}

void TestUsersPage::editUser()
{
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(0);
    button(*page, u"Edit"_s)->click();
    auto *dialog = page->findChild<QDialog *>();
    QVERIFY(comesInFront(dialog));
    auto *roles = dialog->findChild<QLineEdit *>(u"roles"_s);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"email"_s)->text(), m_scene->console.userRows.first().email);
    roles->clear();
    QTest::keyClicks(roles, u"admin, ops"_s);
    m_scene->console.failNext(u"editUser"_s, {.code = ErrorCode::EmailTaken, .detail = {}});
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(dialog->findChild<QLineEdit *>(u"email"_s)->accessibleDescription().contains(u"already"_s));
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).contains(u"is changed"_s));
    QCOMPARE(m_scene->console.askedCount(u"editUser - - admin+ops"_s), 2);
}

void TestUsersPage::importedUsers_areReadAnew()
{
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(tableOf(*page, u"Users"_s)->model()->rowCount(), 200);
    const int before = m_scene->console.askedCount(u"users"_s);
    page->apply({UsersImported {.count = 10'000}});
    QTRY_COMPARE(m_scene->console.askedCount(u"users"_s), before + 1);
}

void TestUsersPage::setPassword()
{
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(1);
    button(*page, u"Set password"_s)->click();
    auto *dialog = page->findChild<QDialog *>();
    QVERIFY(comesInFront(dialog));
    auto *password = dialog->findChild<QLineEdit *>(u"password"_s);
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    QTest::keyClicks(password, u"new horse battery"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).contains(u"new password"_s));
    QCOMPARE(m_scene->console.askedCount(u"setUserPassword new horse battery"_s), 1);
}

void TestUsersPage::state_isSilentWhereAllIsWell_data()
{
    QTest::addColumn<bool>("mustVerify");
    QTest::addColumn<UserView>("user");
    QTest::addColumn<QString>("said");
    const TimePoint now = Scene().clock.now();
    UserView active {.id = Id::create(now),
                     .email = u"ann@example.com"_s,
                     .name = {},
                     .roles = {},
                     .emailVerified = true,
                     .createdAt = now,
                     .lastSignInAt = {},
                     .passwordScheme = u"argon2id"_s};
    QTest::newRow("active") << true << active << QString();
    UserView unverified = active;
    unverified.emailVerified = false;
    QTest::newRow("unverified, where that does not matter") << false << unverified << QString();
    QTest::newRow("unverified, where nobody signs in before") << true << unverified << u"Unverified"_s;
    UserView invited = unverified;
    invited.invitedAt = now;
    QTest::newRow("invited") << true << invited << u"Invited"_s;
    UserView admin = active;
    admin.roles = {u"admin"_s};
    QTest::newRow("an admin without a second factor") << true << admin << u"Password only"_s;
    UserView disabled = unverified;
    disabled.disabled = true;
    QTest::newRow("disabled") << true << disabled << u"Disabled"_s;
}

void TestUsersPage::state_isSilentWhereAllIsWell()
{
    QFETCH(const bool, mustVerify);
    QFETCH(const UserView, user);
    QFETCH(const QString, said);
    m_scene->console.userRows = {user};
    m_scene->console.settingRows += SettingView {.key = u"accounts.require_verified_email"_s,
                                                 .value = mustVerify ? u"true"_s : u"false"_s,
                                                 .defaultValue = u"false"_s,
                                                 .sourceName = {},
                                                 .text = {}};
    const auto page = openPage<UsersPage>(*m_scene);
    const QModelIndex state = tableOf(*page, u"Users"_s)->model()->index(0, UsersModel::stateColumn);
    QTRY_COMPARE(state.data().toString(), said);
    QCOMPARE(state.data(ToneRole).isValid(), !said.isEmpty());
}

void TestUsersPage::hashColumn_isShownWhereItTells()
{
    for (UserView &user : m_scene->console.userRows)
        user.passwordScheme = user.passwordScheme.isEmpty() ? QString() : u"argon2id"_s;
    const auto page = openPage<UsersPage>(*m_scene);
    page->resize(1600, 700);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    QVERIFY(settle());
    QVERIFY(table->isColumnHidden(UsersModel::passwordColumn));
    QVERIFY(!table->isColumnHidden(UsersModel::passwordColumn - 1));
    UserView old = m_scene->console.userRows[3];
    old.passwordScheme = u"bcrypt"_s;
    page->apply({old});
    QTRY_VERIFY(!table->isColumnHidden(UsersModel::passwordColumn));
    UserView fresh = old; // signed in, which gives a password the hash of today
    fresh.passwordScheme = u"argon2id"_s;
    page->apply({fresh});
    QTRY_VERIFY(table->isColumnHidden(UsersModel::passwordColumn));
    page->apply({old});
    QTRY_VERIFY(!table->isColumnHidden(UsersModel::passwordColumn));
    page->apply({UserGone {.id = old.id}});
    QTRY_VERIFY(table->isColumnHidden(UsersModel::passwordColumn));
}

/// The list stays that of deleted accounts.
void TestUsersPage::clearedSearch_staysAmongDeletedOnes()
{
    for (int i = 0; i < 2; ++i) {
        m_scene->console.userRows[i].deletedAt = m_scene->clock.now();
        m_scene->console.userRows[i].goesAt = m_scene->clock.now() + std::chrono::days {9};
    }
    const auto page = openPage<UsersPage>(*m_scene);
    button(*page, u"Deleted"_s)->click();
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 2);
    page->focusFilter();
    type(u"nobody at all\r"_s);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    button(*page, u"Clear the search"_s)->click();
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(page->findChild<Chips *>(u"which"_s)->current(), 1);
}

/// There is one bar for what takes long.
void TestUsersPage::bulkOrder_whileSomethingElseGoesOn_isRefusedAloud()
{
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(tableOf(*page, u"Users"_s)->model()->rowCount(), 200);
    page->findChild<WorkBar *>()->begin(u"An export"_s, [] {});
    for (QAction *action : button(*page, u"Change"_s)->menu()->actions()) {
        if (QString(action->text()).remove(u'&').startsWith(u"Disable"_s))
            action->trigger();
    }
    QVERIFY2(messageOf(*page).startsWith(u"Nobody was changed: something else is going on"_s), qPrintable(messageOf(*page)));
    QVERIFY(!page->findChild<BulkDialog *>());
}

void TestUsersPage::bulkOrder_beforeTheCount_isRefusedAloud()
{
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->clearSelection();
    m_scene->console.hold(); // the count does not come
    page->focusFilter();
    type(u"example\r"_s);
    m_scene->console.release();
    m_scene->console.hold();
    QTRY_VERIFY(table->isEnabled());
    for (QAction *action : button(*page, u"Change"_s)->menu()->actions()) {
        if (QString(action->text()).remove(u'&').startsWith(u"Disable"_s))
            action->trigger();
    }
    QVERIFY2(messageOf(*page).startsWith(u"Nobody was changed: the list is still being counted."_s), qPrintable(messageOf(*page)));
    m_scene->console.release();
}

void TestUsersPage::emptyPage_saysHowToTry()
{
    m_scene = std::make_unique<Scene>();
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
}

QTEST_MAIN(TestUsersPage)
#include "TestUsersPage.moc"
