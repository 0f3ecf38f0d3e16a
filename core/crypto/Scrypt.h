#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace warder {

/// A password hash by scrypt (RFC 7914) as others store it. Only checked here, never made. Any thread. There are three forms:
///  - Django: `scrypt$16384$salt$8$5$tag`: N, the salt as its text, r, p, a tag of 64 bytes in base64;
///  - Better Auth: `salt:tag`, 16 and 64 bytes in hexadecimal digits, the salt hashed as these digits; N 16384, r 16, p 1;
///  - Firebase, as Supabase spells it: `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=KEY$salt$tag`, all in base64; N is 2^n, `ss` is appended to
///    the salt, and the tag is the project's key, encrypted (AES-256-CTR) by what scrypt makes of the password.
struct ScryptHash
{
    int cost = 0; ///< N.
    int blockSize = 0;
    int parallelism = 0;
    QByteArray salt;
    QByteArray tag;
    QByteArray signerKey = {}; ///< Firebase's; else empty.
    bool isOfStandIns = false; ///< The password was hashed in normal form KC (hasStandIns() in core/base/Text.h).

    /// Nothing for another form, and for parameters that scrypt has not or that would exhaust the machine (above 1 GiB, or as much work).
    static std::optional<ScryptHash> fromString(QStringView encoded);

    /// The tag of `password`; empty if OpenSSL refuses.
    QByteArray compute(QByteArrayView password) const;

private:
    bool isWithinBounds() const;
};

} // namespace warder
