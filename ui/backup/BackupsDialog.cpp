#include "ui/backup/BackupsDialog.h"

#include "core/console/orders/Server.h"
#include "ui/backup/BackupTexts.h"
#include "ui/backup/RestoreWork.h"
#include "ui/elsewhere/RemoteLine.h"
#include "ui/support/Ask.h"
#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/ResultLine.h"
#include "ui/widgets/WorkBar.h"

#include <QCloseEvent>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QList<Column<BackupView>> columnsOfBackups()
{
    using Row = const BackupView &;
    return {
        //: Column title: when a backup was made.
        {.title = BackupsDialog::tr("Made"), .characters = 14, .time = &BackupView::createdAt},
        //: Column title: whether a backup is good.
        {.title = BackupsDialog::tr("State"),
         .characters = 16,
         .text = [](Row row, TimePoint) { return BackupTexts::state(row); },
         .tip = [](Row row) { return row.detail; },
         .tone = [](Row row) { return BackupTexts::tone(row); }},
        //: Column title: how large a file is.
        {.title = BackupsDialog::tr("Size"),
         .characters = 9,
         .text = [](Row row, TimePoint) { return BackupTexts::size(row); },
         .number = [](Row row) { return row.size; }},
        //: Column title: how many accounts a backup holds.
        {.title = BackupsDialog::tr("Users"), .characters = 8, .number = &BackupView::users},
        //: Column title: how many sessions were live when a backup was made.
        {.title = BackupsDialog::tr("Live sessions"), .characters = 12, .number = &BackupView::sessions},
        //: Column title: the name of a file.
        {.title = BackupsDialog::tr("File"),
         .characters = 34,
         .text = [](Row row, TimePoint) { return BackupTexts::name(row); },
         .tip = [](Row row) { return row.file; }},
    };
}

} // namespace

BackupsDialog::BackupsDialog(const PageContext &context, QWidget *parent)
    : QDialog(parent), m_context(context), m_model(new RowsModel<BackupView>(context.clock, columnsOfBackups(), this)),
      m_arrangement(quietLabel({}, this)), m_work(new WorkBar(this)), m_restoring(new RestoreWork(context, *m_work, this)),
      m_result(new ResultLine(this))
{
    //: Title of a dialog.
    setWindowTitle(tr("Backups"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(860, 600);
    build();
    connect(m_table, &DataTable::selectionMoved, this, &BackupsDialog::showSelected);
    connect(m_create, &QPushButton::clicked, this, &BackupsDialog::create);
    connect(m_verify, &QPushButton::clicked, this, &BackupsDialog::verify);
    connect(m_restore, &QPushButton::clicked, this, &BackupsDialog::restore);
    connect(m_takeBack, &QPushButton::clicked, this, [this] { m_restoring->takeBack(m_former); });
    connect(m_restoring, &RestoreWork::ended, this, [this](Tone tone, const QString &text) {
        conclude(tone, text);
        read();
    });
    connect(m_restoring, &RestoreWork::turned, this, &BackupsDialog::enableOrders);
    //: In place of an answer, before anything was ordered.
    m_result->say(Tone::Neutral, tr("A backup is made beside everything else: nobody who signs in waits for it."));
    showSelected();
    m_create->setFocus();
    read();
}

void BackupsDialog::build()
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(titleLabel(windowTitle(), this));
    m_arrangement->setObjectName(u"arrangement"_s);
    all->addWidget(m_arrangement);
    all->addWidget(makeTable(), 1);
    all->addWidget(makeOrders());
    m_result->setOrder(*m_create);
    all->addWidget(m_result);
    all->addWidget(makeRestore());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &BackupsDialog::reject);
    all->addWidget(buttons);
}

