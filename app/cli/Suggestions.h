#pragma once

#include <QStringList>

namespace warder {

/// A hint for somebody who mistyped a command: "did you mean `warderd user add`?", or where else that is done; empty if no command is
/// near to `words`. `configPath`: the file in which settings are written. Pure.
QString suggestionForCommand(const QStringList &words, const QString &configPath);

/// The same for an option that a command does not have, without its dashes; `allowed` are those that it has. Pure.
QString suggestionForOption(const QString &option, const QStringList &allowed);

} // namespace warder
