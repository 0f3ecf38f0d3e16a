#pragma once

#include "core/console/orders/Activity.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

namespace warder {

/// What belongs together for somebody who looks for it, in the order of the choices above the list.
enum class ActivityGroup { All, SignIns, Refused, Accounts, Factors, Sessions, Keys, SetUp };

/// What the records of the audit trail say, in words. Pure; GUI thread.
class ActivityTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::ActivityTexts)
public:
    /// "Signed in", "Key rotated"; a type that nobody has words for stands as it is.
    static QString what(const QString &type);
    static QString iconName(const QString &type);
    static Tone tone(const QString &type);

    static QStringList groupNames();
    /// What a list of that group asks for; none means all.
    static QStringList typesOf(ActivityGroup group);

    /// Whom it is about, as far as that is known.
    static QString who(const ActivityView &record);
    /// Who did it: "The user", "The window".
    static QString actor(const QString &actor);
    /// What the details say of why and how, in a few words; empty: nothing.
    static QString reason(const ActivityView &record);
    /// All of the details, for who knows the system: names and values as they are recorded, a line each.
    static QString details(const ActivityView &record);

    static QString records(qint64 number);

    /// What a check of the chain has found, which began behind the record `first`.
    static QString verdict(qint64 checked, qint64 first, const QList<ActivityBreakView> &breaks);
    static QString of(const ActivityBreakView &broken);
};

} // namespace warder
