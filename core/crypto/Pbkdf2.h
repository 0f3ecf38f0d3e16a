#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace warder {

/// A password hash as Django makes it: `pbkdf2_sha256$600000$salt$tag`, PBKDF2 (RFC 8018) with HMAC-SHA-256, the salt as its text, the tag
/// of 32 bytes in base64. Only checked here, never made. Any thread.
struct Pbkdf2Hash
{
    int iterations = 0;
    QByteArray salt;
    QByteArray tag;

    /// Nothing for another form, and for more than ten million iterations (seconds of a processor).
    static std::optional<Pbkdf2Hash> fromString(QStringView encoded);

    /// The tag of `password` under this salt; empty if OpenSSL refuses.
    QByteArray compute(QByteArrayView password) const;
};

} // namespace warder
