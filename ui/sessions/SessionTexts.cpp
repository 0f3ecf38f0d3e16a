#include "ui/sessions/SessionTexts.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/WorkBar.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString refreshesInWords(const SessionView &session)
{
    //: How often the refresh token of a session was exchanged.
    QString text = SessionTexts::tr("Refreshed %Ln ×.", nullptr, int(session.generation));
    if (session.generation == 0)
        //: The refresh token of a session has not been used yet.
        text = SessionTexts::tr("Not refreshed yet.");
    if (session.graceHits > 0)
        //: Parallel refreshes of a session that got the same answer again.
        text += u' '
                + SessionTexts::tr("%Ln parallel request(s) came within the grace window and got the same token again: harmless.", nullptr,
                                   int(session.graceHits));
    return text;
}

//: Name of a fact about a session: the uses of its refresh token, newest first, each with time, address and device.
QString chainName() { return SessionTexts::tr("What its refresh token went through"); }

QString useInWords(const RefreshView &use)
{
    const QString generation = UiTexts::count(use.generation);
    switch (use.what) {
    //: A refresh token was exchanged for the next one; %1 is the number of that.
    case Rotation::Rotate: return SessionTexts::tr("Exchanged for generation %1").arg(generation);
    case Rotation::Repeat:
        //: Parallel refreshes of a session got the same answer again; %1 is the number of the token that they got.
        return SessionTexts::tr("%Ln parallel request(s) got generation %1 again", nullptr, int(use.times)).arg(generation);
    case Rotation::Ahead:
        //: A refresh token of after a backup that was restored was exchanged for the next one; %1 is the number of that.
        return SessionTexts::tr("Exchanged for generation %1: the token was newer than this database").arg(generation);
    case Rotation::Reused:
        //: A refresh token that was exchanged before came back, which ended its session; %1 is its number.
        return u"■ "_s + SessionTexts::tr("Replay: the spent token of generation %1 came back").arg(generation);
    }
    Q_UNREACHABLE_RETURN({});
}

QString takenWords(SessionToken token)
{
    switch (token) {
    //: What a filter takes after “user:”.
    case SessionToken::User: return SessionTexts::tr("It takes the whole e-mail address of a user.");
    //: What a filter takes after “address:”.
    case SessionToken::Address: return SessionTexts::tr("It takes an address or a network, such as 10.0.0.0/8.");
    //: What a filter takes after “device:”.
    case SessionToken::Device: return SessionTexts::tr("It takes a part of a device, several words in quotation marks.");
    //: What a filter takes after “state:”; the two words are typed as they stand here.
    case SessionToken::State: return SessionTexts::tr("It takes “live” or “ended”.");
    //: What a filter takes after “since:”.
    case SessionToken::Since: return SessionTexts::tr("It takes a span such as 2h or 7d, or a day such as 2026-10-01.");
    }
    Q_UNREACHABLE_RETURN({});
}

/// A device is what a stranger says that it is.
QString whenAndWhere(TimePoint at, const QString &address, const QString &device, TimePoint now)
{
    QStringList parts {Times::withAge(at, now), address, UiTexts::plain(UiTexts::device(device))};
    parts.removeAll(QString());
    return UiTexts::inOneLine(parts);
}

/// How many exchanges came before the oldest use that is known.
qint64 exchangesBefore(const SessionView &session, const QList<RefreshView> &uses)
{
    if (uses.isEmpty() || uses.last().what == Rotation::Reused)
        return session.generation;
    return uses.last().what == Rotation::Repeat ? uses.last().generation : uses.last().generation - 1;
}

} // namespace

QList<DetailsPanel::Fact> SessionTexts::facts(const SessionView &session, TimePoint now)
{
    QList<DetailsPanel::Fact> facts {
        //: Name of a fact about a session.
        {tr("Device"), UiTexts::device(session.device)},
        //: Name of a fact about a session: the network address it was opened from.
        {.name = tr("Opened from"), .value = session.address, .isFixedWidth = true},
        //: Name of a fact about a session: how its owner proved who they are ("Password + code").
        {tr("Method"), UiTexts::method(session.method, session.amr)},
        //: Name of a fact about a session.
        {tr("Started"), Times::withAge(session.openedAt, now)},
        //: Name of a fact about a session.
        {tr("Last seen"), Times::withAge(session.lastSeenAt, now)},
    };
    //: Name of a fact about a session: the network address that presented a refresh token a second time.
    const QString spentFrom = tr("Spent token came from");
    //: Name of a fact about a session: the network address of its last refresh.
    const QString usedFrom = tr("Last used from");
    if (!session.lastAddress.isEmpty())
        facts.insert(2,
                     {.name = session.endReason == "reuse"_L1 ? spentFrom : usedFrom, .value = session.lastAddress, .isFixedWidth = true});
    if (session.endedAt)
        //: Name of a fact about a session: when it ended.
        facts.append({tr("Ended"), Times::withAge(*session.endedAt, now)});
    else
        //: Name of a fact about a session: when it will end by itself.
        facts.append({tr("Expires"), Times::together(Times::exact(session.expiresAt), Times::until(session.expiresAt, now))});
    //: Name of a fact about a session: how often its refresh token was exchanged.
    facts.append({tr("Refresh generation"), refreshesInWords(session)});
    //: Name of a fact about a session: what the browser calls itself.
    facts.append({tr("User agent"), session.userAgent});
    //: Name of a fact about a session.
    facts.append({.name = tr("Session id"), .value = session.id.toString(), .isFixedWidth = true});
    return facts;
}

