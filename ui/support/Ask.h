#pragma once

#include "core/console/Console.h"

#include <QFutureWatcher>
#include <QObject>

#include <type_traits>

namespace warder {

/// Waits for an answer of the console without waiting: exactly one of the two is called, from the event loop of `context`,
/// unless `context` is gone by then. An answer that was dropped or thrown counts as an error, so no page waits for ever.
template <typename T, typename OnValue, typename OnError>
void ask(const Answer<T> &answer, QObject *context, OnValue onValue, OnError onError)
{
    // Not .then(context, …): when the context dies, Qt calls onCanceled() from within its destructor. A watcher dies with it.
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, onValue, onError] {
        watcher->deleteLater();
        if (!watcher->future().isResultReadyAt(0))
            return onError(Error {.code = ErrorCode::Busy});
        const Result<T> result = watcher->result();
        if (!result)
            onError(result.error());
        else if constexpr (std::is_void_v<T>)
            onValue();
        else
            onValue(*result);
    });
    watcher->setFuture(answer);
}

} // namespace warder
