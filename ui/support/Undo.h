#pragma once

#include <QString>

#include <functional>
#include <memory>
#include <utility>

namespace warder {

/// How an attempt to take something back ended.
enum class UndoEnd {
    TakenBack,
    Void, ///< It is not as it was left any more: taking it back would undo what somebody else did.
    Kept, ///< The person thought better of it, or the server refused. It can be tried again.
};

/// One attempt to take something back, and the duty to say how it ended, once: what is dropped without a word ends as Kept. Copies share
/// the duty. GUI thread.
class UndoTurn final
{
public:
    explicit UndoTurn(std::function<void(UndoEnd)> onEnd) : m_duty(std::make_shared<Duty>(std::move(onEnd))) {}

    void end(UndoEnd how) const { m_duty->end(how); }

private:
    struct Duty
    {
        explicit Duty(std::function<void(UndoEnd)> call) : onEnd(std::move(call)) {}
        ~Duty() { end(UndoEnd::Kept); }
        Q_DISABLE_COPY_MOVE(Duty)

        void end(UndoEnd how)
        {
            if (const auto call = std::exchange(onEnd, nullptr))
                call(how);
        }

        std::function<void(UndoEnd)> onEnd;
    };

    std::shared_ptr<Duty> m_duty;
};

/// Something that was done and can be taken back; an empty one cannot.
struct Undo
{
    QString what = {};  ///< What was done, as a list names it: "Rotation of Zk9Qw3sT1vLr2YxB".
    QString about = {}; ///< A key of what it changed: of several changes of the same thing the newest is taken back first.
    /// Looks whether it still is as it was left, asks, and takes it back.
    std::function<void(const UndoTurn &turn)> begin = {};

    explicit operator bool() const { return bool(begin); }
};

} // namespace warder
