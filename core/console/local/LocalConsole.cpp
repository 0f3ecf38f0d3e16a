#include "core/console/local/LocalConsole.h"

namespace warder {

LocalConsole::LocalConsole(const ConsoleParts &parts) : m_context(parts)
{
    addServerHandlers();
    addAlarmHandlers();
    addChangeHandlers();
    addSessionHandlers();
    addUserHandlers();
    addFactorHandlers();
    addImportHandlers();
    addHashingHandlers();
    addLimitHandlers();
    addKeyHandlers();
    addMasterKeyHandlers();
    addPasskeyHandlers();
    addProviderHandlers();
    addMailHandlers();
    addActivityHandlers();
    addRefusalHandlers();
    addBackupHandlers();
}

} // namespace warder
