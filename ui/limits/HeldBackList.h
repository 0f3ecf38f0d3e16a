#pragma once

#include "core/console/orders/Limits.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/RowsModel.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace warder {

class Chips;
class DataTable;
class EmptyState;

/// Whom the limits hold back, now or within the last 24 hours, and the orders about them. GUI thread.
class HeldBackList final : public Panel
{
    Q_OBJECT
public:
    HeldBackList(const Clock &clock, QWidget *parent);

    DataTable &table() const { return *m_table; }
    /// What is to be shown: 0, who is held back now, or 24 hours.
    Seconds timeWindow() const;
    void present(const QList<HeldBackView> &rows);
    /// Shows 24 hours, and selects the row of that address or account with the next present(), if there is one.
    void seek(const QString &who);
    /// Whether there may be more than the server lists.
    void showWhetherCut(bool isCut);
    /// Time went by: ages, and in the list of now those who are free again leave.
    void passTime(TimePoint now);
    /// So many that reading them each second would be too much.
    bool isLong() const { return m_model->rowCount() > 500; }

Q_SIGNALS:
    void windowChanged();
    void unblockWanted(const QList<warder::HeldBackView> &rows);
    /// `network`: an address as the limits write it.
    void networkWanted(const QString &network, warder::NetworkStanding standing);

private:
    void addTools();
    void addStandingButton(QPushButton *button, NetworkStanding standing);
    QList<HeldBackView> selected() const;
    /// Those of the selected who still wait.
    QList<HeldBackView> waiting() const;
    void unblock();
    void showWhetherAny();
    void selectSought();

    const Clock &m_clock;
    RowsModel<HeldBackView> *m_model;
    Chips *m_window;
    QPushButton *m_unblock;
    QPushButton *m_exempt;
    QPushButton *m_block;
    QStackedWidget *m_stack;
    DataTable *m_table;
    EmptyState *m_empty;
    QLabel *m_cut;
    QString m_sought;
};

} // namespace warder
