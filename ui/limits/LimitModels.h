#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Limits.h"
#include "ui/widgets/RowsModel.h"

namespace warder {

/// The rules and what they did in the last ten minutes.
class RulesModel final : public RowsModel<RuleView>
{
    Q_OBJECT
public:
    RulesModel(const Clock &clock, QObject *parent);
    enum ColumnIndex { Name, Routes, Key, Rate, Burst, State, Allowed, Denied, History };
    void replaceAll(const QList<RuleView> &rules);
};

/// Who is being limited at this moment.
class LimitedModel final : public RowsModel<LimitedView>
{
    Q_OBJECT
public:
    LimitedModel(const Clock &clock, QObject *parent);
    enum ColumnIndex { Who, Rule, Since, Until, Denials };
    void replaceAll(const QList<LimitedView> &limited);
    /// Those whose time has come.
    void dropOver();
};

bool operator==(const RuleView &a, const RuleView &b);

} // namespace warder
