#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/palette/Commands.h"
#include "ui/settings/SettingRow.h"
#include "ui/settings/SettingsPage.h"
#include "ui/settings/tuning/HashTuningDialog.h"
#include "ui/settings/tuning/HashTuningTexts.h"
#include "ui/widgets/WorkBar.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QListWidget>
#include <QPointer>
#include <QProgressBar>
#include <QSpinBox>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The tuning of password hashing, by the keyboard: measured step by step, stopped, and handed over to the page of settings.
class TestHashTuningDialog : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void opened_saysWhatThereIs();
    void measure_isOneKey_andShowsEachTrial();
    void fields_sayWhatIsAskedFor();
    void share_followsTheMemory();
    void progress_canBeStopped();
    void stopped_beginsAnew();
    void closed_isStopped();
    void refusal_isSaidInPlace();
    void serverThatCannotSay_isToldOf();
    void proposal_isHandedOver_data();
    void proposal_isHandedOver();
    void proposal_thatIsSetElsewhere_isNot();
    void proposal_ofWhatThereIs_isNone();
    void tooSlowAMachine_isToldSo();
    void bcrypt_hasCostsAndNoMemory();
    void everyStanding_hasWords_data();
    void everyStanding_hasWords();
    void page_leadsToIt_andAppliesAsAnyChange();
    void palette_hasIt();

private:
    void open();
    void measure();
    QPushButton *dialogButton(const QString &name) const { return m_dialog->findChild<QPushButton *>(name); }
    QString result() const { return m_dialog->findChild<QLabel *>(u"result"_s)->text().remove(u'\u200b'); }
    QAbstractItemModel *rows() const { return tableOf(*m_dialog, u"Measured hashes"_s)->model(); }
    QString cell(int row, int column) const { return rows()->index(row, column).data().toString(); }
    QStringList steps() const { return m_scene->console.asked.filter(u"tuneHashing "_s); }
    SettingView &setting(const QString &key) const { return *std::ranges::find(m_scene->console.settingRows, key, &SettingView::key); }
    void type(const QString &field, const QString &text) const;

    QPointer<HashTuningDialog> m_dialog;
    QStringList m_chosen; ///< What was handed over: "key=value".
};

void TestHashTuningDialog::init()
{
    PageTest::init();
    m_scene->fillSettings();
    m_chosen.clear();
}

void TestHashTuningDialog::cleanup() { delete m_dialog; }

void TestHashTuningDialog::open()
{
    m_dialog = new HashTuningDialog(m_scene->context(), m_scene->console.settingRows, nullptr);
    connect(m_dialog, &HashTuningDialog::chosen, this, [this](const QList<SettingChoice> &choices) {
        for (const auto &[key, value] : choices)
            m_chosen += key + u'=' + value.value_or(u"-"_s);
    });
    m_dialog->show();
    m_dialog->activateWindow();
    QVERIFY(comesInFront(m_dialog));
    settle();
}

void TestHashTuningDialog::measure()
{
    QCOMPARE(QApplication::focusWidget(), dialogButton(u"measure"_s));
    press(Qt::Key_Return);
    QTRY_VERIFY(dialogButton(u"measure"_s)->isEnabled());
}

void TestHashTuningDialog::type(const QString &field, const QString &text) const
{
    auto *box = m_dialog->findChild<QSpinBox *>(field);
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, text);
}

void TestHashTuningDialog::opened_saysWhatThereIs()
{
    open();
    QCOMPARE(m_scene->console.askedCount(u"hashing"_s), 1);
    QVERIFY(steps().isEmpty()); // nothing is measured by itself
    QCOMPARE(m_dialog->findChild<QSpinBox *>(u"target"_s)->value(), 250);
    QCOMPARE(m_dialog->findChild<QSpinBox *>(u"memory"_s)->value(), 8 * 64);
    QVERIFY(!dialogButton(u"use"_s)->isEnabled());
    QCOMPARE(result(), u"What it proposes waits on the page Settings until you apply it."_s);
}

