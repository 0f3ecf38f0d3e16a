#pragma once

#include <QString>

namespace warder {

/// What stands in a column that is called `password`: some programs keep hashes there, others the passwords themselves. Pure; any thread.
namespace PasswordColumn {

/// Whether it looks like a hash of any kind, known here or not: nobody's hash shall become their password. 32 hexadecimal digits may be a
/// password all the same; whoever knows that calls the column `plain_password`.
bool looksHashed(QStringView text);

/// A hash without the prefix that Django (`argon2`, `bcrypt$`) or Spring (`{bcrypt}`, `{argon2}`) puts before another one's format.
QString withoutPrefix(const QString &hash);

} // namespace PasswordColumn
} // namespace warder
