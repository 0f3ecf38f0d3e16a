#include "ui/sessions/SessionEnding.h"

#include "ui/sessions/SessionTexts.h"
#include "ui/support/Ask.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/NumberCheck.h"
#include "ui/widgets/WorkBar.h"

#include <QSet>
#include <QWidget>

namespace warder {
namespace {

constexpr qint64 longWork = 1000; ///< Sessions whose end takes a while.
constexpr int rowsForNames = 50;  ///< Somebody may have several of them.

QString together(QStringList sentences)
{
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

} // namespace

SessionEnding::SessionEnding(const PageContext &context, WorkBar &work, QWidget *page)
    : QObject(page), m_context(context), m_work(work), m_page(page)
{}

void SessionEnding::startShown(const SessionsToEnd &which, const SessionCounts &seen, const QList<SessionView> &listed)
{
    if (mayBegin())
        askToEnd(which, seen, listed, {});
}

QStringList SessionEnding::namesIn(const QList<SessionView> &sessions) const
{
    QStringList names;
    for (const SessionView &session : sessions) {
        if (names.size() == ConfirmSheet::mostNames)
            break;
        if (session.isLive(m_context.clock.now()) && !names.contains(session.email))
            names += session.email;
    }
    return names;
}

void SessionEnding::startCounted(const SessionsToEnd &which)
{
    if (!m_isCounting && mayBegin())
        count(which, {}, SessionTexts::noneLive());
}

/// The page has one bar for what takes long.
bool SessionEnding::mayBegin()
{
    if (m_work.isBusy())
        Q_EMIT done(SessionTexts::busy());
    return !m_work.isBusy();
}

void SessionEnding::startChosen(const QList<SessionView> &sessions, const QString &remark)
{
    QList<Id> ids;
    QSet<Id> users;
    for (const SessionView &session : sessions) {
        ids += session.id;
        users += session.userId;
    }
    const QString who = users.size() == 1 ? UiTexts::foreign(sessions.first().email) : QString();
    const QString question = SessionTexts::question(ids.size(), who);
    const QString effect = together({remark, SessionTexts::signedOut(users.size())});
    //: Button: ends sessions.
    const QString action = tr("Revoke");
    const auto onYes = [this, ids] { giveChosen(ids); };
    if (ids.size() < NumberCheck::many)
        return confirm(m_page, {.question = question, .effect = effect, .action = action}, onYes);
    const ManyConfirmation many {.question = question,
                                 .effect = effect,
                                 .action = action,
                                 .number = ids.size(),
                                 .names = users.size() > 1 ? namesIn(sessions) : QStringList(),
                                 .named = users.size()};
    (new ConfirmSheet(many, m_page, onYes))->open();
}

void SessionEnding::giveChosen(const QList<Id> &sessions)
{
    Q_EMIT beginning();
    ask(
        m_context.console.ask(RevokeSessions {.sessions = sessions}), m_page,
        [this](int ended) { Q_EMIT done(SessionTexts::revoked(ended)); }, [this](const Error &error) { Q_EMIT failed(error); });
}

void SessionEnding::askToEnd(const SessionsToEnd &which, const SessionCounts &seen, const QList<SessionView> &listed, const QString &remark)
{
    const QString who = which.filter.user ? which.email : which.filter.email.value_or(QString());
    const QString effect = together(
        {remark, SessionTexts::whoseEnd(which.filter, which.email), SessionTexts::laterOnesStay(), SessionTexts::signedOut(seen.users)});
    const ManyConfirmation many {.question = SessionTexts::question(seen.live, UiTexts::foreign(who)),
                                 .effect = effect,
                                 .action = which.action,
                                 .number = seen.live,
                                 .names = seen.users > 1 ? namesIn(listed) : QStringList(),
                                 .named = seen.users};
    (new ConfirmSheet(many, m_page, [this, which, seen] { give(which, seen); }))->open();
}

void SessionEnding::count(const SessionsToEnd &which, const QString &remark, const QString &ifNone)
{
    m_isCounting = true;
    SessionFilter live = which.filter;
    live.state = SessionState::Live;
    const auto onError = [this](const Error &error) {
        m_isCounting = false;
        Q_EMIT failed(error);
    };
    const auto onCounted = [this, which, remark, ifNone, live, onError](const SessionCounts &counts) {
        if (counts.live == 0) {
            m_isCounting = false;
            return Q_EMIT done(ifNone);
        }
        const auto onListed = [this, which, counts, remark](const PageOf<SessionView> &page) {
            m_isCounting = false;
            askToEnd(which, counts, page.rows, remark);
        };
        ask(m_context.console.ask(ListSessions {.filter = live, .limit = rowsForNames}), m_page, onListed, onError);
    };
    ask(m_context.console.ask(CountSessions {.filter = live}), m_page, onCounted, onError);
}

/// Something else may have begun since the question.
void SessionEnding::give(const SessionsToEnd &which, const SessionCounts &seen)
{
    const bool isLong = seen.live >= longWork;
    if (isLong && !mayBegin())
        return;
    Q_EMIT beginning();
    const auto ending = m_context.console.ask(RevokeShown {.filter = which.filter, .seen = seen.live, .newest = seen.newest});
    if (isLong)
        m_work.follow(SessionTexts::ending(seen.live), QFuture<void>(ending));
    const auto over = [this, isLong] {
        if (isLong) // else the bar is not ours
            m_work.end();
        Q_EMIT workEnded();
    };
    ask(
        ending, m_page,
        [this, over](int ended) {
            over();
            Q_EMIT done(ended > 0 ? SessionTexts::revoked(ended) : SessionTexts::nothingLeft());
        },
        [this, over, ending, which](const Error &error) {
            over();
            reportError(which, error, ending.isCanceled());
        });
}

/// Where others match than did at the question nobody has ended: asks again with the number of now.
void SessionEnding::reportError(const SessionsToEnd &which, const Error &error, bool wasStopped)
{
    if (wasStopped)
        Q_EMIT done(SessionTexts::stopped());
    else if (error.code == ErrorCode::Conflict)
        count(which, SessionTexts::countChanged(), SessionTexts::nothingLeft());
    else
        Q_EMIT failed(error);
}

} // namespace warder
