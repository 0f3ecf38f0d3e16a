#pragma once

#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

/// The passkeys that were made for one host.
struct PasskeyHostView
{
    QString rpId;
    bool current = false; ///< The host of the settings: the others' passkeys do not work.
    qint64 passkeys = 0;
    qint64 users = 0; ///< Who have one of them.

    bool operator==(const PasskeyHostView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("rp_id"_L1, v.rpId, "current"_L1, v.current, "passkeys"_L1, v.passkeys, "users"_L1, v.users);
    }
};

/// By host, the current one always among them: what another passkeys.rp_id makes useless, and what an earlier one did.
using ListPasskeyHosts = OrderFor<QList<PasskeyHostView>, "passkeys.hosts">;

using PasskeyOrders = std::tuple<ListPasskeyHosts>;

} // namespace warder
