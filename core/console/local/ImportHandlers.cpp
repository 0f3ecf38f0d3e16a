#include "core/console/local/AccountImport.h"
#include "core/console/local/Topics.h"

namespace warder {
namespace {

constexpr qsizetype mostInPiece = 500;
constexpr size_t mostImports = 4;

class ImportHandlers final
{
public:
    explicit ImportHandlers(const ConsoleParts &parts) : m_parts(parts) {}

    Result<void> add(const AddToImport &order);
    Result<UserImport> finish(const FinishImport &order);

private:
    /// Null when it is not known and shall not begin.
    std::shared_ptr<AccountImport> import(Id id, bool mayBegin);

    const ConsoleParts m_parts;
    std::mutex m_mutex;
    std::vector<std::pair<Id, std::shared_ptr<AccountImport>>> m_imports; ///< Under the mutex. Oldest first.
};

std::shared_ptr<AccountImport> ImportHandlers::import(Id id, bool mayBegin)
{
    const std::lock_guard lock(m_mutex);
    const auto found = std::ranges::find(m_imports, id, &decltype(m_imports)::value_type::first);
    if (found != m_imports.end())
        return found->second;
    if (!mayBegin)
        return {};
    if (m_imports.size() == mostImports)
        m_imports.erase(m_imports.begin());
    return m_imports.emplace_back(id, std::make_shared<AccountImport>(m_parts.database, m_parts.accounts, m_parts.registration)).second;
}

Result<void> ImportHandlers::add(const AddToImport &order)
{
    if (order.import.isNull() || order.users.size() > mostInPiece)
        return refused(ErrorCode::InvalidInput, u"an import has an id, and pieces of at most %1 users"_s.arg(mostInPiece));
    return import(order.import, true)->add(order.users, m_parts.clock.now());
}

Result<UserImport> ImportHandlers::finish(const FinishImport &order)
{
    const auto known = import(order.import, false);
    if (!known)
        return refused(ErrorCode::NotFound,
                       u"this import is not known any more: four others have begun since, or the server was started anew"_s);
    auto outcome = known->finish(order.options, m_parts.actor, m_parts.clock.now());
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_imports, [&order](const auto &one) { return one.first == order.import; });
    return outcome;
}

} // namespace

void addImportHandlers(OrderTable &table, const ConsoleParts &parts)
{
    table.add(std::make_shared<ImportHandlers>(parts), &ImportHandlers::add, &ImportHandlers::finish);
}

} // namespace warder
