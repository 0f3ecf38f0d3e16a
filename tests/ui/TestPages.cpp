#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/Settle.h"
#include "ui/keys/KeysPage.h"
#include "ui/limits/LimitsPage.h"
#include "ui/overview/FirstSteps.h"
#include "ui/overview/OverviewPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Each page alone, with real keys, against a console in memory.
class TestPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void delete_revokesSelection_afterSayingTheEffect();
    void escape_revokesNobody();
    void revokeShown_hitsTheFilter();
    void typing_asksOnce_andStaleAnswersAreDropped();
    void changesDuringASnapshot_surviveIt();
    void scrolling_readsFurther();
    void reuse_isExplained();
    void failure_isSaidInPlace();
    void emptyPages_sayHowToTry();
    void createUser_showsFaultsAtTheirFields();
    void disableAndEnable();
    void editUser();
    void importedUsers_areReadAnew();
    void setPassword();
    void endSessionsOfUser();
    void unblock();
    void rotate_saysWhatItMeans();
    void revokeKey_saysWhatItMeans_data();
    void revokeKey_saysWhatItMeans();
    void cards_showTheNumbers_andLeadOn();
    void overview_withoutADatabase_showsNoNumbers();
    void firstSteps_createAnAccount_andTellTheLinesOfAnApp();
    void firstSteps_tellTheLinesThatWorkHere_data();
    void firstSteps_tellTheLinesThatWorkHere();
    void firstSteps_stayAway_onceDone();

private:
    static DataTable *tableOf(const QWidget &page, const QString &name);
    static QPushButton *button(const QWidget &page, const QString &text);

    std::unique_ptr<Scene> m_scene;
};

void TestPages::init()
{
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
}

DataTable *TestPages::tableOf(const QWidget &page, const QString &name)
{
    for (auto *table : page.findChildren<DataTable *>()) {
        if (table->accessibleName() == name)
            return table;
    }
    return nullptr;
}

QPushButton *TestPages::button(const QWidget &page, const QString &text)
{
    for (auto *found : page.findChildren<QPushButton *>()) {
        if (QString(found->text()).remove(u'&').startsWith(text))
            return found;
    }
    return nullptr;
}

void TestPages::delete_revokesSelection_afterSayingTheEffect()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    QAbstractItemModelTester held(table->model());
    table->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Down);
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(table->selectedRows().size(), 3);
    press(Qt::Key_Delete);
    auto *box = page->findChild<QMessageBox *>(u"confirm"_s);
    QVERIFY(box);
    QCOMPARE(box->text(), u"Revoke 3 sessions of 3 users?"_s);
    QCOMPARE(m_scene->console.askedCount(u"revokeSessions"_s), 0);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(saidBy(*page), u"Revoked 3 sessions."_s);
    QCOMPARE(m_scene->console.askedCount(u"revokeSessions 3"_s), 1);
}

void TestPages::escape_revokesNobody()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(0);
    table->setFocus();
    press(Qt::Key_Delete);
    QTest::keyClick(page->findChild<QMessageBox *>(u"confirm"_s), Qt::Key_Escape);
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"revoke"_s), 0);
}

void TestPages::revokeShown_hitsTheFilter()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    page->filterBy({.text = u"liskov"_s});
    auto *all = button(*page, u"Revoke all shown"_s);
    QTRY_VERIFY(all->isEnabled());
    all->setFocus();
    press(Qt::Key_Space);
    auto *box = page->findChild<QMessageBox *>(u"confirm"_s);
    QVERIFY(box->informativeText().contains(u"liskov"_s));
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeShown liskov seen"_s), 1);
}

void TestPages::typing_asksOnce_andStaleAnswersAreDropped()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    m_scene->console.asked.clear();
    m_scene->console.hold();
    page->refresh(); // an answer for no filter, still on its way
    auto *filter = page->findChild<QLineEdit *>();
    filter->setFocus();
    QTest::keyClicks(filter, u"zuse"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"sessions zuse"_s), 1);
    QCOMPARE(m_scene->console.askedCount(u"sessions z"_s), 1);
    m_scene->console.release();
    QTRY_VERIFY(table->model()->rowCount() < 200);
    QVERIFY(table->model()->index(0, 0).data().toString().contains(u"zuse"_s));
    press(Qt::Key_Escape);
    QTRY_COMPARE(table->model()->rowCount(), 200);
}

