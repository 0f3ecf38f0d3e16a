#include "core/ratelimit/RuleEdit.h"

#include "core/ratelimit/LimitRefusals.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

RateRule changed(const RateRule &before, const RuleEdit &edit)
{
    RateRule after = before;
    after.title = edit.title.value_or(before.title).trimmed();
    after.routes = edit.routes.value_or(before.routes);
    after.key = edit.key.value_or(before.key);
    after.rate = edit.rate.value_or(before.rate);
    after.longest = edit.longest.value_or(before.longest);
    after.action = edit.action.value_or(before.action);
    after.enabled = edit.enabled.value_or(before.enabled);
    return after;
}

} // namespace

Result<RateRule> editedRule(const QString &name, const std::optional<KnownRule> &known, const RuleEdit &edit, bool isNew,
                            const QList<LimitedRoute> &routes)
{
    if (isNew && known)
        return limit_refusals::conflict(u"name"_s, u"There is a limit named %1 already"_s.arg(name));
    if (!isNew && !known)
        return limit_refusals::noRule(name);
    if (known && !known->lockedBy.isEmpty())
        return refused(ErrorCode::Conflict, u"%1 is decided by %2: change it there"_s.arg(name, known->lockedBy));
    const RateRule before = known ? known->rule : RateRule {.name = name};
    const RateRule after = changed(before, edit);
    QList<Fault> faults = faultsOf(after, routes);
    if (isNew && !edit.rate)
        faults += ruleFault(u"amount"_s, u"Say how many are allowed, and in how long"_s);
    if (known && known->isOwn && !after.title.isEmpty())
        faults += ruleFault(u"title"_s, u"Warder's own limits have their titles"_s);
    if (before.counts != RateCount::Requests && after.key != before.key)
        faults += ruleFault(u"key"_s, u"This rule always counts by %1"_s.arg(nameOf(before.key)));
    return faults.isEmpty() ? Result<RateRule>(after) : limit_refusals::invalid(faults);
}

} // namespace warder
