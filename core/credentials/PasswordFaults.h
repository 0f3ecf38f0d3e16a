#pragma once

#include "core/base/Fault.h"

#include <QStringList>

namespace warder {

/// The rules for new passwords, each as the fault that FastAPI (pydantic) would report, or nothing. Pure; any thread where nothing else
/// is said. `field` is the member's name; the location is ["body", field]. A password never stands in its fault.
/// Length and NUL. At least `minLength` characters (code points of the NFC form, NIST SP 800-63B), at most 1024 bytes.
std::optional<Fault> passwordFault(const QString &field, const QString &value, int minLength);
/// Of a password that takes fewer than `fewest` guesses of somebody who knows the words. Not on an HTTP thread.
std::optional<Fault> guessableFault(const QString &field, const QString &value, const QStringList &words, qint64 fewest);

/// The same number for /openapi.json, in characters.
constexpr int longestPassword = 1024;

} // namespace warder
