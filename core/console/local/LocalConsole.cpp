#include "core/console/local/LocalConsole.h"

namespace warder {

LocalConsole::LocalConsole(const ConsoleParts &parts) : m_context(parts)
{
    addServerHandlers();
    addChangeHandlers();
    addSessionHandlers();
    addUserHandlers();
    addFactorHandlers();
    addImportHandlers();
    addLimitHandlers();
    addKeyHandlers();
    addMasterKeyHandlers();
    addPasskeyHandlers();
    addProviderHandlers();
    addMailHandlers();
}

} // namespace warder
