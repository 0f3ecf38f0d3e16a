#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/users/UsersPage.h"

#include <QDialog>
#include <QLabel>
#include <QMessageBox>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Orders of the page Users that end sessions or lock somebody out: what they say before, and that they do no more than that.
class TestLockingOut : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void sessions_areEndedAndCounted();
    void lockingOut_saysHowManySessionsEnd_data();
    void lockingOut_saysHowManySessionsEnd();
    void lockingOut_isAskedForAgain_whenTheirNumberChanges_data();
    void lockingOut_isAskedForAgain_whenTheirNumberChanges();
    void otherRefusal_isSaid();
    void pressedTwice_asksOnce();
    void password_saysHowManySessionsEnd();
    void takingBack_saysHowManySessionsEnd_data();
    void takingBack_saysHowManySessionsEnd();
    void takingBack_leavesWhatOthersChanged();

private:
    /// So many live ones of the user at that place, and no others.
    void giveSessions(int place, int many);
    /// An order about the user at the second place, who is not disabled.
    void begin(UsersPage &page, const QString &order);
    /// The question that stands there; null: none does.
    static QMessageBox *questionOf(const QWidget &page);
    UserView &subject() { return m_scene->console.userRows[1]; }
};

void TestLockingOut::giveSessions(int place, int many)
{
    const Id user = m_scene->console.userRows[place].id;
    for (SessionView &row : m_scene->console.sessionRows)
        row.userId = row.userId == user ? Id::create(m_scene->clock.now()) : row.userId;
    for (int i = 0; i < many; ++i)
        m_scene->console.sessionRows[i].userId = user;
}

