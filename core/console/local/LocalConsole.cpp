#include "core/console/local/LocalConsole.h"

#include "core/console/local/Topics.h"

namespace warder {

LocalConsole::LocalConsole(const ConsoleParts &parts) : m_index(parts.journal), m_table(std::make_unique<OrderTable>(parts.database))
{
    addServerHandlers(*m_table, parts, m_index);
    addChangeHandlers(*m_table, parts);
    addSessionHandlers(*m_table, parts, m_index);
    addUserHandlers(*m_table, parts);
    addImportHandlers(*m_table, parts);
    addLimitHandlers(*m_table, parts);
    addKeyHandlers(*m_table, parts);
}

LocalConsole::~LocalConsole() { m_table->close(); }

void LocalConsole::carry(std::unique_ptr<Errand> errand) { m_table->carry(std::move(errand)); }

} // namespace warder
