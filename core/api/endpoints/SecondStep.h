#pragma once

#include "core/api/ApiContext.h"
#include "core/api/FieldDoc.h"

namespace warder {

// What is no text in the bodies of these routes.
const FieldDoc &rememberDeviceField();

/// The second step of a sign-in: the proof, or the first factor of somebody who must have one and has none.
Endpoint finishSignInEndpoint;
Endpoint passkeyOptionsEndpoint;
Endpoint beginEnrolmentEndpoint;
Endpoint confirmEnrolmentEndpoint;

} // namespace warder
