#pragma once

#include "core/ratelimit/RateRule.h"

#include <QList>
#include <QString>

namespace warder {

class Settings;

/// A rule with where it comes from.
struct KnownRule
{
    RateRule rule;
    bool isOwn = true;     ///< One of Warder's own: it cannot be removed, only reset.
    bool isEdited = false; ///< Its own numbers are not those of the settings.
    QString lockedBy =
        {}; ///< Where a setting decides its rate that nobody can override here: "warder.conf:12", "WARDER_…"; empty: it may be edited.

    bool operator==(const KnownRule &) const = default;
};

/// Warder's `own` rules as the settings have them, each with what is `stored` of it laid over where no setting locks it; then those of
/// `stored` that were added, all off where the settings turn limits off. What is stored and unsound does not count. Pure.
QList<KnownRule> knownRules(const QList<RateRule> &own, const QList<RateRule> &stored, const Settings &settings);

} // namespace warder
