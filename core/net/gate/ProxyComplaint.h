#pragma once

#include <string_view>

namespace warder {

class ThreadConnections;
struct GatePeer;

/// How a proxy hides its clients.
enum class HidesBy {
    UnreadableHop, ///< X-Forwarded-For ends in what is no address.
    NoField,       ///< No X-Forwarded-For.
    NoHeader,      ///< No PROXY header that can be read.
    HeaderWithoutAddress,
};

/// Says in the log, once an hour a proxy and kind, that the limits count all clients of it as one, and tells the handler each time. `hop`:
/// what it said, perhaps a client's bytes: the log escapes them. All that come by Unix sockets count as one proxy. The connections' thread.
void complainOfProxy(ThreadConnections &connections, const GatePeer &proxy, HidesBy how, std::string_view hop = {});

} // namespace warder
