#pragma once

#include "core/console/local/LocalConsole.h"
#include "core/console/local/OrderTable.h"

namespace warder {

/// Each adds the handlers of one topic (core/console/orders).
void addServerHandlers(OrderTable &table, const ConsoleParts &parts, SessionIndex &index);
void addChangeHandlers(OrderTable &table, const ConsoleParts &parts);
void addSessionHandlers(OrderTable &table, const ConsoleParts &parts, SessionIndex &index);
void addUserHandlers(OrderTable &table, const ConsoleParts &parts);
void addImportHandlers(OrderTable &table, const ConsoleParts &parts);
void addLimitHandlers(OrderTable &table, const ConsoleParts &parts);
void addKeyHandlers(OrderTable &table, const ConsoleParts &parts);

} // namespace warder
