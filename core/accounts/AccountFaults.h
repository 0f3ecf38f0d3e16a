#pragma once

#include "core/base/Error.h"

#include <QList>
#include <QString>

namespace warder {

/// The rules for what people type into an account, each as the fault that FastAPI (pydantic) would report, or nothing. Pure; any thread.
/// `field` is the member's name; the location is ["body", field].
std::optional<Fault> emailFault(const QString &field, const QString &value);
/// At most 200 characters, none of them a control, a line separator, one that turns the line round, or one without a meaning.
std::optional<Fault> nameFault(const QString &field, const QString &value);
/// As it is kept: normal form C and no blanks around; nothing left of a name that would not show.
QString tidyName(const QString &typed);
/// At most 32 roles of 1–64 letters, digits and `_ - . :`: every access token carries them all.
std::optional<Fault> rolesFault(const QString &field, const QStringList &roles);
/// InvalidInput with these.
Error unacceptable(const QList<Fault> &faults);

/// The same numbers for /openapi.json, in characters.
constexpr int longestEmail = 254;
constexpr int longestName = 200;

} // namespace warder
