#include "core/console/local/LocalConsole.h"

#include <QFutureWatcher>
#include <QSet>
#include <QTimer>

namespace warder {
namespace {

constexpr qsizetype mostWaiting = 256;
constexpr Milliseconds longest = ChangesSince::longestWait;

/// Answers at once where something is new; else the question waits in the journal, without a thread, until something is, its time
/// is up, or its asker is gone.
class WaitingQuestions final
{
public:
    explicit WaitingQuestions(ChangeJournal &journal) : m_journal(journal) {}
    ~WaitingQuestions()
    {
        for (const quint64 number : std::as_const(m_waiting))
            (void)m_journal.stopWaiting(number);
    }
    Q_DISABLE_COPY_MOVE(WaitingQuestions)

    void add(std::unique_ptr<ErrandOf<ChangesSince>> errand);

private:
    void park(const std::shared_ptr<ErrandOf<ChangesSince>> &waiting, quint64 number);

    ChangeJournal &m_journal;
    QSet<quint64> m_waiting; ///< Also those that were answered a moment ago.
    QObject m_context;       ///< Last: what is called from its event loop ends first.
};

void WaitingQuestions::add(std::unique_ptr<ErrandOf<ChangesSince>> errand)
{
    const ChangesSince order = errand->order;
    if (order.wait > longest)
        return errand->refuse({.code = ErrorCode::InvalidInput, .detail = u"wait: is more than %1 ms"_s.arg(longest.count())});
    if (order.wait == Milliseconds {0})
        return errand->answer(m_journal.since(order.position));
    if (m_waiting.size() >= mostWaiting)
        return errand->refuse({.code = ErrorCode::Busy, .detail = u"too many wait for changes"_s});
    const std::shared_ptr<ErrandOf<ChangesSince>> waiting = std::move(errand);
    if (const auto number = m_journal.answerSince(order.position, [waiting](const Changes &news) { waiting->answer(news); }))
        park(waiting, *number);
}

void WaitingQuestions::park(const std::shared_ptr<ErrandOf<ChangesSince>> &waiting, quint64 number)
{
    m_waiting += number;
    auto *watcher = new QFutureWatcher<void>(&m_context);
    auto *timer = new QTimer(watcher);
    const auto end = [this, waiting, number] {
        if (m_journal.stopWaiting(number))
            waiting->answer(m_journal.since(waiting->order.position));
    };
    timer->callOnTimeout(watcher, end);
    QObject::connect(watcher, &QFutureWatcherBase::canceled, watcher, end);
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [this, watcher, number] {
        m_waiting.remove(number);
        watcher->deleteLater();
    });
    watcher->setFuture(QFuture<void>(waiting->future()));
    timer->setSingleShot(true);
    timer->start(waiting->order.wait);
}

} // namespace

void LocalConsole::addChangeHandlers()
{
    m_handlers.add<ChangesSince>([waiting = std::make_shared<WaitingQuestions>(m_context.journal)](
                                     std::unique_ptr<ErrandOf<ChangesSince>> errand) { waiting->add(std::move(errand)); });
}

} // namespace warder
