#include "core/ratelimit/LimitRefusals.h"

#include "core/base/Text.h"
#include "core/ratelimit/RuleFaults.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace warder {

std::unexpected<Error> limit_refusals::invalid(const QList<Fault> &faults)
{
    QStringList words;
    for (const Fault &each : faults)
        words += each.message;
    return std::unexpected(Error {.code = ErrorCode::InvalidInput, .detail = words.join(u"; "_s), .faults = faults});
}

std::unexpected<Error> limit_refusals::conflict(const QString &member, const QString &words)
{
    return std::unexpected(Error {.code = ErrorCode::Conflict, .detail = words, .faults = {ruleFault(member, words)}});
}

std::unexpected<Error> limit_refusals::noRule(const QString &name)
{
    return refused(ErrorCode::NotFound, u"no limit is named %1"_s.arg(shortened(name)));
}

} // namespace warder
