#include "core/ratelimit/LimitEvents.h"

#include "core/config/Duration.h"
#include "core/ratelimit/NetworkRule.h"
#include "core/ratelimit/RateRule.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QJsonObject detailsOf(const RateRule &rule)
{
    return {{u"limit"_s, rule.name},        {u"routes"_s, rule.routes.join(u' ')}, {u"key"_s, nameOf(rule.key)},
            {u"rate"_s, toText(rule.rate)}, {u"action"_s, nameOf(rule.action)},    {u"enabled"_s, rule.enabled}};
}

QJsonObject differences(const RateRule &before, const RateRule &after)
{
    QJsonObject details {{u"limit"_s, after.name}};
    const auto note = [&details](bool differs, const QString &member, const QJsonValue &value) {
        if (differs)
            details.insert(member, value);
    };
    note(before.title != after.title, u"title"_s, after.title);
    note(before.routes != after.routes, u"routes"_s, after.routes.join(u' '));
    note(before.key != after.key, u"key"_s, nameOf(after.key));
    note(before.rate != after.rate, u"rate"_s, toText(after.rate));
    note(before.longest != after.longest, u"longest"_s, toText(after.longest));
    note(before.action != after.action, u"action"_s, nameOf(after.action));
    note(before.enabled != after.enabled, u"enabled"_s, after.enabled);
    return details;
}

QJsonObject detailsOf(const NetworkRule &rule)
{
    QJsonObject details {{u"network"_s, rule.network}, {u"standing"_s, nameOf(rule.standing)}};
    if (!rule.reason.isEmpty())
        details.insert("reason"_L1, rule.reason);
    if (rule.until)
        details.insert("until"_L1, toText(*rule.until));
    return details;
}

AuditEvent limitEvent(QLatin1StringView type, const QString &actor, const QJsonObject &details, TimePoint now)
{
    return {.at = now, .type = type, .actor = actor, .details = details};
}

} // namespace

AuditEvent limit_events::ruleAdded(const RateRule &rule, const QString &actor, TimePoint now)
{
    return limitEvent(audit::limitAdded, actor, detailsOf(rule), now);
}

AuditEvent limit_events::ruleChanged(const RateRule &before, const RateRule &after, const QString &actor, TimePoint now)
{
    return limitEvent(audit::limitChanged, actor, differences(before, after), now);
}

AuditEvent limit_events::ruleRemoved(const QString &name, const QString &actor, TimePoint now)
{
    return limitEvent(audit::limitRemoved, actor, QJsonObject {{u"limit"_s, name}}, now);
}

AuditEvent limit_events::networkAdded(const NetworkRule &rule, const QString &actor, TimePoint now)
{
    return limitEvent(audit::networkAdded, actor, detailsOf(rule), now);
}

AuditEvent limit_events::networkRemoved(const NetworkRule &rule, const QString &actor, TimePoint now)
{
    return limitEvent(audit::networkRemoved, actor, detailsOf(rule), now);
}

} // namespace warder