void TestHashTuningDialog::measure_isOneKey_andShowsEachTrial()
{
    open();
    measure();
    const QAbstractItemModelTester tester(rows(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(steps(), (QStringList {u"tuneHashing 250 512 after 0"_s, u"tuneHashing 250 512 after 1"_s, u"tuneHashing 250 512 after 2"_s}));
    QCOMPARE(rows()->rowCount(), 3);
    QVERIFY(cell(0, 0).startsWith(u"19 MiB · 2 pass"_s));
    QCOMPARE(cell(0, 1), u"39 ms"_s);
    QCOMPARE(cell(0, 2), u"Today"_s);
    QVERIFY(cell(1, 0).startsWith(u"64 MiB · 3 pass"_s));
    QCOMPARE(cell(1, 1), u"197 ms"_s);
    QCOMPARE(cell(1, 2), u"Proposed"_s);
    QCOMPARE(cell(1, 3), u"41"_s); // eight at once
    QCOMPARE(cell(1, 4), u"512 MiB"_s);
    QCOMPARE(cell(2, 2), u"Too slow"_s);
    QVERIFY2(result().startsWith(u"A sign-in would take 197 ms (64 MiB · 3 pass"_s), qPrintable(result()));
    for (const QString &part :
         {u"in place of today’s 39 ms (19 MiB"_s, u"about 41 sign-ins a second in place of 206"_s,
          u"512 MiB of memory then in place of 152 MiB"_s, u"after a restart of the server"_s, u"when its owner signs in next"_s})
        QVERIFY2(result().contains(part), qPrintable(result()));
}

void TestHashTuningDialog::fields_sayWhatIsAskedFor()
{
    open();
    type(u"target"_s, u"500"_s);
    type(u"memory"_s, u"1024"_s);
    dialogButton(u"measure"_s)->setFocus();
    measure();
    QCOMPARE(steps().first(), u"tuneHashing 500 1024 after 0"_s);
    QVERIFY2(result().contains(u"(128 MiB"_s), qPrintable(result()));
    type(u"target"_s, u"9999"_s); // what nobody may ask for cannot be typed
    dialogButton(u"measure"_s)->setFocus();
    measure();
    QVERIFY2(steps().last().startsWith(u"tuneHashing 999 "_s), qPrintable(steps().last()));
}

void TestHashTuningDialog::share_followsTheMemory()
{
    open();
    const auto says = [this](const QString &part) {
        const auto labels = m_dialog->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&part](const QLabel *label) { return label->text().remove(u'\u200b').contains(part); });
    };
    QVERIFY(says(u"(passwords.hashing_threads), each with 64 MiB at most"_s));
    type(u"memory"_s, u"800"_s);
    QVERIFY(says(u"each with 100 MiB at most"_s));
}

void TestHashTuningDialog::progress_canBeStopped()
{
    open();
    m_scene->console.hold();
    press(Qt::Key_Return);
    const auto *bar = m_dialog->findChild<WorkBar *>();
    QTRY_VERIFY(bar->isVisible());
    QVERIFY(!dialogButton(u"measure"_s)->isEnabled());
    const auto *progress = bar->findChild<QProgressBar *>();
    QVERIFY2(progress->accessibleName().startsWith(u"Measuring: 19 MiB"_s), qPrintable(progress->accessibleName()));
    const int before = progress->value();
    m_scene->console.reportProgress(2, 3);
    QTRY_VERIFY(progress->value() > before);
    QVERIFY(progress->value() < progress->maximum());
    dialogButton(u"stopWork"_s)->setFocus();
    press(Qt::Key_Space);
    QVERIFY(m_scene->console.wasCanceled());
    m_scene->console.release();
    QTRY_VERIFY(!bar->isVisible());
    QCOMPARE(result(), u"Stopped. Nothing was changed."_s);
    QCOMPARE(QApplication::focusWidget(), dialogButton(u"measure"_s)); // the button that had the keyboard has gone
    QVERIFY(!dialogButton(u"use"_s)->isEnabled());
    QCOMPARE(steps().size(), 1);
}

void TestHashTuningDialog::stopped_beginsAnew()
{
    progress_canBeStopped();
    measure();
    QCOMPARE(rows()->rowCount(), 3);
    QVERIFY(dialogButton(u"use"_s)->isEnabled());
}

