#include "ui/limits/LimitUndos.h"

#include "ui/limits/LimitTexts.h"
#include "ui/limits/RuleChanges.h"
#include "ui/support/UiTexts.h"

#include <algorithm>

namespace warder {

QString LimitUndos::added(const RuleView &rule)
{
    //: What was done and can be taken back; %1 is the name of a rule.
    return tr("New rule “%1”").arg(UiTexts::foreign(LimitTexts::name(rule)));
}

QString LimitUndos::changed(const RuleView &rule)
{
    //: What was done and can be taken back; %1 is the name of a rule.
    return tr("Change of the rule “%1”").arg(UiTexts::foreign(LimitTexts::name(rule)));
}

QString LimitUndos::removed(const RuleView &rule)
{
    const QString shown = UiTexts::foreign(LimitTexts::name(rule));
    return rule.isOwn ? /*: What was done and can be taken back; %1 is the name of a rule. */ tr("Reset of the rule “%1”").arg(shown)
                      : /*: What was done and can be taken back; %1 is the name of a rule. */ tr("Removal of the rule “%1”").arg(shown);
}

QString LimitUndos::added(const NetworkView &network)
{
    const QString shown = UiTexts::foreign(network.network);
    return network.standing == NetworkStanding::Exempt
               ? /*: What was done and can be taken back; %1 is a network. */ tr("Exemption of %1").arg(shown)
               : /*: What was done and can be taken back; %1 is a network. */ tr("Block of %1").arg(shown);
}

QString LimitUndos::removed(const NetworkView &network)
{
    const QString shown = UiTexts::foreign(network.network);
    return network.standing == NetworkStanding::Exempt
               ? /*: What was done and can be taken back; %1 is a network. */ tr("End of the exemption of %1").arg(shown)
               : /*: What was done and can be taken back; %1 is a network. */ tr("End of the block of %1").arg(shown);
}

bool LimitUndos::isStill(const RuleView &left, const QList<RuleView> &rules)
{
    const auto now = std::ranges::find(rules, left.name, &RuleView::name);
    return now != rules.end() && now->isEdited == left.isEdited && now->isOwn == left.isOwn
           && RuleChanges::isNothing(RuleChanges::between(*now, left));
}

bool LimitUndos::isStillRemoved(const RuleView &removed, const QList<RuleView> &rules)
{
    const auto now = std::ranges::find(rules, removed.name, &RuleView::name);
    return removed.isOwn ? now != rules.end() && !now->isEdited : now == rules.end();
}

bool LimitUndos::isStill(const NetworkView &left, const QList<NetworkView> &networks)
{
    const auto now = std::ranges::find(networks, left.id, &NetworkView::id);
    return now != networks.end() && now->network == left.network && now->standing == left.standing && now->reason == left.reason
           && now->until == left.until;
}

bool LimitUndos::isStillRemoved(const NetworkView &removed, const QList<NetworkView> &networks)
{
    return std::ranges::find(networks, removed.network, &NetworkView::network) == networks.end();
}

} // namespace warder