QList<DetailsPanel::Fact> SessionTexts::chain(const SessionView &session, const QList<RefreshView> &uses, TimePoint now)
{
    QList<DetailsPanel::Fact> facts;
    const auto add = [&facts](const QString &what, const QString &remark) {
        facts += {.name = facts.isEmpty() ? chainName() : QString(), .value = what, .remark = remark};
    };
    for (const RefreshView &use : uses)
        add(useInWords(use), whenAndWhere(use.at, use.address, use.device, now));
    if (const qint64 before = exchangesBefore(session, uses); before > 0)
        //: Below the last uses of a session's refresh token: how many exchanges came before these.
        add(tr("%Ln earlier exchange(s) are not recorded", nullptr, int(before)), {});
    if (!facts.isEmpty())
        //: Below the uses of a session's refresh token: how the session began.
        add(tr("Signed in"), whenAndWhere(session.openedAt, session.address, session.device, now));
    return facts;
}

DetailsPanel::Fact SessionTexts::unread(const std::optional<Error> &failure)
{
    //: In place of the uses of a session's refresh token, while they are being read.
    return {chainName(), failure ? UiTexts::of(*failure) : tr("Reading…")};
}

QString SessionTexts::fault(const session_query::BadToken &bad)
{
    const QString token = nameOf(bad.token) + u':';
    //: A token of a filter has nothing behind it; %1 is the token, “since:”.
    const QString isEmpty = tr("Nothing stands behind “%1”.").arg(token);
    //: A token of a filter cannot have that value; %1 is the token, “since:”, and %2 the value.
    const QString isWrong = tr("“%1” cannot be “%2”.").arg(token, UiTexts::quoted(bad.value));
    return (bad.value.isEmpty() ? isEmpty : isWrong) + u' ' + takenWords(bad.token);
}

QString SessionTexts::question(qint64 sessions, const QString &who)
{
    if (who.isEmpty())
        //: Question before sessions are ended.
        return tr("Revoke %Ln session(s)?", nullptr, int(sessions));
    //: Question before sessions of one user are ended; %1 is an e-mail address.
    return tr("Revoke %Ln session(s) of %1?", nullptr, int(sessions)).arg(who);
}

QString SessionTexts::signedOut(qint64 users)
{
    //: What follows when sessions are ended.
    return tr("%Ln user(s) are signed out with their next request and must log in again. This cannot be undone.", nullptr, int(users));
}

QString SessionTexts::laterOnesStay()
{
    //: Part of what follows when all sessions that are shown are ended.
    return tr("Whoever signs in meanwhile stays signed in.");
}

QString SessionTexts::whoseEnd(const SessionFilter &filter, const QString &email)
{
    SessionFilter words = filter;
    words.state.reset();
    const QString typed = session_query::textOf(words);
    const QString who = UiTexts::foreign(filter.user ? email : filter.email.value_or(QString()));
    const bool isOfKind = !filter.text.isEmpty() || filter.device || filter.since; // and not of a user or an address alone
    const bool isOfOne = filter.user ? typed.isEmpty() : filter.email && !isOfKind && !filter.address;
    if (typed.isEmpty() && !filter.user)
        //: What follows when all live sessions are ended.
        return tr("Every live session ends: everybody is signed out.");
    if (isOfOne)
        //: What follows when the live sessions of one user are ended; %1 is an e-mail address.
        return tr("Every live session of %1 ends.").arg(who);
    if (filter.user)
        //: What follows when the live sessions of one user that match a filter are ended; %1 is the filter, %2 an e-mail address.
        return tr("Every live session of %2 that matches “%1” ends.").arg(UiTexts::quoted(typed), who);
    if (filter.address && !isOfKind && !filter.email)
        //: What follows when the live sessions of a network address are ended; %1 is that address, or a network.
        return tr("Every live session that was opened from %1 ends.").arg(*filter.address);
    //: What follows when all live sessions that match a filter are ended; %1 is the filter.
    return tr("Every live session that matches “%1” ends.").arg(UiTexts::quoted(typed));
}

QString SessionTexts::notRead(qint64 sessions)
{
    //: Before the effect of ending all rows that were read.
    return tr("Not read yet, and not ended: %Ln session(s).", nullptr, int(sessions));
}

QString SessionTexts::tooMany(qint64 sessions)
{
    //: Said instead of ending very many selected sessions.
    return tr("More than %Ln session(s) are not ended one by one. Filter the list, then use “Revoke all shown”.", nullptr, int(sessions));
}

QString SessionTexts::ending(qint64 sessions)
{
    //: While many sessions are being ended.
    return tr("Ending %Ln session(s)…", nullptr, int(sessions));
}

QString SessionTexts::revoked(qint64 sessions)
{
    //: Said after sessions were ended.
    return tr("Revoked %Ln session(s).", nullptr, int(sessions));
}

//: Somebody stopped an order.
QString SessionTexts::stopped() { return tr("Stopped. Those that were ended stay ended, the others are live."); }

QString SessionTexts::countChanged()
{
    //: Before the effect of an order that is asked for once more.
    return tr("Their number changed while you were asked, so nobody was signed out yet.");
}

//: Of sessions that were to be ended.
QString SessionTexts::nothingLeft() { return tr("They have ended meanwhile, nothing was left to revoke."); }

//: Of sessions that were to be ended: those of a user, or of a network address.
QString SessionTexts::noneLive() { return tr("None of these sessions is live, so nothing was revoked."); }

QString SessionTexts::busy()
{
    //: Said instead of ending sessions. A sentence that says why follows.
    return tr("Nothing was revoked.") + u' ' + WorkBar::whyBusy();
}

} // namespace warder
