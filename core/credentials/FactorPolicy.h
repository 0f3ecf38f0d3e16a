#pragma once

#include "core/accounts/User.h"
#include "core/config/Settings.h"

namespace warder {

/// Who must have a second factor, and what a second factor is worth here.
struct FactorPolicy
{
    enum class Demand { None, Admins, All };

    Demand required = Demand::None;
    Seconds rememberFor = std::chrono::days {30};  ///< How long a browser that asked for it needs no second factor; 0: none is remembered.
    QString issuer = QStringLiteral("Warder");     ///< What authenticator apps show beside the address.
    Seconds ticketLife = std::chrono::minutes {5}; ///< From the right password to the second factor.
    Seconds setUpLife = std::chrono::minutes {15}; ///< From a new secret to its first code.

    /// Whether this person may not be signed in by a password alone.
    bool isRequiredOf(const User &user) const
    {
        return required == Demand::All || (required == Demand::Admins && user.roles.contains(u"admin"_s));
    }

    static FactorPolicy from(const Settings &settings)
    {
        const QString required = settings.get<"mfa.required">();
        const QString issuer = settings.get<"mfa.issuer">().trimmed();
        FactorPolicy policy {.required = required == u"all"      ? Demand::All
                                         : required == u"admins" ? Demand::Admins
                                                                 : Demand::None,
                             .rememberFor = settings.get<"mfa.remember_for">()};
        if (!issuer.isEmpty())
            policy.issuer = issuer;
        return policy;
    }
};

} // namespace warder
