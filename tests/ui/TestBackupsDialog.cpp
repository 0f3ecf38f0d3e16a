#include "tests/ui/support/Keys.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/MainWindow.h"
#include "ui/UnseenWork.h"
#include "ui/backup/BackupTexts.h"
#include "ui/backup/BackupsDialog.h"
#include "ui/elsewhere/RemoteLine.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/Toast.h"
#include "ui/widgets/WorkBar.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

using MaybeFault = std::optional<BackupFault>; ///< In a name of one word, as the macros of QtTest want it.

} // namespace

/// The list of backups, by the keyboard: made, stopped, checked, and how one is restored.
class TestBackupsDialog : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void list_showsWhatThereIs();
    void backUpNow_isOneKey();
    void progress_canBeStopped();
    void refusal_isSaidInPlace();
    void verify_saysWhatItFound_data();
    void verify_saysWhatItFound();
    void restore_isACommandForTheSelectedOne();
    void elsewhere_theCommandNamesItsMachine();
    void restore_saysWhatWouldChange_andWhatCame();
    void restore_ofMany_wantsTheirNumber();
    void restore_isGivenUp_byEscape();
    void restore_canBeStopped();
    void restore_ofAnotherKey_isExplained();
    void restore_whatChangedMeanwhile_isSaid();
    void restore_answerIsLost_outcomeIsFound();
    void restore_failure_isSaid();
    void takeBack_asksFirst();
    void lastRestore_isSaidWhenItOpens();
    void everyFault_hasWords_data();
    void everyFault_hasWords();
    void ctrlE_exportsTheList();
    void menu_opensIt();
    void problem_leadsToIt();
    void alarm_leadsToIt();
    void closedMeanwhile_goesOn_andSaysWhatCame_data();
    void closedMeanwhile_goesOn_andSaysWhatCame();
    void closedMeanwhile_isTheSameAgain();

private:
    void open();
    /// In the window: a backup is being made, until the console is released.
    void beginIn(Desktop &desktop);
    BackupView backup(const QString &name, int daysOld) const;
    QPushButton *order(const QString &name) const { return m_dialog->findChild<QPushButton *>(name); }
    /// Chooses *Restore…* of the first one; gives the question.
    const ConfirmSheet *askToRestore();
    QString result() const { return m_dialog->findChild<QLabel *>(u"result"_s)->text().remove(u'\u200b'); }
    QAbstractItemModel *rows() const { return tableOf(*m_dialog, u"Backups"_s)->model(); }
    QString cell(int row, int column) const { return rows()->index(row, column).data().toString(); }

    QPointer<BackupsDialog> m_dialog;
};

void TestBackupsDialog::init()
{
    PageTest::init();
    m_scene->console.backups.backups = {backup(u"today"_s, 0), backup(u"yesterday"_s, 1)};
}

void TestBackupsDialog::cleanup() { delete m_dialog; }

BackupView TestBackupsDialog::backup(const QString &name, int daysOld) const
{
    const TimePoint at = m_scene->clock.now() - std::chrono::days {daysOld};
    return {.file = u"/data/backups/%1.db"_s.arg(name),
            .size = 2'000'000,
            .createdAt = at,
            .version = u"0.1.0"_s,
            .users = 260,
            .sessions = 240,
            .keyCode = u"8587-7295"_s,
            .checkedAt = at};
}

void TestBackupsDialog::open()
{
    m_dialog = new BackupsDialog(m_scene->context(), nullptr);
    m_dialog->show();
    m_dialog->activateWindow();
    QVERIFY(comesInFront(m_dialog));
    settle();
}

