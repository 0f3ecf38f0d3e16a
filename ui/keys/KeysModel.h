#pragma once

#include "core/console/orders/Keys.h"
#include "ui/widgets/RowsModel.h"

namespace warder {

/// The ring of signing keys, as it was told last: those that sign first. GUI thread.
class KeysModel final : public RowsModel<KeyView>
{
    Q_OBJECT
public:
    KeysModel(const Clock &clock, QObject *parent);

    /// The ring of now, in any order.
    void present(QList<KeyView> keys);
    /// Null: it is gone. Until the next present().
    const KeyView *find(const QString &kid) const;
};

} // namespace warder
