#pragma once

#include "core/console/orders/Hashing.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/settings/tuning/TriedHash.h"
#include "ui/widgets/RowsModel.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QSpinBox;

namespace warder {

class DataTable;
class HashTuningRun;
class ResultLine;
class WorkBar;

/// Measures what password hashes cost on the server's machine, step by step, and proposes settings; stores nothing: who opened it hears of
/// what was chosen. What is being measured when it closes is stopped. Goes when it closes. GUI thread.
class HashTuningDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `settings`: all of the server's, as they were when it was opened.
    HashTuningDialog(const PageContext &context, const QList<SettingView> &settings, QWidget *parent);

Q_SIGNALS:
    /// The person wants these; before it closes.
    void chosen(const QList<warder::SettingChoice> &choices);

private:
    void build();
    QWidget *makeFields();
    QSpinBox *makeField(QWidget &place, const QString &name, const QString &key);
    QWidget *makeTable();
    QWidget *makeOrders();
    QWidget *makeButtons();
    void wire();

    void read();
    void present(const HashingView &here);
    void showShare();
    void measure();
    void presentMeasured(const TuningView &view);
    void presentEnd(const Error &error, bool wasStopped);
    void conclude(const HashTrialView &today, const HashTrialView &proposed);
    void setBusy(bool busy);
    const SettingView *find(const QString &key) const;
    /// Of those that the proposal would change, the first that is changed elsewhere only.
    const SettingView *lockedOf(const QList<SettingChoice> &choices) const;

    PageContext m_context;
    const QList<SettingView> m_settings;
    RowsModel<TriedHash> *m_model;
    QLabel *m_introduction;
    QSpinBox *m_target = nullptr;
    QWidget *m_memoryField = nullptr;
    QSpinBox *m_memory = nullptr;
    QLabel *m_share;
    DataTable *m_table = nullptr;
    QPushButton *m_measure = nullptr;
    WorkBar *m_work = nullptr;
    ResultLine *m_result;
    QPushButton *m_use = nullptr;
    HashTuningRun *m_run;
    HashingView m_here;
    QList<SettingChoice> m_choices; ///< What is proposed, as far as it differs from what there is.
};

} // namespace warder
