#pragma once

#include "core/console/orders/Activity.h"
#include "core/console/orders/Alarms.h"
#include "core/console/orders/Backups.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Factors.h"
#include "core/console/orders/Hashing.h"
#include "core/console/orders/Imports.h"
#include "core/console/orders/Keys.h"
#include "core/console/orders/Limits.h"
#include "core/console/orders/Mail.h"
#include "core/console/orders/MasterKey.h"
#include "core/console/orders/Passkeys.h"
#include "core/console/orders/Providers.h"
#include "core/console/orders/Refusals.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"

#include <tuple>

namespace warder {

/// Every order: Handlers accepts no other, and ConsoleClient reads these from the socket. Each topic's header lists its own.
using AllOrders = decltype(std::tuple_cat(ServerOrders(), ChangeOrders(), SessionOrders(), UserOrders(), FactorOrders(), ImportOrders(),
                                          HashingOrders(), LimitOrders(), KeyOrders(), MasterKeyOrders(), PasskeyOrders(), MailOrders(),
                                          ProviderOrders(), ActivityOrders(), RefusalOrders(), BackupOrders(), AlarmOrders()));

} // namespace warder
