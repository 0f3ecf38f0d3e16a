#pragma once

#include "core/console/orders/Limits.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/RowsModel.h"

class QPushButton;
class QStackedWidget;

namespace warder {

class DataTable;
class EmptyState;

/// The networks that are exempt from the limits, and those that are blocked. GUI thread.
class NetworksList final : public Panel
{
    Q_OBJECT
public:
    NetworksList(const Clock &clock, QWidget *parent);

    DataTable &table() const { return *m_table; }
    void present(const QList<NetworkView> &networks);
    /// Time went by.
    void refreshAges() { m_model->refreshAges(); }

Q_SIGNALS:
    void addWanted(warder::NetworkStanding standing);
    void removalWanted(const warder::NetworkView &network);

private:
    void addButtons();
    void remove();
    void showWhetherAny();

    RowsModel<NetworkView> *m_model;
    QPushButton *m_remove;
    QStackedWidget *m_stack;
    DataTable *m_table;
    EmptyState *m_empty;
};

} // namespace warder
