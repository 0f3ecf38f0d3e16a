#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/sessions/SessionsModel.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBox.h"

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
    void revokeShown_ofMany_wantsTheNumberTyped();
    void revokeSelected_ofMany_wantsTheNumberTyped();
    void nextRow_isSelected_data();
    void nextRow_isSelected();
    void columns_thatSayNothing_areLeftOut();
    void endedAlone_areReadAnew_whenSomebodyLeaves();
    void gone_allThatWereRead_readsOn();
    void revokeShown_thatFailsMidway_saysWhatIsDone();
    void typing_asksOnce_andStaleAnswersAreDropped();
    void changesDuringASnapshot_surviveIt();
    void scrolling_readsFurther();
    void reuse_isExplained();
    void emptyPage_saysHowToTry();
    void emptyPage_hasTheKeyboardInItsFilter();

private:
    static QLabel *labelOf(const QDialog &sheet, const QString &name) { return sheet.findChild<QLabel *>(name); }
    /// Types the number in the sheet that is open, with separators, and Enter.
    static void typeNumber(const QWidget &page, const QString &number);
    void addMany();
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
    QVERIFY(box && comesInFront(box));
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
    auto *sheet = page->findChild<ConfirmSheet *>();
    QVERIFY(sheet && comesInFront(sheet));
    QVERIFY(labelOf(*sheet, u"effect"_s)->text().startsWith(u"Every live session that matches “liskov” ends."_s));
    QVERIFY(labelOf(*sheet, u"names"_s)->text().contains(u"liskov"_s));
    QVERIFY(!sheet->findChild<QLineEdit *>(u"number"_s)->isVisible());
    QTest::keyClick(sheet, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeShown liskov seen"_s), 1);
}

void TestSessionsPage::typeNumber(const QWidget &page, const QString &number)
{
    auto *sheet = page.findChild<ConfirmSheet *>();
    QVERIFY(sheet && comesInFront(sheet));
    auto *yes = sheet->findChild<QPushButton *>(u"confirmed"_s);
    auto *field = sheet->findChild<QLineEdit *>(u"number"_s);
    QVERIFY(field->hasFocus() && !yes->isEnabled());
    press(Qt::Key_Return); // nobody agrees in passing
    QVERIFY(sheet->isVisible());
    QTest::keyClicks(field, number.chopped(1));
    QVERIFY(!yes->isEnabled());
    QTest::keyClicks(field, number.last(1));
    QVERIFY(yes->isEnabled());
    press(Qt::Key_Return);
}

/// 1,240 sessions of 241 users.
void TestSessionsPage::addMany()
{
    for (int i = 0; i < 1000; ++i)
        m_scene->console.sessionRows += m_scene->session(100'000 + i);
}

void TestSessionsPage::revokeShown_ofMany_wantsTheNumberTyped()
{
    addMany();
    const auto page = openPage<SessionsPage>(*m_scene);
    QTRY_VERIFY(button(*page, u"Revoke all shown (1,240)"_s));
    button(*page, u"Revoke all shown"_s)->setFocus();
    press(Qt::Key_Space);
    const auto *sheet = page->findChild<ConfirmSheet *>();
    QCOMPARE(labelOf(*sheet, u"question"_s)->text(), u"Revoke 1,240 sessions?"_s);
    const QStringList names = labelOf(*sheet, u"names"_s)->text().split(u'\n');
    QCOMPARE(names.size(), 6);
    QCOMPARE(names.first(), m_scene->console.sessionRows.first().email);
    QCOMPARE(names.last(), u"and 236 more"_s);
    typeNumber(*page, u"1,240"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeShown  seen 1240"_s), 1);
}

void TestSessionsPage::revokeSelected_ofMany_wantsTheNumberTyped()
{
    addMany();
    const auto page = openPage<SessionsPage>(*m_scene);
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    for (int pages = 1; pages < 6; ++pages) {
        table->model()->fetchMore({});
        QTRY_COMPARE(table->model()->rowCount(), 200 + pages * 200);
    }
    table->setFocus(Qt::TabFocusReason);
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Delete);
    typeNumber(*page, u"1200"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeSessions 1200"_s), 1);
}

void TestSessionsPage::nextRow_isSelected_data()
{
    QTest::addColumn<bool>("journalFirst"); // it tells before the order is answered
    QTest::addColumn<bool>("last");
    QTest::newRow("the answer, then the journal") << false << false;
    QTest::newRow("the journal, then the answer") << true << false;
    QTest::newRow("the last row: the one before it") << false << true;
}

void TestSessionsPage::nextRow_isSelected()
{
    QFETCH(bool, journalFirst);
    QFETCH(bool, last);
    m_scene->console.sessionRows.resize(20);
    const auto page = openPage<SessionsPage>(*m_scene);
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 20);
    const int row = last ? 19 : 4;
    const SessionView gone = m_scene->console.sessionRows[row];
    const QString next = m_scene->console.sessionRows[last ? 18 : 5].email;
    table->setFocus();
    table->selectRow(row);
    press(Qt::Key_Delete);
    if (journalFirst)
        m_scene->console.hold();
    agree(*page);
    if (!journalFirst)
        QTRY_COMPARE(messageOf(*page), u"Revoked one session."_s);
    page->apply({SessionGone {gone.id, u"admin"_s, m_scene->clock.now()}});
    m_scene->console.release();
    QTRY_COMPARE(messageOf(*page), u"Revoked one session."_s);
    QCOMPARE(table->model()->rowCount(), 19);
    QCOMPARE(table->selectedRows().size(), 1);
    QCOMPARE(table->model()->index(table->selectedRows().first(), 0).data().toString(), next);
    page->activateWindow(); // there is no window manager that would
    QVERIFY(comesInFront(page.get()));
    QVERIFY(table->hasFocus()); // the keyboard goes on from there
}

void TestSessionsPage::columns_thatSayNothing_areLeftOut()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    page->resize(1900, 640); // room for all
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    QVERIFY(table->isColumnHidden(SessionsModel::stateColumn) && table->isColumnHidden(SessionsModel::methodColumn));
    QVERIFY(!table->isColumnHidden(SessionsModel::stateColumn - 1) && !table->isColumnHidden(SessionsModel::methodColumn - 1));
    SessionView other = m_scene->session(1);
    other.method = u"passkey"_s;
    page->apply({other});
    QTRY_VERIFY(!table->isColumnHidden(SessionsModel::methodColumn));
    page->apply({SessionGone {other.id, u"logout"_s, m_scene->clock.now()}});
    QVERIFY(settle());
    QVERIFY(!table->isColumnHidden(SessionsModel::methodColumn)); // what is looked at moves no more
    page->findChild<QCheckBox *>()->click();
    QTRY_VERIFY(!table->isColumnHidden(SessionsModel::stateColumn));
    QTRY_VERIFY(table->isColumnHidden(SessionsModel::methodColumn)); // another list
    const int unit = table->fontMetrics().averageCharWidth();
    page->resize(900, 640);
    QVERIFY(settle());
    QVERIFY2(table->columnWidth(0) >= 28 * unit, qPrintable(QString::number(table->columnWidth(0) / unit)));
}

