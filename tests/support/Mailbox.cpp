#include "tests/support/Mailbox.h"

#include "core/mail/Outbox.h"
#include "core/mail/OutboxStore.h"
#include "core/mail/SealedMail.h"
#include "core/storage/Database.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QList<OutboxRow> waiting(World &world, bool areRequests)
{
    QList<OutboxRow> rows = OutboxStore::page(world.database->reader(), {.text = {}, .state = MailState::Queued}, {}, 500).value();
    rows.removeIf([areRequests](const OutboxRow &row) { return row.isRequest != areRequests; });
    return rows;
}

} // namespace

bool Mailbox::answerRequests()
{
    const QList<OutboxRow> rows = waiting(m_world, true);
    for (const OutboxRow &row : rows) {
        const MailRequest request = sealed_mail::requestOf(row, m_world.core->mailSealer).value();
        const auto done = m_world.database->write([&](Transaction &transaction) {
            return m_world.core->mailRequests.mailFor(transaction, request, m_world.clock.now())
                .and_then([&](const std::optional<Mail> &mail) {
                    return mail ? m_world.core->outbox.queue(transaction, *mail, m_world.clock.now()) : Result<void>();
                })
                .and_then([&] { return OutboxStore::remove(transaction, row.id); });
        });
        if (!done)
            qFatal("a request for a mail failed: %s", qPrintable(done.error().detail));
    }
    return !rows.isEmpty();
}

QList<Mail> Mailbox::takeAll()
{
    while (answerRequests()) {
    }
    QList<Mail> mails;
    for (const OutboxRow &row : waiting(m_world, false)) {
        mails += sealed_mail::mailOf(row, m_world.core->mailSealer).value();
        (void)m_world.database->write(
            [&](Transaction &transaction) { return OutboxStore::end(transaction, row.id, MailState::Sent, {}, m_world.clock.now()); });
    }
    return mails;
}

Mail Mailbox::takeOne(MailKind kind)
{
    const QList<Mail> mails = takeAll();
    QStringList kinds;
    for (const Mail &mail : mails)
        kinds += nameOf(mail.kind);
    const bool isOne = QTest::qCompare(kinds, QStringList {nameOf(kind)}, "mails that wait", "the one", __FILE__, __LINE__);
    return isOne ? mails.first() : Mail();
}

QStringList Mailbox::takeKinds()
{
    QStringList kinds;
    for (const Mail &mail : takeAll())
        kinds += nameOf(mail.kind);
    kinds.sort();
    return kinds;
}

} // namespace warder::test
