#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/limits/HeldBackList.h"
#include "ui/limits/LimitsPage.h"
#include "ui/limits/NetworksList.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/RangeChart.h"

#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// What stands below the rules: who is held back, networks, history, the busiest.
class TestLimitsPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_page.reset(); }
    void unblock_isOfThePair();
    void severalAreUnblockedAtOnce();
    void severalAreUnblocked_andOneIsFree();
    void refusedUnblock_isSaid_andTheRowStays();
    void whoIsFreeAgain_leavesTheListOfNow();
    void lastDay_listsWhoWasHeldBack();
    void jump_showsWhoIsHeldBack();
    void jump_findsAnAccount_inAnyCase();
    void row_saysWhoAndByWhich();
    void whoHasNoAddress_isAStrangerOrAnybody_data();
    void whoHasNoAddress_isAStrangerOrAnybody();
    void block_isOfTheAddress_andCanBeTakenBack();
    void exemption_mayLastForEver();
    void exchangedNetwork_isGivenBack();
    void fault_isSaidAtTheNetwork();
    void strangers_canBeUnblockedOnly();
    void whoIsFree_isNotUnblocked();
    void change_isReadAtOnce();
    void networks_stayUntilRemoved();
    void history_isOfTheRuleAndTime();
    void busiest_areOfTheSelectedRule();
    void longList_saysThatItIsCut();
    void empty_saysHowToTry();
    void views_areReachedByArrowKeys();

private:
    DataTable *heldBack() { return tableOf(*m_page, u"Held back"_s); }
    /// By the keyboard: to the chip, then along the row.
    void show(const QString &view);
    /// Of those that the page has, each with the same spans of time.
    RangeChart *chartInView()
    {
        return qobject_cast<RangeChart *>(m_page->findChild<QStackedWidget *>(QString(), Qt::FindDirectChildrenOnly)->currentWidget());
    }
    QPointer<FormDialog> dialogOf(const QString &buttonText, QWidget &part);

    std::unique_ptr<LimitsPage> m_page;
};

void TestLimitsPage::init()
{
    PageTest::init();
    m_page = openPage<LimitsPage>(*m_scene);
    QTRY_COMPARE(heldBack()->model()->rowCount(), 3);
}

void TestLimitsPage::show(const QString &view)
{
    button(*m_page, view)->setFocus();
    press(Qt::Key_Space);
    QVERIFY(settle());
}

QPointer<FormDialog> TestLimitsPage::dialogOf(const QString &buttonText, QWidget &part)
{
    button(part, buttonText)->setFocus();
    press(Qt::Key_Space);
    settle();
    QPointer<FormDialog> dialog = m_page->findChild<FormDialog *>();
    if (dialog && comesInFront(dialog))
        settle();
    return dialog;
}

void TestLimitsPage::unblock_isOfThePair()
{
    heldBack()->selectRow(1);
    heldBack()->setFocus();
    press(Qt::Key_Delete);
    QTRY_COMPARE(m_scene->console.askedCount(u"unblock 198.51.100.23 grace.hopper@example.com"_s), 1);
    QTRY_COMPARE(heldBack()->model()->rowCount(), 2);
    QCOMPARE(messageOf(*m_page), u"198.51.100.23 · grace.hopper@example.com: held back no longer by Sign-ins per address and account."_s);
}

void TestLimitsPage::severalAreUnblockedAtOnce()
{
    heldBack()->setFocus();
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Delete);
    QTRY_COMPARE(heldBack()->model()->rowCount(), 0);
    QCOMPARE(messageOf(*m_page), u"Unblocked 3 of the list."_s);
    QCOMPARE(m_scene->console.askedCount(u"unblock "_s), 1);
}

void TestLimitsPage::severalAreUnblocked_andOneIsFree()
{
    heldBack()->setFocus();
    press(Qt::Key_A, Qt::ControlModifier);
    m_scene->console.heldBack.removeFirst(); // who has waited their time
    press(Qt::Key_Delete);
    QTRY_COMPARE(messageOf(*m_page), u"Unblocked 2 of the list. The others were held back no more."_s);
    QVERIFY(m_page->problems().isEmpty());
}

void TestLimitsPage::refusedUnblock_isSaid_andTheRowStays()
{
    m_scene->console.failNext(u"unblock"_s, {.code = ErrorCode::NotFound});
    heldBack()->selectRow(0);
    heldBack()->setFocus();
    press(Qt::Key_Delete);
    QTRY_VERIFY(messageOf(*m_page).startsWith(u"That does not exist any more"_s));
    QCOMPARE(heldBack()->model()->rowCount(), 3);
}

