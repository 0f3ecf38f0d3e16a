#include "core/console/local/AccountImport.h"
#include "core/console/local/LocalConsole.h"

namespace warder {
namespace {

constexpr qsizetype mostInPiece = 500;
constexpr size_t mostImports = 4;

/// Null when it is not known and shall not begin.
std::shared_ptr<AccountImport> importOf(ConsoleContext &console, Id id, bool mayBegin)
{
    const std::lock_guard lock(console.importing);
    auto &imports = console.imports;
    const auto found = std::ranges::find(imports, id, [](const auto &one) { return one.first; });
    if (found != imports.end())
        return found->second;
    if (!mayBegin)
        return {};
    if (imports.size() == mostImports)
        imports.erase(imports.begin());
    return imports.emplace_back(id, std::make_shared<AccountImport>(console.database, console.accounts, console.registration)).second;
}

Result<void> addUsers(ConsoleContext &console, const AddToImport &order)
{
    if (order.import.isNull() || order.users.size() > mostInPiece)
        return refused(ErrorCode::InvalidInput, u"an import has an id, and pieces of at most %1 users"_s.arg(mostInPiece));
    return importOf(console, order.import, true)->add(order.users, console.now());
}

Result<UserImport> finish(ConsoleContext &console, const FinishImport &order)
{
    const auto known = importOf(console, order.import, false);
    if (!known)
        return refused(ErrorCode::NotFound,
                       u"this import is not known any more: four others have begun since, or the server was started anew"_s);
    auto outcome = known->finish(order.options, console.actor, console.now());
    const std::lock_guard lock(console.importing);
    std::erase_if(console.imports, [&order](const auto &one) { return one.first == order.import; });
    return outcome;
}

} // namespace

void LocalConsole::addImportHandlers() { add(addUsers, finish); }

} // namespace warder
