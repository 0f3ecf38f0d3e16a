#pragma once

#include "core/base/Clock.h"

#include <QString>
#include <QTimeZone>

#include <optional>
#include <variant>

namespace warder {

/// From when on somebody wants to see what happened: `2h` or `7d` before now, which moves on with it, or a day or time (ISO 8601). A value;
/// any thread.
class Since final
{
public:
    explicit Since(Seconds before) : m_from(before) {}
    explicit Since(TimePoint from) : m_from(from) {}

    /// Nothing for what is neither, and for a span of no time. `zone`: of a day or time that names none.
    static std::optional<Since> fromText(QStringView text, const QTimeZone &zone);
    /// As fromText() reads it in every zone.
    QString text() const;

    TimePoint begin(TimePoint now) const;
    bool movesOn() const { return std::holds_alternative<Seconds>(m_from); }

private:
    std::variant<Seconds, TimePoint> m_from;
};

} // namespace warder
