#include "ui/support/UiTexts.h"

#include <array>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

struct KnownProblem
{
    QLatin1StringView code;
    const char *brief;  ///< What happened: "The disk is full."
    const char *advice; ///< What that means, and what to do.
};

constexpr std::array knownProblems {
    //: What is wrong with the server.
    KnownProblem {"disk_full"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The disk is full."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "Nothing can be saved, so every sign-in and every registration is refused. Free some space; "
                                    "the server goes on by itself then.")},
    //: What is wrong with the server.
    KnownProblem {"disk_low"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The disk is nearly full."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts", "When it is, nobody can sign in any more. Free some space.")},
    //: What is wrong with the server.
    KnownProblem {"database_locked"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Another program locks the database."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "Nothing can be saved, so sign-ins are refused. End that program (a backup, a database "
                                    "browser); the server goes on by itself then.")},
    //: What is wrong with the server.
    KnownProblem {"storage_failure"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The database cannot be written."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "Every sign-in and every registration is refused. Check the disk and the rights of the data "
                                    "folder; the server goes on by itself then.")},
    //: What is wrong with the server.
    KnownProblem {"database_gone"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The database file is gone."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "It was removed or replaced while the server runs: what is saved now is lost. Stop the "
                                    "server, put the file back, then start it again.")},
    //: What is wrong with the server.
    KnownProblem {"master_key_gone"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The file of the master key is missing."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "The server goes on, but it cannot start again without that file. Put it back from a backup.")},
    //: What is wrong with the server.
    KnownProblem {"clock_jumped"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The clock jumped."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "The tokens carry this machine's time: some are refused as expired or as not valid yet, "
                                    "until it is right again. Set the clock, and let a time service keep it.")},
    //: What is wrong with the server.
    KnownProblem {"clock_wrong"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The clock is wrong."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "This machine shows a time before this program was made. Tokens carry its time, and others "
                                    "will refuse them. Set the clock, and let a time service keep it.")},
    //: What is wrong with the server.
    KnownProblem {"hashing_full"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Passwords are checked too slowly."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "More sign-ins come than this machine can hash passwords for: people wait, and some are told to come "
                                    "back. Look at Limits for who asks so often. If all of them are yours, give the server more cores "
                                    "and passwords.hashing_threads, or make hashes cheaper.")},
    //: What is wrong with the server.
    KnownProblem {"log_lines_dropped"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Lines of the log are lost."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "Nobody reads the server's log fast enough. Sign-ins are not affected. Look at the program "
                                    "that takes its error output.")},
    //: What is wrong with the server.
    KnownProblem {"certificate_expired"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The TLS certificate has expired."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "Browsers refuse the connection. Renew the certificate; the new one is taken within seconds.")},
    //: What is wrong with the server.
    KnownProblem {"certificate_expires"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The TLS certificate expires soon."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "Browsers refuse the connection then. Renew the certificate; the new one is taken within seconds.")},
    //: What is wrong with the server.
    KnownProblem {"certificate_not_valid_yet"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The TLS certificate is not valid yet."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts", "Browsers refuse the connection. Wait, or set the clock of this machine right.")},
    //: What is wrong with the server.
    KnownProblem {"key_rotation_failed"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Keys do not rotate."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "A key that was due was not replaced; the former one signs on, and nobody is signed out. It is "
                                    "tried again each minute. The log of the server says why.")},
    //: What is wrong with the server.
    KnownProblem {"backup_failed"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The backup failed."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "Nobody is affected, but there is no copy of what came since the last one. It is tried again; the "
                                    "details say what is wrong. Often the disk is full, or backup.directory may not be written.")},
    //: What is wrong with the server.
    KnownProblem {"restore_failed"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "A restore failed."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "The other database could not be put in place or opened, and the one of before serves on: nobody is "
                                    "affected. The details say what is wrong.")},
    //: What is wrong with the server: a server that knows the passwords of data breaches does not answer.
    KnownProblem {"breach_check_failed"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Breached passwords are not looked up."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "The server of passwords.breach_url gave no answer, so new passwords are taken without it. Nobody "
                                    "is refused. This goes away with the next answer; the details say what is wrong.")},
    //: What is wrong with the server: the mail server takes no mails.
    KnownProblem {
        "mail_not_sent"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Mails do not go out."),
        //: What the text before this one means, and what to do.
        QT_TRANSLATE_NOOP("warder::UiTexts",
                          "The mail server does not answer, does not let Warder in, or the mail settings lack something. Mails wait "
                          "and are tried again by themselves. The details say what is wrong.")},
    //: What is wrong with the server: more mails than mail.per_hour allows.
    KnownProblem {"mail_limit_reached"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Mails wait for the next hour."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "As many mails went out within an hour as mail.per_hour allows; further ones wait. Raise the setting "
                                    "if that is what you expect of your users, and look at the list of mails if it is not.")},
    //: What is wrong with the server: too many mails wait.
    KnownProblem {
        "outbox_full"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Too many mails wait."),
        //: What the text before this one means, and what to do.
        QT_TRANSLATE_NOOP("warder::UiTexts",
                          "The outbox is full, and further mails are lost until some of those that wait have gone out. Look at why "
                          "they wait, or drop those that nobody needs.")},
    //: What is wrong with the server: a program in front of it, or its own clients, all seem to have one network address.
    KnownProblem {"one_address_for_all"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Everybody has the same address."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "A proxy seems to stand in front of the server, and limits hold all who come by it back together. "
                                    "If the address in the details is your proxy’s, name it in http.trusted_proxies.")},
    //: What is wrong with the server: a program in front of it that it trusts.
    KnownProblem {"proxy_hides_clients"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "A proxy hides its clients."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "It does not say for whom it asks, so limits hold all who come by it back together. Let it set "
                                    "X-Forwarded-For to the client’s address; the details say which proxy it is.")},
    //: What is wrong with the server: a web server that asks for its visitors is not believed.
    KnownProblem {"service_token_wrong"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "A server’s token is wrong."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts",
                                    "It asks for its visitors, and is not believed for whom, so limits hold all of them back together. "
                                    "Give it the token of http.service_token; if it is no server of yours, block its address.")},
    //: What is wrong with the server.
    KnownProblem {"reload_failed"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "The new settings were refused."),
                  //: What the text before this one means, and what to do.
                  QT_TRANSLATE_NOOP("warder::UiTexts", "The old ones go on. Correct the new ones, then choose Server → Reload settings.")},
};

