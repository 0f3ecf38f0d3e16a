#pragma once

#include "core/console/orders/Limits.h"
#include "ui/PageContext.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/RowsModel.h"

class QPushButton;
class QStackedWidget;

namespace warder {

class DataTable;
class EmptyState;
class TimeChart;

/// The rules of the rate limiter, what each allowed and denied, and who is limited at this moment; lets them go.
class LimitsPage final : public Page
{
    Q_OBJECT
public:
    LimitsPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    QWidget *firstControl() override;

protected:
    void everySecond() override;

private:
    void build();
    QWidget *makeChart();
    QWidget *makeLimited();
    void showLimited(const QList<LimitedView> &limited);
    void showWhetherAny();
    QString chosenRule() const;
    void unblock();

    RowsModel<RuleView> *m_rules;
    RowsModel<LimitedView> *m_limited;
    DataTable *m_rulesTable;
    DataTable *m_limitedTable;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    TimeChart *m_chart;
    QPushButton *m_unblock;
};

} // namespace warder
