#pragma once

#include <QObject>

#include <functional>

namespace warder {

/// Wakes the event loop of the thread that made it: after wake(), from any thread, `onWake` runs on that thread.
/// It posts a bare QEvent instead of a queued call: the data travels separately under a std::mutex, which thread sanitizers understand.
class Wakeup final : public QObject
{
    Q_OBJECT
public:
    explicit Wakeup(std::function<void()> onWake) : m_onWake(std::move(onWake)) {}

    void wake();

protected:
    void customEvent(QEvent *event) override;

private:
    const std::function<void()> m_onWake;
};

} // namespace warder
