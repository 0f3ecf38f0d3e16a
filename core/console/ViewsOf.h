#pragma once

#include "core/accounts/User.h"
#include "core/alarms/StoredAlarm.h"
#include "core/config/Settings.h"
#include "core/console/orders/Alarms.h"
#include "core/console/orders/Keys.h"
#include "core/console/orders/Limits.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"
#include "core/ratelimit/BusyKeys.h"
#include "core/ratelimit/HeldBack.h"
#include "core/ratelimit/Limits.h"
#include "core/ratelimit/NetworkRule.h"
#include "core/ratelimit/RateHistory.h"
#include "core/ratelimit/WhatIf.h"
#include "core/sessions/Session.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/TrafficStatistics.h"
#include "core/tokens/KeyRing.h"

namespace warder {

/// Turn the core's values into the views that an admin sees. Pure; any thread.
SessionView viewOf(const Session &session, const QString &email);
QList<RefreshView> refreshesOf(const Session &session); ///< Newest first.
UserView viewOf(const User &user);
KeyView viewOf(const SigningKey &key, qint64 sessions); ///< Without what only ring, schedule and rules know.
TrafficView viewOf(const TrafficPoint &point);
RuleView viewOf(const KnownRule &known); ///< Without what only limiter and routes know.
HeldBackView viewOf(const HeldBack &heldBack);
LimitPoint viewOf(const RatePoint &point);
BusyKeyView viewOf(const BusyKey &key);
NetworkView viewOf(const NetworkRule &rule);
WhatIfView viewOf(const WhatIf &whatIf);
ProblemView viewOf(const Problem &problem);
Alarm alarmOf(const RaisedAlarm &raised);
AlarmView viewOf(const StoredAlarm &stored);
/// `masterKeyPlace`: where the key is that keys.master_key_sources is about; empty where there is none yet.
QList<SettingView> viewsOf(const Settings &settings, const QString &masterKeyPlace);

template <typename From>
auto viewsOf(const QList<From> &list)
{
    QList<decltype(viewOf(std::declval<const From &>()))> views;
    for (const From &one : list)
        views += viewOf(one);
    return views;
}

} // namespace warder
