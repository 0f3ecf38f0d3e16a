#include "core/config/SettingTable.h"
#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/WindowTexts.h"
#include "ui/settings/SettingGroups.h"
#include "ui/settings/SettingRow.h"
#include "ui/settings/SettingsPage.h"
#include "ui/settings/SettingsPreview.h"
#include "ui/settings/editors/SettingEditor.h"
#include "ui/widgets/FilterBox.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The page of settings, by the keyboard: found, changed, judged while typed, shown before they are applied, applied, taken back.
class TestSettingsPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_page.reset(); }
    void everyDefault_comesOutOfItsEditorAsItWentIn();
    void everySetting_hasARow();
    void search_looksInWordsAndKeys();
    void search_forNothing_saysSo();
    void tab_goesFromSearchToRows();
    void f6_goesFromPartsToRows();
    void change_waitsBelow();
    void fault_isSaidWhileTyping_andNothingIsSent();
    void fault_isScrolledTo_fromASearch();
    void ctrlS_appliesAll_andSaysWhatWaits();
    void undo_storesWhatWasBefore();
    void undo_ofWhatWasChangedMeanwhile_isVoid();
    void default_isGoneBackTo();
    void takenBack_isNoChange();
    void refused_standsAtItsRow_andNothingIsLost();
    void refusedForAnotherReason_isSaidAbove();
    void locked_saysWhereItIsSet();
    void secret_isNeverShown();
    void changedElsewhere_keepsWhatWasTyped();
    void otherPages_loseNothing();
    void preview_saysOldAndNew_andApplies();
    void discard_asksFirst();
    void duration_takesAUnitThatIsTyped();
    void rate_isWrittenOfItsParts();

private:
    QWidget *control(const QString &key) const { return m_page->findChild<QWidget *>(key); }
    QLineEdit *edit(const QString &key) const { return m_page->findChild<QLineEdit *>(key); }
    SettingRow *row(const QString &key) const;
    QPushButton *rowButton(const QString &key, const QString &text) const { return button(*row(key), text); }
    void type(const QString &key, const QString &text) const;
    void save() const { press(Qt::Key_S, Qt::ControlModifier); }
    QString remark(const QString &key) const { return control(key)->accessibleDescription(); }
    QString staged() const { return m_page->findChild<QLabel *>(u"staged"_s)->text(); }
    QStringList shownKeys() const;
    int stored(const QString &choices) const { return m_scene->console.askedCount(u"storeSettings "_s + choices); }

    std::unique_ptr<SettingsPage> m_page;
};

void TestSettingsPage::init()
{
    PageTest::init();
    m_scene->fillSettings();
    m_page = openPage<SettingsPage>(*m_scene);
    QTRY_COMPARE(m_page->findChildren<SettingRow *>().size(), m_scene->console.settingRows.size());
}

SettingRow *TestSettingsPage::row(const QString &key) const
{
    QWidget *each = control(key);
    while (each && !qobject_cast<SettingRow *>(each))
        each = each->parentWidget();
    return qobject_cast<SettingRow *>(each);
}

void TestSettingsPage::type(const QString &key, const QString &text) const
{
    edit(key)->setFocus();
    edit(key)->selectAll();
    QTest::keyClicks(edit(key), text);
}

QStringList TestSettingsPage::shownKeys() const
{
    QStringList keys;
    for (const SettingView &setting : std::as_const(m_scene->console.settingRows)) {
        if (row(setting.key) && row(setting.key)->isVisible())
            keys += setting.key;
    }
    return keys;
}

void TestSettingsPage::everyDefault_comesOutOfItsEditorAsItWentIn()
{
    for (const SettingView &setting : std::as_const(m_scene->console.settingRows)) {
        const std::unique_ptr<SettingEditor> editor(SettingEditor::make(setting, nullptr));
        for (const QString &value : {setting.value, setting.defaultValue}) {
            editor->setText(value);
            QVERIFY2(editor->text() == value, qPrintable(setting.key + u": "_s + editor->text()));
        }
    }
}

