#pragma once

#include "core/console/orders/Mail.h"
#include "core/console/orders/Server.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

namespace warder {

struct Confirmation;

/// What the outbox and the transport of mails say, in words. Pure; GUI thread.
class MailTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::MailTexts)
public:
    /// "Reset the password", "Request: forgotten password"; a kind that nobody has words for stands as it is.
    static QString kind(const MailView &mail);
    static QString kindOfMail(const QString &name);

    static QString state(const MailView &mail);
    static Tone tone(const MailView &mail);
    /// What the state means and what to do; empty where the word says all.
    static QString explained(const MailView &mail);
    /// The next try while it waits ("in 40 s"), when it was over else ("3 min ago").
    static QString turn(const MailView &mail, TimePoint now);
    static std::optional<TimePoint> turnOf(const MailView &mail) { return mail.endedAt ? mail.endedAt : mail.dueAt; }

    /// What follows when these are dropped, which may be.
    static Confirmation beforeDrop(const QList<MailView> &mails);
    static QString dropped(int number);
    static QString tried(int number);
    static QString passedOver(int number);
    static QString tested(const QString &to, const MailTestView &answer);

    /// Where mails go. `trouble`: what the mail server's health problem says, while there is one.
    static QString transport(const MailOverview &mail);
    static Tone tone(const MailOverview &mail, const std::optional<ProblemView> &trouble);
    /// Why nothing goes out; empty: it does.
    static QString trouble(const MailOverview &mail, const std::optional<ProblemView> &trouble, TimePoint now);
    /// What follows from where they go, and what else is wrong with it; empty: nothing.
    static QString remark(const MailOverview &mail);

    /// The name of a language that there are mails in, in itself: "Deutsch".
    static QString language(const QString &tag);

    static QString mails(qint64 number);
    /// How many are in a state, or in any.
    static qint64 numberOf(std::optional<MailState> state, const MailOverview &mail);

private:
    static QString afterDrop(const MailView &mail);
};

} // namespace warder
