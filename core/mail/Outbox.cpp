#include "core/mail/Outbox.h"

#include "core/config/LiveSettings.h"
#include "core/mail/MailLimits.h"
#include "core/mail/MailPolicy.h"
#include "core/mail/SealedMail.h"
#include "core/storage/Database.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/Log.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestTypedAddress = 254;
constexpr qsizetype mostRequestData = 8 * 1024;

} // namespace

Outbox::Outbox(Database &database, const Sealer &sealer, const LiveSettings &settings, Health &health)
    : m_database(database), m_sealer(sealer), m_settings(settings), m_health(health)
{}

bool Outbox::sends() const { return m_settings.get().get<"mail.transport">() != nameOf(MailTransport::Off); }

void Outbox::onQueued(std::function<void()> wake)
{
    const std::lock_guard lock(m_mutex);
    m_wake = std::move(wake);
}

void Outbox::wake()
{
    const std::lock_guard lock(m_mutex);
    if (m_wake)
        m_wake();
}

void Outbox::wakeAfter(Transaction &transaction)
{
    transaction.afterCommit([this] { wake(); });
}

Result<bool> Outbox::hasRoom(Transaction &transaction, bool isAsked, TimePoint now)
{
    const auto waiting = OutboxStore::countWaiting(transaction, isAsked);
    if (!waiting)
        return refused(waiting);
    const qint64 most = isAsked ? mostAskedWaiting : mostWaiting - mostAskedWaiting;
    if (*waiting < most)
        return true;
    if (!m_health.has(QString(fullProblem)))
        log(LogLevel::Warning, "outbox_full"_L1, {{"waiting"_L1, *waiting}, {"asked_for"_L1, isAsked}});
    m_health.set({.code = fullProblem, .detail = u"%1 mails wait, further ones are lost"_s.arg(*waiting)}, now);
    return false;
}

Result<void> Outbox::queue(Transaction &transaction, const Mail &mail, TimePoint now)
{
    if (!sends())
        return {};
    return hasRoom(transaction, mail_limits::isAskedFor(mail.kind) && !mail.isOwners, now).and_then([&](bool hasIt) -> Result<void> {
        if (!hasIt)
            return {};
        const auto row = sealed_mail::rowOf(transaction, m_sealer, mail, now);
        if (!row)
            return refused(row);
        wakeAfter(transaction);
        return OutboxStore::insert(transaction, *row).transform([](bool) {});
    });
}

Result<void> Outbox::ask(const MailRequest &request, TimePoint now)
{
    const bool isBounded = request.address.toUtf8().size() <= longestTypedAddress
                           && QJsonDocument(request.data).toJson(QJsonDocument::Compact).size() <= mostRequestData;
    if (!sends() || !isBounded)
        return {};
    return m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto hasIt = hasRoom(transaction, true, now);
        if (!hasIt || !*hasIt)
            return hasIt.transform([](bool) {});
        const auto row = sealed_mail::rowOf(transaction, m_sealer, request, now);
        if (!row)
            return refused(row);
        wakeAfter(transaction);
        return OutboxStore::insert(transaction, *row).transform([](bool) {});
    });
}

} // namespace warder
