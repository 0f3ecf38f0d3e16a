#pragma once

#include "core/base/Workers.h"
#include "core/console/Console.h"
#include "core/console/Handlers.h"
#include "core/console/local/ConsoleContext.h"
#include "core/storage/Database.h"
#include "core/storage/DbConnection.h"

#include <QScopeGuard>

namespace warder {

/// The console in the server's own process. At its end what was ordered is finished, and who waits for changes is refused. A handler
/// carries one order out; none blocks the caller. ChangesSince has no thread: the journal answers it. The others have one of two forms:
///  - `Result<A> (ConsoleContext &, const Order &)` runs on a thread for orders;
///  - `Result<A> (ConsoleContext &, const Order &, Errand &)` may take long and has threads of its own, so that Overview and orders never
///    wait behind a search. Its reading stops when the errand is cancelled. What may take minutes has others than lists, so that these
///    never wait behind it: backups and changes of many, imports, which judge and hash passwords, and a tuning, whose thread gives way to
///    all others.
class LocalConsole final : public Console
{
public:
    explicit LocalConsole(const ConsoleParts &parts);
    ~LocalConsole() override { m_context.isClosing = true; }

private:
    static constexpr int threads = 2;
    static constexpr int bulkThreads = 4;   ///< Somebody ends all sessions of a thief while backups are checked.
    static constexpr int importThreads = 4; ///< One for each import that is known: some may hash for hours.
    static constexpr size_t mostWaiting = 1000;

    void addServerHandlers();
    void addAlarmHandlers();
    void addChangeHandlers();
    void addSessionHandlers();
    void addUserHandlers();
    void addFactorHandlers();
    void addImportHandlers();
    void addHashingHandlers();
    void addLimitHandlers();
    void addKeyHandlers();
    void addMasterKeyHandlers();
    void addPasskeyHandlers();
    void addProviderHandlers();
    void addMailHandlers();
    void addActivityHandlers();
    void addRefusalHandlers();
    void addBackupHandlers();

    void add(auto... handles) { (addOne(handles), ...); }
    template <typename Order, typename T>
    void addOne(Result<T> (*handle)(ConsoleContext &, const Order &))
    {
        m_handlers.add<Order>([this, handle](std::unique_ptr<ErrandOf<Order>> errand) {
            run(m_orders, [this, handle, errand = std::move(errand)] { errand->answer(handle(m_context, errand->order)); });
        });
    }
    template <typename Order, typename T>
    void addOne(Result<T> (*handle)(ConsoleContext &, const Order &, Errand &))
    {
        addLong(m_lists, handle);
    }
    template <typename Order, typename T>
    void addLong(Workers &workers, Result<T> (*handle)(ConsoleContext &, const Order &, Errand &))
    {
        m_handlers.add<Order>([this, &workers, handle](std::unique_ptr<ErrandOf<Order>> errand) {
            run(workers, [this, handle, errand = std::move(errand)] {
                DbConnection &reader = m_context.database.reader();
                reader.stopWhen([&errand] { return errand->isCanceled(); });
                const auto over = qScopeGuard([&reader] { reader.stopWhen({}); });
                if (!errand->isCanceled())
                    errand->answer(handle(m_context, errand->order, *errand));
            });
        });
    }
    /// A job that finds no room is dropped, and its errand refused.
    static void run(Workers &workers, Workers::Job job) { (void)workers.tryRun(std::move(job)); }
    void carry(std::unique_ptr<Errand> errand) override { m_handlers.carry(std::move(errand)); }

    ConsoleContext m_context;
    Handlers m_handlers;
    Workers m_orders {threads, mostWaiting}; ///< These last: they end before what their jobs use.
    Workers m_lists {threads, mostWaiting};
    Workers m_bulk {bulkThreads, mostWaiting};
    Workers m_imports {importThreads, mostWaiting};
    Workers m_tunings {1, mostWaiting}; ///< Two that are measured at once would measure each other.
};

} // namespace warder
