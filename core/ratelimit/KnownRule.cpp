#include "core/ratelimit/KnownRule.h"

#include "core/config/Settings.h"
#include "core/ratelimit/RuleFaults.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

bool holdsRule(const QList<RateRule> &rules, const QString &name)
{
    return std::ranges::any_of(rules, [&](const RateRule &each) { return each.name == name; });
}

/// The place that decides about the rule and cannot be changed from here; empty: none.
QString lockOf(const QString &rule, const QList<SettingDescription> &settings)
{
    for (const QString &key : settingsBehind(rule)) {
        const auto setting = std::ranges::find(settings, key, &SettingDescription::key);
        if (setting != settings.end() && setting->source > SettingSource::Stored)
            return setting->sourceName;
    }
    return {};
}

/// The place that turns all limits off; empty: they are on.
QString switchedOffBy(const Settings &settings, const QList<SettingDescription> &described)
{
    const QString key = u"rate_limit.enabled"_s;
    if (settings.get<"rate_limit.enabled">())
        return {};
    const auto setting = std::ranges::find(described, key, &SettingDescription::key);
    return setting == described.end() || setting->sourceName.isEmpty() ? key : setting->sourceName;
}

/// What is stored of one of Warder's own, which cannot say everything.
RateRule merged(const RateRule &own, const RateRule &stored)
{
    RateRule rule = stored;
    rule.title = own.title;
    rule.counts = own.counts;
    if (own.counts != RateCount::Requests) {
        rule.routes = own.routes;
        rule.key = own.key;
        rule.action = own.action;
    }
    return rule;
}

KnownRule knownOwn(const RateRule &own, const QList<RateRule> &stored, const QString &lockedBy)
{
    const auto found = std::ranges::find(stored, own.name, &RateRule::name);
    if (found == stored.end() || !lockedBy.isEmpty())
        return {.rule = own, .lockedBy = lockedBy};
    const RateRule rule = merged(own, *found);
    const bool isSound = faultsOf(rule, {}).isEmpty(); // a newer Warder may have stored what this one does not know
    return {.rule = isSound ? rule : own, .isEdited = isSound && rule != own};
}

} // namespace

QList<KnownRule> knownRules(const QList<RateRule> &own, const QList<RateRule> &stored, const Settings &settings)
{
    const QList<SettingDescription> described = settings.describe();
    const QString off = switchedOffBy(settings, described);
    QList<KnownRule> all;
    for (const RateRule &each : own)
        all += knownOwn(each, stored, off.isEmpty() ? lockOf(each.name, described) : off);
    for (const RateRule &each : stored) {
        if (holdsRule(own, each.name) || !faultsOf(each, {}).isEmpty())
            continue;
        KnownRule &added = all.emplaceBack(KnownRule {.rule = each, .isOwn = false, .lockedBy = off});
        added.rule.enabled = each.enabled && off.isEmpty();
    }
    return all;
}

} // namespace warder
