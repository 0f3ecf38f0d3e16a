#pragma once

#include <QStringList>

namespace warder {

/// What somebody may have meant who typed something that there is not. Pure.

/// For words that are no command: "did you mean `warderd user add`?", or where the thing is done; empty if nothing is near.
/// `configPath` is where settings are written.
QString suggestionForCommand(const QStringList &words, const QString &configPath);

/// For an option, without its dashes, that a command does not have; `allowed` are those it has. Empty if nothing is near.
QString suggestionForOption(const QString &option, const QStringList &allowed);

} // namespace warder
