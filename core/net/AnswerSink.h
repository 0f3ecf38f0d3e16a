#pragma once

#include "core/net/HttpResponse.h"

namespace warder {

/// Where the answers of tickets go. The real one (AnswerQueue) carries them to the HTTP thread that holds the responder.
class AnswerSink
{
public:
    virtual ~AnswerSink() = default;

    /// Called at most once per ticket, from any thread. Must not throw.
    virtual void accept(quint64 id, HttpResponse answer) = 0;
};

} // namespace warder