void TestPages::changesDuringASnapshot_surviveIt()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    m_scene->console.hold();
    page->refresh(); // its answer holds the first row
    const Id gone = m_scene->console.sessionRows.first().id;
    const QString email = m_scene->console.sessionRows.first().email;
    page->apply({SessionGone {gone, u"logout"_s, m_scene->clock.now()}});
    m_scene->console.release();
    QVERIFY(settle());
    QVERIFY(table->model()->index(0, 0).data().toString() != email);
}

void TestPages::scrolling_readsFurther()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    QTRY_VERIFY(table->verticalScrollBar()->maximum() > 0);
    table->setFocus(Qt::TabFocusReason);
    press(Qt::Key_PageDown);
    press(Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(table->model()->rowCount(), 240);
}

void TestPages::reuse_isExplained()
{
    auto &session = m_scene->console.sessionRows[0];
    session.endedAt = m_scene->clock.now();
    session.endReason = u"reuse"_s;
    session.lastAddress = u"203.0.113.66"_s;
    const auto page = openPage<SessionsPage>(*m_scene);
    auto *ended = page->findChild<QCheckBox *>();
    ended->setFocus();
    press(Qt::Key_Space);
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->index(0, 0).data().toString(), session.email);
    table->selectRow(0);
    QString text;
    for (const QLabel *label : page->findChild<DetailsPanel *>()->findChildren<QLabel *>()) {
        if (label->isVisible())
            text += label->text() + u'\n';
    }
    QVERIFY2(text.contains(u"already been exchanged was presented again"_s), qPrintable(text));
    QVERIFY2(text.contains(u"Spent token came from"_s) && text.contains(u"203.0.113.66"_s) && text.contains(u"Opened from"_s),
             qPrintable(text));
    QVERIFY(!button(*page, u"Revoke"_s)->isEnabled());
}

void TestPages::failure_isSaidInPlace()
{
    m_scene->console.failNext(u"users"_s, {.code = ErrorCode::StorageFailure, .detail = u"database is locked"_s});
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(saidBy(*page).contains(u"database is locked"_s));
    QCOMPARE(page->problems().size(), 1);
    page->refresh();
    QTRY_COMPARE(tableOf(*page, u"Users"_s)->model()->rowCount(), 200);
    QVERIFY(page->problems().isEmpty()); // over with the next good answer
}

void TestPages::emptyPages_sayHowToTry()
{
    m_scene = std::make_unique<Scene>();
    const auto sessions = openPage<SessionsPage>(*m_scene);
    QTRY_VERIFY(sessions->findChild<EmptyState *>()->isVisible());
    const auto users = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(users->findChild<EmptyState *>()->isVisible());
    const auto limits = openPage<LimitsPage>(*m_scene);
    QTRY_VERIFY(limits->findChild<EmptyState *>()->isVisible());
}

void TestPages::createUser_showsFaultsAtTheirFields()
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
    QTRY_VERIFY(saidBy(*page).startsWith(u"Created"_s));
    QCOMPARE(m_scene->console.askedCount(u"createUser zz@example.com2 admin+editor"_s), 1);
}

void TestPages::disableAndEnable()
{
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(0);
    button(*page, u"Disable account"_s)->setFocus();
    press(Qt::Key_Space);
    QTest::keyClick(page->findChild<QMessageBox *>(u"confirm"_s), Qt::Key_Return);
    QTRY_VERIFY(saidBy(*page).contains(u"is disabled"_s));
    QVERIFY(button(*page, u"Enable account"_s));
    button(*page, u"Enable account"_s)->click();
    QTRY_VERIFY(saidBy(*page).contains(u"is enabled"_s));
}

void TestPages::editUser()
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
    QTRY_VERIFY(saidBy(*page).contains(u"is changed"_s));
    QCOMPARE(m_scene->console.askedCount(u"editUser - - admin+ops"_s), 2);
}

