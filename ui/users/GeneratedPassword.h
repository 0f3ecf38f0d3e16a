#pragma once

#include <QString>

namespace warder {

/// A password that nobody guesses (99 bits) and that can be read out: four groups of five, of letters and digits none of which looks like
/// another. Any thread.
QString generatedPassword();

/// Into the clipboard, marked so that programs which keep what was copied leave it out. GUI thread.
void copyPassword(const QString &password);

} // namespace warder
