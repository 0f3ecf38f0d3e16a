#pragma once

#include "core/console/orders/Limits.h"

namespace warder {

/// What is to be ordered so that a rule is as it was. Pure.
namespace RuleChanges {

/// What makes the rule `to` of the rule `from`, and nothing else. The name is that of `to`.
RuleWish between(const RuleView &from, const RuleView &to);
/// Whether it changes nothing.
bool isNothing(const RuleWish &wish);
/// All there is of an added rule, to make it anew.
RuleWish whole(const RuleView &rule);
/// The numbers of one of Warder's own, and of those that count requests the rest as well.
RuleWish wholeOwn(const RuleView &rule);

} // namespace RuleChanges

} // namespace warder
