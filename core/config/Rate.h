#pragma once

#include "core/base/Clock.h"

#include <QString>

#include <optional>

namespace warder {

/// So many in so long, of which `burst` may come at once: `30/1m burst 30`; or `off`. A value; any thread.
struct Rate
{
    qint64 amount = 1;  ///< 1–1 000 000; 0: off.
    Seconds period {1}; ///< 1 second – 30 days.
    qint64 burst = 1;   ///< 1–1 000 000.

    bool isOff() const { return amount == 0; }
    bool operator==(const Rate &) const = default;
};

/// `amount/period[ burst n]` or `off`; without the burst it is the amount. Nothing for anything else.
std::optional<Rate> parseRate(QStringView text);

/// The form that parseRate() reads.
QString toText(const Rate &rate);

} // namespace warder
