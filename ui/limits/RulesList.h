#pragma once

#include "core/console/orders/Limits.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/RowsModel.h"

class QPushButton;

namespace warder {

class DataTable;

/// The rules with what they allow, how full they are and what they did, and the orders about the selected one. GUI thread.
class RulesList final : public Panel
{
    Q_OBJECT
public:
    RulesList(const Clock &clock, QWidget *parent);

    DataTable &table() const { return *m_table; }
    void present(const QList<RuleView> &rules);
    /// Null: none. Until the next present().
    const RuleView *selected() const;

Q_SIGNALS:
    void selectionMoved();
    void addWanted();
    void editWanted(const warder::RuleView &rule);
    void switchWanted(const warder::RuleView &rule);
    /// Reset, if it is one of Warder's own.
    void removalWanted(const warder::RuleView &rule);

private:
    using Order = void (RulesList::*)(const RuleView &);

    void addButtons();
    /// Of the selected rule, if the button permits it at this moment.
    void want(const QPushButton &button, Order order);
    void connectOrder(QPushButton *button, Order order);
    void showOrders();

    RowsModel<RuleView> *m_model;
    DataTable *m_table;
    QPushButton *m_edit;
    QPushButton *m_switch;
    QPushButton *m_remove;
};

} // namespace warder