QWidget *BackupsDialog::makeTable()
{
    auto *panel = new Panel({}, this);
    panel->setFlush();
    //: Name of a table, for screen readers and as a file name.
    m_table = new DataTable(tr("Backups"), u"backups"_s, panel);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model);
    //: Title of a dialog that asks for a file.
    m_table->exportByItself(tr("Export the list of backups"),
                            [this](const QString &fault) { m_result->say(Tone::Bad, UiTexts::reason(fault)); });
    panel->body()->addWidget(m_table);
    return panel;
}

QWidget *BackupsDialog::makeOrders()
{
    auto *orders = new QWidget(this);
    auto *row = new QHBoxLayout(orders);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    //: Button: makes a backup of the database.
    m_create = new QPushButton(tr("&Back up now"), orders);
    m_create->setObjectName(u"create"_s);
    m_create->setDefault(true);
    //: Button: reads all of the selected backup, to see whether it is good.
    m_verify = new QPushButton(tr("&Verify"), orders);
    m_verify->setObjectName(u"verify"_s);
    row->addWidget(m_create);
    row->addWidget(m_verify);
    row->addStretch(1);
    row->addWidget(m_work);
    return orders;
}

QWidget *BackupsDialog::makeRestore()
{
    //: Title above how a backup is put back.
    auto *panel = new Panel(tr("To restore one"), this);
    panel->body()->setSpacing(Space::small);
    //: How a backup is put back; buttons for that stand below.
    panel->body()->addWidget(
        quietLabel(tr("You see first what would change. The server opens anew with the backup, within seconds, and keeps "
                      "the database of now, so that it can be taken back. Whoever was signed in when the backup was "
                      "made is signed in again."),
                   panel));
    panel->body()->addWidget(makeRestoreOrders(panel));
    //: Above a command that restores the selected backup; %1 is a part of another one.
    const QString here = tr("Where the server does not start, this does the same; %1 in place of the file takes it back:").arg("--undo"_L1);
    const QString machine = m_context.elsewhere ? UiTexts::foreign(m_context.elsewhere->place().toText()) : QString();
    const QString there =
        //: As above, of a server on another machine; %2 is that machine.
        tr("Where the server does not start, this does the same, given on %2; %1 in place of the file takes it back:")
            .arg("--undo"_L1, machine);
    auto *how = quietLabel(machine.isEmpty() ? here : there, panel);
    how->setObjectName(u"commandPlace"_s);
    panel->body()->addWidget(how);
    //: What is copied: a command line for a terminal.
    m_command = new CopyField(tr("Command"), panel);
    panel->body()->addWidget(m_command);
    return panel;
}

QWidget *BackupsDialog::makeRestoreOrders(QWidget *parent)
{
    auto *orders = new QWidget(parent);
    auto *row = new QHBoxLayout(orders);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    //: Button: puts the selected backup in the place of the database, which asks first.
    m_restore = new QPushButton(tr("&Restore…"), orders);
    m_restore->setObjectName(u"restore"_s);
    //: Button: puts the database of before the last restore back, which asks first.
    m_takeBack = new QPushButton(tr("&Take back the last restore…"), orders);
    m_takeBack->setObjectName(u"takeBack"_s);
    row->addWidget(m_restore);
    row->addWidget(m_takeBack);
    row->addStretch(1);
    m_takeBack->hide(); // until there is one
    return orders;
}

void BackupsDialog::read()
{
    ask(
        m_context.console.ask(ReadOverview {}), this,
        [this](const OverviewView &overview) {
            m_dataDirectory = overview.server.dataDirectory;
            showSelected();
        },
        [](const Error &) {}); // the list fails, too, and says why
    ask(
        m_context.console.ask(ListBackups {}), this, [this](const BackupsView &all) { present(all); },
        [this](const Error &error) { presentError(error); });
}

void BackupsDialog::present(const BackupsView &all)
{
    m_arrangement->setText(BackupTexts::arrangement(all));
    m_former = all.former;
    m_takeBack->setVisible(!m_former.isEmpty());
    if (!std::exchange(m_hasRead, true) && all.lastRestore && !isBusy())
        m_result->say(BackupTexts::tone(*all.lastRestore), BackupTexts::outcome(*all.lastRestore));
    m_model->updateTo(all.backups, [](const BackupView &row) { return row.file; });
    if (m_table->selectedRows().isEmpty() && m_model->rowCount() > 0)
        m_table->selectRow(0);
    showSelected();
}

