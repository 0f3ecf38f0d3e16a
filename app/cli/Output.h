#pragma once

#include "core/base/Error.h"

#include <QJsonValue>
#include <QStringList>

namespace warder {

/// Writes to stdout: a table with aligned columns for people. Control characters in cells are shown as `?`.
void printTable(const QStringList &head, const QList<QStringList> &rows);
/// One value as indented JSON, for scripts.
void printJson(const QJsonValue &value);
void printLine(const QString &line);

/// Writes a refusal with all its faults to stderr.
void printError(const Error &error);

} // namespace warder
