#pragma once

#include "app/cli/Commands.h"

namespace warder {

Result<QString> askForNewUser(const QCommandLineParser &parser);
Result<QString> askForNewPassword(const QCommandLineParser &parser);
int userAdd(const CommandContext &context);
int userEdit(const CommandContext &context);
int userList(const CommandContext &context);
int userShow(const CommandContext &context);
int userDisable(const CommandContext &context);
int userEnable(const CommandContext &context);
int userRemove(const CommandContext &context);
int userSetPassword(const CommandContext &context);

} // namespace warder
