#pragma once

#include "core/accounts/AccountListener.h"
#include "core/accounts/User.h"
#include "core/alarms/AlarmListener.h"
#include "core/audit/AuditListener.h"
#include "core/console/orders/Changes.h"
#include "core/ratelimit/GuessWatch.h"
#include "core/sessions/Session.h"
#include "core/sessions/SessionListener.h"
#include "core/signin/SignInListener.h"
#include "core/tokens/KeyListener.h"

#include <deque>
#include <functional>
#include <map>
#include <mutex>

namespace warder {

/// A bounded, numbered record of what changed, for whoever asks "what is new since 4711?". Any thread.
class ChangeJournal final : public AccountListener,
                            public SessionListener,
                            public SignInListener,
                            public KeyListener,
                            public AuditListener,
                            public AlarmListener
{
public:
    explicit ChangeJournal(size_t capacity = 20'000) : m_capacity(capacity) {}

    void record(const Change &change);

    /// O(what is new). `missedSome` when the ring has moved past the position (or it is from another run).
    Changes since(quint64 position) const;
    quint64 position() const;

    using Callback = std::function<void(const Changes &)>;
    /// Tells what is new since a position: here and now if something is; else once, after the next change, on the thread that
    /// records it, which `callback` must not hold up. Returns what stopWaiting() takes, or nothing if it has answered.
    std::optional<quint64> answerSince(quint64 position, const Callback &callback);
    /// Whether it was still waiting: then `callback` runs no more.
    [[nodiscard]] bool stopWaiting(quint64 number);

    /// How many sessions are live: kept by what is recorded; nothing until somebody counted them and told seed().
    std::optional<qint64> liveSessions() const;
    void seed(qint64 liveSessions);

    void sessionOpened(const Session &session, const User &user) override;
    void sessionRenewed(const Session &session, const User &user) override;
    void sessionEnded(const Session &session) override;
    void refreshReused(const Session &session, const QString &email, const QString &from) override;
    void bruteForceSeen(const BruteForce &seen, const std::optional<User> &user) override;
    void limitExceeded(const QString &rule, const QString &address, const QString &account, TimePoint now) override;
    void userCreated(const User &user) override;
    void userChanged(const User &user) override;
    void usersImported(qint64 count) override;
    void userRemoved(Id user) override;
    void keysChanged() override;
    void recorded(qint64 newest) override;
    void problemBegan(const RaisedAlarm &alarm) override;
    void alarmsStored() override;

private:
    struct Waiting
    {
        quint64 position = 0;
        Callback callback;
    };
    Changes newSince(quint64 position) const;
    void append(const Change &change);
    /// Unlocks, and tells those who wait.
    void answerWaiting(std::unique_lock<std::mutex> lock);

    const size_t m_capacity;
    mutable std::mutex m_mutex;
    std::deque<Change> m_ring;
    quint64 m_first = 1; ///< Number of the oldest in the ring.
    std::optional<qint64> m_liveSessions;
    std::map<quint64, Waiting> m_waiting;
    quint64 m_lastWaiting = 0;
};

} // namespace warder
