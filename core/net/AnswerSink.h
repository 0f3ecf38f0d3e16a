#pragma once

#include "core/net/HttpResponse.h"

namespace warder {

/// Receives the responses that PendingAnswer gives. In the server that is AnswerQueue, which carries them to the HTTP thread of the
/// request; tests have their own.
class AnswerSink
{
public:
    virtual ~AnswerSink() = default;

    /// Called at most once for each request, from any thread. Must not throw.
    virtual void accept(quint64 id, HttpResponse answer) = 0;
};

} // namespace warder
