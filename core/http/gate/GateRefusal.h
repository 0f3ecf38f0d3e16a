#pragma once

#include "core/http/gate/HttpFraming.h"

#include <string>

namespace warder {

/// A whole answer for a request that the gate does not let through, in the API's error shape and with "connection: close".
std::string refusalAnswer(HttpStatus status);

} // namespace warder
