#pragma once

#include <QByteArray>
#include <QStringView>

#include <optional>

namespace warder {

/// Thin names for what the libraries do; nothing here is our own cryptography. Any thread.

/// From the operating system's generator through OpenSSL. Ends the process if there is none.
QByteArray randomBytes(qsizetype size);

/// Without telling by its duration where two values differ; the length is not secret.
bool equalInConstantTime(QByteArrayView left, QByteArrayView right);

/// The bytes of base64 (RFC 4648), with its padding or without; nothing for anything else.
std::optional<QByteArray> fromBase64(QStringView text);

/// FIPS 180-4, by QCA. Protects nothing: for what others look up by it.
QByteArray sha1(QByteArrayView message);

/// FIPS 180-4, by QCA.
QByteArray sha256(QByteArrayView message);

/// RFC 2104 with SHA-256, by QCA. 32 bytes.
QByteArray hmacSha256(QByteArrayView key, QByteArrayView message);

/// RFC 5869 with SHA-256 and no salt, by OpenSSL: a key of `size` bytes for the use that `info` names.
QByteArray hkdfSha256(QByteArrayView key, QByteArrayView info, qsizetype size);

} // namespace warder
