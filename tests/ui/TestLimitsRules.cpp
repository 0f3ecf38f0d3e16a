#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/limits/LimitTexts.h"
#include "ui/limits/LimitsPage.h"
#include "ui/limits/RuleChanges.h"
#include "ui/limits/SelectorCompleter.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/TableModel.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QFontMetricsF>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPointer>
#include <QStyleOptionViewItem>
#include <QtMath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// The table of rules: what it says, and how rules are added, edited, tried, reset and taken back, by the keyboard.
class TestLimitsRules : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_page.reset(); }
    void rule_standsInWords_data();
    void rule_standsInWords();
    void spanOfARule_isNotRounded();
    void burst_isOfRulesThatCountRequests();
    void load_isABar_andBothCountsShareAScale();
    void load_standsWhole_beforeItsBarDoes();
    void edit_sendsOnlyWhatChanged();
    void unchanged_canNotBeTakenBack();
    void whatIf_isSaidBeforeSaving();
    void whatIf_ofAnAlarm_deniesNothing();
    void whatIf_ofAnOlderQuestion_isDropped();
    void whatIf_isGoneAsSoonAsSomethingIsTyped();
    void oldAnswer_takesNoFaultAway();
    void fault_isSaidWhileTyping();
    void noNumber_isNotSent();
    void noneAtAll_isNotSent();
    void noneAtAll_staysWhereItWasSo();
    void undo_resetsWhatWasNotEditedBefore();
    void undo_ofAnEditedRule_givesBackItsNumbers();
    void wrongPasswords_haveNoRoutes();
    void lockedRule_saysWhereItIsSet();
    void switchOff_asks_andOnDoesNot();
    void ruleOfNone_isSwitchedOnByEditing();
    void added_ruleThatIsOff_saysSo();
    void added_ruleIsSentWhole();
    void routes_areCompleted();
    void routes_areWhatStandsBetweenCommas_data();
    void routes_areWhatStandsBetweenCommas();
    void removedRule_canBeTakenBack();
    void ownRule_isResetOnlyWhereItWasEdited();
    void wish_holdsOnlyTheDifference();

private:
    DataTable *rules() { return tableOf(*m_page, u"Rules"_s); }
    QImage painted(const QModelIndex &index, int width);
    QString cell(int row, int column) { return rules()->model()->index(row, column).data().toString(); }
    void openEdit(int row);
    QLineEdit *edit(const QString &key) const { return m_dialog->findChild<QLineEdit *>(key); }
    void type(const QString &key, const QString &text) const;
    QString whatIf() const { return m_dialog->findChild<QLabel *>(u"whatIf"_s)->text(); }
    void undo();

    std::unique_ptr<LimitsPage> m_page;
    QPointer<FormDialog> m_dialog;
};

void TestLimitsRules::init()
{
    PageTest::init();
    m_page = openPage<LimitsPage>(*m_scene);
    QTRY_COMPARE(rules()->model()->rowCount(), 7);
}

void TestLimitsRules::openEdit(int row)
{
    rules()->selectRow(row);
    rules()->setFocus();
    press(Qt::Key_Return);
    QTRY_VERIFY((m_dialog = m_page->findChild<FormDialog *>()));
    QVERIFY(comesInFront(m_dialog));
}

void TestLimitsRules::type(const QString &key, const QString &text) const
{
    edit(key)->setFocus();
    edit(key)->selectAll();
    QTest::keyClicks(edit(key), text);
}

void TestLimitsRules::undo()
{
    QTRY_VERIFY(!m_dialog);
    m_page->activateWindow();
    QVERIFY(comesInFront(m_page.get()));
    rules()->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    agree(*m_page);
}

void TestLimitsRules::rule_standsInWords_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("allows");
    QTest::addColumn<QString>("state");
    QTest::newRow("requests") << 0 << u"Sign-ins per address"_s << u"10 / 1 min"_s << u"On"_s;
    QTest::newRow("wrong passwords") << 2 << u"Wrong passwords, address and account"_s << u"4 free, then up to 15 min"_s << u"On"_s;
    QTest::newRow("added, delays") << 5 << u"Search of the shop"_s << u"600 / 1 min"_s << u"Delays"_s;
    QTest::newRow("added without a title, off") << 6 << u"everything"_s << u"600 / 1 min"_s << u"Off"_s;
}

