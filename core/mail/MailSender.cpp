#include "core/mail/MailSender.h"

#include "core/config/LiveSettings.h"
#include "core/crypto/Sealer.h"
#include "core/mail/MailLimits.h"
#include "core/mail/Outbox.h"
#include "core/mail/SealedMail.h"
#include "core/storage/Database.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/Log.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Which = OutboxStore::Which;

const QString notSent = u"mail_not_sent"_s;
const QString limitReached = u"mail_limit_reached"_s;
constexpr Milliseconds anHour = std::chrono::hours {1};
constexpr Milliseconds longestRest = std::chrono::minutes {5};

Milliseconds pauseFor(int attempts) { return mail_limits::pauseAfter(attempts, QRandomGenerator::global()->generateDouble()); }

/// Of the writer or its disk: trying the next row is no use.
bool isOfStorage(const Error &error)
{
    return error.code == ErrorCode::StorageUnavailable || error.code == ErrorCode::StorageFailure || error.code == ErrorCode::Busy;
}

/// What may go out after so many in this hour: the last fifth is not for what strangers cause.
Which roomAfter(qint64 begun, qint64 mostAnHour)
{
    if (begun >= mostAnHour)
        return Which::Begun;
    return begun >= mostAnHour - mostAnHour / 5 ? Which::Notices : Which::All;
}

std::optional<TimePoint> earlier(std::optional<TimePoint> one, TimePoint other) { return one ? std::min(*one, other) : other; }

} // namespace

MailSender::MailSender(Database &database, const Sealer &sealer, const LiveSettings &settings, Health &health, const QString &dataDirectory,
                       const QByteArray &authorities)
    : m_database(database), m_sealer(sealer), m_settings(settings), m_health(health), m_delivery(dataDirectory, authorities)
{}

MailStep MailSender::step(TimePoint now, const std::atomic<bool> &stop)
{
    const MailPolicy policy = MailPolicy::from(m_settings.get());
    if (policy.transport == MailTransport::Off)
        return {};
    noteRoom();
    noteSettings(policy, now);
    const auto taken = take(policy, now);
    if (!taken)
        return {.next = now + afterRefusal};
    if (const auto *idle = std::get_if<Idle>(&*taken))
        return {.next = idle->next};
    if (const auto *row = std::get_if<OutboxRow>(&*taken))
        send(*row, policy, now, stop);
    return {.didSomething = true};
}

Result<MailSender::Taken> MailSender::take(const MailPolicy &policy, TimePoint now)
{
    std::optional<OutboxRow> looked;
    auto taken = [&] {
        const auto sealing = m_sealer.hold(); // whoever answers a request seals what the link spends
        return m_database.write([&](Transaction &transaction) { return takeFirst(transaction, policy, looked, now); });
    }();
    if (!taken && looked && looked->isRequest && !isOfStorage(taken.error()))
        noteUnanswered(*looked, taken.error(), now);
    else
        noteStuck(taken ? QString() : taken.error().detail);
    return taken;
}

Result<MailSender::Taken> MailSender::takeFirst(Transaction &transaction, const MailPolicy &policy, std::optional<OutboxRow> &looked,
                                                TimePoint now)
{
    const auto begun = OutboxStore::begun(transaction, now - anHour, now);
    if (!begun)
        return refused(begun);
    const auto rest = restUntil(policy, now);
    const Which which = rest ? Which::None : roomAfter(begun->count, policy.mostAnHour);
    const auto row = OutboxStore::firstDue(transaction, now, now + mail_limits::latestDue, which, m_failuresInRow > 0);
    if (!row)
        return refused(row);
    looked = *row;
    if (!looked)
        return idle(transaction, which, {.until = rest.value_or(begun->first + anHour), .count = begun->count}, now);
    return looked->isRequest ? answer(transaction, *looked, now) : leased(transaction, *looked, now);
}