void TestHashTuningDialog::closed_isStopped()
{
    open();
    m_scene->console.hold();
    press(Qt::Key_Return);
    QTRY_COMPARE(steps().size(), 1);
    press(Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog);
    QVERIFY(m_scene->console.wasCanceled());
    m_scene->console.release();
    QVERIFY(settle());
    QCOMPARE(steps().size(), 1);
}

void TestHashTuningDialog::refusal_isSaidInPlace()
{
    open();
    m_scene->console.failNext(u"tuneHashing"_s, {.code = ErrorCode::CryptoFailure, .detail = u"Argon2id failed: too little memory?"_s});
    measure();
    QVERIFY2(result().contains(u"too little memory?"_s), qPrintable(result()));
    QVERIFY(!dialogButton(u"use"_s)->isEnabled());
}

void TestHashTuningDialog::serverThatCannotSay_isToldOf()
{
    m_scene->console.failNext(u"hashing"_s, {.code = ErrorCode::Busy});
    open();
    QVERIFY2(result().startsWith(u"The server has too much to do"_s), qPrintable(result()));
    QVERIFY(!dialogButton(u"measure"_s)->isEnabled());
}

void TestHashTuningDialog::proposal_isHandedOver_data()
{
    QTest::addColumn<bool>("byCtrlS");
    QTest::newRow("by Enter") << false;
    QTest::newRow("by Ctrl+S") << true;
}

void TestHashTuningDialog::proposal_isHandedOver()
{
    QFETCH(bool, byCtrlS);
    open();
    press(Qt::Key_S, Qt::ControlModifier); // there is none yet
    QVERIFY(m_dialog && m_chosen.isEmpty());
    measure();
    QCOMPARE(QApplication::focusWidget(), dialogButton(u"use"_s));
    if (byCtrlS)
        press(Qt::Key_S, Qt::ControlModifier);
    else
        press(Qt::Key_Return);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_chosen,
             (QStringList {u"passwords.argon2_memory_kib=65536"_s, u"passwords.argon2_iterations=3"_s})); // lanes stay as they are
    QCOMPARE(m_scene->console.askedCount(u"storeSettings"_s), 0);
}

void TestHashTuningDialog::proposal_thatIsSetElsewhere_isNot()
{
    setting(u"passwords.argon2_iterations"_s).source = SettingSource::File;
    setting(u"passwords.argon2_iterations"_s).sourceName = u"/etc/warder/warder.conf:7"_s;
    open();
    measure();
    QVERIFY2(result().endsWith(u"Passes of Argon2id: Set by /etc/warder/warder.conf, line 7: change it there."_s), qPrintable(result()));
    QVERIFY(!dialogButton(u"use"_s)->isEnabled());
}

void TestHashTuningDialog::proposal_ofWhatThereIs_isNone()
{
    setting(u"passwords.argon2_memory_kib"_s).waiting =
        WaitingSettingView {.value = u"65536"_s, .source = SettingSource::Stored, .sourceName = {}};
    setting(u"passwords.argon2_iterations"_s).waiting =
        WaitingSettingView {.value = u"3"_s, .source = SettingSource::Stored, .sourceName = {}};
    open();
    measure();
    QCOMPARE(result(), u"The settings are right for this machine: nothing has to be changed."_s);
    QVERIFY(!dialogButton(u"use"_s)->isEnabled());
}

void TestHashTuningDialog::tooSlowAMachine_isToldSo()
{
    m_scene->console.microsecondsOfWork = 10;
    open();
    measure();
    QCOMPARE(rows()->rowCount(), 1);
    QCOMPARE(cell(0, 2), u"Today, proposed"_s);
    QVERIFY2(result().endsWith(u"No hash that is safe is computed within 250 ms here; this is the quickest one."_s), qPrintable(result()));
}

