#include "ui/users/import/UserImportDialog.h"

#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/users/import/FirebaseField.h"
#include "ui/users/import/ImportFaultsModel.h"
#include "ui/users/import/ImportTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/InlineMessage.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/WorkBar.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

void UserImportDialog::start(const PageContext &context, QWidget *parent, std::function<void(const QString &said)> onDone)
{
    //: Title of a dialog that asks for a file.
    auto *chooser = new QFileDialog(parent, tr("Import users"));
    chooser->setObjectName(u"importFile"_s);
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    //: Kind of file in a dialog that asks for one; what is in brackets stays as it is.
    chooser->setNameFilters({tr("Files with users (*.csv *.tsv *.txt *.json *.jsonl *.ndjson *.db *.sqlite *.sqlite3)"),
                             //: Kind of file in a dialog that asks for one; what is in brackets stays as it is.
                             tr("All files (*)")});
    connect(chooser, &QFileDialog::fileSelected, parent, [context, parent, onDone = std::move(onDone)](const QString &file) {
        auto *dialog = new UserImportDialog(context, file, parent, onDone);
        dialog->open();
    });
    chooser->open();
}

UserImportDialog::UserImportDialog(const PageContext &context, const QString &file, QWidget *parent,
                                   std::function<void(const QString &said)> onDone, const std::optional<FirebaseParameters> &firebase)
    : QDialog(parent), m_context(context), m_file(file), m_onDone(std::move(onDone)), m_notice(new InlineMessage(this)),
      m_counts(strongLabel({}, this)), m_consequence(textLabel({}, this)), m_more(quietLabel({}, this)), m_work(new WorkBar(this))
{
    setObjectName(u"import"_s);
    //: Title of a dialog.
    setWindowTitle(tr("Import users"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(600);
    build(context.clock);
    connect(this, &QDialog::rejected, this, &UserImportDialog::leave);
    connect(m_firebase, &FirebaseField::given, this, &UserImportDialog::readAgain);
    read(firebase);
}

void UserImportDialog::build(const Clock &clock)
{
    m_model = new ImportFaultsModel(clock, this);
    //: Name of a table, for screen readers, and of a file.
    m_faults = new DataTable(tr("Faults of the file"), u"importFaults"_s, this);
    m_faults->present(m_model);
    m_faults->exportByItself(m_faults->accessibleName(), [this](const QString &fault) { m_notice->showMessage(UiTexts::reason(fault)); });
    m_faults->setMinimumHeight(200);
    m_faults->hide();
    m_counts->setObjectName(u"counts"_s);
    m_counts->setWordWrap(true);
    m_consequence->setObjectName(u"consequence"_s);
    m_more->hide();
    m_firebase = new FirebaseField(this);
    m_firebase->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    column->setSpacing(Space::medium);
    column->addWidget(titleLabel(windowTitle(), this));
    column->addWidget(quietLabel(UiTexts::breakable(UiTexts::plain(m_file), 40), this));
    column->addWidget(m_notice);
    column->addWidget(m_counts);
    column->addWidget(m_faults, 1);
    column->addWidget(m_more);
    column->addWidget(m_consequence);
    column->addWidget(m_firebase);
    column->addWidget(m_work);
    column->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_import = buttons->addButton(ImportTexts::action(0), QDialogButtonBox::AcceptRole);
    m_import->setObjectName(u"import"_s);
    m_import->setEnabled(false);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &UserImportDialog::write);
    connect(buttons, &QDialogButtonBox::rejected, this, &UserImportDialog::reject);
}

void UserImportDialog::leave()
{
    if (!std::exchange(m_isWriting, false))
        return;
    m_run->stop();
    m_onDone(ImportTexts::stopped());
}

void UserImportDialog::readAgain(const FirebaseParameters &firebase)
{
    auto *next = new UserImportDialog(m_context, m_file, parentWidget(), m_onDone, firebase);
    reject();
    next->open();
}

void UserImportDialog::read(const std::optional<FirebaseParameters> &firebase)
{
    m_run = new ImportRun(m_context, m_file, firebase, this);
    connect(m_run, &ImportRun::unreadable, this, &UserImportDialog::presentUnreadable);
    connect(m_run, &ImportRun::progressed, this, &UserImportDialog::presentProgress);
    connect(m_run, &ImportRun::judged, this, &UserImportDialog::presentOutcome);
    connect(m_run, &ImportRun::failed, this, &UserImportDialog::presentFailure);
    connect(m_run, &ImportRun::written, this, [this](const UserImport &outcome) {
        m_isWriting = false;
        m_onDone(ImportTexts::done(outcome));
        accept();
    });
    m_counts->setText(ImportTexts::reading(0));
    //: Beside a progress bar.
    m_work->begin(tr("Reading the file…"), [this] { reject(); });
    m_run->judge();
}

void UserImportDialog::presentUnreadable(const QString &why)
{
    m_work->end();
    //: A file with users cannot be read. A sentence that says why follows.
    m_notice->showMessage(tr("This file cannot be read.") + u' ' + UiTexts::reason(why));
    m_counts->hide();
}

void UserImportDialog::presentProgress(qint64 done, qint64 all)
{
    constexpr qint64 steps = 1000; // a file may have more bytes than an int
    m_work->progress(all > 0 ? done * steps / all : 0, all > 0 ? steps : 0);
    m_counts->setText(m_isWriting ? ImportTexts::writing(m_added) : ImportTexts::reading(m_run->recordsRead()));
}

void UserImportDialog::presentOutcome(const UserImport &outcome)
{
    m_work->end();
    m_added = outcome.added;
    m_model->add(outcome.faults);
    m_faults->setVisible(!outcome.faults.isEmpty());
    m_more->setText(ImportTexts::faultsShown(outcome));
    m_more->setVisible(outcome.moreFaults > 0);
    m_counts->setText(ImportTexts::counts(outcome, m_run->recordsRead()));
    m_consequence->setText(ImportTexts::consequence(outcome, m_run->unused()));
    m_import->setText(ImportTexts::action(outcome.added));
    m_import->setEnabled(outcome.added > 0);
    m_import->setDefault(outcome.added > 0);
    m_import->setAccessibleDescription(m_counts->text());
    m_firebase->setVisible(m_run->lacksFirebase());
    if (outcome.added > 0)
        m_import->setFocus();
    else if (m_run->lacksFirebase())
        m_firebase->setFocus();
    else if (!outcome.faults.isEmpty())
        m_faults->setFocus();
    adjustSize();
}

void UserImportDialog::presentFailure(const Error &error, bool wasStopped)
{
    m_work->end();
    m_isWriting = false;
    if (wasStopped)
        return;
    const QString what = UiTexts::of(error);
    m_notice->showMessage(error.ended ? QString(what + u' ' + ImportTexts::someStay()) : what);
    m_counts->setText({});
    m_import->setEnabled(false); // what was read may be half: the file is to be chosen again
}

void UserImportDialog::write()
{
    m_isWriting = true;
    m_import->setEnabled(false);
    m_consequence->clear();
    m_counts->setText(ImportTexts::writing(m_added));
    //: Beside a progress bar: users of a file are taken over.
    m_work->begin(tr("Importing…"), [this] { reject(); });
    m_run->write();
}

} // namespace warder
