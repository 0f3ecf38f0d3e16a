#pragma once

#include "core/http/GateClient.h"

#include <string>

namespace warder {

/// Fields by which the gate tells the front behind QHttpServer what it found out; a client's own of that prefix are dropped.
namespace gatefields {
inline constexpr std::string_view prefix = "x-gate-";
inline constexpr std::string_view client = "x-gate-client";
inline constexpr std::string_view secure = "x-gate-secure";
} // namespace gatefields

/// Writes a request in the one spelling that QHttpServer's parser cannot misread: origin form, HTTP/1.1, a Content-Length
/// of ours, no hop-by-hop, upgrade or forwarding fields. `peer` is who is connected, `client` who asks. Pure.
std::string spellRequest(const RequestHead &head, std::string_view body, const GateClient &client,
                         const QHostAddress &peer);

} // namespace warder
