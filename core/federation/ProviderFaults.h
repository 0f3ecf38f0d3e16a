#pragma once

#include "core/crypto/SecretBytes.h"
#include "core/federation/Provider.h"

namespace warder {

/// What is wrong with a provider that an admin sets up, in a sentence; empty where nothing is. Pure; any thread.
namespace provider_faults {

/// Of all but its secret, and but its name where that is there already.
QString of(const Provider &provider);
/// "google": 1 to 32 small letters, digits and hyphens, the first of them a letter.
QString ofName(const QString &name);
/// Of the kind's: of Apple a private key in PEM.
QString ofSecret(ProviderKind kind, const SecretBytes &secret);

} // namespace provider_faults
} // namespace warder
