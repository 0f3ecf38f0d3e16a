#pragma once

#include "core/console/Console.h"

#include <QObject>

#include <type_traits>

namespace warder {

/// Waits for an answer of the console without waiting: exactly one of the two is called, on the thread of `context`, unless
/// `context` is gone by then. An answer that was dropped or thrown counts as an error, so no page waits for ever.
template <typename T, typename OnValue, typename OnError>
void ask(Answer<T> answer, QObject *context, OnValue onValue, OnError onError)
{
    answer
        .then(context,
              [onValue, onError](const Result<T> &result) {
                  if (!result)
                      onError(result.error());
                  else if constexpr (std::is_void_v<T>)
                      onValue();
                  else
                      onValue(*result);
              })
        .onFailed(context, [onError] { onError(Error {.code = ErrorCode::Internal}); })
        .onCanceled(context, [onError] { onError(Error {.code = ErrorCode::Busy}); });
}

} // namespace warder
