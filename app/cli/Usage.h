#pragma once

#include "app/cli/Commands.h"

namespace warder {

/// What can be typed, and the texts that say so.

/// Every option of every command, and those that go with all.
void addOptions(QCommandLineParser &parser);

/// "user add", …
QStringList commandNames();
/// The commands that begin with this word; empty if none does.
QStringList commandsOfGroup(const QString &word);

/// The one that these words begin with; null if there is none.
const Command *findCommand(const QStringList &words);

/// All commands in short.
QString overview();
/// How one command, or each of a group, is called, with its options; empty where there is no such command.
QString helpFor(const QStringList &words);

/// Why this is nothing that could be run, in one line with a way out; empty if it can be. `arguments` is all that was typed.
QString faultOfUsage(const QCommandLineParser &parser, const QStringList &arguments, const QString &configPath);

} // namespace warder
