#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/EmptyState.h"

#include <QDialog>
#include <QLineEdit>
#include <QMessageBox>

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
    void endSessionsOfUser();
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
    button(*page, u"Disable account"_s)->setFocus();
    press(Qt::Key_Space);
    QTest::keyClick(page->findChild<QMessageBox *>(u"confirm"_s), Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).contains(u"is disabled"_s));
    QVERIFY(button(*page, u"Enable account"_s));
    button(*page, u"Enable account"_s)->click();
    QTRY_VERIFY(messageOf(*page).contains(u"is enabled"_s));
}

void TestUsersPage::editUser()
{
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(0);
    button(*page, u"Edit"_s)->click();
    auto *dialog = page->findChild<QDialog *>();
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
    auto *password = dialog->findChild<QLineEdit *>(u"password"_s);
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    QTest::keyClicks(password, u"new horse battery"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).contains(u"new password"_s));
    QCOMPARE(m_scene->console.askedCount(u"setUserPassword new horse battery"_s), 1);
}

void TestUsersPage::endSessionsOfUser()
{
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(1);
    button(*page, u"End all sessions"_s)->click();
    QTest::keyClick(page->findChild<QMessageBox *>(u"confirm"_s), Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).startsWith(u"Ended 0 sessions"_s));
}

void TestUsersPage::emptyPage_saysHowToTry()
{
    m_scene = std::make_unique<Scene>();
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
}

QTEST_MAIN(TestUsersPage)
#include "TestUsersPage.moc"
