#pragma once

#include "core/base/Result.h"
#include "core/storage/DbConnection.h"
#include "core/storage/WriteQueue.h"

#include <latch>

namespace warder::test {

/// Writes that wait behind a gate, so that the writer takes all of them as one batch once it opens.
class Together final
{
public:
    explicit Together(WriteQueue &queue) : m_queue(queue)
    {
        m_threads.emplace_back([this] {
            (void)m_queue.run([this](DbConnection &) -> Result<void> {
                m_reached.count_down();
                m_opened.wait();
                return {};
            });
        });
        m_reached.wait();
    }
    ~Together() { (void)verdicts(); }

    /// `answered` runs on a thread of its own as soon as the job's verdict is there.
    void add(WriteQueue::Job job, std::function<void()> answered = [] {})
    {
        const size_t before = m_queue.waiting();
        m_verdicts.push_back(std::make_unique<Result<void>>());
        m_threads.emplace_back([this, verdict = m_verdicts.back().get(), job = std::move(job), answered = std::move(answered)] {
            *verdict = m_queue.run(job);
            answered();
        });
        while (m_queue.waiting() == before)
            std::this_thread::yield();
    }

    void open()
    {
        if (!std::exchange(m_isOpen, true))
            m_opened.count_down();
    }

    /// Opens the gate and waits for all; in the order of add().
    QList<Result<void>> verdicts()
    {
        open();
        m_threads.clear();
        QList<Result<void>> all;
        for (const auto &verdict : m_verdicts)
            all.append(*verdict);
        return all;
    }

private:
    WriteQueue &m_queue;
    std::latch m_reached {1};
    std::latch m_opened {1};
    bool m_isOpen = false;
    std::vector<std::unique_ptr<Result<void>>> m_verdicts;
    std::vector<std::jthread> m_threads;
};

} // namespace warder::test
