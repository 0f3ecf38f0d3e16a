#pragma once

#include "core/base/Clock.h"
#include "core/crypto/SecretBytes.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace warder {

/// Codes that an app computes from a shared secret and the time (RFC 6238 over RFC 4226): six digits by HMAC-SHA-1, another every 30 s,
/// which is what every authenticator app takes. Pure but for newSecret(); any thread.
namespace Totp {

inline constexpr Seconds period {30};
inline constexpr int digits = 6;
inline constexpr qsizetype secretSize = 20; ///< Bytes; RFC 4226 §4 recommends 160 bits.

SecretBytes newSecret();

/// RFC 4648 §6 without padding: how apps take a secret that is typed.
QString toBase32(QByteArrayView bytes);

/// The number of the 30 s since 1970 that the time is in.
qint64 stepAt(TimePoint time);

/// The code of a step.
QString codeAt(QByteArrayView secret, qint64 step, int size = digits);

/// ASCII digits of what somebody typed: without white space and hyphens, and of any script, since some keyboards have their own digits.
/// Other characters stay.
QString tidied(QStringView typed);

/// The step whose code was typed: of now, the one before or the one after, for clocks that differ and people who type slowly; nothing if
/// it is none of these, or not after `last`: a code is good once (RFC 6238 §5.2), and after it no older one. By its duration it does
/// not tell which digits were right. Who takes the step must store it in a way that of two callers one finds it taken.
std::optional<qint64> match(QByteArrayView secret, QStringView typed, TimePoint now, qint64 last);

/// What the QR code says: `otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=ISSUER`. Algorithm, digits and period are what apps assume, so
/// that they are left out and the picture is smaller. Everything is percent-encoded, since apps show a `+` as it is; a colon parts issuer
/// and account, so that it goes inside them, and of a long account what is beyond 120 characters.
QString uriFor(QStringView issuer, QStringView account, QByteArrayView secret);

} // namespace Totp
} // namespace warder
