#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestSessionsPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void delete_revokesSelection_afterSayingTheEffect();
    void escape_revokesNobody();
    void revokeShown_hitsTheFilter();
    void revokeShown_thatFailsMidway_saysWhatIsDone();
    void typing_asksOnce_andStaleAnswersAreDropped();
    void changesDuringASnapshot_surviveIt();
    void scrolling_readsFurther();
    void reuse_isExplained();
    void emptyPage_saysHowToTry();
};

void TestSessionsPage::delete_revokesSelection_afterSayingTheEffect()
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
    QCOMPARE(box->text(), u"Revoke 3 sessions?"_s);
    QVERIFY(box->informativeText().startsWith(u"3 users are signed out with their next request"_s));
    QCOMPARE(m_scene->console.askedCount(u"revokeSessions"_s), 0);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Revoked 3 sessions."_s);
    QCOMPARE(m_scene->console.askedCount(u"revokeSessions 3"_s), 1);
}

void TestSessionsPage::escape_revokesNobody()
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

void TestSessionsPage::revokeShown_hitsTheFilter()
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

void TestSessionsPage::revokeShown_thatFailsMidway_saysWhatIsDone()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    auto *all = button(*page, u"Revoke all shown"_s);
    QTRY_VERIFY(all->isEnabled());
    m_scene->console.failNext(u"revokeShown"_s, {.code = ErrorCode::StorageUnavailable, .trouble = StorageTrouble::Full, .ended = 200});
    const int before = m_scene->console.askedCount(u"sessions "_s);
    all->setFocus();
    press(Qt::Key_Space);
    QTest::keyClick(page->findChild<QMessageBox *>(u"confirm"_s), Qt::Key_Return);
    QTRY_VERIFY2(messageOf(*page).endsWith(u"Before that, 200 sessions were ended, and stay so."_s), qPrintable(messageOf(*page)));
    QVERIFY2(!messageOf(*page).contains(u"nothing"_s), qPrintable(messageOf(*page)));
    QTRY_VERIFY(m_scene->console.askedCount(u"sessions "_s) > before); // what is left shows
    QVERIFY(settle());
    QCOMPARE(page->problems().size(), 1);
}

void TestSessionsPage::typing_asksOnce_andStaleAnswersAreDropped()
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

void TestSessionsPage::changesDuringASnapshot_surviveIt()
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

void TestSessionsPage::scrolling_readsFurther()
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

void TestSessionsPage::reuse_isExplained()
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

void TestSessionsPage::emptyPage_saysHowToTry()
{
    m_scene = std::make_unique<Scene>();
    const auto page = openPage<SessionsPage>(*m_scene);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
}

QTEST_MAIN(TestSessionsPage)
#include "TestSessionsPage.moc"
