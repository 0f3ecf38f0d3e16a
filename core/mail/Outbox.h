#pragma once

#include "core/base/Result.h"
#include "core/mail/Mail.h"
#include "core/mail/MailRequest.h"

#include <functional>
#include <mutex>

namespace warder {

class Database;
class Health;
class LiveSettings;
class Sealer;
class Transaction;

/// Mails wait here until a mail server took them. A row is written in the transaction of its cause: who has the one has the other. Its
/// secrets are sealed, and gone once it is sent. MailThread takes the rows out (core/mail/MailSender.h).
///
/// Bounded, so that nobody can fill the disk: beyond `mostWaiting` rows, or `mostAskedWaiting` of those that strangers cause, what comes is
/// lost, with the health problem `outbox_full`. A full outbox never undoes or refuses its cause.
///
/// Any thread that may use the database as the functions say.
class Outbox final
{
public:
    static constexpr qint64 mostWaiting = 10'000;
    static constexpr qint64 mostAskedWaiting = 5'000;
    static constexpr auto kept = std::chrono::days {7}; ///< Rows that are sent, dropped or failed; their `once` counts for as long.

    /// `sealer`: of sealed_columns::mailPurpose.
    Outbox(Database &database, const Sealer &sealer, const LiveSettings &settings, Health &health);

    /// Whether mails go anywhere: false where `mail.transport` is off. What only mails can finish answers `not_configured` then. Also on an
    /// HTTP thread.
    bool sends() const;

    /// Queues a mail in the caller's transaction; nothing, and success, where sends() is false, the outbox is full, or `once` was there.
    /// Seals by itself, under the master key of that very transaction: the caller need not hold the keys. Refuses only what storage
    /// refuses. On the writer.
    Result<void> queue(Transaction &transaction, const Mail &mail, TimePoint now);

    /// Queues a request in a job of its own: one row, the same for known and unknown addresses. Success as well where it is lost (see
    /// above). Waits for the writer: lanes and console only.
    Result<void> ask(const MailRequest &request, TimePoint now);

    /// Calls `wake` after each commit that queued something, on the writer's thread: it must be quick. Null: nobody is woken, and after the
    /// return nobody is being woken.
    void onQueued(std::function<void()> wake);

    /// Has whoever was set look at once, if somebody was: never waits.
    void wake();

    static constexpr QLatin1StringView fullProblem {"outbox_full"}; ///< Cleared by MailSender, once there is room.

private:
    Result<bool> hasRoom(Transaction &transaction, bool isAsked, TimePoint now);
    void wakeAfter(Transaction &transaction);

    Database &m_database;
    const Sealer &m_sealer;
    const LiveSettings &m_settings;
    Health &m_health;
    std::mutex m_mutex; ///< Guards the next.
    std::function<void()> m_wake;
};

} // namespace warder
