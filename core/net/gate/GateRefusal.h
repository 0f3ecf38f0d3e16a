#pragma once

#include "core/net/gate/HttpFraming.h"

#include <QHttpHeaders>

#include <string>

namespace warder {

/// A whole answer for a request that the gate does not let through, in the API's error shape and with "connection: close".
/// `more`: the handler's fields for it.
std::string refusalAnswer(HttpStatus status, const QHttpHeaders &more);

} // namespace warder