void TestLimitsPage::whoIsFreeAgain_leavesTheListOfNow()
{
    m_scene->clock.advance(60s);
    QTRY_COMPARE(heldBack()->model()->rowCount(), 1);
    QCOMPARE(heldBack()->model()->index(0, 0).data().toString(), u"198.51.100.23"_s);
}

void TestLimitsPage::lastDay_listsWhoWasHeldBack()
{
    button(*m_page, u"Last 24 h"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(heldBack()->model()->rowCount(), 4);
    QVERIFY(m_scene->console.askedCount(u"heldBack 86400"_s) > 0);
    m_scene->clock.advance(10min);
    QCOMPARE(heldBack()->model()->index(0, 2).data().toString(), u"over"_s);
    const int before = m_scene->console.askedCount(u"heldBack 86400"_s);
    QTRY_VERIFY(m_scene->console.askedCount(u"heldBack 86400"_s) > before + 1);
    QCOMPARE(heldBack()->model()->rowCount(), 4); // who is free stays listed
}

/// A number of those on the Overview leads here, whatever was looked at last.
void TestLimitsPage::jump_showsWhoIsHeldBack()
{
    show(u"Networks"_s);
    QVERIFY(!heldBack()->isVisible());
    m_page->filterBy({});
    QVERIFY(heldBack()->isVisible());
}

/// An alarm has the address as the account does, a limit as it counts it.
void TestLimitsPage::jump_findsAnAccount_inAnyCase()
{
    m_page->filterBy({.text = u"Ada.Lovelace@Example.com"_s});
    QTRY_COMPARE(heldBack()->selectedRows().size(), 1);
    const QModelIndex account = heldBack()->model()->index(heldBack()->selectedRows().first(), 1);
    QVERIFY2(account.data().toString().contains(u"ada.lovelace@example.com"_s), qPrintable(account.data().toString()));
}

void TestLimitsPage::row_saysWhoAndByWhich()
{
    const auto cell = [this](int row, int column) { return heldBack()->model()->index(row, column).data().toString(); };
    QCOMPARE(cell(0, 0), u"198.51.100.23"_s);
    QCOMPARE(cell(0, 1), u"any"_s);
    QCOMPARE(cell(0, 5), u"Sign-ins per address · Accounts tried by a network"_s);
    QVERIFY(cell(0, 7).startsWith(u"grace.hopper@example.com, ada.lovelace@example.com and "_s));
    QVERIFY(cell(0, 7).contains(u"39"_s));
    QCOMPARE(cell(2, 0), u"strangers"_s);
    QCOMPARE(cell(2, 1), u"ada.lovelace@example.com"_s);
}

void TestLimitsPage::whoHasNoAddress_isAStrangerOrAnybody_data()
{
    QTest::addColumn<QStringList>("rules");
    QTest::addColumn<QString>("words");
    QTest::newRow("a wait of strangers") << QStringList {u"login_backoff_account"_s} << u"strangers"_s;
    QTest::newRow("both that spare the owner") << QStringList {u"login_backoff_account"_s, u"login_proof"_s} << u"strangers"_s;
    QTest::newRow("wrong codes") << QStringList {u"mfa_backoff"_s} << u"anybody"_s;
    QTest::newRow("one that spares the owner, one that does not")
        << QStringList {u"login_proof"_s, u"reports_per_account"_s} << u"anybody"_s;
}

void TestLimitsPage::whoHasNoAddress_isAStrangerOrAnybody()
{
    QFETCH(QStringList, rules);
    m_scene->console.heldBack[2].rules = rules;
    m_page->refresh();
    QVERIFY(settle());
    QTEST(heldBack()->model()->index(2, 0).data().toString(), "words");
}

void TestLimitsPage::block_isOfTheAddress_andCanBeTakenBack()
{
    heldBack()->selectRow(0);
    const auto dialog = dialogOf(u"Block…"_s, *m_page->findChild<HeldBackList *>());
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"network"_s)->text(), u"198.51.100.23"_s);
    type(u"guesses"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"addNetwork 198.51.100.23 blocked 86400 guesses"_s), 1);
    QTRY_COMPARE(messageOf(*m_page), u"198.51.100.23 is blocked."_s);
    QTRY_VERIFY(!dialog);
    m_page->activateWindow();
    QVERIFY(comesInFront(m_page.get()));
    heldBack()->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    agree(*m_page);
    QTRY_COMPARE(m_scene->console.askedCount(u"removeNetwork 198.51.100.23"_s), 1);
}

