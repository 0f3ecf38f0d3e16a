#pragma once

#include <QByteArray>

#include <optional>

namespace warder {

/// ES256 signatures between OpenSSL's DER and JWS's r | s of 64 bytes (RFC 7518 §3.4). Any thread.
std::optional<QByteArray> ecdsaFromDer(QByteArrayView der);
std::optional<QByteArray> ecdsaToDer(QByteArrayView joined);

} // namespace warder
