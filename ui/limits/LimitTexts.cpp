#include "ui/limits/LimitTexts.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct KnownRule
{
    QLatin1StringView name;
    const char *words;
};

constexpr std::array knownRules {
    //: A limit: what it counts.
    KnownRule {"login_per_address"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Sign-ins per address")},
    //: A limit: what it counts; the account that is named, from one address.
    KnownRule {"login_per_account"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Sign-ins per address and account")},
    //: A limit that grows with each wrong password, for one address at one account.
    KnownRule {"login_backoff"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Wrong passwords, address and account")},
    //: A limit that grows with each wrong password at an account, for those who never signed in to it.
    KnownRule {"login_backoff_account"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Wrong passwords of strangers")},
    //: A limit: so many wrong passwords in a row, and strangers need a proof that only the owner has.
    KnownRule {"login_proof"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Wrong passwords until proof")},
    //: A limit: at how many different accounts one network may try wrong passwords.
    KnownRule {"login_stuffing"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Accounts tried by a network")},
    //: A limit: what it counts.
    KnownRule {"mfa_per_address"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Second factors per address")},
    //: A limit that grows with each wrong code of a second factor.
    KnownRule {"mfa_backoff"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Wrong codes of a second factor")},
    //: A limit: what it counts.
    KnownRule {"passkey_per_address"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Passkeys per address")},
    //: A limit: sign-ins with accounts of Google, GitHub … that it counts.
    KnownRule {"oauth_per_address"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Provider sign-ins per address")},
    //: A limit: what it counts.
    KnownRule {"register_per_address"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Registrations per address")},
    //: A limit: requests that make the server write a mail.
    KnownRule {"mail_per_address"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Mails asked for per address")},
    //: A limit: requests for new access tokens.
    KnownRule {"refresh_per_address"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Refreshes per address")},
    //: A limit: requests for new access tokens.
    KnownRule {"refresh_per_session"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Refreshes per session")},
    //: A limit: requests by which people read or change their own account.
    KnownRule {"account_per_address"_L1, QT_TRANSLATE_NOOP("warder::LimitTexts", "Account pages per address")},
};

/// The rules that do not hold for whoever signed in to the account before.
const QStringList sparingOwners {u"login_backoff_account"_s, u"login_proof"_s};

/// How much a rule allows: a number in a span of time.
QString amountIn(const QString &amount, Seconds period)
{
    //: How much a rule allows: a number in a span of time, "10 / 1 min".
    return LimitTexts::tr("%1 / %2").arg(amount, Times::exactly(period));
}

//: A number of accounts, which stands alone.
QString accounts(qint64 number) { return LimitTexts::tr("%Ln account(s)", nullptr, int(number)); }

QString nothingDone(const WhatIfView &answer)
{
    if (answer.tellsOnly)
        //: What a rule would have done that raises an alarm instead of refusing requests. A sentence follows.
        return LimitTexts::tr("It would have told of nothing.");
    //: What a rule would have done. A sentence follows.
    return LimitTexts::tr("It would have denied nothing.");
}

/// A record of a whole day needs no excuse.
QString whyNotOlder(const WhatIfView &answer)
{
    if (answer.isCut)
        //: After how far back requests are recorded; rate_limit.recorded is the key of a setting.
        return u' ' + LimitTexts::tr("There is no room for older ones (rate_limit.recorded).");
    if (answer.to - answer.from < Seconds {std::chrono::hours {24}})
        //: After how far back requests are recorded.
        return u' ' + LimitTexts::tr("None came before since the server was started.");
    return {};
}

QString done(const WhatIfView &answer)
{
    if (answer.tellsOnly)
        //: What a rule would have done that raises an alarm instead of refusing requests: so many requests.
        return LimitTexts::tr("Would have told of %Ln request(s)", nullptr, int(answer.denied));
    //: What a rule would have done: so many requests.
    return LimitTexts::tr("Would have denied %Ln request(s)", nullptr, int(answer.denied));
}

} // namespace

QString LimitTexts::name(const QString &rule)
{
    const auto found = std::ranges::find_if(knownRules, [&rule](const KnownRule &each) { return rule == each.name; });
    return found == knownRules.end() ? rule : tr(found->words);
}

QString LimitTexts::name(const RuleView &rule) { return rule.title.isEmpty() ? name(rule.name) : rule.title; }

QString LimitTexts::allows(const RuleView &rule)
{
    if (rule.amount == 0)
        //: How much a rule allows that limits nothing.
        return tr("no limit");
    switch (rule.counts) {
    case RateCount::Requests:       return amountIn(UiTexts::count(rule.amount), rule.period);
    case RateCount::Accounts:       return amountIn(accounts(rule.amount), rule.period);
    case RateCount::WrongPasswords: break;
    }
    if (rule.longest == Seconds {0})
        //: How much a rule allows; %1 is a number of wrong passwords.
        return tr("%1 in a row").arg(UiTexts::count(rule.amount));
    //: How much a rule allows; %1 is a number of wrong passwords, %2 the longest wait after more of them, such as 15 min.
    return tr("%1 free, then up to %2").arg(UiTexts::count(rule.amount), Times::exactly(rule.longest));
}

qint64 LimitTexts::perDay(const RuleView &rule) { return rule.amount * 86'400 / qMax<qint64>(1, rule.period.count()); }

QString LimitTexts::action(RateAction action)
{
    switch (action) {
    //: What a limit does about a request too many.
    case RateAction::Deny: return tr("refuse it");
    //: What a limit does about a request too many.
    case RateAction::Delay: return tr("let it wait its turn");
    //: What a limit does about a request too many.
    case RateAction::Alert: return tr("only raise an alarm");
    }
    Q_UNREACHABLE_RETURN({});
}

bool LimitTexts::isOff(const RuleView &rule) { return !rule.enabled || rule.amount == 0; }

QString LimitTexts::state(const RuleView &rule)
{
    if (isOff(rule))
        //: A rule is not in force.
        return tr("Off");
    switch (rule.action) {
    //: A rule is in force.
    case RateAction::Deny: return tr("On");
    //: A rule is in force, and lets requests wait instead of refusing them.
    case RateAction::Delay: return tr("Delays");
    //: A rule is in force, and raises an alarm instead of refusing requests.
    case RateAction::Alert: return tr("Alarm only");
    }
    Q_UNREACHABLE_RETURN({});
}

Tone LimitTexts::tone(const RuleView &rule)
{
    if (isOff(rule))
        return Tone::Neutral;
    return rule.action == RateAction::Deny ? Tone::Good : Tone::Info;
}

//: How full a limit is, in percent.
QString LimitTexts::load(const RuleView &rule) { return tr("%1 %").arg(UiTexts::count(qRound64(rule.load * 100))); }

QString LimitTexts::origin(const RuleView &rule)
{
    if (!rule.lockedBy.isEmpty())
        return rule.lockedBy;
    if (!rule.isOwn)
        //: Where a rule comes from: an admin made it.
        return tr("Added here");
    if (rule.isEdited)
        //: Where the numbers of a rule come from: an admin changed them.
        return tr("Changed here");
    //: Where the numbers of a rule come from.
    return tr("Settings");
}

QString LimitTexts::lastMinute(const RuleView &rule)
{
    if (rule.deniedHistory.isEmpty())
        return {};
    const qint64 allowed = rule.allowedHistory.value(rule.allowedHistory.size() - 1);
    //: What a rule did in the last minute; both are numbers of requests.
    return tr("last minute: %1 allowed, %2 denied").arg(UiTexts::count(allowed), UiTexts::count(rule.deniedHistory.last()));
}

QString LimitTexts::standing(NetworkStanding standing)
{
    switch (standing) {
    //: What holds for a network: no limit.
    case NetworkStanding::Exempt: return tr("Exempt");
    //: What holds for a network: it is refused everything.
    case NetworkStanding::Blocked: return tr("Blocked");
    }
    Q_UNREACHABLE_RETURN({});
}

Tone LimitTexts::tone(NetworkStanding standing) { return standing == NetworkStanding::Exempt ? Tone::Info : Tone::Bad; }

QString LimitTexts::who(const HeldBackView &row)
{
    QStringList parts {row.address, row.account};
    parts.removeAll(QString());
    return UiTexts::foreign(UiTexts::inOneLine(parts));
}

QString LimitTexts::address(const HeldBackView &row)
{
    if (!row.address.isEmpty())
        return row.address;
    if (std::ranges::all_of(row.rules, [](const QString &rule) { return sparingOwners.contains(rule); }))
        //: In the place of an address: strangers, wherever they are.
        return tr("strangers");
    //: In the place of an address: whoever it is and wherever they are, the owner of the account as well.
    return tr("anybody");
}

QString LimitTexts::account(const HeldBackView &row)
{
    //: In the place of an account: whichever one is named.
    return row.account.isEmpty() ? tr("any") : row.account;
}

QString LimitTexts::rules(const HeldBackView &row)
{
    QStringList words;
    for (const QString &rule : row.rules)
        words += name(rule);
    return UiTexts::inOneLine(words);
}

QString LimitTexts::tried(const HeldBackView &row)
{
    if (row.tried.isEmpty())
        return row.accounts > 0 ? accounts(row.accounts) : QString();
    const QString known = row.tried.join(u", "_s);
    const int more = int(row.accounts - row.tried.size());
    //: Which accounts somebody tried; %1 are names, separated by commas.
    return more > 0 ? tr("%1 and %Ln more", nullptr, more).arg(known) : known;
}

QString LimitTexts::whatIf(const WhatIfView &answer)
{
    if (answer.from == answer.to)
        //: In place of what a rule would have done.
        return tr("Nothing is recorded yet, so there is nothing to try it on.");
    const QString span = Times::lasting(answer.to - answer.from);
    if (answer.requests == 0)
        //: What a rule would have done; %1 is a span of time, %2 when it began. A sentence may follow.
        return tr("Nothing of these routes was recorded in the last %1 (since %2), so there is nothing to try it on.")
                   .arg(span, Times::brief(answer.from))
               + whyNotOlder(answer);
    const QString looked =
        //: What was recorded that a rule was tried on; %1 is a span of time, %2 when it began, %3 a number of these requests. More may
        //: follow.
        tr("Recorded in the last %1 (since %2): %Ln request(s) of these routes; denied as the rules are: %3.", nullptr,
           int(answer.requests))
            .arg(span, Times::brief(answer.from), UiTexts::count(answer.deniedNow))
        + whyNotOlder(answer);
    if (answer.denied == 0)
        return nothingDone(answer) + u'\n' + looked;
    const QStringList words {done(answer),
                             //: From how many network addresses requests came.
                             tr("%Ln address(es)", nullptr, int(answer.addresses)), accounts(answer.accounts),
                             //: How many of the requests had the right password.
                             tr("%Ln successful sign-in(s) among them", nullptr, int(answer.signIns))};
    return UiTexts::inOneLine(words) + u'\n' + looked;
}

QString LimitTexts::saved(const RuleView &rule)
{
    const QString shown = UiTexts::foreign(name(rule));
    if (isOff(rule))
        //: Said after a rule was changed that is not in force; %1 is its name.
        return tr("Saved: %1. It is off and holds nobody back.").arg(shown);
    //: Said after a rule was changed; %1 is its name.
    return tr("Saved: %1. It holds at once.").arg(shown);
}

QString LimitTexts::added(const RuleView &rule)
{
    const QString shown = UiTexts::foreign(name(rule));
    if (isOff(rule))
        //: Said after a rule was made that is not in force; %1 is its name.
        return tr("Added: %1. It is off and holds nobody back.").arg(shown);
    //: Said after a rule was made; %1 is its name.
    return tr("Added: %1. It holds at once.").arg(shown);
}

QString LimitTexts::removed(const RuleView &rule)
{
    if (rule.isOwn)
        //: Said after a rule was reset; %1 is its name.
        return tr("%1 is as the settings say again.").arg(UiTexts::foreign(name(rule)));
    //: Said after a rule was removed; %1 is its name.
    return tr("Removed: %1.").arg(UiTexts::foreign(name(rule)));
}

QString LimitTexts::freed(const QList<HeldBackView> &rows, int freed)
{
    if (rows.size() == 1)
        //: Said after somebody was let go; %1 is who, %2 are the names of rules that held them back. Others may still do so.
        return tr("%1: held back no longer by %2.").arg(who(rows.first()), UiTexts::foreign(LimitTexts::rules(rows.first())));
    //: Said after some of those who are held back were let go: how many.
    const QString said = tr("Unblocked %Ln of the list.", nullptr, freed);
    if (freed == rows.size())
        return said;
    //: Said after that, where others of the selected rows were free by then.
    return said + u' ' + tr("The others were held back no more.");
}

QString LimitTexts::networkAdded(const NetworkView &network)
{
    const QString shown = UiTexts::foreign(network.network);
    if (network.standing == NetworkStanding::Exempt)
        //: Said after a network was exempted from limits; %1 is the network.
        return tr("%1 is exempt: no limit but that of wrong second factors holds for it.").arg(shown);
    //: Said after a network was blocked; %1 is the network.
    return tr("%1 is blocked.").arg(shown);
}

QString LimitTexts::networkRemoved(const NetworkView &network)
{
    const QString shown = UiTexts::foreign(network.network);
    if (network.standing == NetworkStanding::Exempt)
        //: Said after a network lost its exemption; %1 is the network.
        return tr("The limits hold for %1 again.").arg(shown);
    //: Said after a network was unblocked; %1 is the network.
    return tr("%1 is not blocked any more.").arg(shown);
}

Confirmation LimitTexts::beforeSwitchOff(const RuleView &rule)
{
    return {//: A question; %1 is the name of a rule.
            .question = tr("Switch off “%1”?").arg(UiTexts::foreign(name(rule))),
            //: What follows from the question before.
            .effect = tr("It holds nobody back any more, also not those who attack at this moment. Other rules go on."),
            //: Button: agrees.
            .action = tr("Switch off")};
}

Confirmation LimitTexts::beforeRemoval(const RuleView &rule)
{
    const QString shown = UiTexts::foreign(name(rule));
    if (rule.isOwn)
        return {//: A question; %1 is the name of a rule.
                .question = tr("Reset “%1”?").arg(shown),
                //: What follows from the question before.
                .effect = tr("It allows what the settings say again, at once."),
                //: Button: agrees.
                .action = tr("Reset")};
    return {//: A question; %1 is the name of a rule.
            .question = tr("Remove “%1”?").arg(shown),
            //: What follows from the question before.
            .effect = tr("It holds nobody back any more. Its counts stay for 30 days."),
            //: Button: agrees.
            .action = tr("Remove")};
}

Confirmation LimitTexts::beforeRemoval(const NetworkView &network)
{
    const QString shown = UiTexts::foreign(network.network);
    if (network.standing == NetworkStanding::Exempt)
        return {//: A question; %1 is a network.
                .question = tr("Remove the exemption of %1?").arg(shown),
                //: What follows from the question before.
                .effect = tr("All limits hold for it again."),
                //: Button: agrees.
                .action = tr("Remove")};
    return {//: A question; %1 is a network.
            .question = tr("Unblock %1?").arg(shown),
            //: What follows from the question before.
            .effect = tr("It is answered again. The limits hold for it as for anybody."),
            //: Button: agrees.
            .action = tr("Unblock")};
}

Confirmation LimitTexts::beforeUndo(const RuleView &rule)
{
    return {//: A question; %1 is the name of a rule.
            .question = tr("Take back the change of “%1”?").arg(UiTexts::foreign(name(rule))),
            //: What follows from the question before.
            .effect = tr("The rule is as it was before, at once."),
            //: Button: agrees.
            .action = tr("Take back")};
}

Confirmation LimitTexts::beforeUndo(const NetworkView &network)
{
    return {//: A question; %1 is a network.
            .question = tr("Take back the change of %1?").arg(UiTexts::foreign(network.network)),
            //: What follows from the question before.
            .effect = tr("The network is as it was before, at once."),
            //: Button: agrees.
            .action = tr("Take back")};
}

} // namespace warder
