#pragma once

#include <QObject>

#include <functional>

namespace warder {

/// Wakes the event loop of the thread it was made on: ring() from any thread while it lives, `answer` runs on its own.
/// A bare QEvent and no queued call: the data travels under a std::mutex, which thread sanitizers understand.
class Wakeup final : public QObject
{
    Q_OBJECT
public:
    explicit Wakeup(std::function<void()> answer) : m_answer(std::move(answer)) {}

    void ring();

protected:
    void customEvent(QEvent *event) override;

private:
    const std::function<void()> m_answer;
};

} // namespace warder
