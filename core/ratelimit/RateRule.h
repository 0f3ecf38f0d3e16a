#pragma once

#include "core/base/RateAction.h"
#include "core/base/RateCount.h"
#include "core/base/RateKey.h"
#include "core/config/Rate.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace warder {

class Settings;

/// One row of the table of limits. A value; any thread.
struct RateRule
{
    QString name;       ///< "login_per_address": also what the RateLimit header and `warderd limit` say. [a-z][a-z0-9_]{0,62}
    QString title = {}; ///< In the words of the admin who made it, at most 80 characters; empty: one of Warder's own, which pages name.
    RateCount counts = RateCount::Requests;
    /// What it applies to, 1–16 of: a group of the route table ("login"), a path ("/me/password"), a path with a method
    /// ("POST /login"), all below a path ("/me/*"). Of other counts than requests empty: whatever looks at a password.
    QStringList routes = {};
    RateKey key = RateKey::Address;
    /// Of requests and accounts: so many in so long. Of wrong passwords: `amount` of them cost nothing, and all is forgotten `period`
    /// after the last; `burst` means nothing.
    Rate rate = {};
    Seconds longest {0}; ///< Of wrong passwords: the longest wait. Of accounts: how long the network is held back. Else 0.
    RateAction action = RateAction::Deny;
    bool enabled = true;

    bool isOn() const { return enabled && !rate.isOff(); }
    bool operator==(const RateRule &) const = default;
};

/// Warder's own rules, in the order that pages show them in, with their numbers from the settings; all disabled where
/// `rate_limit.enabled` is false. Their names are the last words of their settings' keys.
QList<RateRule> ownRules(const Settings &settings);

/// The name of the rule for six digits that are guessed (FactorThrottle); those of passwords are LoginBackoff's.
inline constexpr QLatin1StringView mfaBackoffRule {"mfa_backoff"};

/// The setting of a rule of Warder's own, "rate_limit.login_per_address"; empty for others, and for one that has none of its own.
QString settingOf(const QString &rule);

/// The keys of all settings that decide about a rule of Warder's own, but for `rate_limit.enabled`; none for others.
QStringList settingsBehind(const QString &rule);

} // namespace warder
