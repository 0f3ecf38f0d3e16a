#pragma once

#include "core/console/orders/Imports.h"
#include "core/imports/FirebaseParameters.h"
#include "ui/PageContext.h"
#include "ui/users/import/ImportRun.h"

#include <QDialog>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace warder {

class DataTable;
class FirebaseField;
class ImportFaultsModel;
class InlineMessage;
class WorkBar;

/// Users of a file, before they are imported: how many are new, there already or faulty, what is wrong line by line, and one button to
/// import them. Takes what `warderd user import` takes. GUI thread.
class UserImportDialog final : public QDialog
{
    Q_OBJECT
public:
    /// Asks for a file first. `onDone` is told in words what became of it.
    static void start(const PageContext &context, QWidget *parent, std::function<void(const QString &said)> onDone);

    /// `firebase`: how the passwords of a file from there are hashed. Where it is needed and absent the dialog asks for it.
    UserImportDialog(const PageContext &context, const QString &file, QWidget *parent, std::function<void(const QString &said)> onDone,
                     const std::optional<FirebaseParameters> &firebase = {});

private:
    void build(const Clock &clock);
    void read(const std::optional<FirebaseParameters> &firebase);
    /// A dialog in place of this one.
    void readAgain(const FirebaseParameters &firebase);
    /// Cancel, Escape, and the button of the progress bar.
    void leave();
    void presentUnreadable(const QString &why);
    void presentProgress(qint64 done, qint64 all);
    void presentOutcome(const UserImport &outcome);
    void presentFailure(const Error &error, bool wasStopped);
    void write();

    PageContext m_context;
    const QString m_file;
    std::function<void(const QString &said)> m_onDone;
    ImportRun *m_run = nullptr;
    ImportFaultsModel *m_model = nullptr;
    InlineMessage *m_notice;
    QLabel *m_counts;
    QLabel *m_consequence;
    DataTable *m_faults = nullptr;
    QLabel *m_more;
    FirebaseField *m_firebase = nullptr;
    WorkBar *m_work;
    QPushButton *m_import = nullptr;
    qint64 m_added = 0; ///< How many it would be.
    bool m_isWriting = false;
};

} // namespace warder
