#pragma once

#include "core/crypto/KeyMaterial.h"

#include <QList>

namespace warder::test {

/// All that a key can be for, so that a new one is under test at once.
inline QList<SignatureAlgorithm> everyAlgorithm()
{
    QList<SignatureAlgorithm> all;
    for (const QLatin1StringView name : namesOf<SignatureAlgorithm>)
        all += fromName<SignatureAlgorithm>(QString(name)).value();
    return all;
}

} // namespace warder::test
