#include "core/console/TextMatcher.h"
#include "tests/ui/support/FakeConsole.h"

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

MailOverview withCounts(MailOverview mail, const QList<MailView> &rows)
{
    const auto in = [&rows](MailState state) { return std::ranges::count(rows, state, &MailView::state); };
    mail.queued = in(MailState::Queued);
    mail.sending = in(MailState::Sending);
    mail.sent = in(MailState::Sent);
    mail.dropped = in(MailState::Dropped);
    mail.failed = in(MailState::Failed);
    return mail;
}

} // namespace

/// As the core does it: one alone that does not permit it is refused, others are passed over.
Result<int> FakeConsole::moveMails(const QList<Id> &mails, bool MailView::*permits, MailState state)
{
    int moved = 0;
    for (const Id &mail : mails) {
        const auto row = std::ranges::find(mailRows, mail, &MailView::id);
        if (row == mailRows.end() || !(*row.*permits))
            continue;
        ++moved;
        row->state = state;
        row->attempts = state == MailState::Queued ? 0 : row->attempts;
        row->dueAt = state == MailState::Queued ? std::optional(m_clock.now()) : std::nullopt;
        row->endedAt = state == MailState::Queued ? std::nullopt : std::optional(m_clock.now());
        row->mayRetry = row->mayDrop = state == MailState::Queued;
    }
    if (moved == 0 && mails.size() == 1)
        return refused(ErrorCode::Conflict, u"it was sent"_s);
    return moved;
}

void FakeConsole::teachMail()
{
    teach<ReadMail>([this](const auto &) { return Play<ReadMail> {u"mailOverview"_s, withCounts(mailNow, mailRows)}; });
    teach<ListMails>([this](const ListMails &order) {
        const TextMatcher matcher(order.text);
        QList<MailView> rows;
        for (const MailView &row : std::as_const(mailRows)) {
            if (matcher.isIn(row.recipient) && (!order.state || row.state == *order.state))
                rows += row;
        }
        return Play<ListMails> {u"mails %1 %2"_s.arg(order.text, order.state ? nameOf(*order.state) : u"any"_s),
                                pageOf(rows, order.cursor, order.limit)};
    });
    teach<FindMail>([this](const FindMail &order) {
        const auto row = std::ranges::find(mailRows, order.mail, &MailView::id);
        return Play<FindMail> {u"findMail"_s,
                               row == mailRows.end() ? Result<MailView>(refused(ErrorCode::NotFound, u"no such mail"_s)) : *row};
    });
    teach<RetryMails>([this](const RetryMails &order) {
        return Play<RetryMails> {u"retryMails %1"_s.arg(order.mails.size()),
                                 moveMails(order.mails, &MailView::mayRetry, MailState::Queued)};
    });
    teach<DropMails>([this](const DropMails &order) {
        return Play<DropMails> {u"dropMails %1"_s.arg(order.mails.size()), moveMails(order.mails, &MailView::mayDrop, MailState::Dropped)};
    });
    teach<SendTestMail>([this](const SendTestMail &order) { return Play<SendTestMail> {u"testMail %1"_s.arg(order.to), mailTest}; });
    teach<PreviewMail>([this](const PreviewMail &order) {
        return Play<PreviewMail> {u"previewMail %1 %2"_s.arg(order.kind, order.language), mailPreview};
    });
}

} // namespace warder::test
