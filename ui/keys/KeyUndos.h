#pragma once

#include "core/console/orders/Keys.h"
#include "ui/widgets/Confirm.h"

#include <QCoreApplication>

#include <optional>

namespace warder {

/// What was done to a key and can be taken back by restoring it: how that is called, and what restoring would do now. A ring is that of
/// one moment. GUI thread.
class KeyUndos final
{
    Q_DECLARE_TR_FUNCTIONS(warder::KeyUndos)
public:
    /// What restoring a key leads from and to. Where two of them differ, it would do something else than it would have done before.
    struct Restoring
    {
        KeyState from = KeyState::Standby;
        std::optional<KeyState> to = {};
        QString inPlaceOf = {}; ///< The key that signs, if the restored one would take its place.

        bool operator==(const Restoring &) const = default;
    };

    /// Nothing: the key does not permit it, or is gone.
    static std::optional<Restoring> restorable(const QString &kid, const QList<KeyView> &ring);
    /// "Rotation of Zk9Qw3sT1vLr2YxB"
    static QString what(KeyMove move, const QString &kid);
    /// Before the key is restored; it is restorable in that ring.
    static Confirmation question(const QString &kid, const QList<KeyView> &ring);
};

} // namespace warder