void TestSettingsPage::everySetting_hasARow()
{
    QCOMPARE(shownKeys().size(), qsizetype(settingTable.size()));
    const auto *groups = m_page->findChild<QListWidget *>();
    QVERIFY(groups->item(int(SettingGroup::Other))->isHidden());
    QVERIFY(!groups->item(int(SettingGroup::Tls))->isHidden());
}

void TestSettingsPage::search_looksInWordsAndKeys()
{
    auto *filter = m_page->findChild<FilterBox *>();
    QVERIFY(filter->hasFocus() || m_page->firstControl() == filter);
    filter->setFocus();
    QTest::keyClicks(filter, u"lifetime IDLE\r"_s);
    QCOMPARE(shownKeys(), QStringList {u"sessions.idle_lifetime"_s});
    filter->selectAll();
    QTest::keyClicks(filter, u"http.tls_\r"_s);
    QCOMPARE(shownKeys(), (QStringList {u"http.tls_certificate"_s, u"http.tls_key"_s}));
    QVERIFY(m_page->findChild<QListWidget *>()->item(int(SettingGroup::Network))->isHidden());
    press(Qt::Key_Escape);
    QCOMPARE(shownKeys().size(), qsizetype(settingTable.size()));
}

void TestSettingsPage::search_forNothing_saysSo()
{
    auto *filter = m_page->findChild<FilterBox *>();
    filter->setFocus();
    QTest::keyClicks(filter, u"no such thing\r"_s);
    QVERIFY(shownKeys().isEmpty());
    QVERIFY(textsIn(*m_page).contains(u"No setting matches “no such thing”"_s));
    QPushButton *all = button(*m_page, u"Show all settings"_s);
    QVERIFY(all->isVisible());
    all->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(shownKeys().size(), qsizetype(settingTable.size()));
    QVERIFY(filter->hasFocus());
}

void TestSettingsPage::tab_goesFromSearchToRows()
{
    auto *filter = m_page->findChild<FilterBox *>();
    filter->setFocus();
    QTest::keyClicks(filter, u"http.tls_\r"_s);
    press(Qt::Key_Tab);
    QVERIFY(m_page->findChild<QListWidget *>()->hasFocus());
    press(Qt::Key_Tab);
    QVERIFY(edit(u"http.tls_certificate"_s)->hasFocus());
    press(Qt::Key_Tab);
    QVERIFY(edit(u"http.tls_key"_s)->hasFocus());
    filter->setFocus();
    press(Qt::Key_Down);
    QVERIFY(edit(u"http.tls_certificate"_s)->hasFocus());
}

void TestSettingsPage::f6_goesFromPartsToRows()
{
    const QList<QWidget *> parts = m_page->parts();
    QCOMPARE(parts.size(), 2);
    m_page->findChild<FilterBox *>()->setFocus();
    for (int round = 0; round < 2; ++round) {
        m_page->goToNextPart();
        QVERIFY(m_page->findChild<QListWidget *>()->hasFocus());
        m_page->goToNextPart();
        QVERIFY(parts.last()->isAncestorOf(QApplication::focusWidget()));
    }
}

void TestSettingsPage::change_waitsBelow()
{
    QCOMPARE(staged(), u"No changes"_s);
    QVERIFY(!button(*m_page, u"Apply"_s)->isEnabled());
    type(u"http.threads"_s, u"4"_s);
    QTRY_VERIFY(m_scene->console.asked.contains(u"checkSettings http.threads=4"_s));
    QCOMPARE(staged(), u"One change"_s);
    QVERIFY(rowButton(u"http.threads"_s, u"Take back"_s)->isVisible());
    QVERIFY(settle());
    QVERIFY(remark(u"http.threads"_s).isEmpty());
    QCOMPARE(stored({}), 0);
}

