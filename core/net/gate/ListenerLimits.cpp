#include "core/net/gate/ListenerLimits.h"

#include "core/base/Workers.h"
#include "core/config/Settings.h"
#include "core/platform/Process.h"

#include <algorithm>

namespace warder {
namespace {

/// Descriptors that are no connections: three a thread that reads the database, the log, listening sockets, event loops.
constexpr int otherDescriptors = 128;

/// More connections than the system gives us descriptors for would starve the rest of the server.
int connectionsThatFit() { return std::max(platform::descriptorLimit() - otherDescriptors, 16); }

} // namespace

ListenerLimits ListenerLimits::from(const Settings &settings)
{
    ListenerLimits limits;
    limits.framing.requestLine = settings.get<"http.max_request_line_bytes">();
    limits.framing.head = settings.get<"http.max_head_bytes">();
    limits.framing.fields = int(settings.get<"http.max_header_fields">());
    limits.framing.body = settings.get<"http.max_body_bytes">();
    limits.bodyBytesPerSecond = int(settings.get<"http.min_body_rate">());
    limits.handshake = settings.get<"http.handshake_timeout">();
    limits.firstByte = settings.get<"http.first_byte_timeout">();
    limits.head = settings.get<"http.head_timeout">();
    limits.body = settings.get<"http.body_timeout">();
    limits.handler = settings.get<"http.handler_timeout">();
    limits.write = settings.get<"http.write_timeout">();
    limits.idle = settings.get<"http.idle_timeout">();
    limits.threads = threadsFor(settings.get<"http.threads">());
    limits.connections = std::min(int(settings.get<"http.max_connections">()), connectionsThatFit());
    limits.totalUnsentBytes = settings.get<"http.max_unsent_bytes">();
    limits.requestsPerConnection = int(settings.get<"http.max_requests_per_connection">());
    limits.proxyProtocol = settings.get<"http.proxy_protocol">();
    limits.connectionsPerAddress = int(settings.get<"http.max_connections_per_address">());
    for (const QString &proxy : settings.get<"http.trusted_proxies">())
        limits.trustedProxies += QHostAddress::parseSubnet(proxy);
    return limits;
}

} // namespace warder
