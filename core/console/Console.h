#pragma once

#include "core/base/Result.h"

#include <QFuture>
#include <QPromise>

#include <functional>

namespace warder {

template <typename T>
using Answer = QFuture<Result<T>>;

/// An order on its way to whoever carries it out, and the duty to answer it, once: what is dropped unanswered is refused as Busy. May
/// move between threads.
class Errand
{
public:
    Errand() = default;
    virtual ~Errand() = default;
    Q_DISABLE_COPY_MOVE(Errand)

    virtual QLatin1StringView name() const = 0;
    virtual void refuse(const Error &error) = 0;

    /// Whoever asked takes the question back. A long order asks now and then; others are called from the event loop of `context`.
    virtual bool isCanceled() const = 0;
    virtual void whenCanceled(QObject *context, std::function<void()> call) const = 0;
    /// How far a long order is.
    virtual void reportProgress(qsizetype done, qsizetype all) = 0;
};

/// Calls from the event loop of `context` when somebody cancels the future, and no more once it is finished.
void whenCanceled(const QFuture<void> &future, QObject *context, std::function<void()> call);

template <typename Order>
class ErrandOf : public Errand
{
public:
    using Value = Result<typename Order::Answer>;

    explicit ErrandOf(Order given) : order(std::move(given)) { m_promise.start(); }
    ~ErrandOf() override { close(); }

    const Order order;

    QFuture<Value> future() const { return m_promise.future(); }
    void answer(Value value) { finish(std::move(value)); }

    QLatin1StringView name() const override { return Order::name; }
    void refuse(const Error &error) override { finish(std::unexpected(error)); }
    bool isCanceled() const override { return m_promise.isCanceled(); }
    void whenCanceled(QObject *context, std::function<void()> call) const override
    {
        warder::whenCanceled(QFuture<void>(future()), context, std::move(call));
    }
    void reportProgress(qsizetype done, qsizetype all) override
    {
        m_promise.setProgressRange(0, int(all));
        m_promise.setProgressValue(int(done));
    }

protected:
    /// The answer, before whoever waits for the future has it; on the thread that answers.
    virtual void noteAnswer(const Value &) {}

    /// Who overrides noteAnswer() calls it as it ends, too: an errand that is dropped is answered as well.
    void close() { ErrandOf::refuse({.code = ErrorCode::Busy, .detail = QStringLiteral("the console has too much to do, or closes")}); }

private:
    /// The first answer counts.
    void finish(Value value)
    {
        if (std::exchange(m_isAnswered, true))
            return;
        noteAnswer(value);
        keepPromise(std::move(value));
    }

    /// A call of its own, so that in the thread sanitizer's stacks finish() stands above what Qt does under its own lock.
    [[gnu::noinline]] void keepPromise(Value value)
    {
        m_promise.addResult(std::move(value));
        m_promise.finish();
    }

    QPromise<Value> m_promise;
    bool m_isAnswered = false;
};

/// Everything the window and the command line may see and do, as orders (core/console/orders); no page knows anything else of the
/// core. LocalConsole carries them out in the server's process, RemoteConsole sends them there over the 0600 local socket.
/// Call from one thread with an event loop (the GUI's); nothing here waits: every answer is a future, finished on a thread of the
/// console's own, so use `.then(context, …)`. Cancelling the future of an order that only reads, of RevokeShown, ChangeUsers,
/// AddToImport, FinishImport, CreateBackup or RestoreBackup stops the work; nothing else heeds it. A text longer than TextMatcher::longest
/// and a cursor that is none are InvalidInput.
class Console
{
public:
    virtual ~Console() = default;

    template <typename Order>
    Answer<typename Order::Answer> ask(Order order)
    {
        auto errand = std::make_unique<ErrandOf<Order>>(std::move(order));
        auto answer = errand->future();
        carry(std::move(errand));
        return answer;
    }

    /// Takes over an errand that somebody else made.
    virtual void carry(std::unique_ptr<Errand> errand) = 0;
};

} // namespace warder
