#pragma once

#include "core/console/orders/Limits.h"
#include "ui/support/Tone.h"
#include "ui/widgets/Confirm.h"

#include <QCoreApplication>

namespace warder {

/// What limits, and who they hold back, are called. GUI thread.
class LimitTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::LimitTexts)
public:
    /// In words: "Sign-ins per address" for "login_per_address"; a name nobody knows stands as it is.
    static QString name(const QString &rule);
    /// The same; of an added rule the title that its admin gave it.
    static QString name(const RuleView &rule);
    /// "10 / 1 min"; of wrong passwords "4 free, then up to 15 min".
    static QString allows(const RuleView &rule);
    /// How much of it a rule allows in a day: for sorting what allows() says.
    static qint64 perDay(const RuleView &rule);
    /// Switched off, or of the number 0: holds nobody back.
    static bool isOff(const RuleView &rule);
    /// "On", "Off", "Alarm only", "Delays".
    static QString state(const RuleView &rule);
    static Tone tone(const RuleView &rule);
    /// How full its fullest bucket is: "83 %".
    static QString load(const RuleView &rule);
    /// Where its numbers come from: "Settings", "Changed here", "Added here", or the place that fixes them.
    static QString origin(const RuleView &rule);
    /// For screen readers and tips of the small bars.
    static QString lastMinute(const RuleView &rule);
    static QString action(RateAction action);
    static QString standing(NetworkStanding standing);
    static Tone tone(NetworkStanding standing);

    /// Whom a row holds back: an address, an account, or both.
    static QString who(const HeldBackView &row);
    /// Where there is no single one: "strangers", or "anybody" where a rule holds the owner of the account as well.
    static QString address(const HeldBackView &row);
    static QString account(const HeldBackView &row);
    static QString rules(const HeldBackView &row);
    /// The accounts that an address tried, as many as are known.
    static QString tried(const HeldBackView &row);

    /// What a rule would have done: how much, to whom, and how much was looked at.
    static QString whatIf(const WhatIfView &answer);

    static QString saved(const RuleView &rule);
    static QString added(const RuleView &rule);
    static QString removed(const RuleView &rule);
    /// One row by its name, more by their number. `freed`: how many of them were held back.
    static QString freed(const QList<HeldBackView> &rows, int freed);
    static QString networkAdded(const NetworkView &network);
    static QString networkRemoved(const NetworkView &network);

    static Confirmation beforeSwitchOff(const RuleView &rule);
    static Confirmation beforeRemoval(const RuleView &rule);
    static Confirmation beforeRemoval(const NetworkView &network);
    /// Before the rule is again as it was.
    static Confirmation beforeUndo(const RuleView &rule);
    static Confirmation beforeUndo(const NetworkView &network);
};

} // namespace warder