void TestSettingsPage::fault_isSaidWhileTyping_andNothingIsSent()
{
    type(u"http.threads"_s, u"many"_s);
    QTRY_COMPARE(remark(u"http.threads"_s), u"A whole number from 0 to 64 is needed."_s);
    QTRY_COMPARE(staged(), u"One change · 1 not possible"_s);
    type(u"sessions.fresh_for"_s, u"9"_s);
    QTRY_VERIFY(m_scene->console.asked.contains(u"checkSettings http.threads=many sessions.fresh_for=9m"_s));
    QVERIFY(settle());
    save();
    QVERIFY(settle());
    QCOMPARE(stored({}), 0);
    QVERIFY(edit(u"http.threads"_s)->hasFocus());
    type(u"http.threads"_s, u"64"_s);
    QTRY_VERIFY(remark(u"http.threads"_s).isEmpty());
}

/// The search had hidden it, and it stands far below.
void TestSettingsPage::fault_isScrolledTo_fromASearch()
{
    type(u"metrics.token"_s, u"short"_s);
    QTRY_COMPARE(staged(), u"One change · 1 not possible"_s);
    auto *filter = m_page->findChild<FilterBox *>();
    filter->setFocus();
    QTest::keyClicks(filter, u"http.tls_\r"_s);
    QVERIFY(settle());
    save();
    QVERIFY(edit(u"metrics.token"_s)->hasFocus());
    QVERIFY(!edit(u"metrics.token"_s)->visibleRegion().isEmpty());
}

void TestSettingsPage::ctrlS_appliesAll_andSaysWhatWaits()
{
    control(u"accounts.registration"_s)->setFocus();
    press(Qt::Key_Down);
    type(u"http.threads"_s, u"4"_s);
    save();
    QTRY_COMPARE(stored(u"http.threads=4 accounts.registration=closed"_s), 1);
    QTRY_COMPARE(messageOf(*m_page), u"2 settings stored. After a restart of the server act: Registration."_s);
    QTRY_COMPARE(staged(), u"No changes"_s);
    QCOMPARE(edit(u"http.threads"_s)->text(), u"4"_s);
    QCOMPARE(remark(u"accounts.registration"_s), u"Until the server is restarted it goes on with: open."_s);
    QVERIFY(remark(u"http.threads"_s).isEmpty());
}

void TestSettingsPage::undo_storesWhatWasBefore()
{
    type(u"sessions.max_per_user"_s, u"60"_s);
    type(u"http.threads"_s, u"4"_s);
    save();
    QTRY_COMPARE(stored(u"http.threads=4 sessions.max_per_user=60"_s), 1);
    QTRY_COMPARE(staged(), u"No changes"_s);
    m_page->findChild<QListWidget *>()->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    agree(*m_page);
    QTRY_COMPARE(stored(u"http.threads=- sessions.max_per_user=50"_s), 1);
    m_page->activateWindow();
    QVERIFY(comesInFront(m_page.get()));
    press(Qt::Key_Z, Qt::ControlModifier); // once is enough
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"storeSettings"_s), 2);
}

void TestSettingsPage::undo_ofWhatWasChangedMeanwhile_isVoid()
{
    type(u"http.threads"_s, u"4"_s);
    save();
    QTRY_COMPARE(stored(u"http.threads=4"_s), 1);
    QTRY_COMPARE(staged(), u"No changes"_s);
    std::ranges::find(m_scene->console.settingRows, u"http.threads"_s, &SettingView::key)->value = u"8"_s; // by another window
    m_page->findChild<QListWidget *>()->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(messageOf(*m_page),
                 u"Not taken back, because it has been changed again meanwhile: Change of the setting “HTTP threads”."_s);
    QVERIFY(!m_page->findChild<QPushButton *>(u"confirmed"_s));
    QCOMPARE(m_scene->console.askedCount(u"storeSettings"_s), 1);
}

void TestSettingsPage::default_isGoneBackTo()
{
    QPushButton *back = rowButton(u"sessions.max_per_user"_s, u"Default"_s);
    QVERIFY(back->isVisible());
    QVERIFY(!rowButton(u"http.threads"_s, u"Default"_s)->isVisible());
    back->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(edit(u"sessions.max_per_user"_s)->text(), u"200"_s);
    QVERIFY(edit(u"sessions.max_per_user"_s)->hasFocus());
    QVERIFY(!back->isVisible());
    save();
    QTRY_COMPARE(stored(u"sessions.max_per_user=-"_s), 1);
}

