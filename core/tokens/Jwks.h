#pragma once

#include "core/tokens/SigningKeys.h"

#include <QJsonObject>

namespace warder {

/// The public keys that verify access tokens now or will next (RFC 7517 §5), current first. HS256 has no public key. Any thread.
QJsonObject jwksOf(const KeyRing &ring, TimePoint now);

} // namespace warder
