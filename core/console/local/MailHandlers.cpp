#include "core/audit/AuditStore.h"
#include "core/base/Text.h"
#include "core/config/LiveSettings.h"
#include "core/console/TextMatcher.h"
#include "core/console/local/LocalConsole.h"
#include "core/console/orders/Mail.h"
#include "core/mail/MailAddress.h"
#include "core/mail/MailLanguages.h"
#include "core/mail/MailSender.h"
#include "core/mail/Outbox.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostAtOnce = 1000;
constexpr int longestPage = 500;

bool isWaiting(const OutboxRow &row) { return row.state == MailState::Queued || row.state == MailState::Sending; }
bool mayDrop(const OutboxRow &row) { return row.state == MailState::Queued || row.state == MailState::Failed; }
bool mayRetry(const OutboxRow &row, TimePoint now) { return mayDrop(row) && !row.sealed.isEmpty() && now < row.useBy; }

MailView viewOf(const OutboxRow &row, TimePoint now)
{
    return {.id = row.id,
            .kind = row.kind,
            .isRequest = row.isRequest,
            .recipient = row.recipient,
            .user = row.user,
            .language = row.language,
            .state = row.state,
            .attempts = row.attempts,
            .createdAt = row.createdAt,
            .dueAt = isWaiting(row) ? std::optional(row.dueAt) : std::nullopt,
            .endedAt = row.endedAt,
            .useBy = row.useBy,
            .lastLine = row.lastLine,
            .mayRetry = mayRetry(row, now),
            .mayDrop = mayDrop(row)};
}

MailPolicy policyOf(const ConsoleContext &console) { return MailPolicy::from(console.settings.get()); }

QStringList kindsOfMails()
{
    QStringList kinds;
    for (const QLatin1StringView kind : namesOf<MailKind>)
        kinds += QString(kind);
    return kinds;
}

Result<MailOverview> read(ConsoleContext &console, const ReadMail &)
{
    const auto counts = OutboxStore::countStates(console.database.reader());
    const auto begun = OutboxStore::begun(console.database.reader(), console.now() - std::chrono::hours {1}, console.now());
    if (!counts || !begun)
        return counts ? refused(begun) : refused(counts);
    const MailPolicy policy = policyOf(console);
    const MailDelivery &delivery = console.mailSender.delivery();
    const MailTemplates templates = delivery.templates(policy);
    return MailOverview {.transport = nameOf(policy.transport),
                         .place = delivery.placeOf(policy),
                         .from = policy.sender(),
                         .whyNot = policy.whyNot(),
                         .warnings = policy.warnings(),
                         .templateFaults = templates.faults(),
                         .templateFolder = templates.folder(),
                         .kinds = kindsOfMails(),
                         .languages = mail_languages::all(),
                         .language = policy.language,
                         .queued = counts->queued,
                         .sending = counts->sending,
                         .sent = counts->sent,
                         .dropped = counts->dropped,
                         .failed = counts->failed,
                         .sentLastHour = begun->count,
                         .mostAnHour = policy.mostAnHour};
}

/// The last mail that was read; null for an empty cursor.
Result<Id> mailOf(const QString &cursor)
{
    const auto id = Id::fromString(cursor);
    if (!id && !cursor.isEmpty())
        return refused(ErrorCode::InvalidInput, u"the cursor is none of this list"_s);
    return id.value_or(Id {});
}

Result<PageOf<MailView>> list(ConsoleContext &console, const ListMails &order, Errand &)
{
    const quint64 position = console.journal.position();
    const auto before = TextMatcher::check(order.text).and_then([&order] { return mailOf(order.cursor); });
    if (!before)
        return refused(before);
    const int limit = std::clamp(order.limit, 1, longestPage);
    const OutboxFilter filter {.text = order.text.trimmed(), .state = order.state};
    const auto rows = OutboxStore::page(console.database.reader(), filter, *before, limit + 1);
    if (!rows)
        return refused(rows);
    PageOf<MailView> page {.rows = {}, .next = {}, .position = position};
    for (const OutboxRow &row : rows->first(std::min<qsizetype>(rows->size(), limit)))
        page.rows += viewOf(row, console.now());
    if (rows->size() > limit)
        page.next = page.rows.last().id.toString();
    return page;
}

Result<OutboxRow> rowOf(ConsoleContext &console, Id mail)
{
    const auto row = OutboxStore::find(console.database.reader(), mail);
    if (!row)
        return refused(row);
    return *row ? Result<OutboxRow>(**row) : refused(ErrorCode::NotFound, u"the outbox has no mail %1"_s.arg(mail.toString()));
}

Result<MailView> find(ConsoleContext &console, const FindMail &order)
{
    return rowOf(console, order.mail).transform([&console](const OutboxRow &row) { return viewOf(row, console.now()); });
}