void TestLimitsRules::rule_standsInWords()
{
    QFETCH(int, row);
    QTEST(cell(row, 0), "name");
    QTEST(cell(row, 1), "allows");
    QTEST(cell(row, 2), "state");
    QCOMPARE(rules()->model()->index(row, 0).data(QuietRole).toString(), m_scene->console.rules[row].name);
}

void TestLimitsRules::spanOfARule_isNotRounded()
{
    m_scene->console.rules[0].period = 90s;
    m_scene->console.rules[2].longest = 36h;
    m_page->refresh();
    QTRY_COMPARE(cell(0, 1), u"10 / 90 s"_s);
    QCOMPARE(cell(2, 1), u"4 free, then up to 36 h"_s);
}

void TestLimitsRules::burst_isOfRulesThatCountRequests()
{
    QCOMPARE(cell(1, 8), u"5"_s);
    QCOMPARE(cell(2, 8), QString());
    QCOMPARE(rules()->model()->index(2, 8).data(RawRole).toString(), QString());
    m_scene->console.rules[1].amount = 0;
    m_page->refresh();
    QTRY_COMPARE(cell(1, 8), QString());
}

void TestLimitsRules::load_isABar_andBothCountsShareAScale()
{
    QCOMPARE(rules()->model()->index(1, 3).data(LoadRole).toDouble(), 0.83);
    QCOMPARE(cell(1, 3), u"83 %"_s);
    const QModelIndex bars = rules()->model()->index(0, 6);
    QCOMPARE(bars.data(HistoryRole).value<QList<double>>().size(), 10);
    QCOMPARE(bars.data(BelowRole).value<QList<double>>().last(), 437.0);
    QCOMPARE(bars.data().toString(), u"last minute: 437 allowed, 5 denied"_s);
}

