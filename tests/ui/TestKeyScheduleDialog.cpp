#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/keys/KeysPage.h"
#include "ui/widgets/FormDialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QPointer>

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
    void unchanged_sendsNothing();
    void fault_isSaidAtItsField();
    void whatAFileSets_isShownOnly();
    void escape_changesNothing();

private:
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

void TestKeyScheduleDialog::unchanged_sendsNothing()
{
    type(u"keys.access_rotation"_s, u"90d"_s);
    QTest::keyClick(m_dialog, Qt::Key_Return);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_scene->console.askedCount(u"storeSettings keys"_s), 0);
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
