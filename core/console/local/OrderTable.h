#pragma once

#include "core/base/Workers.h"
#include "core/console/Handlers.h"
#include "core/storage/Database.h"

#include <QScopeGuard>

namespace warder {

/// The handlers of a LocalConsole and the threads they run on. A handler is a method of a topic, which lives as long as this:
///  - `Result<A> (const Order &)` runs on a thread for orders;
///  - `Result<A> (const Order &, Errand &)` may take long and has threads of its own, so that Overview and orders never wait behind a
///    search. Its reading stops when the errand is cancelled;
///  - `void (std::unique_ptr<ErrandOf<Order>>)` runs on the asker's thread and must not wait.
class OrderTable final
{
public:
    explicit OrderTable(Database &database) : m_database(database), m_orders(threads, mostWaiting), m_lists(threads, mostWaiting) {}

    template <typename Topic>
    void add(const std::shared_ptr<Topic> &topic, auto... handles)
    {
        (addOne(topic, handles), ...);
    }
    void carry(std::unique_ptr<Errand> errand) const { m_handlers.carry(std::move(errand)); }
    /// Finishes what was ordered and takes nothing more.
    void close()
    {
        m_orders.close();
        m_lists.close();
    }

private:
    static constexpr int threads = 2;
    static constexpr size_t mostWaiting = 1000;

    template <typename Topic, typename Order, typename T>
    void addOne(const std::shared_ptr<Topic> &topic, Result<T> (Topic::*handle)(const Order &))
    {
        m_handlers.add<Order>([this, topic, handle](std::unique_ptr<ErrandOf<Order>> errand) {
            run(m_orders, [topic, handle, errand = std::move(errand)] { errand->answer((topic.get()->*handle)(errand->order)); });
        });
    }
    template <typename Topic, typename Order, typename T>
    void addOne(const std::shared_ptr<Topic> &topic, Result<T> (Topic::*handle)(const Order &, Errand &))
    {
        m_handlers.add<Order>([this, topic, handle](std::unique_ptr<ErrandOf<Order>> errand) {
            run(m_lists, [this, topic, handle, errand = std::move(errand)] {
                DbConnection &reader = m_database.reader();
                reader.stopWhen([&errand] { return errand->isCanceled(); });
                const auto over = qScopeGuard([&reader] { reader.stopWhen({}); });
                if (!errand->isCanceled())
                    errand->answer((topic.get()->*handle)(errand->order, *errand));
            });
        });
    }
    template <typename Topic, typename Order>
    void addOne(const std::shared_ptr<Topic> &topic, void (Topic::*handle)(std::unique_ptr<ErrandOf<Order>>))
    {
        m_handlers.add<Order>([topic, handle](std::unique_ptr<ErrandOf<Order>> errand) { (topic.get()->*handle)(std::move(errand)); });
    }
    /// A job that finds no room is dropped, and its errand refused.
    static void run(Workers &workers, Workers::Job job) { (void)workers.tryRun(std::move(job)); }

    Database &m_database;
    Handlers m_handlers;
    Workers m_orders; ///< These last: they end before what their jobs use.
    Workers m_lists;
};

} // namespace warder
