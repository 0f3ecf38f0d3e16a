#pragma once

#include "core/base/Error.h"

#include <QJsonValue>
#include <QStringList>

namespace warder {

/// What a terminal would obey, or lay out against its direction, is shown as `?` everywhere here: control, escape and bidirectional
/// characters in the names of people and programs.

/// Writes to stdout: a table with aligned columns for people, or `whenEmpty` when there is no row.
void printTable(const QStringList &head, const QList<QStringList> &rows, const QString &whenEmpty);
/// Writes to stdout: facts about one thing, a line each, values aligned.
void printFacts(const QList<QStringList> &facts);
/// One value as indented JSON, for scripts.
void printJson(const QJsonValue &value);
/// The same in one line, for programs that read line by line.
void printJsonLine(const QJsonValue &value);
/// Hands on what was written so far; whether all of it went through.
bool flushOutput();
/// One line, or several with line feeds between.
void printLine(const QString &line);
/// A word that is to be pasted into a shell, in quotation marks where it needs them.
QString forShell(const QString &word);
/// To stderr, without a line end.
void printQuestion(const QString &question);

/// Writes a refusal with all its faults to stderr. Of lines with more than 2000 characters the middle is left out.
void printError(const Error &error);

/// printError(), and what the program exits with because of it: by the error's code; CannotRun; WrongUsage.
int fail(const Error &error);
int cannotRun(const Error &error);
int wrongUsage(const QString &why);

/// What the program exits with in place of `code`: Refused, with the reason on stderr, when not all reached stdout. A closed pipe is
/// such a reason and no signal. The last thing a command does.
int finishOutput(int code);

} // namespace warder
