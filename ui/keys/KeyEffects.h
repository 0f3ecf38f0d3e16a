#pragma once

#include "core/console/orders/Keys.h"
#include "ui/widgets/Confirm.h"

#include <QCoreApplication>

namespace warder {

/// What an order about a key does, exactly: said before it, and after it. A ring is that of the same moment as the key. GUI thread.
class KeyEffects final
{
    Q_DECLARE_TR_FUNCTIONS(warder::KeyEffects)
public:
    /// What the key says that it permits; empty: it does not.
    static std::optional<KeyMoveView> moveOf(const KeyView &key, KeyMove move);

    /// `lacking`: so many of those who fetch the public keys do not have the one that signs next.
    static Confirmation before(const KeyView &key, const KeyMoveView &move, const QList<KeyView> &ring, qsizetype lacking);

    static QString rotated(const KeyView &fresh);
    /// `seen`: so many sessions the question spoke of.
    static QString revoked(const KeyView &revoked, qint64 seen);
    static QString restored(const KeyRestored &answer);
    static QString removed(const KeyView &key);
    /// Somebody else was faster, or time went by.
    static QString noMore(const QString &kid);
    static QString imported(const KeyView &key);
    static QString beforeImport();
    static QString beforeImportOfFormer();
};

} // namespace warder