void TestLimitsPage::exemption_mayLastForEver()
{
    show(u"Networks"_s);
    const auto dialog = dialogOf(u"Exempt…"_s, *m_page->findChild<NetworksList *>());
    QVERIFY(dialog);
    type(u"192.0.2.0/24"_s);
    auto *span = dialog->findChild<QWidget *>(u"span"_s);
    span->setFocus();
    press(Qt::Key_End);
    press(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(m_scene->console.askedCount(u"addNetwork 192.0.2.0/24 exempt ever "_s), 1);
    QTRY_COMPARE(tableOf(*m_page, u"Networks"_s)->model()->rowCount(), 3);
    QCOMPARE(messageOf(*m_page), u"192.0.2.0/24 is exempt: no limit but that of wrong second factors holds for it."_s);
}

void TestLimitsPage::exchangedNetwork_isGivenBack()
{
    show(u"Networks"_s);
    const auto dialog = dialogOf(u"Block…"_s, *m_page->findChild<NetworksList *>());
    QVERIFY(dialog);
    type(u"192.0.2.7/32"_s); // is exempt
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"addNetwork 192.0.2.7/32 blocked 86400 "_s), 1);
    QTRY_VERIFY(!dialog);
    QCOMPARE(m_scene->console.networks.size(), 2);
    m_page->activateWindow();
    QVERIFY(comesInFront(m_page.get()));
    tableOf(*m_page, u"Networks"_s)->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    agree(*m_page);
    QTRY_COMPARE(m_scene->console.askedCount(u"addNetwork 192.0.2.7/32 exempt ever load test"_s), 1);
    QCOMPARE(m_scene->console.askedCount(u"removeNetwork"_s), 0);
    QCOMPARE(m_scene->console.networks.last().standing, NetworkStanding::Exempt);
}

void TestLimitsPage::fault_isSaidAtTheNetwork()
{
    show(u"Networks"_s);
    const auto dialog = dialogOf(u"Block…"_s, *m_page->findChild<NetworksList *>());
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Return);
    auto *network = dialog->findChild<QLineEdit *>(u"network"_s);
    QTRY_COMPARE(network->accessibleDescription(), u"Is needed."_s);
    QVERIFY(network->hasFocus());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
    QCOMPARE(m_scene->console.networks.size(), 2);
}

/// Nobody knows whom to block of those who are no single address.
void TestLimitsPage::strangers_canBeUnblockedOnly()
{
    const QWidget &part = *m_page->findChild<HeldBackList *>();
    heldBack()->selectRow(2);
    QVERIFY(button(part, u"Unblock"_s)->isEnabled());
    QVERIFY(!button(part, u"Block…"_s)->isEnabled());
    QVERIFY(!button(part, u"Exempt…"_s)->isEnabled());
    heldBack()->selectRow(0);
    QVERIFY(button(part, u"Block…"_s)->isEnabled());
}

void TestLimitsPage::whoIsFree_isNotUnblocked()
{
    show(u"Last 24 h"_s);
    QTRY_COMPARE(heldBack()->model()->rowCount(), 4);
    heldBack()->selectRow(3); // has waited its time
    QVERIFY(!button(*m_page->findChild<HeldBackList *>(), u"Unblock"_s)->isEnabled());
    heldBack()->setFocus();
    press(Qt::Key_Delete);
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"unblock"_s), 0);
    QVERIFY(button(*m_page->findChild<HeldBackList *>(), u"Block…"_s)->isEnabled());
}

/// What the command line changes need not wait for a second, or ten.
void TestLimitsPage::change_isReadAtOnce()
{
    show(u"Networks"_s);
    QTRY_COMPARE(tableOf(*m_page, u"Networks"_s)->model()->rowCount(), 2);
    m_scene->console.networks.removeLast();
    const int before = m_scene->console.askedCount(u"networks"_s);
    m_page->apply({LimitsChanged {}});
    QVERIFY(settle());
    QVERIFY(m_scene->console.askedCount(u"networks"_s) > before);
    QCOMPARE(tableOf(*m_page, u"Networks"_s)->model()->rowCount(), 1);
}