Result<MailSender::Taken> MailSender::idle(Transaction &transaction, Which which, const Pause &pause, TimePoint now)
{
    const auto next = OutboxStore::nextDue(transaction, which);
    const auto any = OutboxStore::nextDue(transaction, Which::All);
    if (!next || !any)
        return refused(next ? any : next);
    const bool othersWait = which != Which::All && *any && **any <= now;
    m_health.note(
        (which == Which::Begun || which == Which::Notices) && othersWait,
        {.code = limitReached, .detail = u"mail.per_hour: %1 mails went out within an hour, further ones wait"_s.arg(pause.count)}, now);
    if (which == Which::All || !*any)
        return Taken(Idle {.next = *next});
    return Taken(Idle {.next = earlier(*next, std::max(**any, pause.until))});
}

Result<bool> MailSender::hasRoom(Transaction &transaction, const QString &recipientKey, bool isAsked, TimePoint now)
{
    const mail_limits::RecipientLimit &limit = isAsked ? mail_limits::asked : mail_limits::notices;
    return OutboxStore::counted(transaction, recipientKey, isAsked, now - mail_limits::day, now, limit.aDay)
        .transform([&](const QList<TimePoint> &times) { return mail_limits::hasRoom(limit, times, now); });
}

/// Where there is no room nothing is looked up, so that a stranger cannot make the links of earlier mails void.
Result<MailSender::Taken> MailSender::answer(Transaction &transaction, const OutboxRow &row, TimePoint now)
{
    const auto hasIt = hasRoom(transaction, row.recipientKey, true, now);
    if (!hasIt)
        return refused(hasIt);
    if (!*hasIt)
        log(LogLevel::Info, "mail_limited"_L1, {{"kind"_L1, row.kind}});
    return OutboxStore::remove(transaction, row.id)
        .and_then([&] { return *hasIt && now < row.useBy ? answerWith(transaction, row, now) : Result<void>(); })
        .transform([] { return Taken(Handled()); });
}

Result<void> MailSender::answerWith(Transaction &transaction, const OutboxRow &row, TimePoint now)
{
    const auto request = sealed_mail::requestOf(row, m_sealer);
    if (!request || !m_requests) {
        log(LogLevel::Error, "mail_request_lost"_L1,
            {{"kind"_L1, row.kind}, {"why"_L1, request ? u"nobody answers"_s : request.error().detail}});
        return {};
    }
    const auto mail = m_requests->mailFor(transaction, *request, now);
    if (!mail || !*mail)
        return mail.transform([](const auto &) {});
    auto queued = sealed_mail::rowOf(transaction, m_sealer, **mail, now);
    if (!queued)
        return refused(queued);
    queued->countedAt = now;
    queued->recipientKey = row.recipientKey; // under which it was found to have room
    if (queued->language.isEmpty())
        queued->language = row.language;
    return OutboxStore::insert(transaction, *queued).transform([](bool) {});
}

/// Its transaction was undone: it is there as before.
void MailSender::noteUnanswered(const OutboxRow &row, const Error &why, TimePoint now)
{
    const int attempts = row.attempts + 1;
    const bool isLast = attempts >= mail_limits::mostAttempts;
    log(LogLevel::Warning, "mail_request_failed"_L1, {{"kind"_L1, row.kind}, {"why"_L1, why.detail}, {"given_up"_L1, isLast}});
    const auto noted = m_database.write([&](Transaction &transaction) {
        return isLast ? OutboxStore::remove(transaction, row.id)
                      : OutboxStore::postpone(transaction, row.id, attempts, now + pauseFor(attempts), why.detail);
    });
    if (!noted)
        noteStuck(noted.error().detail);
}

Result<MailSender::Taken> MailSender::leased(Transaction &transaction, OutboxRow row, TimePoint now)
{
    const auto dropped = [&](const QString &why) {
        return OutboxStore::end(transaction, row.id, MailState::Dropped, why, now).transform([] { return Taken(Handled()); });
    };
    if (now >= row.useBy)
        return dropped(u"over before it could be sent"_s);
    if (!row.countedAt) {
        const auto hasIt = hasRoom(transaction, row.recipientKey, row.isAsked, now);
        if (!hasIt)
            return refused(hasIt);
        if (!*hasIt)
            return dropped(u"its recipient has had as many mails as one gets"_s);
        if (const auto noted = OutboxStore::noteCounted(transaction, row.id, now); !noted)
            return refused(noted);
    }
    ++row.attempts;
    return OutboxStore::lease(transaction, row.id, now, now + lease).transform([&row] { return Taken(row); });
}

