#pragma once

#include "core/base/Id.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

/// An authenticator app or a passkey.
struct FactorView
{
    Id id;
    QString name; ///< What its owner calls it; may be empty.
    TimePoint createdAt;
    std::optional<TimePoint> lastUsedAt;
    bool synced = false; ///< Of a passkey: a password manager keeps copies of it.

    bool operator==(const FactorView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("id"_L1, v.id, "name"_L1, v.name, "created_at"_L1, v.createdAt, "last_used_at"_L1, v.lastUsedAt, "synced"_L1, v.synced);
    }
};

/// What an account has beside its password.
struct FactorsView
{
    bool enabled = false;   ///< A password alone does not sign in.
    bool required = false;  ///< mfa.required demands a second factor of this user.
    QList<FactorView> totp; ///< Authenticator apps, oldest first.
    QList<FactorView> passkeys;
    qint64 recoveryCodesLeft = 0;
    qint64 trustedDevices = 0; ///< Browsers that need no second factor for a while.
    bool passkeysStay = false; ///< With a reset: nothing else signs in to the account, no password and no provider.

    bool operator==(const FactorsView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("enabled"_L1, v.enabled, "required"_L1, v.required, "totp"_L1, v.totp, "passkeys"_L1, v.passkeys, "recovery_codes_left"_L1,
              v.recoveryCodesLeft, "trusted_devices"_L1, v.trustedDevices, "passkeys_stay"_L1, v.passkeysStay);
    }
};

/// What a reset took away.
struct FactorsResetView
{
    qint64 totp = 0;
    qint64 passkeys = 0; ///< 0 as well where they stay: FactorsView::passkeysStay.
    qint64 recoveryCodes = 0;
    qint64 trustedDevices = 0;

    bool isNothing() const { return totp + passkeys + recoveryCodes + trustedDevices == 0; }

    static void members(auto &visit, auto &v)
    {
        visit("totp"_L1, v.totp, "passkeys"_L1, v.passkeys, "recovery_codes"_L1, v.recoveryCodes, "trusted_devices"_L1, v.trustedDevices);
    }
};

struct FindFactors : OrderFor<FactorsView, "factors.find">
{
    Id user;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user); }
};

/// For somebody who has lost them: the password, or a provider, alone signs in again, and all sessions end. Nothing happens where there
/// is nothing.
struct ResetFactors : OrderFor<FactorsResetView, "factors.reset">
{
    Id user;
    std::optional<qint64> seen = {}; ///< See SetUserDisabled.
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user, "seen"_L1, v.seen); }
};

using FactorOrders = std::tuple<FindFactors, ResetFactors>;

} // namespace warder
