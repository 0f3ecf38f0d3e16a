#pragma once

#include "core/base/Clock.h"

#include <QString>

#include <optional>

namespace warder {

/// `900`, `30s`, `15m`, `2h`, `14d`: digits and at most one unit, up to 100 years. Nothing for anything else. Any thread.
std::optional<Seconds> parseDuration(QStringView text);

/// The shortest form that parseDuration() reads: 900 s is `15m`.
QString toText(Seconds duration);

} // namespace warder
