#pragma once

#include "core/base/RateAction.h"
#include "core/base/RateKey.h"
#include "core/base/Result.h"
#include "core/config/Rate.h"
#include "core/ratelimit/KnownRule.h"
#include "core/ratelimit/RateRule.h"
#include "core/ratelimit/RuleFaults.h"

#include <QStringList>

#include <optional>

namespace warder {

/// A change of a rule; members without a value stay as they are.
struct RuleEdit
{
    std::optional<QString> title = {};
    std::optional<QStringList> routes = {};
    std::optional<RateKey> key = {};
    std::optional<Rate> rate = {};
    std::optional<Seconds> longest = {};
    std::optional<RateAction> action = {};
    std::optional<bool> enabled = {};
};

/// What `edit` would make of the rule `name`, which is `known` (of a new one: of RateRule {.name}); InvalidInput with faults, for which
/// faultsOf() has the `routes`; NotFound where there is none and it is not new; Conflict for one that is locked, and for a new one of a
/// name that is taken. Pure.
Result<RateRule> editedRule(const QString &name, const std::optional<KnownRule> &known, const RuleEdit &edit, bool isNew,
                            const QList<LimitedRoute> &routes);

} // namespace warder
