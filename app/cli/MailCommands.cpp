#include "app/cli/Commands.h"

#include "core/console/orders/Mail.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostAtOnce = 1000;

QString mailsOf(int count) { return count == 1 ? u"1 mail"_s : u"%1 mails"_s.arg(count); }

Result<QList<Id>> idsOf(const QStringList &texts)
{
    QList<Id> ids;
    for (const QString &text : texts) {
        const auto id = Id::fromString(text);
        if (!id)
            return refused(ErrorCode::InvalidInput, u"%1 is not the id of a mail"_s.arg(text.left(100)));
        ids += *id;
    }
    return ids;
}

Result<QList<Id>> failedMails(const CommandContext &context)
{
    return context.askAll(ListMails {.state = MailState::Failed}).transform([](const QList<MailView> &mails) {
        QList<Id> ids;
        for (const MailView &mail : mails) {
            if (mail.mayRetry)
                ids += mail.id;
        }
        return ids;
    });
}

/// As many orders as it takes.
Result<int> retryAll(const CommandContext &context, const QList<Id> &mails)
{
    int retried = 0;
    for (qsizetype from = 0; from < mails.size(); from += mostAtOnce) {
        const auto done = context.ask(RetryMails {.mails = mails.mid(from, mostAtOnce)});
        if (!done)
            return done;
        retried += *done;
    }
    return retried;
}

int report(const CommandContext &context, const Result<int> &count, const QString &done)
{
    if (!count)
        return fail(count.error());
    if (context.json)
        printJson(QJsonObject {{u"mails"_s, *count}});
    else
        printLine(done.arg(mailsOf(*count)));
    return Done;
}

QStringList rowOf(const MailView &mail)
{
    return {mail.id.toString(),
            mail.kind,
            mail.recipient,
            nameOf(mail.state),
            QString::number(mail.attempts),
            toText(mail.createdAt),
            mail.dueAt     ? toText(*mail.dueAt)
            : mail.endedAt ? toText(*mail.endedAt)
                           : u"-"_s,
            mail.lastLine.left(80)};
}

QList<QStringList> factsOf(const MailOverview &mail)
{
    QList<QStringList> facts {{u"mails go to"_s, mail.place},
                              {u"from"_s, mail.from},
                              {u"language"_s, u"%1 of %2"_s.arg(mail.language, mail.languages.join(u", "_s))},
                              {u"waiting"_s, QString::number(mail.queued)},
                              {u"being sent"_s, QString::number(mail.sending)},
                              {u"sent"_s, QString::number(mail.sent)},
                              {u"dropped"_s, QString::number(mail.dropped)},
                              {u"failed"_s, QString::number(mail.failed)},
                              {u"in the last hour"_s, u"%1 of %2"_s.arg(mail.sentLastHour).arg(mail.mostAnHour)},
                              {u"templates"_s, mail.templateFolder},
                              {u"kinds"_s, mail.kinds.join(u", "_s)}};
    for (const QString &warning : mail.warnings)
        facts += {u"look at"_s, warning};
    for (const QString &fault : mail.templateFaults)
        facts += {u"template"_s, fault};
    return facts;
}

} // namespace

int mailList(const CommandContext &context)
{
    const QString typed = context.parser.value(u"state"_s);
    const auto state = fromName<MailState>(typed);
    if (!typed.isEmpty() && !state)
        return wrongUsage(u"--state is queued, sending, sent, dropped or failed, not %1"_s.arg(typed));
    const QStringList titles {u"ID"_s, u"KIND"_s, u"TO"_s, u"STATE"_s, u"TRIES"_s, u"CREATED"_s, u"NEXT OR END"_s, u"LAST LINE"_s};
    return context.showAll(ListMails {.text = context.arguments.value(0), .state = state}, titles, rowOf, u"No mails."_s);
}

int mailStatus(const CommandContext &context)
{
    const auto overview = context.ask(ReadMail {});
    const int code = context.show(overview, [](const MailOverview &mail) { printFacts(factsOf(mail)); });
    return code == Done && (!overview->whyNot.isEmpty() || !overview->templateFaults.isEmpty()) ? Refused : code;
}

int mailRetry(const CommandContext &context)
{
    if (context.parser.isSet(u"failed"_s) == !context.arguments.isEmpty())
        return wrongUsage(u"say which: ids of mails, or --failed"_s);
    const auto mails = context.arguments.isEmpty() ? failedMails(context) : idsOf(context.arguments);
    if (!mails)
        return fail(mails.error());
    return report(context, retryAll(context, *mails), u"%1 to be tried at once."_s);
}

int mailDrop(const CommandContext &context)
{
    const auto mails = idsOf(context.arguments);
    if (!mails)
        return fail(mails.error());
    if (!context.isConfirmed(u"Never send %1? What they say is gone then."_s.arg(mailsOf(int(mails->size())))))
        return Refused;
    return report(context, context.ask(DropMails {.mails = *mails}), u"%1 dropped."_s);
}

int mailTest(const CommandContext &context)
{
    const auto tested = context.ask(SendTestMail {.to = context.arguments.value(0), .language = context.parser.value(u"language"_s)});
    const int code = context.show(tested, [](const MailTestView &test) {
        printLine(test.sent ? u"Sent to %1: %2"_s.arg(test.place, test.line) : u"Not sent. %1: %2"_s.arg(test.place, test.line));
    });
    return code == Done && !tested->sent ? Refused : code;
}

int mailPreview(const CommandContext &context)
{
    const auto preview = context.ask(PreviewMail {.kind = context.arguments.value(0), .language = context.parser.value(u"language"_s)});
    const bool isHtml = context.parser.isSet(u"html"_s);
    return context.show(preview, [isHtml](const MailPreview &mail) {
        printLine(isHtml ? mail.html : u"Subject: %1\n\n%2"_s.arg(mail.subject, mail.text));
    });
}

} // namespace warder
