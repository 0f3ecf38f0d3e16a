#pragma once

#include "core/console/Console.h"

#include <QFutureWatcher>
#include <QObject>

#include <type_traits>

namespace warder {

/// A context of ask() that is told of every answer before onValue or onError runs. `question` is one address for each type of answer.
class AnswerListener
{
public:
    virtual void answered(const void *question, bool succeeded) = 0;

protected:
    ~AnswerListener() = default;
};

template <typename T>
inline constexpr char questionFor = 0;

/// Waits for an answer of the console without waiting: exactly one of the two is called, from the event loop of `context`,
/// unless `context` is gone by then. An answer that was dropped or thrown counts as an error, so no page waits for ever.
template <typename T, typename OnValue, typename OnError>
void ask(const Answer<T> &answer, QObject *context, OnValue onValue, OnError onError)
{
    // Not .then(context, …): when the context dies, Qt calls onCanceled() from within its destructor. A watcher dies with it.
    auto *watcher = new QFutureWatcher<void>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, answer, context, onValue, onError] {
        watcher->deleteLater();
        const bool dropped = !answer.isResultReadyAt(0);
        const Result<T> result = dropped ? std::unexpected(Error {.code = ErrorCode::Busy}) : answer.result();
        if (auto *listener = dynamic_cast<AnswerListener *>(context))
            listener->answered(&questionFor<T>, result.has_value());
        if (!result)
            onError(result.error());
        else if constexpr (std::is_void_v<T>)
            onValue();
        else
            onValue(*result);
    });
    watcher->setFuture(QFuture<void>(answer));
}

} // namespace warder