void TestPages::importedUsers_areReadAnew()
{
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(tableOf(*page, u"Users"_s)->model()->rowCount(), 200);
    const int before = m_scene->console.askedCount(u"users"_s);
    page->apply({UsersImported {.count = 10'000}});
    QTRY_COMPARE(m_scene->console.askedCount(u"users"_s), before + 1);
}

void TestPages::setPassword()
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
    QTRY_VERIFY(saidBy(*page).contains(u"new password"_s));
    QCOMPARE(m_scene->console.askedCount(u"setUserPassword new horse battery"_s), 1);
}

void TestPages::endSessionsOfUser()
{
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(1);
    button(*page, u"End all sessions"_s)->click();
    QTest::keyClick(page->findChild<QMessageBox *>(u"confirm"_s), Qt::Key_Return);
    QTRY_VERIFY(saidBy(*page).startsWith(u"Ended 0 sessions"_s));
}

void TestPages::unblock()
{
    const auto page = openPage<LimitsPage>(*m_scene);
    auto *table = tableOf(*page, u"Limited now"_s);
    QTRY_COMPARE(table->model()->rowCount(), 3);
    table->selectRow(0);
    table->setFocus();
    press(Qt::Key_Delete);
    QTRY_COMPARE(m_scene->console.askedCount(u"unblock login_per_address 198.51.100.23"_s), 1);
    QTRY_COMPARE(table->model()->rowCount(), 2);
}

void TestPages::rotate_saysWhatItMeans()
{
    const auto page = openPage<KeysPage>(*m_scene);
    auto *table = tableOf(*page, u"Key ring"_s);
    QTRY_COMPARE(table->model()->rowCount(), 4);
    button(*page, u"Rotate access key"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY(saidBy(*page).contains(u"Nobody was signed out"_s));
    QTRY_COMPARE(table->model()->rowCount(), 5);
    table->selectRow(0);
    button(*page, u"Copy key id"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), u"k-fresh-4"_s);
    m_scene->console.failNext(u"rotateKey"_s, {.code = ErrorCode::CryptoFailure, .detail = u"no entropy"_s});
    button(*page, u"Rotate access key"_s)->click();
    QTRY_VERIFY(saidBy(*page).contains(u"no entropy"_s));
    QVERIFY(button(*page, u"Rotate access key"_s)->isEnabled());
}

void TestPages::revokeKey_saysWhatItMeans_data()
{
    QTest::addColumn<QString>("kid");
    QTest::addColumn<QString>("effect");
    QTest::newRow("the access key that signs")
        << u"Zk9Qw3sT1vLr2YxB"_s
        << u"Another key signs from now on. Its access tokens stop working at once: 38 sessions must refresh. "
           "Nobody has to sign in again. This cannot be undone."_s;
    QTest::newRow("an access key that verifies")
        << u"pJ4dM8uKe0HcNa7f"_s
        << u"Its access tokens stop working at once: 12 sessions must refresh. Nobody has to sign in again. This cannot be undone."_s;
    QTest::newRow("the refresh key")
        << u"tR6yWb5iXo1GqVz2"_s
        << u"Another key signs from now on. Its refresh tokens stop working at once: %1 must sign in again. This cannot be undone."_s.arg(
               UiTexts::sessions(1284));
}

void TestPages::revokeKey_saysWhatItMeans()
{
    QFETCH(QString, kid);
    const auto page = openPage<KeysPage>(*m_scene);
    auto *table = tableOf(*page, u"Key ring"_s);
    QTRY_COMPARE(table->model()->rowCount(), 4);
    QVERIFY(!button(*page, u"Revoke key…"_s)->isEnabled()); // nothing is chosen
    const auto rows = table->model()->match(table->model()->index(0, 2), Qt::DisplayRole, kid);
    table->selectRow(rows.first().row());
    button(*page, u"Revoke key…"_s)->click();
    auto *box = page->findChild<QMessageBox *>(u"confirm"_s);
    QVERIFY(box);
    QTEST(box->informativeText(), "effect");
    QCOMPARE(m_scene->console.askedCount(u"revokeKey"_s), 0);
    box->findChild<QPushButton *>(u"confirmed"_s)->click();
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeKey "_s + kid), 1);
    QTRY_VERIFY(saidBy(*page).contains(kid + u" is revoked"_s));
}

void TestPages::cards_showTheNumbers_andLeadOn()
{
    const auto page = openPage<OverviewPage>(*m_scene);
    page->present(m_scene->console.overviewNow);
    auto *card = page->findChild<Card *>(u"sessionsCard"_s);
    QCOMPARE(card->accessibleName(), u"Sessions now: "_s + UiTexts::count(1284));
    QSignalSpy lead(page.get(), &Page::goTo);
    card->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(lead.value(0).value(0).toString(), u"sessions"_s);
}

void TestPages::overview_withoutADatabase_showsNoNumbers()
{
    m_scene->console.overviewNow.counts.reset();
    const auto page = openPage<OverviewPage>(*m_scene);
    page->present(m_scene->console.overviewNow);
    QCOMPARE(page->findChild<Card *>(u"sessionsCard"_s)->accessibleName(), u"Sessions now: –"_s);
    QVERIFY(!page->findChild<FirstSteps *>()->isVisible());
}

void TestPages::firstSteps_createAnAccount_andTellTheLinesOfAnApp()
{
    m_scene->console.overviewNow.counts->users = 0;
    m_scene->console.settingRows[1].value = u"true"_s;
    const auto page = openPage<OverviewPage>(*m_scene);
    const auto *steps = page->findChild<FirstSteps *>();
    QVERIFY(!steps->isVisible()); // nobody knows yet whether there are accounts
    page->present(m_scene->console.overviewNow);
    QVERIFY(steps->isVisible());
    const auto *lines = steps->findChild<CopyField *>();
    QTRY_COMPARE(lines->text(), u"WARDER_URL=http://127.0.0.1:8000\nWARDER_COOKIES_INSECURE=true"_s);

    button(*page, u"Create user"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY(page->findChild<QDialog *>());
    auto *dialog = page->findChild<QDialog *>();
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"email"_s), u"ada@example.com"_s);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"password"_s), u"a long sentence"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    const auto said = [steps](const QString &text) { return std::ranges::contains(steps->findChildren<QLabel *>(), text, &QLabel::text); };
    QTRY_VERIFY(said(u"ada@example.com can sign in now."_s));
    QVERIFY(said(u"Allowed origins: http://localhost:3000, http://127.0.0.1:3000 (setting http.allowed_origins)"_s));
    m_scene->console.overviewNow.counts->users = 1;
    page->present(m_scene->console.overviewNow);
    QVERIFY(steps->isVisible()); // there are more steps
}

