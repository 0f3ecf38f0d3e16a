#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"

namespace warder {

class DbConnection;

/// The SQL of the kinds of browsers and apps that accounts have signed in with, by the names in their user agents (deviceOf()). Each
/// function runs on the caller's connection.
namespace SignInDevices {

/// What an account's record says of a device.
struct Known
{
    bool isAny = false;  ///< It has signed in at all, as far as the record goes back.
    bool isThis = false; ///< With this device.
};

Result<Known> find(DbConnection &connection, Id user, const QString &device);
Result<void> note(DbConnection &connection, Id user, const QString &device, TimePoint now);
/// Removes those that nobody signed in with since `before`, at most `limit`; how many went.
Result<qint64> forget(DbConnection &connection, TimePoint before, int limit);

} // namespace SignInDevices
} // namespace warder
