#pragma once

#include "core/net/HttpAnswer.h"

namespace warder {

/// Where the answers of tickets go. The real one (Mailroom) carries them to the HTTP thread that holds the responder.
class AnswerSink
{
public:
    virtual ~AnswerSink() = default;

    /// Called at most once per ticket, from any thread. Must not throw.
    virtual void accept(quint64 ticket, HttpAnswer answer) = 0;
};

} // namespace warder