void TestPages::firstSteps_tellTheLinesThatWorkHere_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("lines");
    QTest::newRow("the usual prefix") << u"warder"_s << u"WARDER_URL=http://127.0.0.1:8000\nWARDER_COOKIES_INSECURE=false"_s;
    QTest::newRow("another one") << u"shop"_s
                                 << u"WARDER_URL=http://127.0.0.1:8000\nWARDER_COOKIES_INSECURE=false\nWARDER_COOKIE_PREFIX=shop"_s;
}

void TestPages::firstSteps_tellTheLinesThatWorkHere()
{
    QFETCH(QString, prefix);
    m_scene->console.overviewNow.counts->users = 0;
    const auto page = openPage<OverviewPage>(*m_scene);
    page->present(m_scene->console.overviewNow);
    const auto *shown = page->findChild<FirstSteps *>()->findChild<CopyField *>();
    QTRY_COMPARE(m_scene->console.askedCount(u"settings"_s), 1);
    m_scene->console.settingRows += SettingView {
        .key = u"http.cookie_prefix"_s, .value = prefix, .defaultValue = u"warder"_s, .source = {}, .sourceName = {}, .text = {}};
    page->refresh(); // F5
    QTRY_COMPARE(m_scene->console.askedCount(u"settings"_s), 2);
    QFETCH(QString, lines);
    QTRY_COMPARE(shown->text(), lines);
}

void TestPages::firstSteps_stayAway_onceDone()
{
    const auto present = [this](OverviewPage &page, qint64 users) {
        m_scene->console.overviewNow.counts->users = users;
        page.present(m_scene->console.overviewNow);
        return page.findChild<FirstSteps *>()->isVisible();
    };
    {
        const auto page = openPage<OverviewPage>(*m_scene);
        QVERIFY(!present(*page, 1));
        QVERIFY(present(*page, 0));
        button(*page, u"Done"_s)->setFocus();
        press(Qt::Key_Space);
        QVERIFY(!page->findChild<FirstSteps *>()->isVisible());
        QVERIFY(!present(*page, 0));
    }
    const auto next = openPage<OverviewPage>(*m_scene);
    QVERIFY(!present(*next, 0));
    next->showFirstSteps();
    QVERIFY(next->findChild<FirstSteps *>()->isVisible());
}

QTEST_MAIN(TestPages)
#include "TestPages.moc"
