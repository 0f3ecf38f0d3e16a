#pragma once

#include <QString>
#include <QStringList>

namespace warder {

/// How many guesses a password takes of somebody who knows people's habits (common passwords, names, keyboards, dates,
/// repetitions; zxcvbn, and resources/passwords/common.txt for other languages than English) and these words. Only its first
/// and last 100 bytes are looked at, and 32 words. About a millisecond, never on an HTTP thread.
double guessesOf(const QString &password, const QStringList &words);

/// What somebody who attacks just this account tries: the address, the name and their parts.
QStringList wordsOf(const QString &email, const QString &name);

} // namespace warder
