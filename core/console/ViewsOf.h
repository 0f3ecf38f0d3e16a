#pragma once

#include "core/accounts/User.h"
#include "core/config/Settings.h"
#include "core/console/orders/Keys.h"
#include "core/console/orders/Limits.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"
#include "core/ratelimit/LimiterStatistics.h"
#include "core/ratelimit/RateHistory.h"
#include "core/ratelimit/RateRule.h"
#include "core/sessions/Session.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/TrafficStatistics.h"
#include "core/tokens/SigningKeys.h"

namespace warder {

/// Turn the core's values into the views that an admin sees. Pure; any thread.
SessionView viewOf(const Session &session, const QString &email);
UserView viewOf(const User &user);
KeyView viewOf(const SigningKey &key, qint64 sessions); ///< Without what only ring, schedule and rules know.
TrafficView viewOf(const TrafficPoint &point);
LimitedView viewOf(const LimitedKey &limited);
LimitPoint viewOf(const RatePoint &point);
ProblemView viewOf(const Problem &problem);
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
