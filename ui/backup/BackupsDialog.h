#pragma once

#include "core/console/orders/Backups.h"
#include "ui/PageContext.h"
#include "ui/widgets/RowsModel.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace warder {

class CopyField;
class DataTable;
class RestoreWork;
class ResultLine;
class WorkBar;

/// The backups there are, and whether they are good; makes one, checks one, restores one, takes the last restore back, and has the command
/// that does so where no server runs. What goes on when somebody closes it goes on, and until then it is out of view only. GUI thread.
class BackupsDialog final : public QDialog
{
    Q_OBJECT
public:
    BackupsDialog(const PageContext &context, QWidget *parent);

    /// A backup is being made, read or restored; open() shows it, if it is out of view.
    bool isBusy() const;
    WorkBar &work() const { return *m_work; }
    void reject() override;

Q_SIGNALS:
    /// There is a new one.
    void made();
    /// What came of what went on out of view. The dialog goes with that.
    void ended(warder::Tone tone, const QString &text);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void build();
    QWidget *makeTable();
    QWidget *makeOrders();
    QWidget *makeRestore();
    QWidget *makeRestoreOrders(QWidget *parent);
    void read();
    void present(const BackupsView &all);
    void presentError(const Error &error);
    void create();
    void verify();
    void restore();
    void enableOrders();
    void showWork(const Answer<BackupView> &answer, const QString &text);
    void endWork();
    void showSelected();
    const BackupView *selected() const;
    /// Says what came of what took long, also where it went on out of view.
    void conclude(Tone tone, const QString &text);

    PageContext m_context;
    RowsModel<BackupView> *m_model;
    QLabel *m_arrangement;
    DataTable *m_table;
    QPushButton *m_create;
    QPushButton *m_verify;
    QPushButton *m_restore;
    QPushButton *m_takeBack;
    WorkBar *m_work;
    RestoreWork *m_restoring;
    ResultLine *m_result;
    CopyField *m_command;
    QString m_dataDirectory; ///< Of the server; empty while nobody knows.
    QString m_former;        ///< What the last restore has replaced; empty: nothing, or nobody knows yet.
    bool m_hasRead = false;
};

} // namespace warder
