#pragma once

#include "core/console/orders/Keys.h"

#include <QCoreApplication>

namespace warder {

/// What the page says of a key as it is, in words. GUI thread.
class KeyTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::KeyTexts)
public:
    /// Its life in whole sentences, with times that do not change while nobody touches it.
    static QString life(const KeyView &key);
    /// "ES256", "ES256, then EdDSA".
    static QString algorithm(const KeyView &key);
    /// What comes next by itself: the rotation of a key that signs, and from when on any other is safe to revoke.
    static QString outlook(const KeyView &key, TimePoint now);
    /// The moment of that; empty: there is none.
    static std::optional<TimePoint> turn(const KeyView &key);
    /// What `KeyView::sessions` counts.
    static QString sessions(const KeyView &key);
    /// That the next rotation changes the algorithm; empty if no key of the ring says so.
    static QString change(const QList<KeyView> &ring);
};

} // namespace warder
