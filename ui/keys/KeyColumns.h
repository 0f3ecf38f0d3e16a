#pragma once

#include "core/console/orders/Keys.h"
#include "ui/widgets/RowsModel.h"

namespace warder {

QList<Column<KeyView>> keyColumns();

} // namespace warder