void TestSettingsPage::takenBack_isNoChange()
{
    type(u"http.threads"_s, u"4"_s);
    QPushButton *back = rowButton(u"http.threads"_s, u"Take back"_s);
    back->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(edit(u"http.threads"_s)->text(), u"0"_s);
    QCOMPARE(staged(), u"No changes"_s);
}

void TestSettingsPage::refused_standsAtItsRow_andNothingIsLost()
{
    type(u"http.threads"_s, u"4"_s);
    type(u"sessions.max_per_user"_s, u"60"_s);
    QVERIFY(settle());
    m_scene->console.failNext(
        u"storeSettings"_s,
        {.code = ErrorCode::InvalidInput,
         .faults = {{.type = u"value_error"_s, .location = {u"http.threads"_s}, .message = u"must be a whole number from 0 to 2"_s}}});
    save();
    QTRY_COMPARE(remark(u"http.threads"_s), u"A whole number from 0 to 64 is needed."_s);
    QTRY_VERIFY(edit(u"http.threads"_s)->hasFocus());
    QCOMPARE(edit(u"http.threads"_s)->text(), u"4"_s);
    QCOMPARE(edit(u"sessions.max_per_user"_s)->text(), u"60"_s);
    QCOMPARE(staged(), u"2 changes · 1 not possible"_s);
}

void TestSettingsPage::refusedForAnotherReason_isSaidAbove()
{
    type(u"http.threads"_s, u"4"_s);
    QVERIFY(settle());
    m_scene->console.failNext(u"storeSettings"_s, {.code = ErrorCode::AddressTaken, .detail = u"127.0.0.1:8000"_s});
    save();
    QTRY_VERIFY(messageOf(*m_page).startsWith(u"Another program uses the port"_s));
    QCOMPARE(staged(), u"One change"_s);
    QVERIFY(settle());
    save();
    QTRY_COMPARE(messageOf(*m_page), u"One setting stored, and in force."_s);
}

void TestSettingsPage::locked_saysWhereItIsSet()
{
    QVERIFY(!control(u"http.listen"_s)->isEnabled());
    QCOMPARE(remark(u"http.listen"_s), u"Set by /etc/warder/warder.conf, line 4: change it there."_s);
    QVERIFY(!rowButton(u"http.listen"_s, u"Default"_s)->isVisible());
    QVERIFY(!control(u"log.level"_s)->isEnabled());
    QCOMPARE(remark(u"log.level"_s), u"Set by the variable WARDER_LOG_LEVEL: change it there."_s);
}

void TestSettingsPage::secret_isNeverShown()
{
    QLineEdit *token = edit(u"metrics.token"_s);
    QVERIFY(token->text().isEmpty());
    QCOMPARE(token->echoMode(), QLineEdit::Password);
    QVERIFY(token->placeholderText().startsWith(u"Is set."_s));
    type(u"metrics.token"_s, u"fedcba9876543210"_s);
    QVERIFY(settle());
    for (const QString &text : textsIn(*m_page))
        QVERIFY2(!text.contains(u"***"_s) && !text.contains(u"0123456789abcdef"_s) && !text.contains(u"fedc"_s), qPrintable(text));
    save();
    QTRY_COMPARE(stored(u"metrics.token=fedcba9876543210"_s), 1);
    QTRY_VERIFY(token->text().isEmpty());
    QVERIFY(token->placeholderText().startsWith(u"Is set."_s));
    m_page->findChild<QListWidget *>()->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(settle());
    QVERIFY(!m_page->findChild<QPushButton *>(u"confirmed"_s)); // nobody can read what it was
    rowButton(u"metrics.token"_s, u"Default"_s)->click();
    QCOMPARE(token->placeholderText(), u"Not set"_s);
    save();
    QTRY_COMPARE(stored(u"metrics.token=-"_s), 1);
}

