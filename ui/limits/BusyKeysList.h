#pragma once

#include "core/console/orders/Limits.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/RowsModel.h"

class QStackedWidget;

namespace warder {

class DataTable;
class EmptyState;

/// Whom a rule counted most in the last hour. GUI thread.
class BusyKeysList final : public Panel
{
    Q_OBJECT
public:
    /// One of them. Those of whom only a hash is known have no name, so they go by their place.
    struct Row
    {
        int place = 0; ///< 0 for those with a name.
        BusyKeyView key;
        bool operator==(const Row &) const = default;
    };

    BusyKeysList(const Clock &clock, QWidget *parent);

    DataTable &table() const { return *m_table; }
    /// `rule`: in words; empty: none is selected, and the list says so.
    void present(const QString &rule, const QList<BusyKeyView> &keys);

private:
    RowsModel<Row> *m_model;
    QStackedWidget *m_stack;
    DataTable *m_table;
    EmptyState *m_empty;
};

} // namespace warder
