#pragma once

#include "core/api/ApiContext.h"

namespace warder {

/// The signed-in person proves once more who they are.
Endpoint reauthenticateEndpoint;
/// What to ask a browser for, where they do it by passkey.
Endpoint reauthenticationOptionsEndpoint;

} // namespace warder