void TestSettingsPage::changedElsewhere_keepsWhatWasTyped()
{
    type(u"http.threads"_s, u"4"_s);
    QVERIFY(settle());
    const auto threads = std::ranges::find(m_scene->console.settingRows, u"http.threads"_s, &SettingView::key);
    threads->value = u"8"_s;
    threads->source = SettingSource::Stored;
    m_page->apply({ServerChanged {m_scene->console.overviewNow.server}});
    QTRY_VERIFY(remark(u"http.threads"_s).startsWith(u"It was changed elsewhere meanwhile, and is now: 8."_s));
    QCOMPARE(edit(u"http.threads"_s)->text(), u"4"_s);
    QCOMPARE(staged(), u"One change"_s);
    rowButton(u"http.threads"_s, u"Take back"_s)->click();
    QCOMPARE(edit(u"http.threads"_s)->text(), u"8"_s);
}

void TestSettingsPage::otherPages_loseNothing()
{
    type(u"http.threads"_s, u"4"_s);
    m_page->hide();
    QVERIFY(settle());
    m_page->refresh();
    m_page->show();
    QVERIFY(settle());
    QCOMPARE(edit(u"http.threads"_s)->text(), u"4"_s);
    QCOMPARE(staged(), u"One change"_s);
}

void TestSettingsPage::preview_saysOldAndNew_andApplies()
{
    type(u"http.threads"_s, u"4"_s);
    type(u"sessions.fresh_for"_s, u"20"_s);
    QPushButton *preview = button(*m_page, u"Preview"_s);
    preview->setFocus();
    press(Qt::Key_Space);
    QPointer<SettingsPreview> dialog;
    QTRY_VERIFY((dialog = m_page->findChild<SettingsPreview *>()));
    QVERIFY(comesInFront(dialog));
    const QStringList texts = textsIn(*dialog);
    QVERIFY2(texts.contains(u"0 → 4"_s) && texts.contains(u"10 min → 20 min"_s), qPrintable(texts.join(u'\n')));
    QVERIFY(texts.contains(u"sessions.fresh_for · Acts at once"_s));
    QCOMPARE(stored({}), 0);
    press(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(stored(u"http.threads=4 sessions.fresh_for=20m"_s), 1);
    QTRY_VERIFY(!dialog);
}

void TestSettingsPage::discard_asksFirst()
{
    type(u"http.threads"_s, u"4"_s);
    button(*m_page, u"Discard"_s)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(staged(), u"One change"_s);
    agree(*m_page);
    QTRY_COMPARE(staged(), u"No changes"_s);
    QCOMPARE(edit(u"http.threads"_s)->text(), u"0"_s);
    QCOMPARE(stored({}), 0);
}

void TestSettingsPage::duration_takesAUnitThatIsTyped()
{
    type(u"sessions.fresh_for"_s, u"2h"_s);
    QTRY_VERIFY(m_scene->console.asked.contains(u"checkSettings sessions.fresh_for=2h"_s));
    press(Qt::Key_Tab);
    QCOMPARE(edit(u"sessions.fresh_for"_s)->text(), u"2"_s);
    save();
    QTRY_COMPARE(stored(u"sessions.fresh_for=2h"_s), 1);
}

void TestSettingsPage::rate_isWrittenOfItsParts()
{
    const QString key = u"rate_limit.mfa_per_address"_s;
    auto *amount = row(key)->findChild<QLineEdit *>();
    amount->setFocus();
    amount->selectAll();
    QTest::keyClicks(amount, u"15"_s);
    QTRY_VERIFY(m_scene->console.asked.contains(u"checkSettings %1=15/1m burst 30"_s.arg(key)));
    control(key)->setFocus();
    press(Qt::Key_Space); // off
    save();
    QTRY_COMPARE(stored(key + u"=off"_s), 1);
}

QTEST_MAIN(TestSettingsPage)
#include "TestSettingsPage.moc"
