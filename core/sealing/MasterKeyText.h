#pragma once

#include "core/base/Result.h"
#include "core/crypto/SecretBytes.h"

namespace warder {

/// A master key as it goes into a safe and comes back: base64, a blank, and a check code, by which one mistyped character is found. The
/// code tells nothing of the key. Any thread.
namespace master_key_text {

/// Eight digits in two halves, "8587-7295": the beginning of the key's check value. Shown for the key in force as well, so that a sheet of
/// paper can be told to be the right one.
QString checkCodeOf(const QByteArray &checkValue);

/// "KEY CODE", of which the key is secret.
QString exported(const SecretBytes &masterKey);

/// InvalidInput with what is wrong, which never shows what was typed. Blanks and line ends do not matter; a text without a code is taken.
Result<SecretBytes> imported(const QString &text);

} // namespace master_key_text
} // namespace warder
