#pragma once

#include "core/base/Error.h"

#include <QList>
#include <QString>

namespace warder {

/// Checks of what people type into the fields of an account. Each returns the fault that FastAPI (pydantic) would report, or nothing if
/// the value is fine. `field` is the member's name; the fault's location is ["body", field]. Pure; any thread.
std::optional<Fault> emailFault(const QString &field, const QString &value);
/// At most 200 characters, none of them a control, a line separator, one that turns the line round, or one without a meaning.
std::optional<Fault> nameFault(const QString &field, const QString &value);
/// A name as it is stored: in normal form C, without blanks around it; empty if no character of it is visible.
QString tidyName(const QString &typed);
/// At most 32 roles of 1–64 letters, digits and `_ - . :`: every access token carries them all.
std::optional<Fault> rolesFault(const QString &field, const QStringList &roles);
/// An InvalidInput that carries these faults.
Error unacceptable(const QList<Fault> &faults);

/// The bounds that the checks use, for /openapi.json; in characters.
constexpr int longestEmail = 254;
constexpr int longestName = 200;

} // namespace warder
