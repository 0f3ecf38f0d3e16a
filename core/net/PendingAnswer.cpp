#include "core/net/PendingAnswer.h"

#include <utility>

namespace warder {

PendingAnswer::PendingAnswer(std::shared_ptr<AnswerSink> sink, quint64 id) noexcept : m_sink(std::move(sink)), m_id(id) {}

PendingAnswer::~PendingAnswer()
{
    if (!isAnswered())
        answer(HttpResponse::error(ErrorCode::Internal));
}

PendingAnswer &PendingAnswer::operator=(PendingAnswer &&other) noexcept
{
    std::swap(m_sink, other.m_sink); // the other one dies soon, and answers what this one owed
    std::swap(m_id, other.m_id);
    return *this;
}

void PendingAnswer::answer(HttpResponse answer)
{
    if (const auto sink = std::exchange(m_sink, nullptr))
        sink->accept(m_id, std::move(answer));
}

} // namespace warder
