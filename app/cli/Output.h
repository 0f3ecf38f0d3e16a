#pragma once

#include "core/base/Error.h"

#include <QJsonValue>
#include <QStringList>

namespace warder {

/// Writes to stdout: a table with aligned columns for people, or `whenEmpty` when there is no row. Control characters in
/// cells are shown as `?`.
void printTable(const QStringList &head, const QList<QStringList> &rows, const QString &whenEmpty);
/// Writes to stdout: facts about one thing, a line each, values aligned.
void printFacts(const QList<QStringList> &facts);
/// One value as indented JSON, for scripts.
void printJson(const QJsonValue &value);
void printLine(const QString &line);

/// Writes a refusal with all its faults to stderr.
void printError(const Error &error);

/// printError(), and what the program exits with because of it.
int fail(const Error &error);

} // namespace warder