void TestLockingOut::begin(UsersPage &page, const QString &order)
{
    auto *table = tableOf(page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(1);
    table->setFocus();
    if (order == "Delete account"_L1)
        return press(Qt::Key_Delete);
    button(page, order)->click();
}

QMessageBox *TestLockingOut::questionOf(const QWidget &page)
{
    const auto all = page.findChildren<QMessageBox *>(u"confirm"_s);
    const auto found = std::ranges::find_if(all, &QWidget::isVisible); // one that was answered may still be on its way out
    return found == all.end() ? nullptr : *found;
}

void TestLockingOut::sessions_areEndedAndCounted()
{
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    m_scene->console.sessionRows[0].userId = m_scene->console.userRows[1].id;
    m_scene->console.sessionRows[5].userId = m_scene->console.userRows[1].id;
    table->selectRow(1);
    button(*page, u"End all sessions"_s)->click();
    QTRY_VERIFY(questionOf(*page));
    QVERIFY2(questionOf(*page)->text().startsWith(u"End all 2 sessions of "_s), qPrintable(questionOf(*page)->text()));
    agree(*page);
    QTRY_VERIFY(messageOf(*page).startsWith(u"Ended 2 sessions"_s));
    settle();
    button(*page, u"End all sessions"_s)->click();
    QTRY_VERIFY(messageOf(*page).endsWith(u"is not signed in anywhere: there is nothing to end."_s));
    QVERIFY(!questionOf(*page));
}

void TestLockingOut::lockingOut_saysHowManySessionsEnd_data()
{
    QTest::addColumn<QString>("order");
    QTest::addColumn<int>("sessions");
    QTest::addColumn<QString>("effect");
    for (const QString &order : {u"Disable account"_s, u"Delete account"_s}) {
        QTest::addRow("%s, none", qPrintable(order)) << order << 0 << u"No session is open. "_s;
        QTest::addRow("%s, one", qPrintable(order)) << order << 1 << u"One session ends with the next request. "_s;
        QTest::addRow("%s, several", qPrintable(order)) << order << 3 << u"3 sessions end with the next request. "_s;
    }
}

void TestLockingOut::lockingOut_saysHowManySessionsEnd()
{
    QFETCH(const QString, order);
    QFETCH(const int, sessions);
    QFETCH(const QString, effect);
    giveSessions(1, sessions);
    const auto page = openPage<UsersPage>(*m_scene);
    begin(*page, order);
    QTRY_VERIFY(questionOf(*page));
    QVERIFY2(questionOf(*page)->informativeText().startsWith(effect), qPrintable(questionOf(*page)->informativeText()));
    agree(*page);
    QTRY_COMPARE(m_scene->console.asked.filter(u" seen %1"_s.arg(sessions)).size(), 1);
    QTRY_VERIFY(messageOf(*page).contains(u" is d"_s)); // disabled, or deleted
}

void TestLockingOut::lockingOut_isAskedForAgain_whenTheirNumberChanges_data()
{
    QTest::addColumn<QString>("order");
    for (const QString &order : {u"Disable account"_s, u"Delete account"_s, u"End all sessions"_s})
        QTest::newRow(qPrintable(order)) << order;
}

/// Nobody is locked out by a question about another number of sessions.
void TestLockingOut::lockingOut_isAskedForAgain_whenTheirNumberChanges()
{
    QFETCH(const QString, order);
    giveSessions(1, 2);
    const auto page = openPage<UsersPage>(*m_scene);
    begin(*page, order);
    QTRY_VERIFY(questionOf(*page));
    giveSessions(1, 3);
    agree(*page);
    const QString remark = u"Their number changed while you were asked, so nothing was done yet. "_s;
    QTRY_VERIFY(questionOf(*page) && questionOf(*page)->informativeText().startsWith(remark));
    QVERIFY(questionOf(*page)->text().contains(u"3 sessions"_s) || questionOf(*page)->informativeText().contains(u"3 sessions"_s));
    QVERIFY(messageOf(*page).isEmpty());
    QVERIFY(!m_scene->console.userRows[1].disabled && !m_scene->console.userRows[1].deletedAt);
    agree(*page);
    QTRY_VERIFY(!messageOf(*page).isEmpty());
    QVERIFY(page->problems().isEmpty());
    QCOMPARE(m_scene->console.asked.filter(u" seen 3"_s).size(), 1);
}

/// Such as that somebody has deleted the account meanwhile.
void TestLockingOut::otherRefusal_isSaid()
{
    const auto page = openPage<UsersPage>(*m_scene);
    m_scene->console.failAlways(u"setUserDisabled"_s, {.code = ErrorCode::Conflict, .detail = u"restore it first"_s});
    begin(*page, u"Disable account"_s);
    QTRY_VERIFY(questionOf(*page));
    agree(*page);
    QTRY_COMPARE(page->problems().size(), 1);
    QVERIFY(messageOf(*page).contains(u"It changed meanwhile"_s));
    QTRY_VERIFY(!questionOf(*page));
}

void TestLockingOut::password_saysHowManySessionsEnd()
{
    giveSessions(1, 2);
    const auto page = openPage<UsersPage>(*m_scene);
    begin(*page, u"Set password"_s);
    QTRY_VERIFY(page->findChild<QDialog *>());
    const auto effect = [&page] { return page->findChild<QDialog *>()->findChild<QLabel *>(u"effect"_s)->text(); };
    QTRY_COMPARE(effect(), u"2 sessions end with the next request. The user logs in again with the new password."_s);
}

void TestLockingOut::pressedTwice_asksOnce()
{
    const auto page = openPage<UsersPage>(*m_scene);
    m_scene->console.hold();
    begin(*page, u"Disable account"_s);
    button(*page, u"Disable account"_s)->click();
    m_scene->console.release();
    QTRY_VERIFY(questionOf(*page));
    QVERIFY(settle());
    QCOMPARE(page->findChildren<QMessageBox *>().size(), 1);
}

void TestLockingOut::takingBack_saysHowManySessionsEnd_data()
{
    QTest::addColumn<bool>("deleted");
    QTest::newRow("enabling") << false;
    QTest::newRow("restoring") << true;
}

/// Whoever takes the enabling of an account back locks its owner out, who may have signed in meanwhile.
void TestLockingOut::takingBack_saysHowManySessionsEnd()
{
    QFETCH(const bool, deleted);
    if (deleted) {
        subject().deletedAt = m_scene->clock.now();
        subject().goesAt = m_scene->clock.now() + std::chrono::days {9};
    } else {
        subject().disabled = true;
    }
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    if (deleted)
        button(*page, u"Deleted"_s)->click();
    QTRY_COMPARE(table->model()->rowCount(), deleted ? 1 : 200);
    table->selectRow(deleted ? 0 : 1);
    QTRY_VERIFY(button(*page, deleted ? u"Restore account"_s : u"Enable account"_s)->isEnabled());
    button(*page, deleted ? u"Restore account"_s : u"Enable account"_s)->click();
    QTRY_VERIFY(messageOf(*page).contains(deleted ? u"is restored"_s : u"is enabled"_s));
    giveSessions(1, 2);
    page->activateWindow();
    QVERIFY(comesInFront(page.get()));
    table->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(questionOf(*page));
    QVERIFY2(questionOf(*page)->informativeText().startsWith(u"2 sessions end with the next request. "_s),
             qPrintable(questionOf(*page)->informativeText()));
    agree(*page);
    QTRY_VERIFY(messageOf(*page).endsWith(u"is as before."_s));
    QCOMPARE(m_scene->console.asked.filter(u" seen 2"_s).size(), 1);
    QVERIFY(deleted ? subject().deletedAt.has_value() : subject().disabled);
}

void TestLockingOut::takingBack_leavesWhatOthersChanged()
{
    subject().disabled = true;
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(1);
    button(*page, u"Enable account"_s)->click();
    QTRY_VERIFY(messageOf(*page).contains(u"is enabled"_s));
    table->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(questionOf(*page));
    subject().deletedAt = m_scene->clock.now(); // while the question stands
    agree(*page);
    QTRY_VERIFY(messageOf(*page).startsWith(u"Not taken back"_s));
    QCOMPARE(m_scene->console.askedCount(u"setUserDisabled 1"_s), 0);
}

QTEST_MAIN(TestLockingOut)
#include "TestLockingOut.moc"
