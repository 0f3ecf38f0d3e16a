#pragma once

#include "core/base/Fault.h"

#include <QList>
#include <QString>

namespace warder {

/// The rules for what people type, each as the fault that FastAPI (pydantic) would report, or nothing. Pure; any thread.
/// `field` is the member's name; the location is ["body", field]. A password never stands in its fault.
std::optional<Fault> emailFault(const QString &field, const QString &value);
/// Length and NUL. At least `minLength` characters (code points of the NFC form, NIST SP 800-63B), at most 1024 bytes.
std::optional<Fault> passwordFault(const QString &field, const QString &value, int minLength);
/// Of a password that takes fewer than `fewest` guesses of somebody who knows the words. Not on an HTTP thread.
std::optional<Fault> guessableFault(const QString &field, const QString &value, const QStringList &words, qint64 fewest);
/// At most 200 characters, none of them a control, a line separator, one that turns the line round, or one without a meaning.
std::optional<Fault> nameFault(const QString &field, const QString &value);
/// As it is kept: normal form C and no blanks around; nothing left of a name that would not show.
QString tidyName(const QString &typed);
/// At most 32 roles of 1–64 letters, digits and `_ - . :`: every access token carries them all.
std::optional<Fault> rolesFault(const QString &field, const QStringList &roles);
/// `most` in bytes.
Fault passwordTooLongFault(const QString &field, qsizetype most);

/// The same numbers for /openapi.json, in characters.
constexpr int longestEmail = 254;
constexpr int longestPassword = 1024;
constexpr int longestName = 200;

} // namespace warder