void BackupsDialog::presentError(const Error &error) { m_result->say(Tone::Bad, UiTexts::of(error)); }

void BackupsDialog::create()
{
    const auto making = m_context.console.ask(CreateBackup {});
    //: While a backup is being made.
    showWork(making, tr("Backing up…"));
    ask(
        making, this,
        [this](const BackupView &backup) {
            endWork();
            conclude(Tone::Good, BackupTexts::made(backup));
            Q_EMIT made();
            read();
        },
        [this, making](const Error &error) {
            endWork();
            read(); // it may have been there already when it was stopped
            if (making.isCanceled())
                return conclude(
                    Tone::Neutral,
                    /*: Somebody stopped the making of a backup. */ tr("Stopped. The list of backups has those that there are."));
            conclude(Tone::Bad, UiTexts::of(error));
        });
}

void BackupsDialog::verify()
{
    const BackupView *backup = selected();
    if (!backup)
        return;
    const auto checking = m_context.console.ask(VerifyBackup {.file = backup->file});
    //: While a backup is being read.
    showWork(checking, tr("Reading all of it…"));
    ask(
        checking, this,
        [this](const BackupView &checked) {
            endWork();
            conclude(BackupTexts::tone(checked), BackupTexts::explained(checked, m_context.clock.now()));
            read();
        },
        [this, checking](const Error &error) {
            endWork();
            if (checking.isCanceled())
                return conclude(Tone::Neutral, /*: Somebody stopped the check of a backup. */ tr("Stopped. The backup is as it was."));
            conclude(Tone::Bad, UiTexts::of(error));
            read();
        });
}

void BackupsDialog::restore()
{
    if (const BackupView *backup = selected())
        m_restoring->restore(backup->file);
}

void BackupsDialog::showWork(const Answer<BackupView> &answer, const QString &text)
{
    m_work->follow(text, QFuture<void>(answer));
    enableOrders();
}

/// The button that stops it goes, perhaps with the keyboard.
void BackupsDialog::endWork()
{
    m_create->setEnabled(true);
    if (!focusWidget() || m_work->isAncestorOf(focusWidget()))
        m_create->setFocus();
    m_work->end();
    showSelected();
}

void BackupsDialog::enableOrders()
{
    const bool isFree = !isBusy();
    const bool mayRead = isFree && selected();
    m_create->setEnabled(isFree);
    m_verify->setEnabled(mayRead);
    m_restore->setEnabled(mayRead);
    m_takeBack->setEnabled(isFree);
}

bool BackupsDialog::isBusy() const { return m_work->isBusy(); }

void BackupsDialog::reject()
{
    if (isBusy())
        hide();
    else
        QDialog::reject();
}

/// Who accepts it is deleted.
void BackupsDialog::closeEvent(QCloseEvent *event)
{
    if (!isBusy())
        return QDialog::closeEvent(event);
    event->ignore();
    hide();
}

const BackupView *BackupsDialog::selected() const
{
    const QList<int> rows = m_table->selectedRows();
    return rows.isEmpty() ? nullptr : m_model->rowAt(rows.first());
}

void BackupsDialog::showSelected()
{
    const BackupView *backup = selected();
    enableOrders();
    m_command->setCopyable(backup != nullptr);
    m_command->setText(backup ? BackupTexts::restoreCommand(*backup, m_dataDirectory)
                              : /*: In place of a command, while there is no backup or none is selected. */ tr("Select a backup above."));
}

void BackupsDialog::conclude(Tone tone, const QString &text)
{
    m_result->say(tone, text);
    if (isVisible())
        return;
    Q_EMIT ended(tone, text);
    deleteLater();
}

} // namespace warder
