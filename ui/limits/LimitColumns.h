#pragma once

#include "core/console/orders/Limits.h"
#include "ui/widgets/RowsModel.h"

namespace warder {

QList<Column<RuleView>> ruleColumns();
QList<Column<LimitedView>> limitedColumns();

} // namespace warder