void TestBackupsDialog::list_showsWhatThereIs()
{
    open();
    const QAbstractItemModelTester tester(rows(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(rows()->rowCount(), 2);
    QCOMPARE(cell(0, 0), u"just now"_s);
    QCOMPARE(cell(0, 1), u"Good"_s);
    QCOMPARE(cell(0, 3), u"260"_s);
    QCOMPARE(cell(1, 5), u"yesterday.db"_s);
    const QString arrangement = m_dialog->findChild<QLabel *>(u"arrangement"_s)->text().remove(u'\u200b');
    QVERIFY2(arrangement.contains(u"/data/backups"_s) && arrangement.contains(u"kept: 7"_s), qPrintable(arrangement));
}

void TestBackupsDialog::backUpNow_isOneKey()
{
    open();
    QCOMPARE(QApplication::focusWidget(), m_dialog->findChild<QPushButton *>(u"create"_s));
    press(Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"createBackup"_s), 1);
    QTRY_COMPARE(rows()->rowCount(), 3);
    QVERIFY2(result().startsWith(u"Made and checked: warder-2026"_s), qPrintable(result()));
    QVERIFY(m_dialog->findChild<QPushButton *>(u"create"_s)->isEnabled());
}

void TestBackupsDialog::progress_canBeStopped()
{
    open();
    m_scene->console.hold();
    press(Qt::Key_Return);
    const auto *bar = m_dialog->findChild<WorkBar *>();
    QTRY_VERIFY(bar->isVisible());
    QVERIFY(!m_dialog->findChild<QPushButton *>(u"create"_s)->isEnabled());
    m_scene->console.reportProgress(30, 120);
    QTRY_COMPARE(bar->findChild<QProgressBar *>()->value(), 30);
    QCOMPARE(bar->findChild<QProgressBar *>()->maximum(), 120);
    m_dialog->findChild<QPushButton *>(u"stopWork"_s)->setFocus();
    press(Qt::Key_Space);
    QVERIFY(m_scene->console.wasCanceled());
    m_scene->console.release();
    QTRY_VERIFY(!bar->isVisible());
    QCOMPARE(result(), u"Stopped. The list of backups has those that there are."_s);
    QCOMPARE(QApplication::focusWidget(), m_dialog->findChild<QPushButton *>(u"create"_s)); // the button that had the keyboard has gone
}

void TestBackupsDialog::refusal_isSaidInPlace()
{
    open();
    m_scene->console.failNext(u"createBackup"_s, {.code = ErrorCode::StorageUnavailable, .detail = {}, .trouble = StorageTrouble::Full});
    press(Qt::Key_Return);
    QTRY_VERIFY2(result().startsWith(u"The disk is full"_s), qPrintable(result()));
    QCOMPARE(rows()->rowCount(), 2);
}

void TestBackupsDialog::verify_saysWhatItFound_data()
{
    QTest::addColumn<MaybeFault>("fault");
    QTest::addColumn<KeyFit>("key");
    QTest::addColumn<QString>("says");
    const MaybeFault none;
    QTest::newRow("good") << none << KeyFit::Fits << u"All of it was read"_s;
    QTest::newRow("good, for another key") << none << KeyFit::Other << u"It needs another master key than today’s"_s;
    QTest::newRow("damaged") << MaybeFault(BackupFault::Damaged) << KeyFit::Fits << u"This backup is damaged"_s;
}

void TestBackupsDialog::verify_saysWhatItFound()
{
    QFETCH(MaybeFault, fault);
    QFETCH(KeyFit, key);
    QFETCH(QString, says);
    m_scene->console.backups.backups[1].fault = fault;
    m_scene->console.backups.backups[1].key = key;
    open();
    tableOf(*m_dialog, u"Backups"_s)->selectRow(1);
    m_dialog->findChild<QPushButton *>(u"verify"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(m_scene->console.askedCount(u"verifyBackup /data/backups/yesterday.db"_s), 1);
    QTRY_VERIFY2(result().contains(says), qPrintable(result()));
}

void TestBackupsDialog::restore_isACommandForTheSelectedOne()
{
    m_scene->console.backups.backups[1].file = u"/my data/back'up.db"_s;
    open();
    const auto *command = m_dialog->findChild<CopyField *>();
    const QString where = u" --data-dir /home/ada/.local/share/warder"_s; // of this server, whoever gives the command
    QCOMPARE(command->text(), u"warderd backup restore /data/backups/today.db"_s + where);
    tableOf(*m_dialog, u"Backups"_s)->selectRow(1);
    QCOMPARE(command->text(), u"warderd backup restore '/my data/back'\\''up.db'"_s + where);
}

void TestBackupsDialog::elsewhere_theCommandNamesItsMachine()
{
    RemoteLine line({.user = u"root"_s, .host = u"auth.example.com"_s});
    PageContext context = m_scene->context();
    context.elsewhere = &line;
    m_dialog = new BackupsDialog(context, nullptr);
    const QString where = m_dialog->findChild<QLabel *>(u"commandPlace"_s)->text().remove(u'\u200b');
    QVERIFY2(where.contains(u"given on root@auth.example.com"_s), qPrintable(where));
    delete m_dialog;
    open();
    QVERIFY(!m_dialog->findChild<QLabel *>(u"commandPlace"_s)->text().contains(u"given on"_s));
}

const ConfirmSheet *TestBackupsDialog::askToRestore()
{
    order(u"restore"_s)->click();
    const auto sheet = [this] { return m_dialog->findChild<ConfirmSheet *>(); };
    return QTest::qWaitFor([&sheet] { return sheet() && sheet()->isVisible(); }) ? sheet() : nullptr;
}

void TestBackupsDialog::restore_saysWhatWouldChange_andWhatCame()
{
    m_scene->console.restorePreview.difference =
        BackupDifference {.usersLost = {.count = 7, .first = {u"bob@example.com"_s}}, .keysChanged = {.count = 2, .first = {u"now"_s}}};
    open();
    QVERIFY(!order(u"takeBack"_s)->isVisible());
    const auto *sheet = askToRestore();
    QVERIFY(sheet);
    QCOMPARE(m_scene->console.askedCount(u"previewRestore /data/backups/today.db"_s), 1);
    QString effect = sheet->findChild<QLabel *>(u"effect"_s)->text().remove(u'\u200b');
    QVERIFY2(effect.startsWith(u"Users who are gone then: 7 (bob@example.com, …)\nKeys in another state: 2\n"_s), qPrintable(effect));
    QCOMPARE(m_scene->console.askedCount(u"restoreBackup"_s), 0);
    agree(*m_dialog);
    QTRY_COMPARE(m_scene->console.askedCount(u"restoreBackup /data/backups/today.db"_s), 1);
    QTRY_VERIFY2(result().startsWith(u"Restored: today.db."_s), qPrintable(result()));
    QTRY_VERIFY(order(u"takeBack"_s)->isVisible());
    QVERIFY(order(u"create"_s)->isEnabled() && order(u"restore"_s)->isEnabled());
}

void TestBackupsDialog::restore_ofMany_wantsTheirNumber()
{
    m_scene->console.restorePreview.difference = BackupDifference {.usersLost = {.count = 1204, .first = {u"bob@example.com"_s}}};
    open();
    const auto *sheet = askToRestore();
    QVERIFY(sheet);
    const auto *yes = sheet->findChild<QPushButton *>(u"confirmed"_s);
    QVERIFY(!yes->isEnabled());
    QTest::keyClicks(sheet->findChild<QLineEdit *>(u"number"_s), u"1204"_s);
    QVERIFY(yes->isEnabled());
}

void TestBackupsDialog::restore_isGivenUp_byEscape()
{
    m_scene->console.restorePreview.difference = BackupDifference {};
    open();
    auto *sheet = askToRestore();
    QVERIFY(sheet);
    QVERIFY(sheet->findChild<QLabel *>(u"effect"_s)->text().startsWith(u"Users, sessions and keys are as they are now."_s));
    QVERIFY(comesInFront(m_dialog->findChild<ConfirmSheet *>()));
    press(Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog->findChild<ConfirmSheet *>());
    QCOMPARE(m_scene->console.askedCount(u"restoreBackup"_s), 0);
    QVERIFY(order(u"restore"_s)->isEnabled());
}

void TestBackupsDialog::restore_canBeStopped()
{
    open();
    m_scene->console.hold();
    order(u"restore"_s)->click();
    const auto *bar = m_dialog->findChild<WorkBar *>();
    QTRY_VERIFY(bar->isVisible());
    QVERIFY(!order(u"create"_s)->isEnabled() && !order(u"restore"_s)->isEnabled());
    m_scene->console.reportProgress(30, 120);
    QTRY_COMPARE(bar->findChild<QProgressBar *>()->value(), 30);
    order(u"stopWork"_s)->click();
    QVERIFY(m_scene->console.wasCanceled());
    m_scene->console.release();
    QTRY_COMPARE(result(), u"Stopped. Nothing was restored."_s);
    QVERIFY(!m_dialog->findChild<ConfirmSheet *>());
    QVERIFY(order(u"restore"_s)->isEnabled());
}

void TestBackupsDialog::restore_ofAnotherKey_isExplained()
{
    m_scene->console.restorePreview.key = KeyFit::Other;
    m_scene->console.restorePreview.keyCode = u"1111-2222"_s;
    open();
    order(u"restore"_s)->click();
    QTRY_VERIFY2(result().contains(u"1111-2222"_s) && result().contains(u"--other-key"_s), qPrintable(result()));
    QVERIFY(!m_dialog->findChild<ConfirmSheet *>());
}

void TestBackupsDialog::restore_whatChangedMeanwhile_isSaid()
{
    open();
    QVERIFY(askToRestore());
    m_scene->console.failNext(u"restoreBackup"_s, {.code = ErrorCode::Conflict, .detail = u"users have changed"_s});
    agree(*m_dialog);
    QTRY_VERIFY2(result().startsWith(u"Nothing was restored: something is not as it was shown."_s), qPrintable(result()));
    QVERIFY(order(u"restore"_s)->isEnabled());
}

/// The server's end may be faster than its answer.
void TestBackupsDialog::restore_answerIsLost_outcomeIsFound()
{
    open();
    QVERIFY(askToRestore());
    m_scene->console.failNext(u"restoreBackup"_s, {.code = ErrorCode::ConnectionLost});
    agree(*m_dialog);
    QTRY_VERIFY2(result().startsWith(u"Restored: today.db."_s), qPrintable(result()));
}

void TestBackupsDialog::restore_failure_isSaid()
{
    m_scene->console.restoreProblem = u"no such key"_s;
    open();
    QVERIFY(askToRestore());
    agree(*m_dialog);
    QTRY_VERIFY2(result().startsWith(u"The other database could not be opened, and the one of before serves on."_s), qPrintable(result()));
    QVERIFY2(result().contains(u"no such key"_s), qPrintable(result()));
}

void TestBackupsDialog::takeBack_asksFirst()
{
    m_scene->console.backups.former = u"/data/warder.db.before-restore-1"_s;
    open();
    QTRY_VERIFY(order(u"takeBack"_s)->isVisible());
    order(u"takeBack"_s)->click();
    QCOMPARE(m_scene->console.askedCount(u"undoRestore"_s), 0);
    agree(*m_dialog);
    QTRY_COMPARE(m_scene->console.askedCount(u"undoRestore /data/warder.db.before-restore-1"_s), 1);
    QTRY_VERIFY2(result().startsWith(u"The database of before is back."_s), qPrintable(result()));
    QTRY_VERIFY(!order(u"takeBack"_s)->isVisible());
}

/// Also by whom did not see it: the window may have been another one.
void TestBackupsDialog::lastRestore_isSaidWhenItOpens()
{
    const TimePoint now = m_scene->clock.now();
    m_scene->console.backups.lastRestore = RestoreOutcome {.order = Id::create(now), .at = now, .problem = u"no such key"_s};
    open();
    QTRY_VERIFY2(result().startsWith(u"The other database could not be opened"_s), qPrintable(result()));
}

void TestBackupsDialog::everyFault_hasWords_data()
{
    QTest::addColumn<BackupFault>("fault");
    for (size_t i = 0; i < namesOf<BackupFault>.size(); ++i)
        QTest::newRow(namesOf<BackupFault>[i].data()) << BackupFault(i);
}

void TestBackupsDialog::everyFault_hasWords()
{
    QFETCH(const BackupFault, fault);
    const BackupView bad {.file = u"/x.db"_s, .fault = fault};
    QVERIFY(!BackupTexts::state(bad).isEmpty());
    QVERIFY(BackupTexts::explained(bad, m_scene->clock.now()).endsWith(u'.'));
    QCOMPARE(BackupTexts::tone(bad), Tone::Bad);
}

void TestBackupsDialog::ctrlE_exportsTheList()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    open(); // the keyboard is at a button
    press(Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(m_dialog->findChild<QFileDialog *>(u"export"_s));
}

void TestBackupsDialog::menu_opensIt()
{
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    desktop.window().findChild<QAction *>(u"backups"_s)->trigger();
    QTRY_VERIFY(desktop.window().findChild<BackupsDialog *>());
    QTRY_VERIFY(desktop.window().findChild<BackupsDialog *>()->isVisible());
}

void TestBackupsDialog::problem_leadsToIt()
{
    m_scene->console.overviewNow.server.problems = {{.code = u"backup_failed"_s, .detail = {}, .since = m_scene->clock.now()}};
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    QTRY_VERIFY(button(desktop.window(), u"Show backups"_s));
    QTest::keyClick(button(desktop.window(), u"Show backups"_s), Qt::Key_Space);
    QTRY_VERIFY(desktop.window().findChild<BackupsDialog *>());
}

void TestBackupsDialog::alarm_leadsToIt()
{
    Alarm failed = m_scene->alarm(AlarmType::Problem, {}, {});
    failed.problem = u"backup_failed"_s;
    m_scene->console.alarmRows = {AlarmView {.id = Id::create(failed.at), .alarm = failed, .lastAt = failed.at}};
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    desktop.window().pages().showPage(u"alarms"_s);
    settle();
    DataTable *alarms = tableOf(desktop.window(), u"Alarms"_s);
    alarms->selectRow(0);
    alarms->setFocus();
    press(Qt::Key_Return);
    QTRY_VERIFY(desktop.window().findChild<BackupsDialog *>());
}

void TestBackupsDialog::beginIn(Desktop &desktop)
{
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    desktop.window().findChild<QAction *>(u"backups"_s)->trigger();
    m_dialog = desktop.window().findChild<BackupsDialog *>();
    QVERIFY(comesInFront(m_dialog));
    settle();
    m_scene->console.hold();
    press(Qt::Key_Return);
    QTRY_VERIFY(m_dialog->findChild<WorkBar *>()->isVisible());
}

void TestBackupsDialog::closedMeanwhile_goesOn_andSaysWhatCame_data()
{
    QTest::addColumn<bool>("byItsFrame");
    QTest::addColumn<bool>("fails");
    QTest::newRow("Escape") << false << false;
    QTest::newRow("the frame's cross") << true << false;
    QTest::newRow("a full disk") << false << true;
}

/// Nobody waits before a dialog for a large database: the status bar has how far it is, and the end is told.
void TestBackupsDialog::closedMeanwhile_goesOn_andSaysWhatCame()
{
    QFETCH(bool, byItsFrame);
    QFETCH(bool, fails);
    Desktop desktop(m_scene->context());
    if (fails)
        m_scene->console.failNext(u"createBackup"_s,
                                  {.code = ErrorCode::StorageUnavailable, .detail = {}, .trouble = StorageTrouble::Full});
    beginIn(desktop);
    if (byItsFrame)
        m_dialog->close();
    else
        press(Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog->isVisible());
    auto *unseen = desktop.window().findChild<UnseenWork *>();
    QTRY_VERIFY(unseen->isVisible());
    QCOMPARE(unseen->findChild<QLabel *>(u"unseenWork"_s)->text(), u"Backing up…"_s);
    m_scene->console.reportProgress(30, 120);
    QTRY_COMPARE(unseen->findChild<QProgressBar *>()->value(), 30);
    m_scene->console.release();
    QTRY_VERIFY(!unseen->isVisible());
    QTRY_VERIFY(!m_dialog);
    const QString told = QString(desktop.window().toast().text()).remove(u'\u200b');
    if (!fails) {
        QVERIFY2(told.startsWith(u"Made and checked: warder-2026"_s), qPrintable(told));
        return;
    }
    QTRY_VERIFY(button(desktop.window(), u"Show backups"_s));
    button(desktop.window(), u"Show backups"_s)->click();
    QTRY_VERIFY(!button(desktop.window(), u"Show backups"_s)); // who looks has seen it
    QTRY_VERIFY(desktop.window().findChild<BackupsDialog *>());
}

void TestBackupsDialog::closedMeanwhile_isTheSameAgain()
{
    Desktop desktop(m_scene->context());
    beginIn(desktop);
    press(Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog->isVisible());
    desktop.window().findChild<QAction *>(u"backups"_s)->trigger();
    QTRY_VERIFY(m_dialog->isVisible());
    QCOMPARE(desktop.window().findChildren<BackupsDialog *>().size(), 1);
    QVERIFY(!desktop.window().findChild<UnseenWork *>()->isVisible());
    m_scene->console.release();
    QTRY_VERIFY2(result().startsWith(u"Made and checked: "_s), qPrintable(result()));
    QVERIFY(m_dialog->isVisible());
}

QTEST_MAIN(TestBackupsDialog)
#include "TestBackupsDialog.moc"