QString whyNeither(const OutboxRow &row, TimePoint now)
{
    switch (row.state) {
    case MailState::Sending: return u"a mail server has it in hand"_s;
    case MailState::Sent:    return u"it was sent"_s;
    case MailState::Dropped: return u"it was dropped, and what it said is gone"_s;
    case MailState::Queued:
    case MailState::Failed:  break;
    }
    return now < row.useBy ? u"what it said is gone"_s : u"its link is over: have another one asked for"_s;
}

/// One of several that is gone, or has moved on, is no matter; one alone is.
Result<int> change(ConsoleContext &console, const QList<Id> &mails, QLatin1StringView event,
                   Result<bool> (*changeOne)(DbConnection &, Id, const ConsoleContext &))
{
    if (mails.size() > mostAtOnce)
        return refused(ErrorCode::InvalidInput, u"at most %1 mails at once"_s.arg(mostAtOnce));
    if (mails.size() == 1) {
        const auto row = rowOf(console, mails.first());
        if (!row)
            return refused(row);
        const bool may = event == audit::mailRetried ? mayRetry(*row, console.now()) : mayDrop(*row);
        if (!may)
            return refused(ErrorCode::Conflict, whyNeither(*row, console.now()));
    }
    return console.database.write([&](Transaction &transaction) -> Result<int> {
        int changed = 0;
        for (const Id &mail : mails) {
            const auto done = changeOne(transaction, mail, console);
            if (!done)
                return refused(done);
            changed += *done ? 1 : 0;
        }
        const QJsonObject details =
            mails.size() == 1 ? QJsonObject {{u"mail"_s, mails.first().toString()}} : QJsonObject {{u"mails"_s, changed}};
        const AuditEvent told {.at = console.now(), .type = event, .actor = console.actor, .details = details};
        return (changed > 0 ? AuditStore::append(transaction, told) : Result<void>()).transform([&changed] { return changed; });
    });
}

Result<int> retry(ConsoleContext &console, const RetryMails &order)
{
    const auto retried =
        change(console, order.mails, audit::mailRetried, [](DbConnection &connection, Id mail, const ConsoleContext &context) {
            return OutboxStore::retry(connection, mail, context.now());
        });
    if (retried) {
        console.mailSender.endRest();
        console.outbox.wake();
    }
    return retried;
}

Result<int> drop(ConsoleContext &console, const DropMails &order)
{
    return change(console, order.mails, audit::mailDropped, [](DbConnection &connection, Id mail, const ConsoleContext &context) {
        return OutboxStore::drop(connection, mail, u"dropped by %1"_s.arg(context.actor), context.now());
    });
}

Result<QString> languageOf(const QString &typed, const MailPolicy &policy)
{
    const QString language = mail_languages::nearest(typed.isEmpty() ? policy.language : typed);
    return language.isEmpty()
               ? Result<QString>(refused(ErrorCode::InvalidInput,
                                         u"there are mails in %1, not in %2"_s.arg(mail_languages::all().join(u", "_s), shortened(typed))))
               : language;
}

Result<MailTestView> test(ConsoleContext &console, const SendTestMail &order, Errand &)
{
    const MailPolicy policy = policyOf(console);
    if (policy.transport == MailTransport::Off)
        return refused(ErrorCode::Conflict, u"mail.transport is off: nothing is sent"_s);
    if (!mail_address::toWire(order.to))
        return refused(ErrorCode::InvalidInput, u"%1 is no e-mail address that a mail server takes"_s.arg(shortened(order.to)));
    const auto language = languageOf(order.language, policy);
    if (!language)
        return refused(language);
    const TimePoint now = console.now();
    const MailDelivery &delivery = console.mailSender.delivery();
    const Mail mail {.kind = MailKind::Test, .to = order.to, .language = *language};
    const MailOutcome outcome = delivery.deliver(Id::create(now), mail, policy, now, console.isClosing);
    const bool isSent = outcome.fate == MailFate::Sent;
    const QJsonObject details {{u"sent"_s, isSent}, {u"to"_s, order.to}};
    const AuditEvent told {.at = now, .type = audit::mailTested, .actor = console.actor, .details = details};
    AuditStore::record(console.database, {told});
    if (isSent) {
        console.mailSender.endRest(); // it works again
        console.outbox.wake();
    }
    return MailTestView {.sent = isSent, .code = outcome.code, .line = outcome.line, .place = delivery.placeOf(policy)};
}

Result<MailPreview> preview(ConsoleContext &console, const PreviewMail &order)
{
    const MailPolicy policy = policyOf(console);
    const auto kind = fromName<MailKind>(order.kind);
    if (!kind)
        return refused(ErrorCode::InvalidInput,
                       u"no mail is called %1; there are: %2"_s.arg(shortened(order.kind), kindsOfMails().join(u", "_s)));
    return languageOf(order.language, policy).transform([&](const QString &language) {
        const RenderedMail mail = console.mailSender.delivery().preview(*kind, language, policy, console.now());
        return MailPreview {.subject = mail.subject, .text = mail.text, .html = mail.html};
    });
}

} // namespace

void LocalConsole::addMailHandlers() { add(read, list, find, retry, drop, test, preview); }

} // namespace warder
