#pragma once

#include "core/base/Id.h"

#include <QList>

namespace warder {

/// The ids in as few pieces as can be, none of more than `most`, which is what one order takes. They are of about the same length: an order
/// about a single one is refused where one of several is passed over. Pure; any thread.
inline QList<QList<Id>> inPieces(const QList<Id> &ids, qsizetype most)
{
    QList<QList<Id>> pieces;
    const qsizetype number = (ids.size() + most - 1) / most;
    for (qsizetype each = 0; each < number; ++each) {
        const qsizetype from = ids.size() * each / number;
        pieces.emplaceBack(ids.mid(from, ids.size() * (each + 1) / number - from));
    }
    return pieces;
}

} // namespace warder
