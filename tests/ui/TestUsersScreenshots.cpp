#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/users/BulkDialog.h"
#include "ui/users/UserDialogs.h"
#include "ui/users/UserTabs.h"
#include "ui/users/UsersPage.h"
#include "ui/users/import/UserImportDialog.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FormDialog.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Renders what changes users as people will see it, for people to look at; fails when a label does not fit its place.
class TestUsersScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void deletedUsers_fit_data() { looks(); }
    void deletedUsers_fit();
    void several_fit_data() { looks(); }
    void several_fit();
    void tabs_fit_data() { looks(); }
    void tabs_fit();
    void bulk_fits_data() { looks(); }
    void bulk_fits();
    void password_fits_data() { looks(); }
    void password_fits();
    void import_fits_data() { looks(); }
    void import_fits();
    void create_fits();

private:
    static void looks();
    static QString named(const QString &what) { return what + u'-' + tag(); }
    std::unique_ptr<UsersPage> open();
};

void TestUsersScreenshots::looks()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("light") << false << false;
    QTest::newRow("dark") << true << false;
    QTest::newRow("long-texts") << false << true;
}

void TestUsersScreenshots::init()
{
    PictureTest::init();
    m_scene->fill();
    for (int i = 0; i < 5; ++i) {
        m_scene->console.userRows[i].deletedAt = m_scene->clock.now() - std::chrono::days {i};
        m_scene->console.userRows[i].goesAt = m_scene->clock.now() + std::chrono::days {30 - i};
    }
}

std::unique_ptr<UsersPage> TestUsersScreenshots::open()
{
    QFETCH(const bool, dark);
    QFETCH(const bool, longTexts);
    wear(dark, longTexts);
    auto page = openPage<UsersPage>(*m_scene);
    page->resize(1060, 720);
    return page;
}

void TestUsersScreenshots::deletedUsers_fit()
{
    const auto page = open();
    page->findChild<Chips *>(u"which"_s)->choose(1);
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 5);
    listOf(*page)->selectRow(1);
    look(*page, named(u"users-deleted"_s));
}

void TestUsersScreenshots::several_fit()
{
    const auto page = open();
    auto *table = listOf(*page);
    table->setFocus();
    table->selectRow(2);
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    look(*page, named(u"users-several"_s));
}

void TestUsersScreenshots::tabs_fit()
{
    constexpr int row = 7;
    const Id user = m_scene->console.userRows[row + 5].id; // behind those that are deleted
    for (int i = 0; i < 5; ++i) {
        m_scene->console.sessionRows[i].userId = user;
        m_scene->console.activityRows[i].userId = user;
    }
    const auto page = open();
    listOf(*page)->selectRow(row);
    for (const int tab : {int(UserTabs::Sessions), int(UserTabs::Activity)}) {
        page->findChild<Chips *>(u"userTabs"_s)->choose(tab);
        look(*page, named(u"users-tab-%1"_s.arg(tab)));
    }
}

void TestUsersScreenshots::bulk_fits()
{
    const auto page = open();
    const QList<Id> selected {m_scene->console.userRows[7].id, m_scene->console.userRows[8].id};
    for (const AccountAct act : {AccountAct::Disable, AccountAct::AddRole}) {
        BulkDialog dialog(act, {.selected = selected, .filter = {.text = u"example.com"_s}, .total = 600'522}, {}, page.get(),
                          [](const ChangeUsers &) {});
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        lookAtDialog(dialog, named(u"users-bulk-"_s + nameOf(act)));
    }
}

void TestUsersScreenshots::password_fits()
{
    const auto page = open();
    FormDialog *dialog = UserDialogs::setPassword(m_scene->context(), m_scene->console.userRows[7], page.get(), [] {});
    dialog->open();
    lookAtDialog(*dialog, named(u"users-password"_s));
}

void TestUsersScreenshots::import_fits()
{
    const auto page = open();
    for (int i = 0; i < 30; ++i)
        m_scene->console.importOutcome.faults +=
            UserImportFault {.line = 3 + 7 * i, .field = u"password_hash"_s, .message = u"not a hash of a known form"_s};
    m_scene->console.importOutcome.moreFaults = 12;
    QFile file(m_scene->folder.filePath(u"users.csv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("username,hashed_password,shoe_size\nann@example.com,$2b$04$x,38\n");
    file.close();
    auto *dialog = new UserImportDialog(m_scene->context(), file.fileName(), page.get(), [](const QString &) {});
    dialog->open();
    QTRY_VERIFY(dialog->findChild<QLabel *>(u"consequence"_s)->text().size() > 0);
    lookAtDialog(*dialog, named(u"users-import"_s));
}

void TestUsersScreenshots::create_fits()
{
    PictureTest::init(); // nobody is there
    const std::unique_ptr<FormDialog> dialog(UserDialogs::create(m_scene->context(), nullptr, [](const UserView &) {}));
    dialog->open();
    m_scene->console.failNext(
        u"createUser"_s,
        {.code = ErrorCode::InvalidInput,
         .detail = {},
         .faults = {
             {.type = u"value_error"_s,
              .location = {u"body"_s, u"email"_s},
              .message = u"value is not a valid email address: it has no @"_s},
             {.type = u"string_too_short"_s, .location = {u"body"_s, u"password"_s}, .message = {}, .context = {{u"min_length"_s, 8}}}}});
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"email"_s), u"ada"_s);
    QTest::keyClick(dialog.get(), Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"createUser"_s), 1);
    lookAfterMessage(*dialog, u"create-user"_s);
}

int main(int argc, char *argv[]) { return takePictures<TestUsersScreenshots>(argc, argv); }
#include "TestUsersScreenshots.moc"
