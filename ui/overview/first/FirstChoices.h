#pragma once

#include "core/console/orders/Server.h"

#include <QHash>
#include <QStringList>

namespace warder {

/// Answers to questions of the first steps that settings hold.
enum class FirstAnswer { ThisComputer, BehindProxy, OwnTls, AppAddress, MailLater, MailServer };

/// What these answers come to. Values are as they would be written in warder.conf, by the keys of their settings. Pure; any thread.
namespace first_choices {

using Values = QHash<QString, QString>;

/// The settings that are typed with an answer, in the order in which people are asked.
QStringList fieldsOf(FirstAnswer answer);
/// What stands in such a field at first; `now`: what holds.
QString suggestionFor(FirstAnswer answer, const QString &key, const QString &now);
/// Which of them may not be left empty, and is.
QStringList missingIn(FirstAnswer answer, const Values &values);

/// What is stored for an answer. `values`: what holds, with what was typed in its place; of secrets only what was typed. What it does not
/// name stays as it is.
QList<SettingChoice> of(FirstAnswer answer, const Values &values);

/// Which answer the settings are; of what nobody knows the first.
FirstAnswer reachIn(const Values &values);
FirstAnswer mailIn(const Values &values);

} // namespace first_choices

} // namespace warder