const KnownProblem *known(const QString &code)
{
    const auto found = std::ranges::find_if(knownProblems, [&code](const KnownProblem &each) { return code == each.code; });
    return found == knownProblems.end() ? nullptr : &*found;
}

constexpr qsizetype mostInBar = 48;
constexpr qsizetype mostInStrip = 200;

QString shortened(const QString &text, qsizetype most) { return text.size() <= most ? text : text.left(most - 1).trimmed() + u'…'; }

QString tokenReused(const Alarm &alarm)
{
    const QString email = UiTexts::foreign(alarm.email);
    QString text = alarm.address.isEmpty()
                       //: An alarm; %1 is an e-mail address.
                       ? UiTexts::tr("A spent refresh token of %1 was presented.").arg(email)
                       //: An alarm; %1 is an e-mail address, %2 the network address it came from.
                       : UiTexts::tr("A spent refresh token of %1 was presented from %2.").arg(email, alarm.address);
    if (!alarm.openedFrom.isEmpty())
        //: Part of an alarm; %1 is a network address.
        text += u' ' + UiTexts::tr("The session was opened from %1.").arg(alarm.openedFrom);
    //: Part of an alarm: what follows when a spent token is presented.
    return text + u' ' + UiTexts::tr("It has been ended for everybody who holds it.");
}

QString guessed(const Alarm &alarm)
{
    if (alarm.count == 0)
        //: An alarm.
        return UiTexts::tr("Somebody is guessing passwords.");
    switch (alarm.sign) {
    case GuessSign::Denials:
        //: An alarm.
        return UiTexts::tr("Somebody is guessing passwords: %Ln sign-in(s) were refused within five minutes.", nullptr, alarm.count);
    case GuessSign::FailuresInARow:
        //: An alarm; one account is meant.
        return UiTexts::tr("Somebody is guessing the password of an account: %Ln were wrong in a row.", nullptr, alarm.count);
    case GuessSign::ManyAccounts:
        //: An alarm; one network tries passwords that are known from elsewhere.
        return UiTexts::tr("Somebody is trying passwords of many accounts: %Ln so far.", nullptr, alarm.count);
    }
    Q_UNREACHABLE_RETURN({});
}

QString passwordsGuessed(const Alarm &alarm)
{
    QStringList whom {UiTexts::foreign(alarm.email), alarm.address};
    whom.removeAll(QString());
    const QString text = guessed(alarm);
    //: Part of an alarm; %1 is an e-mail address, a network address or both.
    return whom.isEmpty() ? text : text + u' ' + UiTexts::tr("The last one: %1.").arg(whom.join(u", "_s));
}

QString limitExceeded(const Alarm &alarm)
{
    QStringList whom {UiTexts::foreign(alarm.email), alarm.address};
    whom.removeAll(QString());
    if (whom.isEmpty())
        //: An alarm; %1 is the name of a limit that only tells and refuses nobody.
        return UiTexts::tr("The limit %1 was exceeded.").arg(alarm.rule);
    //: An alarm; %1 is the name of a limit that only tells and refuses nobody, %2 an e-mail address, a network address or both.
    return UiTexts::tr("The limit %1 was exceeded by %2.").arg(alarm.rule, whom.join(u", "_s));
}

} // namespace

QString UiTexts::brief(const ProblemView &problem)
{
    if (const KnownProblem *words = known(problem.code))
        return tr(words->brief);
    //: What is wrong with the server, where nobody has words for it; %1 is its code.
    return tr("Something is wrong (%1).").arg(shortened(problem.code, mostInBar));
}

QString UiTexts::of(const ProblemView &problem)
{
    if (const KnownProblem *words = known(problem.code))
        return tr(words->brief) + u' ' + tr(words->advice);
    if (problem.detail.isEmpty())
        //: A problem of the server nobody has words for; %1 is its code.
        return tr("Something is wrong with the server (%1). Its log says more.").arg(problem.code);
    //: A problem of the server nobody has words for; %1 is its code.
    return tr("Something is wrong with the server (%1).").arg(problem.code) + u' '
           + reason(shortened(problem.detail.simplified(), mostInStrip));
}

QString UiTexts::of(const Alarm &alarm)
{
    switch (alarm.type) {
    case AlarmType::BruteForce:    return passwordsGuessed(alarm);
    case AlarmType::RefreshReused: return tokenReused(alarm);
    case AlarmType::LimitExceeded: return limitExceeded(alarm);
    case AlarmType::Problem:       return of(ProblemView {.code = alarm.problem, .detail = alarm.detail, .since = alarm.at});
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace warder
