#include "core/base/Fault.h"

using namespace Qt::StringLiterals;

namespace warder {

Fault valueFault(const QString &field, FaultReason reason, const QString &what)
{
    return {.type = u"value_error"_s,
            .location = {u"body"_s, field},
            .message = what + textOf(reason),
            .context = {{u"reason"_s, textOf(reason)}, {u"code"_s, nameOf(reason)}}};
}

Fault tooLongFault(const QString &field, qsizetype most, const QString &unit)
{
    return {.type = u"string_too_long"_s,
            .location = {u"body"_s, field},
            .message = u"String should have at most %1 %2"_s.arg(most).arg(unit),
            .context = {{u"max_length"_s, most}, {u"unit"_s, unit}}};
}

} // namespace warder
