#include "core/console/local/Topics.h"
#include "core/signin/AccountImport.h"

namespace warder {
namespace {

constexpr qsizetype mostInPiece = 500;
constexpr size_t mostImports = 4;

QList<ImportedAccount> accountsFrom(const QList<ImportedUser> &users)
{
    QList<ImportedAccount> accounts;
    for (const ImportedUser &user : users)
        accounts += ImportedAccount {.line = user.line,
                                     .id = user.id,
                                     .email = user.email,
                                     .name = user.name,
                                     .roles = user.roles,
                                     .passwordHash = user.passwordHash,
                                     .disabled = user.disabled,
                                     .emailVerified = user.emailVerified,
                                     .createdAt = user.createdAt};
    return accounts;
}

UserImport viewOf(const ImportOutcome &outcome)
{
    UserImport view {.added = outcome.added, .skipped = {}, .faults = {}, .moreFaults = outcome.moreFaults};
    for (const ImportDouble &one : outcome.skipped)
        view.skipped += SkippedUser {.line = one.line, .id = one.id};
    for (const ImportFault &one : outcome.faults)
        view.faults += UserImportFault {.line = one.line, .field = one.field, .message = one.message};
    return view;
}

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
    return import(order.import, true)->add(accountsFrom(order.users), m_parts.clock.now());
}

Result<UserImport> ImportHandlers::finish(const FinishImport &order)
{
    const auto known = import(order.import, false);
    if (!known)
        return refused(ErrorCode::NotFound,
                       u"this import is not known any more: four others have begun since, or the server was started anew"_s);
    const auto &[skipExisting, dryRun] = order.options;
    const auto outcome = known->finish({.skipExisting = skipExisting, .dryRun = dryRun}, m_parts.actor, m_parts.clock.now());
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_imports, [&order](const auto &one) { return one.first == order.import; });
    }
    if (!outcome)
        return refused(outcome);
    return viewOf(*outcome);
}

} // namespace

void addImportHandlers(OrderTable &table, const ConsoleParts &parts)
{
    table.add(std::make_shared<ImportHandlers>(parts), &ImportHandlers::add, &ImportHandlers::finish);
}

} // namespace warder
