#pragma once

#include "core/base/Fault.h"

#include <QStringList>

namespace warder {

// Checks of a password that somebody wants to set; each fault is as FastAPI (pydantic) reports it, at ["body", field]. No fault contains
// the password. Pure; any thread, unless a function says otherwise.

/// Length, NUL and combining marks: at least `minLength` code points of the NFC form (NIST SP 800-63B), at most 1024 bytes of it.
std::optional<Fault> passwordFault(const QString &field, const QString &value, int minLength);
/// A fault if somebody who knows `words` (address, name, the site's own) needs fewer than `fewest` guesses. Not on an HTTP thread.
std::optional<Fault> guessableFault(const QString &field, const QString &value, const QStringList &words, qint64 fewest);

/// The most bytes of a new password; /openapi.json gives the same number as maxLength, which counts characters.
constexpr int longestPassword = 1024;

} // namespace warder
