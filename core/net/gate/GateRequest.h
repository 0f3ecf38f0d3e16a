#pragma once

#include "core/net/HttpRequest.h"
#include "core/net/gate/GateClient.h"
#include "core/net/gate/RequestHead.h"

namespace warder {

/// The request as handlers see it, straight from what the strict parser found. `peer` is who is connected, `client` who
/// asks. Shares nothing with the head's bytes. Pure.
HttpRequest requestOf(const RequestHead &head, std::string_view body, const GateClient &client, const QHostAddress &peer);

} // namespace warder
