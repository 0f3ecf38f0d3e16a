#pragma once

#include "core/base/Clock.h"

#include <QStringList>

namespace warder {

/// A denial so soon after the last one was over belongs to it.
inline constexpr Seconds sameStretch {60};

/// Somebody whom rules hold back, or held back in the last 24 hours: one address and account (either may be empty), whatever the number
/// of rules.
struct HeldBack
{
    QString address;   ///< As countedAddressText() or networkTextOf() writes it; empty: a rule that counts accounts, whoever asks.
    QString account;   ///< Normalised; empty: a rule that counts addresses, whatever account is named.
    QStringList rules; ///< Names, the one that holds longest first.
    TimePoint since;
    TimePoint until;        ///< When the next request would be allowed; in the past: it is over.
    qint64 denials = 0;     ///< Since `since`.
    qint64 signIns = 0;     ///< Of those denials, how many were tries to sign in.
    QStringList tried = {}; ///< Names of accounts at which an address was denied, last first, at most `mostTried`.
    qint64 accounts = 0;    ///< How many different ones, at most 1 000 counted.

    static constexpr qsizetype mostTried = 8;

    bool operator==(const HeldBack &) const = default;
};

/// A wait that outlives a restart. What it says is opaque to all but the one that made it; it holds no secret.
struct KeptWait
{
    QString rule;
    QString address;
    QString account;
    TimePoint since;
    TimePoint until;
    qint64 count = 0; ///< Of a back-off: wrong passwords so far. Of requests: microseconds of the bucket, as Gcra counts them.
    qint64 denials = 0;

    bool operator==(const KeptWait &) const = default;
};

} // namespace warder
