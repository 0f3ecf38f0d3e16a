#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"

class QHostAddress;

namespace warder {

class DbConnection;

/// The SQL of the addresses that accounts have signed in from, as the limiter counts addresses: IPv6 by /64. Each function runs on
/// the caller's connection.
namespace SignInAddresses {

Result<void> note(DbConnection &connection, Id user, const QHostAddress &address, TimePoint now);
/// Whether this account has signed in from this address before: failed tries from there are its owner's.
Result<bool> contains(DbConnection &connection, Id user, const QHostAddress &address);
/// Whether it has signed in from the neighbourhood: the same 16 bits of IPv4, the same 32 of IPv6, which are mostly one provider's. A phone
/// gets another address there each day; a thief is somewhere else.
Result<bool> knowsNetworkOf(DbConnection &connection, Id user, const QHostAddress &address);
/// Removes those that nobody signed in from since `before`, at most `limit`; how many went.
Result<qint64> forget(DbConnection &connection, TimePoint before, int limit);

} // namespace SignInAddresses
} // namespace warder
