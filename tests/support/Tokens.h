#pragma once

#include "core/crypto/Jwt.h"
#include "core/tokens/KeyRing.h"

namespace warder::test {

inline QJsonObject claimsOf(const QByteArray &token) { return parseJwt(token).value().claims; }
/// That signs access tokens.
inline const SigningKey &keyOf(const std::shared_ptr<const KeyRing> &ring) { return ring->current(KeyPurpose::Access); }

} // namespace warder::test
