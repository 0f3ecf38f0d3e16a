#include "ui/sessions/SessionFacts.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

namespace {

struct SessionFacts
{
    Q_DECLARE_TR_FUNCTIONS(warder::SessionFacts)
public:
    static QString refreshes(const SessionView &session);
    static QString times(TimePoint time, TimePoint now) { return u"%1 (%2)"_s.arg(Times::exact(time), Times::ago(time, now)); }
    static QList<DetailsPanel::Fact> of(const SessionView &session, TimePoint now);
};

QString SessionFacts::refreshes(const SessionView &session)
{
    QString text = session.generation == 0
                       //: The refresh token of a session has not been used yet.
                       ? tr("Not refreshed yet.")
                       //: How often the refresh token of a session was exchanged.
                       : tr("Refreshed %Ln ×.", nullptr, int(session.generation));
    if (session.graceHits > 0)
        //: Parallel refreshes of a session that got the same answer again.
        text += u' '
                + tr("%Ln parallel request(s) came within the grace window and got the same token again: harmless.", nullptr,
                     int(session.graceHits));
    return text;
}

QList<DetailsPanel::Fact> SessionFacts::of(const SessionView &session, TimePoint now)
{
    QList<DetailsPanel::Fact> facts {
        //: Name of a fact about a session.
        {tr("Device"), UiTexts::device(session.device)},
        //: Name of a fact about a session: the network address it was opened from.
        {tr("Opened from"), session.address},
        //: Name of a fact about a session: how it was signed in.
        {tr("Method"), UiTexts::method(session.method)},
        //: Name of a fact about a session.
        {tr("Started"), times(session.openedAt, now)},
        //: Name of a fact about a session.
        {tr("Last seen"), times(session.lastSeenAt, now)},
    };
    if (!session.lastAddress.isEmpty())
        facts.insert(2, {session.endReason == "reuse"_L1
                             //: Name of a fact about a session: the network address that presented a refresh token a second time.
                             ? tr("Spent token came from")
                             //: Name of a fact about a session: the network address of its last refresh.
                             : tr("Last used from"),
                         session.lastAddress});
    if (session.endedAt)
        //: Name of a fact about a session: when it ended.
        facts.append({tr("Ended"), times(*session.endedAt, now)});
    else
        //: Name of a fact about a session: when it will end by itself.
        facts.append({tr("Expires"), u"%1 (%2)"_s.arg(Times::exact(session.expiresAt), Times::until(session.expiresAt, now))});
    //: Name of a fact about a session: how often its refresh token was exchanged.
    facts.append({tr("Refresh generation"), refreshes(session)});
    //: Name of a fact about a session: what the browser calls itself.
    facts.append({tr("User agent"), session.userAgent});
    //: Name of a fact about a session.
    facts.append({tr("Session id"), session.id.toString()});
    return facts;
}

} // namespace

void presentSession(DetailsPanel &panel, const SessionView &session, TimePoint now)
{
    QString remark;
    if (session.endedAt) {
        remark = UiTexts::endReason(session.endReason);
        if (const QString more = UiTexts::endExplained(session); !more.isEmpty())
            remark += u"\n\n"_s + more;
    }
    panel.present(session.email, SessionFacts::of(session, now), session.endReason == "reuse"_L1 ? Tone::Bad : Tone::Neutral, remark);
}

} // namespace warder