QImage TestLimitsRules::painted(const QModelIndex &index, int width)
{
    QImage image(width, 24, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    QStyleOptionViewItem option;
    option.initFrom(rules());
    option.rect = image.rect();
    rules()->itemDelegate()->paint(&painter, option, index);
    return image;
}

/// What stands at the end of a narrow cell stands in a wide one, too: nothing is cut off.
void TestLimitsRules::load_standsWhole_beforeItsBarDoes()
{
    const QModelIndex load = rules()->model()->index(1, 3);
    const int words = qCeil(QFontMetricsF(rules()->font()).horizontalAdvance(load.data().toString()));
    const int margin = 8;
    const QImage wide = painted(load, 200);
    for (const int bar : {0, 1, 20}) {
        const QImage narrow = painted(load, 10 + bar + 8 + words + margin);
        const QImage end = narrow.copy(narrow.width() - margin - words, 0, words, narrow.height());
        bool isWhole = false;
        for (int x = 60; x <= wide.width() - words && !isWhole; ++x) // behind the bar
            isWhole = wide.copy(x, 0, words, wide.height()) == end;
        QVERIFY2(isWhole, qPrintable(u"%1 pixels for the bar"_s.arg(bar)));
    }
}

void TestLimitsRules::edit_sendsOnlyWhatChanged()
{
    openEdit(0);
    type(u"amount"_s, u"5"_s);
    type(u"period"_s, u"2"_s);
    press(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY2(m_scene->console.asked.contains(u"editRule login_per_address amount=5 period=120"_s),
                 qPrintable(m_scene->console.asked.join(u'\n')));
    QTRY_COMPARE(cell(0, 1), u"5 / 2 min"_s);
    QTRY_COMPARE(messageOf(*m_page), u"Saved: Sign-ins per address. It holds at once."_s);
}

void TestLimitsRules::unchanged_canNotBeTakenBack()
{
    openEdit(0);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_VERIFY(!m_dialog);
    m_page->activateWindow();
    QVERIFY(comesInFront(m_page.get()));
    rules()->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(settle());
    QVERIFY(!m_page->findChild<QPushButton *>(u"confirmed"_s));
    QVERIFY(messageOf(*m_page).isEmpty());
}

void TestLimitsRules::whatIf_isSaidBeforeSaving()
{
    openEdit(0);
    QTRY_VERIFY(m_scene->console.asked.contains(u"whatIf login_per_address"_s)); // as it is
    type(u"amount"_s, u"5"_s);
    QTRY_VERIFY(m_scene->console.asked.contains(u"whatIf login_per_address amount=5"_s));
    QTRY_VERIFY(whatIf().contains(u"312"_s));
    QVERIFY(whatIf().contains(u"denied as the rules are: 40."_s));
    QCOMPARE(m_scene->console.askedCount(u"editRule"_s), 0);
    m_scene->console.whatIf.denied = 0;
    type(u"amount"_s, u"6"_s);
    QTRY_VERIFY(whatIf().startsWith(u"It would have denied nothing."_s));
}

void TestLimitsRules::whatIf_ofAnAlarm_deniesNothing()
{
    WhatIfView answer = m_scene->console.whatIf;
    answer.tellsOnly = true;
    QVERIFY2(LimitTexts::whatIf(answer).startsWith(u"Would have told of 312 requests · "_s), qPrintable(LimitTexts::whatIf(answer)));
    answer.denied = 0;
    QVERIFY(LimitTexts::whatIf(answer).startsWith(u"It would have told of nothing."_s));
}

void TestLimitsRules::whatIf_ofAnOlderQuestion_isDropped()
{
    openEdit(0);
    QTRY_VERIFY(whatIf().contains(u"312"_s));
    m_scene->console.hold();
    type(u"amount"_s, u"5"_s);
    QTRY_VERIFY(m_scene->console.asked.contains(u"whatIf login_per_address amount=5"_s));
    m_scene->console.whatIf.denied = 7;
    type(u"amount"_s, u"6"_s);
    QTRY_VERIFY(m_scene->console.asked.contains(u"whatIf login_per_address amount=6"_s));
    m_scene->console.release();
    QTRY_VERIFY(whatIf().contains(u"7 requests"_s) || whatIf().contains(u"7 request(s)"_s));
    QVERIFY(!whatIf().contains(u"312"_s));
}

void TestLimitsRules::whatIf_isGoneAsSoonAsSomethingIsTyped()
{
    openEdit(0);
    QTRY_VERIFY(whatIf().contains(u"312"_s));
    type(u"amount"_s, u"5"_s);
    QVERIFY2(!whatIf().contains(u"312"_s), qPrintable(whatIf()));
    QTRY_VERIFY(whatIf().contains(u"312"_s));
}

void TestLimitsRules::oldAnswer_takesNoFaultAway()
{
    openEdit(0);
    QTRY_VERIFY(whatIf().contains(u"312"_s));
    m_scene->console.hold();
    type(u"amount"_s, u"5"_s);
    QTRY_VERIFY(m_scene->console.asked.contains(u"whatIf login_per_address amount=5"_s));
    type(u"amount"_s, u"many"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    const QString fault = u"A whole number is needed, such as 10."_s;
    QCOMPARE(edit(u"amount"_s)->accessibleDescription(), fault);
    m_scene->console.release();
    QVERIFY(settle());
    QCOMPARE(edit(u"amount"_s)->accessibleDescription(), fault);
}

void TestLimitsRules::fault_isSaidWhileTyping()
{
    openEdit(0);
    m_scene->console.failAlways(
        u"whatIf"_s, {.code = ErrorCode::InvalidInput,
                      .faults = {{.type = u"value_error"_s, .location = {u"period"_s}, .message = u"must be at most 30 days"_s}}});
    type(u"period"_s, u"99999999"_s);
    QTRY_VERIFY(edit(u"period"_s)->accessibleDescription().contains(u"must be at most 30 days"_s));
    QVERIFY(edit(u"amount"_s)->accessibleDescription().isEmpty());
    m_scene->console.failNoMore();
    type(u"period"_s, u"2"_s);
    QTRY_VERIFY(whatIf().contains(u"312"_s));
    QVERIFY(edit(u"period"_s)->accessibleDescription().isEmpty());
}

void TestLimitsRules::noNumber_isNotSent()
{
    openEdit(0);
    type(u"amount"_s, u"many"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_COMPARE(edit(u"amount"_s)->accessibleDescription(), u"A whole number is needed, such as 10."_s);
    QVERIFY(m_dialog);
    QCOMPARE(m_scene->console.askedCount(u"editRule"_s), 0);
}

/// Who wants no password to be free must not switch the rule off by that.
void TestLimitsRules::noneAtAll_isNotSent()
{
    openEdit(2);
    type(u"amount"_s, u"0"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_COMPARE(edit(u"amount"_s)->accessibleDescription(), u"At least 1. To let the rule hold nobody back, clear “Enabled”."_s);
    QVERIFY(m_dialog);
    QCOMPARE(m_scene->console.askedCount(u"editRule"_s), 0);
}

void TestLimitsRules::noneAtAll_staysWhereItWasSo()
{
    m_scene->console.rules[2].amount = 0;
    m_page->refresh();
    QTRY_COMPARE(cell(2, 1), u"no limit"_s);
    openEdit(2);
    type(u"longest"_s, u"30"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_VERIFY(m_scene->console.asked.contains(u"editRule login_backoff longest=1800"_s));
}

void TestLimitsRules::undo_resetsWhatWasNotEditedBefore()
{
    openEdit(0);
    type(u"amount"_s, u"5"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"editRule"_s), 1);
    undo();
    QTRY_COMPARE(m_scene->console.askedCount(u"removeRule login_per_address"_s), 1);
}

void TestLimitsRules::undo_ofAnEditedRule_givesBackItsNumbers()
{
    openEdit(1);
    type(u"burst"_s, u"50"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_VERIFY(m_scene->console.asked.contains(u"editRule login_per_account burst=50"_s));
    undo();
    QTRY_VERIFY(m_scene->console.asked.contains(u"editRule login_per_account burst=5"_s));
    QCOMPARE(m_scene->console.rules[1].burst, qint64(5));
}

void TestLimitsRules::wrongPasswords_haveNoRoutes()
{
    openEdit(2);
    for (const auto &key : {u"routes"_s, u"burst"_s, u"title"_s})
        QVERIFY2(!edit(key), qPrintable(key));
    QVERIFY(!m_dialog->findChild<QComboBox *>(u"action"_s));
    QVERIFY(!m_dialog->findChild<QLabel *>(u"whatIf"_s));
    QCOMPARE(edit(u"longest"_s)->text(), u"15"_s);
    QCOMPARE(m_dialog->findChild<QComboBox *>(u"longestUnit"_s)->currentText(), u"minutes"_s);
    type(u"longest"_s, u"30"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_VERIFY(m_scene->console.asked.contains(u"editRule login_backoff longest=1800"_s));
}

void TestLimitsRules::lockedRule_saysWhereItIsSet()
{
    rules()->selectRow(4);
    for (const auto &text : {u"Edit…"_s, u"Switch off…"_s, u"Reset…"_s}) {
        QVERIFY2(!button(*m_page, text)->isEnabled(), qPrintable(text));
        QCOMPARE(button(*m_page, text)->toolTip(), u"Set by warder.conf:12: change it there."_s);
    }
    QCOMPARE(cell(4, 11), u"warder.conf:12"_s);
    rules()->setFocus();
    press(Qt::Key_Return);
    press(Qt::Key_Delete);
    QVERIFY(settle());
    QVERIFY(!m_page->findChild<FormDialog *>());
    QVERIFY(!m_page->findChild<QPushButton *>(u"confirmed"_s));
}

void TestLimitsRules::switchOff_asks_andOnDoesNot()
{
    rules()->selectRow(0);
    button(*m_page, u"Switch off…"_s)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(m_scene->console.askedCount(u"editRule"_s), 0);
    agree(*m_page);
    QTRY_VERIFY(m_scene->console.asked.contains(u"editRule login_per_address enabled=0"_s));
    QTRY_COMPARE(cell(0, 2), u"Off"_s);
    QCOMPARE(messageOf(*m_page), u"Saved: Sign-ins per address. It is off and holds nobody back."_s);
    button(*m_page, u"Switch on"_s)->click();
    QTRY_VERIFY(m_scene->console.asked.contains(u"editRule login_per_address enabled=1"_s));
    QTRY_COMPARE(messageOf(*m_page), u"Saved: Sign-ins per address. It holds at once."_s);
}

void TestLimitsRules::ruleOfNone_isSwitchedOnByEditing()
{
    m_scene->console.rules[2].amount = 0;
    m_page->refresh();
    QTRY_COMPARE(cell(2, 2), u"Off"_s);
    rules()->selectRow(2);
    const QPushButton *on = button(*m_page, u"Switch on"_s);
    QVERIFY(on);
    QVERIFY(!on->isEnabled());
    QCOMPARE(on->toolTip(), u"Its number is 0, no limit: edit it to switch it on."_s);
    QVERIFY(button(*m_page, u"Edit…"_s)->isEnabled());
}

void TestLimitsRules::added_ruleThatIsOff_saysSo()
{
    RuleView rule = m_scene->console.rules.last();
    QVERIFY(!rule.enabled);
    QCOMPARE(LimitTexts::added(rule), u"Added: everything. It is off and holds nobody back."_s);
    rule.enabled = true;
    QCOMPARE(LimitTexts::added(rule), u"Added: everything. It holds at once."_s);
}

void TestLimitsRules::added_ruleIsSentWhole()
{
    rules()->setFocus();
    press(Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY((m_dialog = m_page->findChild<FormDialog *>()));
    QVERIFY(comesInFront(m_dialog));
    QVERIFY(edit(u"name"_s)->hasFocus());
    type(u"name"_s, u"reports_per_account"_s);
    type(u"title"_s, u"Reports"_s);
    type(u"routes"_s, u"POST /reports,/reports/*"_s);
    m_dialog->findChild<QComboBox *>(u"key"_s)->setFocus();
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_S, Qt::ControlModifier);
    const QString wish = u"reports_per_account title=Reports routes=POST /reports|/reports/* key=account amount=10 period=60 burst=10 "
                         "action=deny enabled=1"_s;
    const auto &asked = m_scene->console.asked;
    QTRY_VERIFY2(asked.contains(u"addRule "_s + wish), qPrintable(asked.filter(u"addRule"_s).join(u'\n')));
    QTRY_COMPARE(rules()->model()->rowCount(), 8);
    undo();
    QTRY_COMPARE(m_scene->console.askedCount(u"removeRule reports_per_account"_s), 1);
}

void TestLimitsRules::routes_areCompleted()
{
    openEdit(5);
    QVERIFY(settle()); // the server's routes are read
    QLineEdit *routes = edit(u"routes"_s);
    type(u"routes"_s, u"login, tok"_s);
    QCompleter *completer = routes->completer();
    QCOMPARE(completer->completionCount(), 1);
    QCOMPARE(completer->pathFromIndex(completer->completionModel()->index(0, 0)), u"login, POST /token"_s);
    QTRY_VERIFY(completer->popup()->isVisible());
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QTRY_COMPARE(routes->text(), u"login, POST /token"_s);
}

void TestLimitsRules::routes_areWhatStandsBetweenCommas_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QString() << QStringList();
    QTest::newRow("one") << u" login "_s << QStringList {u"login"_s};
    QTest::newRow("spaces within and around") << u"POST   /login ,/me/*"_s << QStringList {u"POST /login"_s, u"/me/*"_s};
    QTest::newRow("a comma too many, one twice") << u",login,,login,"_s << QStringList {u"login"_s};
}

void TestLimitsRules::routes_areWhatStandsBetweenCommas()
{
    QFETCH(QString, typed);
    QTEST(SelectorCompleter::wordsOf(typed), "words");
}

void TestLimitsRules::removedRule_canBeTakenBack()
{
    rules()->selectRow(5);
    rules()->setFocus();
    press(Qt::Key_Delete);
    agree(*m_page);
    QTRY_COMPARE(m_scene->console.askedCount(u"removeRule search_per_address"_s), 1);
    QTRY_COMPARE(rules()->model()->rowCount(), 6);
    undo();
    QTRY_COMPARE(rules()->model()->rowCount(), 7);
    const RuleView &back = m_scene->console.rules.last();
    QCOMPARE(back.title, u"Search of the shop"_s);
    QCOMPARE(back.action, RateAction::Delay);
    QCOMPARE(back.routes, QStringList {u"/search/*"_s});
}

void TestLimitsRules::ownRule_isResetOnlyWhereItWasEdited()
{
    rules()->selectRow(0);
    QVERIFY(!button(*m_page, u"Reset…"_s)->isEnabled());
    rules()->selectRow(1);
    QVERIFY(button(*m_page, u"Reset…"_s)->isEnabled());
    rules()->setFocus();
    press(Qt::Key_Delete);
    agree(*m_page);
    QTRY_COMPARE(m_scene->console.askedCount(u"removeRule login_per_account"_s), 1);
    QTRY_COMPARE(messageOf(*m_page), u"Sign-ins per address and account is as the settings say again."_s);
    QCOMPARE(rules()->model()->rowCount(), 7);
}

void TestLimitsRules::wish_holdsOnlyTheDifference()
{
    RuleView before = m_scene->console.rules.first();
    RuleView after = before;
    QVERIFY(RuleChanges::isNothing(RuleChanges::between(before, after)));
    after.amount = 3;
    after.load = 0.5; // is counted, not set
    const RuleWish wish = RuleChanges::between(before, after);
    QVERIFY(wish.amount == 3);
    QVERIFY(!wish.period && !wish.burst && !wish.routes && !wish.enabled);
}

QTEST_MAIN(TestLimitsRules)
#include "TestLimitsRules.moc"
