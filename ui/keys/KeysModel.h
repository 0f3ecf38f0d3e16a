#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Keys.h"
#include "ui/widgets/RowsModel.h"

namespace warder {

/// The ring of keys, as the core lists it.
class KeysModel final : public RowsModel<KeyView>
{
    Q_OBJECT
public:
    KeysModel(const Clock &clock, QObject *parent);

    enum ColumnIndex { State, Purpose, Kid, Algorithm, Age, Safe };

    /// Current keys first, access before refresh.
    void replaceAll(QList<KeyView> keys);
};

} // namespace warder
