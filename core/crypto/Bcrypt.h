#pragma once

#include <QByteArray>

namespace warder {

/// bcrypt by the system's libxcrypt. Any thread.

/// `$2a$`, `$2b$` or `$2y$`, two digits of cost, 53 characters of its own base64. `$2x$` (an old sign bug) is not.
bool isBcrypt(QByteArrayView encoded);

/// The cost, 4–31, of a string that isBcrypt().
int bcryptCostOf(QByteArrayView encoded);

/// Hashes at most 72 bytes without NUL; more are ignored, as bcrypt does. Empty if libxcrypt refuses.
QByteArray bcrypt(QByteArrayView password, int cost);

/// Whether the password fits a string that isBcrypt().
bool bcryptFits(QByteArrayView password, QByteArrayView encoded);

} // namespace warder
