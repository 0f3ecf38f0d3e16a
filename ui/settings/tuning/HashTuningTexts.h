#pragma once

#include "core/console/orders/Hashing.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

#include <chrono>

namespace warder {

struct TriedHash;

/// What password hashes cost, and what a tuning found, in words. Pure; GUI thread.
class HashTuningTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::HashTuningTexts)
public:
    /// "64 MiB · 3 passes", "Cost 12".
    static QString cost(const HashCostView &of);
    static QString time(std::chrono::microseconds span);
    static QString memory(qint64 kib);
    static QString perSecond(double number);
    static QString standing(const TriedHash &tried);
    static Tone tone(const TriedHash &tried);

    /// What a tuning does.
    static QString introduction(const HashingView &here);
    /// How many passwords are hashed at once, and what that leaves for each of so much memory.
    static QString share(const HashingView &here, int memoryMib);
    static QString measuring(const HashCostView &of);
    /// Today's cost and tomorrow's, and when that is.
    static QString outcome(const HashingView &here, const HashTrialView &today, const HashTrialView &proposed, SettingEffect effect);
    /// In place of an outcome.
    static QString unchanged();
    static QString stopped();
    /// After an outcome: nothing that is safe is as quick as was asked.
    static QString tooSlow(Milliseconds target);
};

} // namespace warder