void MailSender::send(const OutboxRow &row, const MailPolicy &policy, TimePoint now, const std::atomic<bool> &stop)
{
    const auto mail = sealed_mail::mailOf(row, m_sealer);
    const MailOutcome outcome =
        mail ? m_delivery.deliver(row.id, *mail, policy, now, stop) : MailOutcome {.fate = MailFate::Never, .line = mail.error().detail};
    noteServer(outcome, now);
    note(row, outcome, now);
}

void MailSender::note(const OutboxRow &row, const MailOutcome &outcome, TimePoint now)
{
    const TimePoint again = outcome.isInterrupted ? now : now + pauseFor(row.attempts);
    const bool isLast = !outcome.isInterrupted && (row.attempts >= mail_limits::mostAttempts || again >= row.useBy);
    const bool isFailed = outcome.fate == MailFate::Never || (outcome.fate == MailFate::Later && isLast);
    if (isFailed)
        log(LogLevel::Warning, "mail_failed"_L1, {{"mail"_L1, row.id}, {"kind"_L1, row.kind}, {"why"_L1, outcome.line}});
    const auto noted = m_database.write([&](Transaction &transaction) {
        if (outcome.fate == MailFate::Sent)
            return OutboxStore::end(transaction, row.id, MailState::Sent, outcome.line, now);
        if (isFailed)
            return OutboxStore::end(transaction, row.id, MailState::Failed, outcome.line, now);
        return OutboxStore::postpone(transaction, row.id, outcome.isInterrupted ? row.attempts - 1 : row.attempts, again, outcome.line);
    });
    if (!noted) // the lease ends by itself
        noteStuck(noted.error().detail);
}

/// Once, and not each few seconds for as long as a disk is full.
void MailSender::noteStuck(const QString &why)
{
    if (!why.isEmpty() && !m_isStuck)
        log(LogLevel::Warning, "outbox_stuck"_L1, {{"why"_L1, why}});
    m_isStuck = !why.isEmpty();
}

void MailSender::noteSettings(const MailPolicy &policy, TimePoint now)
{
    const QString why = policy.whyNot();
    if (why.isEmpty())
        return;
    if (!m_health.has(notSent))
        log(LogLevel::Warning, "mail_not_sent"_L1, {{"why"_L1, why}});
    m_health.set({.code = notSent, .detail = why}, now);
}

void MailSender::endRest()
{
    m_restUntil = 0;
    m_health.clear(notSent); // the next mail may say so again
}

void MailSender::noteServer(const MailOutcome &outcome, TimePoint now)
{
    if (outcome.isInterrupted)
        return;
    if (!outcome.isAboutServer) {
        if (m_failuresInRow > 0)
            log(LogLevel::Info, "mail_sent_again"_L1);
        m_failuresInRow = 0;
        m_restUntil = 0;
        return m_health.clear(notSent);
    }
    if (++m_failuresInRow == 1)
        log(LogLevel::Warning, "mail_not_sent"_L1, {{"why"_L1, outcome.line}});
    m_restUntil = toMilliseconds(now + std::min(longestRest, pauseFor(m_failuresInRow)));
    m_health.set({.code = notSent, .detail = outcome.line}, now);
}

void MailSender::noteRoom()
{
    if (!m_health.has(QString(Outbox::fullProblem)))
        return;
    const auto isRoomy = [this](bool isAsked, qint64 most) {
        return OutboxStore::countWaiting(m_database.reader(), isAsked).value_or(most) < most - most / 10;
    };
    if (isRoomy(true, Outbox::mostAskedWaiting) && isRoomy(false, Outbox::mostWaiting - Outbox::mostAskedWaiting))
        m_health.clear(QString(Outbox::fullProblem));
}

/// Until when no mail is tried; nothing: they are. The clock may have been set back.
std::optional<TimePoint> MailSender::restUntil(const MailPolicy &policy, TimePoint now) const
{
    if (!policy.whyNot().isEmpty())
        return now + longestRest; // new settings wake the thread
    const TimePoint until = fromMilliseconds(m_restUntil);
    return now < until && until - now <= 2 * longestRest ? std::optional(until) : std::nullopt;
}

} // namespace warder
