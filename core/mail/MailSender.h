#pragma once

#include "core/base/Result.h"
#include "core/mail/MailDelivery.h"
#include "core/mail/MailPolicy.h"
#include "core/mail/MailRequest.h"
#include "core/mail/OutboxStore.h"
#include "core/outbound/SmtpClient.h"

#include <atomic>
#include <optional>
#include <variant>

namespace warder {

class Database;
class Health;
class LiveSettings;
class Sealer;
class Transaction;

/// What one step was.
struct MailStep
{
    bool didSomething = false;          ///< There may be more to do at once.
    std::optional<TimePoint> next = {}; ///< Otherwise: when. Nothing: not before something is queued.
};

/// Takes mails and requests out of the outbox, one a step. A request is answered by MailRequests in the transaction that ends it; a mail is
/// leased in one transaction, handed over without one, and its outcome written in a second: a crash between them has it sent once more,
/// with the same Message-ID, when the lease is over.
///
/// A mail is tried at most eight times, with growing pauses (mail_limits). While the mail server itself has trouble (it does not answer,
/// its certificate is wrong, it does not let us in) all mails rest, and requests with them, or the links of their mails would be over
/// before one can be sent; the health problem `mail_not_sent` stands until one is taken.
/// `mail.per_hour` lets further mails wait, with the health problem `mail_limit_reached`; its last fifth is not for what strangers cause.
/// What is more for one recipient than mail_limits allow is dropped without a word to anybody.
///
/// step() is for one thread at a time, which may wait for the writer and for a mail server (MailThread); the others for any.
class MailSender final
{
public:
    static constexpr auto lease = std::chrono::minutes {8};   ///< Longer than a mail server may take.
    static constexpr Milliseconds afterRefusal = Seconds {5}; ///< Before it looks again where the database took nothing.

    /// `sealer`: of sealed_columns::mailPurpose. `authorities`: see SmtpClient.
    MailSender(Database &database, const Sealer &sealer, const LiveSettings &settings, Health &health, const QString &dataDirectory,
               const QByteArray &authorities = {});

    /// Who knows accounts. Before the first step; without, requests end unanswered.
    void answerBy(MailRequests &requests) { m_requests = &requests; }

    /// Gives up soon after `stop`; the mail that it had in hand is tried again.
    MailStep step(TimePoint now, const std::atomic<bool> &stop);

    /// What rested because of the mail server is tried at once: its settings may have changed.
    void endRest();

    const MailDelivery &delivery() const { return m_delivery; }

private:
    struct Idle
    {
        std::optional<TimePoint> next;
    };
    struct Handled
    {};
    /// Until when mails that may not be taken out wait, and how many went out in this hour.
    struct Pause
    {
        TimePoint until;
        qint64 count = 0;
    };
    using Taken = std::variant<Idle, Handled, OutboxRow>;

    Result<Taken> take(const MailPolicy &policy, TimePoint now);
    Result<Taken> takeFirst(Transaction &transaction, const MailPolicy &policy, std::optional<OutboxRow> &looked, TimePoint now);
    Result<Taken> idle(Transaction &transaction, OutboxStore::Which which, const Pause &pause, TimePoint now);
    Result<Taken> answer(Transaction &transaction, const OutboxRow &row, TimePoint now);
    Result<void> answerWith(Transaction &transaction, const OutboxRow &row, TimePoint now);
    Result<Taken> leased(Transaction &transaction, OutboxRow row, TimePoint now);
    Result<bool> hasRoom(Transaction &transaction, const QString &recipientKey, bool isAsked, TimePoint now);
    void noteUnanswered(const OutboxRow &row, const Error &why, TimePoint now);
    void send(const OutboxRow &row, const MailPolicy &policy, TimePoint now, const std::atomic<bool> &stop);
    void note(const OutboxRow &row, const MailOutcome &outcome, TimePoint now);
    void noteServer(const MailOutcome &outcome, TimePoint now);
    void noteRoom();
    void noteSettings(const MailPolicy &policy, TimePoint now);
    void noteStuck(const QString &why);
    std::optional<TimePoint> restUntil(const MailPolicy &policy, TimePoint now) const;

    Database &m_database;
    const Sealer &m_sealer;
    const LiveSettings &m_settings;
    Health &m_health;
    const MailDelivery m_delivery;
    MailRequests *m_requests = nullptr;
    std::atomic<qint64> m_restUntil {0}; ///< Milliseconds.
    int m_failuresInRow = 0;             ///< These are the stepping thread's.
    bool m_isStuck = false;              ///< The database takes nothing, which was logged.
};

} // namespace warder
