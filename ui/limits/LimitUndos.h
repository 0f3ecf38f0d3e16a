#pragma once

#include "core/console/orders/Limits.h"

#include <QCoreApplication>

namespace warder {

/// What was done about limits, as the list of what can be taken back names it, and whether it still is as it was left. The rules and
/// networks that are looked at are those of now. GUI thread.
class LimitUndos final
{
    Q_DECLARE_TR_FUNCTIONS(warder::LimitUndos)
public:
    static QString added(const RuleView &rule);
    static QString changed(const RuleView &rule);
    /// Reset, if it is one of Warder's own.
    static QString removed(const RuleView &rule);
    static QString added(const NetworkView &network);
    static QString removed(const NetworkView &network);

    /// The rule is as it was left: what it allows, not what it counted.
    static bool isStill(const RuleView &left, const QList<RuleView> &rules);
    /// The rule is one of Warder's own and as the settings say, or there is none of its name.
    static bool isStillRemoved(const RuleView &removed, const QList<RuleView> &rules);
    static bool isStill(const NetworkView &left, const QList<NetworkView> &networks);
    static bool isStillRemoved(const NetworkView &removed, const QList<NetworkView> &networks);
};

} // namespace warder
