#pragma once

#include "core/config/SettingLayers.h"
#include "core/config/Settings.h"
#include "core/mail/Mail.h"
#include "core/mail/MailKind.h"
#include "core/mail/MailRequest.h"
#include "core/mail/MailSender.h"
#include "core/mail/Outbox.h"
#include "core/mail/OutboxStore.h"
#include "core/storage/Database.h"
#include "tests/support/SmtpSink.h"
#include "tests/support/World.h"

namespace warder::test {

/// Answers requests as told, and remembers them.
class FakeMailRequests final : public MailRequests
{
public:
    Result<std::optional<Mail>> mailFor(Transaction &, const MailRequest &request, TimePoint) override
    {
        asked += request;
        if (fails)
            return refused(ErrorCode::Internal, QStringLiteral("nobody is there"));
        if (!known.contains(request.address))
            return std::nullopt;
        return Mail {
            .kind = MailKind::ResetPassword, .to = spelled.isEmpty() ? request.address : spelled, .token = "secret-of-a-link", .useBy = {}};
    }

    QStringList known;
    QString spelled; ///< As the account has the address; empty: as it was asked for.
    bool fails = false;
    QList<MailRequest> asked;
};

/// Sends the mails of a world, step by step, to a sink of its own. The test's thread only.
struct MailSteps
{
    MailSteps(World &theWorld, const QStringList &settings = {}) : world(theWorld)
    {
        set(settings);
        world.core->mailSender.answerBy(requests);
    }

    void set(const QStringList &settings)
    {
        const QStringList usual {QStringLiteral("mail.transport=smtp"),
                                 QStringLiteral("mail.smtp_host=127.0.0.1"),
                                 QStringLiteral("mail.smtp_security=none"),
                                 QStringLiteral("mail.smtp_auth=none"),
                                 QStringLiteral("mail.from=no-reply@example.com"),
                                 QStringLiteral("mail.smtp_port=%1").arg(sink.port())};
        world.core->settings.replace(Settings::load(readCommandLine(usual + settings)).value());
    }

    /// A millisecond after whatever was before: rows are in the order of their ids, which is that of time.
    void queue(const Mail &mail)
    {
        world.clock.advance(Milliseconds {1});
        const auto queued =
            world.database->write([&](Transaction &transaction) { return world.core->outbox.queue(transaction, mail, world.clock.now()); });
        if (!queued)
            qFatal("the outbox takes nothing: %s", qPrintable(queued.error().detail));
    }

    MailStep step() { return world.core->mailSender.step(world.clock.now(), goesOn); }

    /// All that is due now; gives when the next is.
    std::optional<TimePoint> drain()
    {
        MailStep last = step();
        while (last.didSomething)
            last = step();
        return last.next;
    }

    QList<OutboxRow> rows() const { return OutboxStore::page(world.database->reader(), {}, {}, 100'000).value(); }
    OutboxRow row() const { return rows().value(0); }
    QList<MailState> states() const
    {
        QList<MailState> all;
        for (const OutboxRow &one : rows())
            all += one.state;
        return all;
    }

    World &world;
    SmtpSink sink;
    FakeMailRequests requests;
    const std::atomic<bool> goesOn {false};
};

} // namespace warder::test
