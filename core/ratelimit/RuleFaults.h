#pragma once

#include "core/base/Fault.h"
#include "core/ratelimit/RateRule.h"

namespace warder {

/// A route as limits know it.
struct LimitedRoute
{
    QString title; ///< "POST /login"
    QString group; ///< "login"; empty: none.

    bool operator==(const LimitedRoute &) const = default;
};

/// Whether one of the rule's selectors (RateRule::routes) names the route. Pure.
bool appliesTo(const RateRule &rule, const LimitedRoute &route);

/// One thing wrong, at the member of a rule or a network that it is about.
Fault ruleFault(const QString &member, const QString &words);

/// What is wrong with a rule, each fault at the member it is about ("name", "title", "routes", "key", "amount", "period", "burst",
/// "longest", "action"), in words for whoever typed it; empty: nothing. `routes`: the server's table, to refuse a selector that names
/// none of it (empty: no server is there to ask, and any well-formed one will do). Pure.
QList<Fault> faultsOf(const RateRule &rule, const QList<LimitedRoute> &routes);

} // namespace warder
