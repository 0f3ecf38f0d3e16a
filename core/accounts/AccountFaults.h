#pragma once

#include "core/base/Fault.h"

#include <QList>
#include <QString>

namespace warder {

/// The rules for what people type, each as the fault that FastAPI (pydantic) would report, or nothing. Pure; any thread.
/// `field` is the member's name; the location is ["body", field]. A password never stands in its fault.
std::optional<Fault> emailFault(const QString &field, const QString &value);
std::optional<Fault> passwordFault(const QString &field, const QString &value, int minLength);
std::optional<Fault> nameFault(const QString &field, const QString &value);
/// At most 32 roles of 1–64 letters, digits and `_ - . :`: every access token carries them all.
std::optional<Fault> rolesFault(const QString &field, const QStringList &roles);
Fault passwordTooLongFault(const QString &field, qsizetype most);

} // namespace warder
