#include "core/console/local/AccountImport.h"
#include "core/console/local/LocalConsole.h"

namespace warder {
namespace {

constexpr qsizetype mostInPiece = 500;
constexpr size_t mostImports = 4;
constexpr qsizetype mostOver = 100;

/// The caller holds the lock.
void noteOver(ConsoleContext &console, Id id)
{
    std::erase_if(console.imports, [&id](const auto &one) { return one.first == id; });
    console.importsOver += id;
    if (console.importsOver.size() > mostOver)
        console.importsOver.removeFirst();
}

std::unexpected<Error> unknown()
{
    return refused(ErrorCode::NotFound,
                   u"this import is not known any more: it is over, four others have begun since, or the server was started anew"_s);
}

/// Null when it is not known and shall not begin, or is over.
std::shared_ptr<AccountImport> importOf(ConsoleContext &console, Id id, bool mayBegin)
{
    const std::lock_guard lock(console.importing);
    auto &imports = console.imports;
    const auto found = std::ranges::find(imports, id, [](const auto &one) { return one.first; });
    if (found != imports.end())
        return found->second;
    if (!mayBegin || console.importsOver.contains(id))
        return {};
    if (imports.size() == mostImports)
        noteOver(console, imports.front().first);
    return imports.emplace_back(id, std::make_shared<AccountImport>(console.database, console.accounts, console.registration)).second;
}

Result<void> addUsers(ConsoleContext &console, const AddToImport &order, Errand &)
{
    if (order.import.isNull() || order.users.size() > mostInPiece)
        return refused(ErrorCode::InvalidInput, u"an import has an id, and pieces of at most %1 users"_s.arg(mostInPiece));
    const auto begun = importOf(console, order.import, true);
    return begun ? begun->add(order.users, console.now()) : unknown();
}

Result<UserImport> finish(ConsoleContext &console, const FinishImport &order, Errand &errand)
{
    const auto known = importOf(console, order.import, false);
    const auto goesOn = [&console, &errand](qint64 done, qint64 all) {
        errand.reportProgress(done, all);
        return !errand.isCanceled() && !console.isClosing; // hashing may take hours
    };
    auto outcome = known ? known->finish(order.options, console.actor, console.clock, goesOn) : Result<UserImport>(unknown());
    if (order.options.dryRun && order.options.keep)
        return outcome;
    const std::lock_guard lock(console.importing);
    noteOver(console, order.import); // also where its first piece is still to come
    return outcome;
}

} // namespace

void LocalConsole::addImportHandlers()
{
    addLong(m_imports, addUsers);
    addLong(m_imports, finish);
}

} // namespace warder
