#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace warder {

/// An Argon2 hash in its PHC form: `$argon2id$v=19$m=19456,t=2,p=1$salt$tag`, standard base64 without padding.
struct Argon2Hash
{
    bool isId = true; ///< argon2id, else argon2i.
    int version = 0x13;
    int memoryKib = 0;
    int iterations = 0;
    int parallelism = 0;
    QByteArray salt;
    QByteArray tag;

    QString toString() const;

    /// Whether fromString() would take these parameters: a hash made beyond them could never be checked again.
    bool isWithinBounds() const;

    /// Nothing for another form, and for parameters that would exhaust the machine (above 1 GiB, 20 rounds, 16 lanes).
    static std::optional<Argon2Hash> fromString(QStringView encoded);

    /// The tag of `password` under this salt and these parameters (RFC 9106); empty if OpenSSL refuses them.
    QByteArray compute(QByteArrayView password) const;
};

} // namespace warder
