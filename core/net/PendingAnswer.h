#pragma once

#include "core/net/AnswerSink.h"
#include "core/net/HttpResponse.h"

#include <memory>

namespace warder {

/// The right and the duty to answer one request, once. Move-only; may be used on any thread and outlive the connection and the
/// listener: the response is dropped then. Destroyed without an answer, it answers 500.
class PendingAnswer final
{
public:
    PendingAnswer(std::shared_ptr<AnswerSink> sink, quint64 id) noexcept;
    ~PendingAnswer();
    PendingAnswer(PendingAnswer &&other) noexcept = default;
    PendingAnswer &operator=(PendingAnswer &&other) noexcept;

    /// The first call answers, later ones (and those on a moved-from object) do nothing. Given on the HTTP thread inside
    /// HttpHandler::handle() the answer is written at once, else it is queued for that thread.
    void answer(HttpResponse answer);

    bool isAnswered() const noexcept { return !m_sink; }

private:
    std::shared_ptr<AnswerSink> m_sink; ///< Empty once answered or moved from.
    quint64 m_id = 0;
};

} // namespace warder
