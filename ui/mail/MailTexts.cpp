#include "ui/mail/MailTexts.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What becomes of the person who waits for a mail that is dropped.
enum class Loss {
    Link,       ///< They wait for its link or code, and can ask for another one.
    Notice,     ///< They never hear what happened to their account.
    Invitation, ///< They cannot begin.
    Nothing,
};

struct Kind
{
    QLatin1StringView name;
    Loss loss;
    const char *text;
};

constexpr std::array mailKinds {
    //: Kind of a mail: its link proves that the address belongs to the account.
    Kind {"verify_email"_L1, Loss::Link, QT_TRANSLATE_NOOP("warder::MailTexts", "Confirm the address")},
    //: Kind of a mail: its link sets a new password.
    Kind {"reset_password"_L1, Loss::Link, QT_TRANSLATE_NOOP("warder::MailTexts", "Reset the password")},
    //: Kind of a mail: a notice.
    Kind {"password_changed"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Password was changed")},
    //: Kind of a mail: an account is to get another address; this goes to the one it has.
    Kind {"email_change_notice"_L1, Loss::Link, QT_TRANSLATE_NOOP("warder::MailTexts", "New address: to the old one")},
    //: Kind of a mail: an account is to get another address; this goes to that one.
    Kind {"email_change_confirm"_L1, Loss::Link, QT_TRANSLATE_NOOP("warder::MailTexts", "New address: to the new one")},
    //: Kind of a mail: a notice; an account has another address now.
    Kind {"email_changed"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Address was changed")},
    //: Kind of a mail: its link or six digits sign in.
    Kind {"sign_in_link"_L1, Loss::Link, QT_TRANSLATE_NOOP("warder::MailTexts", "Sign-in link")},
    //: Kind of a mail: a notice; somebody signed in with a browser that was not seen before.
    Kind {"new_device"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Sign-in on a new device")},
    //: Kind of a mail: a notice.
    Kind {"factor_added"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Authenticator app added")},
    //: Kind of a mail: a notice.
    Kind {"factor_removed"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Authenticator app removed")},
    //: Kind of a mail: a notice; a code that stands in for a lost phone.
    Kind {"recovery_code_used"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Recovery code used")},
    //: Kind of a mail: a notice; codes that stand in for a lost phone were made anew.
    Kind {"recovery_codes_renewed"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Recovery codes renewed")},
    //: Kind of a mail: a notice; somebody who knows the password tries one code of the second factor after the other.
    Kind {"second_factor_guessed"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Second factor guessed at")},
    //: Kind of a mail: a notice.
    Kind {"passkey_added"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Passkey added")},
    //: Kind of a mail: a notice.
    Kind {"passkey_removed"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Passkey removed")},
    //: Kind of a mail: somebody tried to register an address that has an account.
    Kind {"account_exists"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Registered already")},
    //: Kind of a mail: a notice; an account at a provider such as Google signs in here from now on.
    Kind {"identity_linked"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Provider linked")},
    //: Kind of a mail: a notice; an account at a provider such as Google signs in here no more.
    Kind {"identity_removed"_L1, Loss::Notice, QT_TRANSLATE_NOOP("warder::MailTexts", "Provider unlinked")},
    //: Kind of a mail: its link sets the first password of an account that an admin made.
    Kind {"invitation"_L1, Loss::Invitation, QT_TRANSLATE_NOOP("warder::MailTexts", "Invitation")},
    //: Kind of a mail: shows whether mails arrive.
    Kind {"test"_L1, Loss::Nothing, QT_TRANSLATE_NOOP("warder::MailTexts", "Test mail")},
};

constexpr std::array requestKinds {
    //: Kind of a mail that somebody asked for: nobody has looked yet whether there is such an account.
    Kind {"verify_address"_L1, Loss::Link, QT_TRANSLATE_NOOP("warder::MailTexts", "Request: confirm the address")},
    //: Kind of a mail that somebody asked for: nobody has looked yet whether there is such an account.
    Kind {"forgot_password"_L1, Loss::Link, QT_TRANSLATE_NOOP("warder::MailTexts", "Request: forgotten password")},
    //: Kind of a mail that somebody asked for: nobody has looked yet whether there is such an account.
    Kind {"sign_in_link"_L1, Loss::Link, QT_TRANSLATE_NOOP("warder::MailTexts", "Request: sign-in link")},
    //: Kind of a mail that somebody asked for: nobody has looked yet whether the address has an account.
    Kind {"private_registration"_L1, Loss::Link, QT_TRANSLATE_NOOP("warder::MailTexts", "Request: registration")},
};

const Kind *kindIn(const auto &kinds, const QString &name)
{
    const auto found = std::ranges::find(kinds, name, &Kind::name);
    return found == kinds.end() ? nullptr : &*found;
}

const Kind *kindOf(const MailView &mail) { return mail.isRequest ? kindIn(requestKinds, mail.kind) : kindIn(mailKinds, mail.kind); }

QString sentence(Loss loss)
{
    switch (loss) {
    case Loss::Link:
        //: What follows when a mail is dropped.
        return MailTexts::tr("Whoever waits for its link or code waits in vain, and may ask for another one.");
    case Loss::Notice:
        //: What follows when a mail is dropped: it was to tell of a change of an account.
        return MailTexts::tr("It tells of something that happened to their account, and nothing else tells them.");
    case Loss::Invitation:
        //: What follows when a mail is dropped; "Users" is a page of this window.
        return MailTexts::tr("They cannot sign in until they are invited anew, on the page Users.");
    case Loss::Nothing: break;
    }
    //: What follows when a mail is dropped.
    return MailTexts::tr("It was only to show whether mails arrive.");
}

/// What the core says before the address or the folder itself.
constexpr std::array placeWords {"the mail server "_L1, "files in "_L1};

QString bareMailPlace(const MailOverview &mail)
{
    for (const QLatin1StringView words : placeWords) {
        if (mail.place.startsWith(words))
            return mail.place.sliced(words.size());
    }
    return mail.place;
}

} // namespace

QString MailTexts::kindOfMail(const QString &name)
{
    const Kind *kind = kindIn(mailKinds, name);
    return kind ? tr(kind->text) : UiTexts::foreign(name);
}

QString MailTexts::kind(const MailView &mail)
{
    const Kind *kind = kindOf(mail);
    return kind ? tr(kind->text) : UiTexts::foreign(mail.kind);
}

QString MailTexts::state(const MailView &mail)
{
    switch (mail.state) {
    case MailState::Queued:
        return mail.attempts > 0 ? /*: State of a mail: it was tried, and will be again. */ tr("Delayed")
                                 : /*: State of a mail: it was not tried yet. */ tr("Waiting");
    //: State of a mail.
    case MailState::Sending: return tr("Being sent");
    //: State of a mail: a mail server took it.
    case MailState::Sent: return tr("Sent");
    //: State of a mail: it is never sent.
    case MailState::Dropped: return tr("Dropped");
    //: State of a mail: it was refused, and is not tried again by itself.
    case MailState::Failed: return tr("Failed");
    }
    Q_UNREACHABLE_RETURN({});
}

Tone MailTexts::tone(const MailView &mail)
{
    switch (mail.state) {
    case MailState::Queued:  return mail.attempts > 0 ? Tone::Warning : Tone::Info;
    case MailState::Sending: return Tone::Info;
    case MailState::Sent:    return Tone::Good;
    case MailState::Dropped: return Tone::Neutral;
    case MailState::Failed:  return Tone::Bad;
    }
    Q_UNREACHABLE_RETURN({});
}

QString MailTexts::explained(const MailView &mail)
{
    switch (mail.state) {
    case MailState::Queued:
        if (mail.attempts == 0)
            return {};
        //: About a mail that was not taken; "Retry" is a button.
        return tr("It has not been taken yet, and is tried again by itself. “Retry” tries it at once.");
    case MailState::Failed:
        //: About a mail that was not taken; "Retry" is a button.
        return mail.mayRetry
                   ? tr("It was refused for good, or tried too often: it is not tried again by itself. “Retry” queues it once more.")
                   : /*: About a mail that was not taken. */ tr("It was refused for good, or tried too often. Its link is over, so it "
                                                                "cannot be tried again.");
    case MailState::Dropped:
        //: About a mail that is never sent: its link was over, its reader had enough mails, or somebody dropped it here.
        return tr("It was never sent, and cannot be any more: its link and its words are forgotten.");
    case MailState::Sending:
    case MailState::Sent:    return {};
    }
    Q_UNREACHABLE_RETURN({});
}

QString MailTexts::turn(const MailView &mail, TimePoint now)
{
    if (mail.endedAt)
        return Times::ago(*mail.endedAt, now);
    if (!mail.dueAt || mail.state == MailState::Sending)
        return u"–"_s;
    //: When a mail is tried: its turn has come.
    return *mail.dueAt <= now ? tr("now") : Times::until(*mail.dueAt, now);
}

QString MailTexts::afterDrop(const MailView &mail)
{
    const Kind *kind = kindOf(mail);
    return sentence(kind ? kind->loss : Loss::Notice);
}

Confirmation MailTexts::beforeDrop(const QList<MailView> &mails)
{
    //: What follows when mails are dropped.
    const QString always = tr("This cannot be undone.");
    //: Button: drops mails.
    const QString action = tr("Drop");
    if (mails.size() == 1) {
        const MailView &mail = mails.first();
        return {//: Question before a mail is dropped: what it is about ("Reset the password"), and an e-mail address.
                .question = tr("Drop “%1” to %2?").arg(kind(mail), UiTexts::foreign(mail.recipient)),
                //: What follows when a mail is dropped, before what that means for its reader.
                .effect = tr("It is never sent.") + u' ' + afterDrop(mail) + u' ' + always,
                .action = action};
    }
    return {//: Question before mails are dropped.
            .question = tr("Drop %Ln mail(s)?", nullptr, int(mails.size())),
            //: What follows when mails are dropped.
            .effect = tr("None of them is ever sent. Links and codes among them can be asked for again; notices cannot, and nothing else "
                         "tells their readers what happened.")
                      + u' ' + always,
            .action = action};
}

//: Said after mails were dropped.
QString MailTexts::dropped(int number) { return tr("Dropped %Ln mail(s).", nullptr, number); }

//: Said after mails were put before the others.
QString MailTexts::tried(int number) { return tr("%Ln mail(s) are tried now.", nullptr, number); }

//: Said after an order about mails: these were sent or dropped before it came.
QString MailTexts::passedOver(int number) { return tr("%Ln mail(s) had moved on meanwhile, and stay as they are.", nullptr, number); }

QString MailTexts::tested(const QString &to, const MailTestView &answer)
{
    const QString address = UiTexts::foreign(to);
    if (!answer.sent)
        //: How a test mail went; %1 is an e-mail address. What the mail server said follows.
        return tr("The test mail to %1 did not go out.").arg(address) + u' ' + UiTexts::breakable(UiTexts::reason(answer.line), 40);
    if (answer.code == 0)
        //: How a test mail went, where no mail server is asked; %1 is a file or a log.
        return tr("The test mail was written: %1").arg(UiTexts::foreign(answer.line));
    //: How a test mail went; %1 is an e-mail address, %2 what the mail server said.
    return tr("The mail server took the test mail to %1: “%2” Whether it arrives shows in the mailbox; look among the spam, too.")
        .arg(address, UiTexts::foreign(answer.line));
}

QString MailTexts::transport(const MailOverview &mail)
{
    const QString place = UiTexts::foreign(bareMailPlace(mail));
    if (mail.transport == "smtp"_L1)
        //: Where mails go: a mail server with its port, and the sender's address.
        return tr("Mails go out by %1, from %2").arg(place, UiTexts::foreign(mail.from));
    if (mail.transport == "file"_L1)
        //: Where mails go; %1 is a folder.
        return tr("Mails reach nobody: each becomes a file in %1").arg(place);
    if (mail.transport == "log"_L1)
        //: Where mails go.
        return tr("Mails reach nobody: subject and link of each become a line of the server’s log");
    //: Where mails go: nowhere.
    return tr("Mails are turned off");
}

Tone MailTexts::tone(const MailOverview &mail, const std::optional<ProblemView> &trouble)
{
    if (trouble || !mail.whyNot.isEmpty())
        return Tone::Bad;
    if (mail.transport == "smtp"_L1)
        return mail.warnings.isEmpty() && mail.templateFaults.isEmpty() ? Tone::Good : Tone::Warning;
    return mail.transport == "file"_L1 ? Tone::Info : Tone::Warning;
}

QString MailTexts::trouble(const MailOverview &mail, const std::optional<ProblemView> &trouble, TimePoint now)
{
    if (!mail.whyNot.isEmpty())
        //: What is wrong with the way mails go. What the settings lack follows.
        return tr("Nothing can go out as the settings are; mails wait.") + u' ' + UiTexts::reason(mail.whyNot);
    if (!trouble)
        return {};
    //: What is wrong with the way mails go; %1 is a time such as "3 min ago".
    const QString said = tr("The mail server has taken nothing since %1. Mails wait, and are tried again by themselves.")
                             .arg(Times::ago(trouble->since, now));
    return trouble->detail.isEmpty() ? said : said + u' ' + UiTexts::reason(trouble->detail);
}

QString MailTexts::remark(const MailOverview &mail)
{
    if (mail.transport == "off"_L1)
        //: What follows when mails are off; the words after "set" are a setting and its value.
        return tr("Nobody can reset a password, confirm an address or be invited. To try it, set %1.").arg("mail.transport = file"_L1);
    if (mail.transport != "smtp"_L1)
        //: What to do before a server is for others; the words after "set" are a setting and its value.
        return tr("That is for trying it out. For a server that others use, set %1.").arg("mail.transport = smtp"_L1);
    if (!mail.warnings.isEmpty())
        //: What is wrong with the way mails go, though they do. The words of the server follow.
        return tr("Mails go out, but something is wrong.") + u' ' + UiTexts::reason(mail.warnings.first());
    if (!mail.templateFaults.isEmpty())
        //: Some mail templates that an operator wrote cannot be used; "Preview" is a button.
        return tr("%Ln fault(s) in templates of your own: Warder’s are used in their place. “Preview” says more.", nullptr,
                  int(mail.templateFaults.size()));
    if (mail.mostAnHour > 0 && mail.sentLastHour >= mail.mostAnHour)
        //: Why mails wait; %1 is the name of a setting, %2 a number.
        return tr("As many mails as %1 allows (%2) went out within an hour: the others wait.")
            .arg("mail.per_hour"_L1, UiTexts::count(mail.mostAnHour));
    return {};
}

QString MailTexts::language(const QString &tag)
{
    using Name = std::pair<QStringView, QStringView>;
    constexpr std::array names {Name {u"en", u"English"},        Name {u"de", u"Deutsch"}, Name {u"es", u"Español"},
                                Name {u"fr", u"Français"},       Name {u"ja", u"日本語"},  Name {u"pt-BR", u"Português (Brasil)"},
                                Name {u"zh-CN", u"中文（简体）"}};
    const auto found = std::ranges::find(names, QStringView(tag), &Name::first);
    return found == names.end() ? UiTexts::foreign(tag) : found->second.toString();
}

//: A number of mails, which stands alone.
QString MailTexts::mails(qint64 number) { return tr("%Ln mail(s)", nullptr, int(number)); }

qint64 MailTexts::numberOf(std::optional<MailState> state, const MailOverview &mail)
{
    if (!state)
        return mail.queued + mail.sending + mail.sent + mail.dropped + mail.failed;
    switch (*state) {
    case MailState::Queued:  return mail.queued;
    case MailState::Sending: return mail.sending;
    case MailState::Sent:    return mail.sent;
    case MailState::Dropped: return mail.dropped;
    case MailState::Failed:  return mail.failed;
    }
    Q_UNREACHABLE_RETURN(0);
}

} // namespace warder
