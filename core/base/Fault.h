#pragma once

#include "core/base/FaultReason.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <optional>

namespace warder {

using namespace Qt::StringLiterals;

/// One thing wrong with what a caller sent, in the shape FastAPI users know (pydantic v2): which rule (`type`), where
/// (`location`, e.g. ["body", "email"]), in words (`message`), and the limit it broke (`context`).
struct Fault
{
    QString type; ///< missing, string_type, string_too_short, string_too_long, value_error, …
    QList<QJsonValue> location;
    QString message;
    std::optional<QJsonValue> input = {}; ///< What was sent; never set for a password or a token.
    QJsonObject context = {};

    bool operator==(const Fault &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("type"_L1, v.type, "location"_L1, v.location, "message"_L1, v.message, "input"_L1, v.input, "context"_L1, v.context);
    }
};

/// A member of the body with a value that a rule forbids, as pydantic words it: "Value error, " and the reason.
Fault valueFault(const QString &field, FaultReason reason, const QString &what = QStringLiteral("Value error, "));
/// One that is longer than `most` characters or bytes.
Fault tooLongFault(const QString &field, qsizetype most, const QString &unit);

} // namespace warder
