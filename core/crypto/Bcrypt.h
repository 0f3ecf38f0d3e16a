#pragma once

#include <QByteArray>

#include <optional>

namespace warder {

/// bcrypt by the system's libxcrypt. Any thread.

/// How many bytes of a password count.
constexpr qsizetype bcryptLimit = 72;

/// The highest cost we compute (about ten seconds): what comes from elsewhere must not occupy a lane for hours.
constexpr int bcryptHighestCost = 17;

/// `$2a$`, `$2b$` or `$2y$`, two digits of cost from 04 to 17, 53 characters of its own base64. `$2x$` (an old sign bug)
/// is not. The last letters of salt and checksum may have bits that count for nothing: passlib, PHP and jBCrypt set them.
bool isBcrypt(QByteArrayView encoded);

/// The cost of a string that isBcrypt().
int bcryptCostOf(QByteArrayView encoded);

/// Hashes the first 72 bytes, up to a NUL: the caller refuses what would be ignored. Empty if libxcrypt refuses.
QByteArray bcrypt(QByteArrayView password, int cost);

/// Whether the first 72 bytes of the password fit a string that isBcrypt(). One with NUL never fits, but costs as much.
/// Nothing if libxcrypt could not compute it.
std::optional<bool> bcryptFits(QByteArrayView password, QByteArrayView encoded);

} // namespace warder
