#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/console/Console.h"
#include "ui/support/Ask.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <utility>

namespace warder {

/// What is read about the one user who is selected. Read when a selection rests, one question in flight, and the newest user wins: who
/// runs through a list asks once at its beginning and once at its end. GUI thread.
class SelectedUser : public QObject
{
    Q_OBJECT
public:
    explicit SelectedUser(QObject *parent);

    /// Nothing: nobody. The same user again changes nothing.
    void select(std::optional<Id> user);
    /// It may be another one now; what is known stays until the answer comes.
    void readAgain();

    /// Why it is not known; nothing unless the last question failed.
    const std::optional<Error> &failure() const { return m_failure; }

Q_SIGNALS:
    /// What was read, or failure(), may be others than before; not for a select().
    void updated();

protected:
    virtual void askAbout(const Id &user) = 0;
    virtual bool isKnown() const = 0;
    virtual void forget() = 0;
    /// The answer to the last askAbout() is here. True: it is about who is selected, and may be kept.
    bool isWanted() const { return m_askedFor == m_user; }
    void noteAnswer(const std::optional<Error> &failure);

private:
    void read();
    void readIfUnknown();

    QTimer m_rest; ///< Runs while the selection moves.
    std::optional<Id> m_user;
    std::optional<Id> m_askedFor; ///< Whom the newest question was about.
    std::optional<Error> m_failure;
    bool m_asking = false;
    bool m_askAgain = false; ///< The answer that is on its way may be older than the reason to ask.
};

/// The answer to `Order` (such as FindFactors) for the one user who is selected.
template <typename Order>
class OfSelectedUser final : public SelectedUser
{
public:
    using Value = typename Order::Answer;
    using About = std::function<Order(const Id &user)>;

    /// `about`: makes the order about somebody.
    OfSelectedUser(Console &console, About about, QObject *parent) : SelectedUser(parent), m_console(console), m_about(std::move(about)) {}

    /// Nothing while it is being read, or after a failure.
    const std::optional<Value> &value() const { return m_value; }

private:
    void askAbout(const Id &user) override
    {
        ask(
            m_console.ask(m_about(user)), this, [this](const Value &value) { take(value); },
            [this](const Error &error) { take(std::unexpected(error)); });
    }
    bool isKnown() const override { return m_value.has_value(); }
    void forget() override { m_value.reset(); }
    void take(const Result<Value> &answer)
    {
        if (isWanted())
            m_value = answer ? std::optional(*answer) : std::nullopt;
        noteAnswer(answer ? std::nullopt : std::optional(answer.error()));
    }

    Console &m_console;
    About m_about;
    std::optional<Value> m_value;
};

} // namespace warder
