#pragma once

#include <QByteArray>

#include <optional>

namespace warder {

/// Base64url without padding (RFC 7515 §2). Any thread.
QByteArray toBase64Url(QByteArrayView bytes);

/// The reverse, strict: no padding, no foreign character, no stray bits in the last one, so that each value has exactly
/// one spelling (a token cannot be respelled and stay valid).
std::optional<QByteArray> fromBase64Url(QByteArrayView text);

} // namespace warder
