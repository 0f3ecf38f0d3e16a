#pragma once

#include "core/accounts/User.h"
#include "core/config/Settings.h"
#include "core/console/Views.h"
#include "core/ratelimit/LimiterStatistics.h"
#include "core/ratelimit/RateRule.h"
#include "core/sessions/Session.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/TrafficStatistics.h"
#include "core/tokens/SigningKeys.h"

namespace warder {

/// From what the core holds to what an admin sees. Pure; any thread.
SessionView viewOf(const Session &session, const QString &email);
UserView viewOf(const User &user);
KeyView viewOf(const SigningKey &key);
TrafficView viewOf(const TrafficPoint &point);
LimitedView viewOf(const LimitedKey &limited);
ProblemView viewOf(const Problem &problem);
QList<SettingView> viewsOf(const Settings &settings);

} // namespace warder
