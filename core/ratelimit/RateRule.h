#pragma once

#include "core/base/RateKey.h"
#include "core/config/Rate.h"

#include <QList>

namespace warder {

class Settings;

/// One row of the table of limits.
struct RateRule
{
    QString name;  ///< "login_per_address"; also what the RateLimit header says.
    QString route; ///< The limit that stands in the rows of the routes it applies to: "login", "register", "refresh", "account".
    RateKey key = RateKey::Address;
    Rate rate = {};
    bool enabled = true;
};

/// Every rule there is, with its rate from the settings; all disabled where `rate_limit.enabled` is false.
QList<RateRule> rateRulesFrom(const Settings &settings);

} // namespace warder
