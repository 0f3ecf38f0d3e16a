#pragma once

#include "core/audit/AuditEvent.h"

#include <QString>

namespace warder {

struct NetworkRule;
struct RateRule;

/// What the audit record says of changes of rules and networks. Pure.
namespace limit_events {

AuditEvent ruleAdded(const RateRule &rule, const QString &actor, TimePoint now);
/// Tells only what is another than before.
AuditEvent ruleChanged(const RateRule &before, const RateRule &after, const QString &actor, TimePoint now);
AuditEvent ruleRemoved(const QString &name, const QString &actor, TimePoint now);

AuditEvent networkAdded(const NetworkRule &rule, const QString &actor, TimePoint now);
AuditEvent networkRemoved(const NetworkRule &rule, const QString &actor, TimePoint now);

} // namespace limit_events
} // namespace warder