void TestSessionsPage::endedAlone_areReadAnew_whenSomebodyLeaves()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    page->focusFilter();
    type(u"state:ended\r"_s);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    QVERIFY(!button(*page, u"Revoke all shown"_s)->isEnabled());
    SessionView &gone = m_scene->console.sessionRows[7];
    gone.endedAt = m_scene->clock.now();
    gone.endReason = u"logout"_s;
    page->apply({SessionGone {gone.id, gone.endReason, *gone.endedAt}}); // says nothing else of it
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, 0).data().toString(), gone.email);
    QVERIFY(!table->isColumnHidden(SessionsModel::stateColumn));
}

/// There are more behind them.
void TestSessionsPage::gone_allThatWereRead_readsOn()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    QList<Change> changes;
    for (int row = 0; row < 200; ++row)
        changes += SessionGone {m_scene->console.sessionRows[row].id, u"logout"_s, m_scene->clock.now()};
    page->apply(changes);
    QVERIFY(!page->findChild<EmptyState *>()->isVisible());
    QTRY_COMPARE(table->model()->rowCount(), 40);
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
    agree(*page);
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

/// At the first visit as at any other: the list had it while nobody knew yet that it is empty.
void TestSessionsPage::emptyPage_hasTheKeyboardInItsFilter()
{
    m_scene = std::make_unique<Scene>();
    QApplication::setQuitOnLastWindowClosed(false);
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    m_scene->console.hold();
    QTest::keyClick(&desktop.window(), Qt::Key_2, Qt::ControlModifier);
    Page &page = desktop.window().pages().current();
    QCOMPARE(page.objectName(), u"sessions"_s);
    m_scene->console.release();
    QTRY_VERIFY(page.findChild<EmptyState *>()->isVisible());
    QVERIFY(QApplication::focusWidget() == page.findChild<FilterBox *>());
    QTest::keyClick(&desktop.window(), Qt::Key_3, Qt::ControlModifier);
    QTest::keyClick(&desktop.window(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(QApplication::focusWidget() == page.findChild<FilterBox *>());
    m_scene->console.publish({m_scene->session(1, u"ann@example.com"_s)}); // the list is there, and the keyboard stays
    QTRY_VERIFY(page.findChild<DataTable *>()->isVisible());
    QVERIFY(QApplication::focusWidget() == page.findChild<FilterBox *>());
    press(Qt::Key_Down);
    QVERIFY(page.findChild<DataTable *>()->hasFocus());
}

QTEST_MAIN(TestSessionsPage)
#include "TestSessionsPage.moc"