void TestLimitsPage::networks_stayUntilRemoved()
{
    show(u"Networks"_s);
    auto *table = tableOf(*m_page, u"Networks"_s);
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->model()->index(0, 1).data().toString(), u"Blocked"_s);
    QCOMPARE(table->model()->index(0, 2).data().toString(), u"in 20 h"_s);
    QCOMPARE(table->model()->index(1, 2).data().toString(), u"until removed"_s);
    table->selectRow(0);
    table->setFocus();
    press(Qt::Key_Delete);
    agree(*m_page);
    QTRY_COMPARE(m_scene->console.askedCount(u"removeNetwork 203.0.113.0/24"_s), 1);
    QTRY_COMPARE(table->model()->rowCount(), 1);
}

void TestLimitsPage::history_isOfTheRuleAndTime()
{
    show(u"History"_s);
    QTRY_VERIFY(m_scene->console.asked.contains(u"limitHistory  600"_s));
    tableOf(*m_page, u"Rules"_s)->selectRow(1);
    QTRY_VERIFY(m_scene->console.asked.contains(u"limitHistory login_per_account 600"_s));
    RangeChart *chart = chartInView();
    QVERIFY(chart);
    button(*chart, u"24 h"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY(m_scene->console.asked.contains(u"limitHistory login_per_account 86400"_s));
    press(Qt::Key_Right);
    QTRY_VERIFY(m_scene->console.asked.contains(u"limitHistory login_per_account 604800"_s));
    press(Qt::Key_Right);
    QTRY_VERIFY(m_scene->console.asked.contains(u"limitHistory login_per_account 2592000"_s));
    QCOMPARE(chart->range(), ChartRange::Month);
    QTRY_COMPARE(chart->findChild<QLabel *>(u"what"_s)->text(), u"Sign-ins per address and account · per 4 h"_s);
}

void TestLimitsPage::busiest_areOfTheSelectedRule()
{
    show(u"Busiest"_s);
    auto *table = tableOf(*m_page, u"Busiest"_s);
    QVERIFY(!table->isVisible()); // no rule is selected
    tableOf(*m_page, u"Rules"_s)->selectRow(0);
    QTRY_VERIFY(m_scene->console.askedCount(u"busyKeys login_per_address"_s) > 0);
    QTRY_COMPARE(table->model()->rowCount(), 3);
    QVERIFY(table->isVisible());
    QCOMPARE(table->model()->index(0, 1).data(Qt::ToolTipRole).toString(),
             u"between %1 and %2"_s.arg(UiTexts::count(4199), UiTexts::count(4211)));
    QCOMPARE(table->model()->index(1, 0).data().toString(), u"never denied, not named"_s);
}

void TestLimitsPage::longList_saysThatItIsCut()
{
    const auto *line = m_page->findChild<HeldBackList *>()->findChild<QLabel *>(u"cut"_s);
    QVERIFY(!line->isVisible());
    HeldBackView row = m_scene->console.heldBack.first();
    m_scene->console.heldBack.clear();
    for (int i = 0; i < ListHeldBack::most; ++i) {
        row.address = u"2001:db8:0:%1::/64"_s.arg(i, 0, 16);
        m_scene->console.heldBack += row;
    }
    m_page->refresh();
    QTRY_VERIFY(line->isVisible());
    QCOMPARE(line->text(), u"Only the %1 who wait longest are listed, also in an export."_s.arg(UiTexts::count(ListHeldBack::most)));
    m_scene->console.heldBack.removeLast();
    m_page->refresh();
    QTRY_VERIFY(!line->isVisible());
}

void TestLimitsPage::empty_saysHowToTry()
{
    m_page.reset();
    m_scene = std::make_unique<Scene>();
    m_page = openPage<LimitsPage>(*m_scene);
    for (const auto &view : {u"Held back"_s, u"Networks"_s, u"Busiest"_s}) {
        show(view);
        const auto *shown = m_page->findChild<QStackedWidget *>(QString(), Qt::FindDirectChildrenOnly)->currentWidget();
        QTRY_VERIFY2(shown->findChild<EmptyState *>()->isVisible(), qPrintable(view));
    }
}

void TestLimitsPage::views_areReachedByArrowKeys()
{
    button(*m_page, u"Held back"_s)->setFocus();
    press(Qt::Key_Right);
    auto *chips = m_page->findChild<Chips *>(QString(), Qt::FindDirectChildrenOnly);
    QCOMPARE(chips->current(), 1);
    QTRY_VERIFY(tableOf(*m_page, u"Networks"_s)->isVisible());
    press(Qt::Key_Left);
    QCOMPARE(chips->current(), 0);
}

QTEST_MAIN(TestLimitsPage)
#include "TestLimitsPage.moc"
