#include "core/accounts/Accounts.h"
#include "core/console/local/LocalConsole.h"
#include "core/console/orders/Factors.h"
#include "core/credentials/Passkeys.h"
#include "core/signin/FactorChanges.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

FactorView viewOf(const TotpFactor &factor)
{
    return {.id = factor.id, .name = factor.name, .createdAt = factor.createdAt, .lastUsedAt = factor.lastUsedAt};
}

FactorView viewOf(const Passkey &passkey)
{
    return {.id = passkey.id,
            .name = passkey.name,
            .createdAt = passkey.createdAt,
            .lastUsedAt = passkey.lastUsedAt,
            .synced = passkey.isBackedUp};
}

Result<FactorsView> find(ConsoleContext &console, const FindFactors &order)
{
    if (const auto user = console.accounts.findById(order.user); !user)
        return refused(user);
    const auto passkeys = console.passkeys.findByUser(order.user);
    if (!passkeys)
        return refused(passkeys);
    return console.factors.overview(order.user, console.now()).transform([&](const FactorOverview &overview) {
        FactorsView view {.enabled = overview.isEnabled,
                          .required = overview.isRequired,
                          .totp = {},
                          .passkeys = {},
                          .recoveryCodesLeft = overview.counts.recoveryCodes,
                          .trustedDevices = overview.counts.trustedDevices,
                          .passkeysStay = overview.passkeysStay};
        for (const TotpFactor &factor : overview.totp)
            view.totp += viewOf(factor);
        for (const Passkey &passkey : *passkeys)
            view.passkeys += viewOf(passkey);
        return view;
    });
}

Result<FactorsResetView> reset(ConsoleContext &console, const ResetFactors &order)
{
    return console.factors.reset(order.user, console.actor, console.now(), order.seen).transform([](const FactorsReset &gone) {
        return FactorsResetView {
            .totp = gone.totp, .passkeys = gone.passkeys, .recoveryCodes = gone.recoveryCodes, .trustedDevices = gone.trustedDevices};
    });
}

} // namespace

void LocalConsole::addFactorHandlers() { add(find, reset); }

} // namespace warder
