#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/keys/KeysPage.h"
#include "ui/widgets/FormDialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestKeyScheduleDialog : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_page.reset(); }
    void change_isSentAlone();
    void change_canBeTakenBack();
    void change_thatSomebodyElseChanged_isLeftAlone();
    void unchanged_sendsNothing();
    void fault_isSaidAtItsField();
    void whatAFileSets_isShownOnly();
    void escape_changesNothing();

private:
    /// Ctrl+Z on the page; the question that it asks, or null.
    QMessageBox *takeBack();
    QLineEdit *edit(const QString &key) const { return m_dialog->findChild<QLineEdit *>(key); }
    void type(const QString &key, const QString &text) const
    {
        edit(key)->setFocus();
        edit(key)->selectAll();
        QTest::keyClicks(edit(key), text);
    }

    std::unique_ptr<KeysPage> m_page;
    QPointer<FormDialog> m_dialog;
};

void TestKeyScheduleDialog::init()
{
    PageTest::init();
    for (const auto &key : {u"keys.access_rotation"_s, u"keys.refresh_rotation"_s, u"keys.csrf_rotation"_s, u"keys.spent_kept"_s})
        m_scene->console.settingRows += {.key = key, .value = u"90d"_s, .defaultValue = u"90d"_s, .sourceName = {}, .text = {}};
    m_scene->console.settingRows[m_scene->console.settingRows.size() - 2].source = SettingSource::File;
    m_scene->console.settingRows[m_scene->console.settingRows.size() - 2].sourceName = u"/etc/warder/warder.conf:7"_s;
    m_page = openPage<KeysPage>(*m_scene);
    button(*m_page, u"Schedule…"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY((m_dialog = m_page->findChild<FormDialog *>()));
    QVERIFY(comesInFront(m_dialog));
}

void TestKeyScheduleDialog::change_isSentAlone()
{
    type(u"keys.access_rotation"_s, u"30d"_s);
    type(u"keys.spent_kept"_s, u" 0 "_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_scene->console.askedCount(u"storeSettings keys.access_rotation=30d keys.spent_kept=0"_s), 1);
    QTRY_VERIFY(messageOf(*m_page).startsWith(u"The schedule is in force"_s));
}

QMessageBox *TestKeyScheduleDialog::takeBack()
{
    m_page->activateWindow();
    if (!comesInFront(m_page.get()))
        return nullptr;
    button(*m_page, u"Schedule…"_s)->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    settle();
    const auto boxes = m_page->findChildren<QMessageBox *>(u"confirm"_s);
    const auto shown = std::ranges::find_if(boxes, &QWidget::isVisible);
    return shown == boxes.end() ? nullptr : *shown;
}

void TestKeyScheduleDialog::change_canBeTakenBack()
{
    type(u"keys.access_rotation"_s, u"30d"_s);
    type(u"keys.spent_kept"_s, u"0"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*m_page).startsWith(u"The schedule is in force"_s));
    QMessageBox *box = takeBack();
    QVERIFY(box);
    QCOMPARE(m_scene->console.askedCount(u"storeSettings"_s), 1); // nothing before the answer
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"storeSettings keys.access_rotation=- keys.spent_kept=-"_s), 1);
    QTRY_VERIFY(!messageOf(*m_page).startsWith(u"The schedule is in force"_s));
    QVERIFY(!takeBack()); // once
}

void TestKeyScheduleDialog::change_thatSomebodyElseChanged_isLeftAlone()
{
    type(u"keys.access_rotation"_s, u"30d"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*m_page).startsWith(u"The schedule is in force"_s));
    for (SettingView &setting : m_scene->console.settingRows) {
        if (setting.key == "keys.access_rotation"_L1)
            setting.value = u"60d"_s;
    }
    QVERIFY(!takeBack());
    QTRY_VERIFY2(messageOf(*m_page).startsWith(u"Not taken back"_s), qPrintable(messageOf(*m_page)));
    QCOMPARE(m_scene->console.askedCount(u"storeSettings"_s), 1);
}

void TestKeyScheduleDialog::unchanged_sendsNothing()
{
    type(u"keys.access_rotation"_s, u"90d"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_scene->console.askedCount(u"storeSettings keys"_s), 0);
    QVERIFY(!takeBack()); // there is nothing to take back
}

void TestKeyScheduleDialog::fault_isSaidAtItsField()
{
    m_scene->console.failNext(
        u"storeSettings"_s,
        {.code = ErrorCode::InvalidInput,
         .faults = {{.type = u"value_error"_s, .location = {u"keys.refresh_rotation"_s}, .message = u"must be a duration such as 30s"_s}}});
    type(u"keys.refresh_rotation"_s, u"often"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_VERIFY(edit(u"keys.refresh_rotation"_s)->accessibleDescription().contains(u"must be a duration"_s));
    QVERIFY(edit(u"keys.refresh_rotation"_s)->hasFocus());
    QVERIFY(edit(u"keys.access_rotation"_s)->accessibleDescription().isEmpty());
}

void TestKeyScheduleDialog::whatAFileSets_isShownOnly()
{
    QCOMPARE(edit(u"keys.csrf_rotation"_s)->text(), u"90d"_s);
    QVERIFY(!edit(u"keys.csrf_rotation"_s)->isEnabled());
    QCOMPARE(edit(u"keys.csrf_rotation"_s)->accessibleDescription(), u"Set by /etc/warder/warder.conf:7: change it there."_s);
}

void TestKeyScheduleDialog::escape_changesNothing()
{
    type(u"keys.access_rotation"_s, u"1d"_s);
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_scene->console.askedCount(u"storeSettings"_s), 0);
}

QTEST_MAIN(TestKeyScheduleDialog)
#include "TestKeyScheduleDialog.moc"