void TestHashTuningDialog::bcrypt_hasCostsAndNoMemory()
{
    m_scene->console.hashing = viewOfHashing({.algorithm = HashingPolicy::Algorithm::Bcrypt}, 8, 8);
    m_scene->console.microsecondsOfWork = 20;
    open();
    QVERIFY(!m_dialog->findChild<QSpinBox *>(u"memory"_s)->isVisible());
    measure();
    QCOMPARE(cell(0, 0), u"Cost 12"_s);
    QCOMPARE(cell(0, 4), QString());
    QVERIFY2(result().startsWith(u"A sign-in would take 164 ms (Cost 13)"_s), qPrintable(result()));
    QVERIFY2(!result().contains(u"memory"_s), qPrintable(result()));
    press(Qt::Key_Return);
    QTRY_COMPARE(m_chosen, QStringList {u"passwords.bcrypt_cost=13"_s});
}

void TestHashTuningDialog::everyStanding_hasWords_data()
{
    QTest::addColumn<int>("standing");
    QTest::addColumn<bool>("isToday");
    for (int standing = 0; standing <= int(TriedHash::Standing::Proposed); ++standing) {
        for (const bool isToday : {false, true})
            QTest::addRow("%d%s", standing, isToday ? ", today" : "") << standing << isToday;
    }
}

void TestHashTuningDialog::everyStanding_hasWords()
{
    QFETCH(int, standing);
    QFETCH(bool, isToday);
    QVERIFY(!HashTuningTexts::standing({.standing = TriedHash::Standing(standing), .isToday = isToday}).isEmpty());
}

void TestHashTuningDialog::page_leadsToIt_andAppliesAsAnyChange()
{
    const auto page = openPage<SettingsPage>(*m_scene);
    QTRY_COMPARE(page->findChildren<SettingRow *>().size(), m_scene->console.settingRows.size());
    auto *tune = page->findChild<QPushButton *>(u"tuneHashing"_s);
    QVERIFY(tune->isVisible());
    tune->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY((m_dialog = page->findChild<HashTuningDialog *>()));
    QVERIFY(comesInFront(m_dialog));
    QTRY_VERIFY(dialogButton(u"measure"_s)->hasFocus());
    measure();
    press(Qt::Key_Return);
    QTRY_VERIFY(!m_dialog);
    page->activateWindow();
    QVERIFY(comesInFront(page.get()));
    QCOMPARE(page->findChild<QLabel *>(u"staged"_s)->text(), u"2 changes"_s);
    QVERIFY(page->findChild<QWidget *>(u"passwords.argon2_memory_kib"_s)->hasFocus());
    QCOMPARE(m_scene->console.askedCount(u"storeSettings"_s), 0);
    press(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(m_scene->console.askedCount(u"storeSettings passwords.argon2_memory_kib=65536 passwords.argon2_iterations=3"_s), 1);
    QTRY_COMPARE(messageOf(*page), u"2 settings stored. After a restart of the server act: Memory of Argon2id, Passes of Argon2id."_s);
    page->findChild<QListWidget *>()->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    agree(*page);
    QTRY_COMPARE(m_scene->console.askedCount(u"storeSettings passwords.argon2_memory_kib=- passwords.argon2_iterations=-"_s), 1);
}

/// Though it stands in a form that scrolls, where buttons are about their rows.
void TestHashTuningDialog::palette_hasIt()
{
    const auto page = openPage<SettingsPage>(*m_scene);
    QTRY_COMPARE(page->findChildren<SettingRow *>().size(), m_scene->console.settingRows.size());
    const QList<WindowCommand> commands = Commands::ofPage(*page);
    const auto tune = std::ranges::find(commands, u"Tune to this machine…"_s, &WindowCommand::name);
    QVERIFY(tune != commands.end());
    QVERIFY(tune->isPossible);
    QCOMPARE(tune->keys, QStringList {QKeySequence(Qt::ALT | Qt::Key_T).toString(QKeySequence::NativeText)});
    tune->action->trigger();
    QTRY_VERIFY((m_dialog = page->findChild<HashTuningDialog *>()));
    QVERIFY(comesInFront(m_dialog));
    press(Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog);
}

QTEST_MAIN(TestHashTuningDialog)
#include "TestHashTuningDialog.moc"
