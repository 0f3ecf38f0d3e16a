#pragma once

#include "core/api/ApiContext.h"

namespace warder {

/// Sign-in by passkey, and the signed-in person's own passkeys. What browsers are asked is in the form of
/// PublicKeyCredential.parseCreationOptionsFromJSON() and parseRequestOptionsFromJSON(), what they answer in that of toJSON() (WebAuthn
/// L3 §5.1). The challenge within finds its row: no other id travels.
Endpoint passkeyLoginOptionsEndpoint;
Endpoint passkeyLoginEndpoint;
Endpoint passkeyRegistrationOptionsEndpoint;
Endpoint registerPasskeyEndpoint;
Endpoint myPasskeysEndpoint;
Endpoint renamePasskeyEndpoint;
Endpoint removePasskeyEndpoint;

} // namespace warder
