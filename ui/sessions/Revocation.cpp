#include "ui/sessions/Revocation.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/WorkBar.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 longWork = 1000; ///< Sessions whose end takes a while.

} // namespace

Revocation::Revocation(Page &page, Console &console, WorkBar &work, std::function<SessionFilter()> shown)
    : QObject(&page), m_page(page), m_console(console), m_work(work), m_shown(std::move(shown))
{}

void Revocation::ask(const QString &email, const SessionCounts &seen)
{
    m_email = UiTexts::foreign(email);
    confirmWith({}, m_shown(), seen);
}

void Revocation::confirmWith(const QString &remark, const SessionFilter &shown, const SessionCounts &counts)
{
    const Confirmation confirmation {//: Question before all sessions that are shown are ended; %1 is "9 users".
                                     .question =
                                         tr("Revoke %Ln session(s) of %1?", nullptr, int(counts.live)).arg(UiTexts::users(counts.users)),
                                     .effect = remark + effectOn(shown),
                                     //: Button: ends all sessions that are shown.
                                     .action = tr("Revoke all shown")};
    confirm(&m_page, confirmation, [this, shown, live = counts.live] { order(shown, live); });
}

QString Revocation::effectOn(const SessionFilter &shown) const
{
    QString who = shown.user
                      //: What follows when the live sessions of one user are ended; %1 is an e-mail address.
                      ? tr("Every live session of %1 ends.").arg(m_email)
                      //: What follows when all live sessions are ended.
                      : tr("Every live session ends: everybody is signed out.");
    if (!shown.text.isEmpty())
        who = shown.user
                  //: What follows when the live sessions of one user that match a filter are ended; %1 is the filter, %2 an address.
                  ? tr("Every live session of %2 that matches “%1” ends.").arg(UiTexts::quoted(shown.text), m_email)
                  //: What follows when all live sessions that match a filter are ended; %1 is the filter.
                  : tr("Every live session that matches “%1” ends.").arg(UiTexts::quoted(shown.text));
    //: What follows when sessions are ended.
    return who + u' ' + tr("They are signed out with their next request and must log in again. This cannot be undone.");
}

/// Some came or went between the question and the order, which ended nobody: asks again with the number of now.
void Revocation::askAgain(const SessionFilter &shown)
{
    warder::ask(
        m_console.ask(CountSessions {.filter = shown}), &m_page,
        [this, shown](const SessionCounts &counts) {
            if (shown != m_shown())
                //: Said instead of an order that ended nobody, when another list is shown meanwhile.
                return m_page.notice().say(Tone::Info, tr("Nobody was signed out: their number changed while you were asked."));
            if (counts.live == 0)
                //: Said instead of an order that has nothing to end any more.
                return m_page.notice().say(Tone::Info, tr("They have ended meanwhile, nothing was left to revoke."));
            //: Before the effect of an order that is asked for once more.
            confirmWith(tr("Their number changed while you were asked, so nobody was signed out yet.") + u' ', shown, counts);
        },
        [this](const Error &error) { Q_EMIT failed(error); });
}

void Revocation::showWork(Answer<int> ending, qint64 seen)
{
    //: While many sessions are being ended.
    m_work.begin(tr("Ending %Ln session(s)…", nullptr, int(seen)), [ending]() mutable { ending.cancel(); });
    auto *watcher = new QFutureWatcher<Result<int>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this,
            [this, watcher](int done) { m_work.progress(done, watcher->progressMaximum()); });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(ending);
}

void Revocation::order(const SessionFilter &shown, qint64 seen)
{
    const auto ending = m_console.ask(RevokeShown {.filter = shown, .seen = seen});
    if (seen >= longWork)
        showWork(ending, seen);
    warder::ask(
        ending, &m_page,
        [this](int ended) {
            m_work.end();
            //: Said after sessions were ended.
            m_page.notice().say(Tone::Good, tr("Revoked %Ln session(s).", nullptr, ended));
            Q_EMIT over();
        },
        [this, ending, shown](const Error &error) {
            m_work.end();
            Q_EMIT over();
            if (ending.isCanceled())
                //: Said after somebody stopped the ending of many sessions.
                return m_page.notice().say(Tone::Info, tr("Stopped. Those that were ended stay ended, the others are live."));
            if (error.code == ErrorCode::Conflict)
                askAgain(shown);
            else
                Q_EMIT failed(error);
        });
}

} // namespace warder
