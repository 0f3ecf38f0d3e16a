#include "ui/sessions/SessionsPage.h"

#include "ui/sessions/SessionsModel.h"
#include "ui/support/Icons.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/WorkBar.h"

#include <QCheckBox>
#include <QFutureWatcher>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int widestName = 200;    ///< Pixels of an address on a button.
constexpr int mostChosen = 10'000; ///< Sessions that are ended one by one, in one message.
constexpr qint64 longWork = 1000;  ///< Sessions whose end takes a while.

QString refreshes(const SessionView &session)
{
    //: How often the refresh token of a session was exchanged.
    QString text = SessionsPage::tr("Refreshed %Ln ×.", nullptr, int(session.generation));
    if (session.generation == 0)
        //: The refresh token of a session has not been used yet.
        text = SessionsPage::tr("Not refreshed yet.");
    if (session.graceHits > 0)
        //: Parallel refreshes of a session that got the same answer again.
        text += u' '
                + SessionsPage::tr("%Ln parallel request(s) came within the grace window and got the same token again: harmless.", nullptr,
                                   int(session.graceHits));
    return text;
}

QList<DetailsPanel::Fact> factsOf(const SessionView &session, TimePoint now)
{
    QList<DetailsPanel::Fact> facts {
        //: Name of a fact about a session.
        {SessionsPage::tr("Device"), UiTexts::device(session.device)},
        //: Name of a fact about a session: the network address it was opened from.
        {SessionsPage::tr("Opened from"), session.address},
        //: Name of a fact about a session: how its owner proved who they are ("Password + code").
        {SessionsPage::tr("Method"), UiTexts::method(session.method, session.amr)},
        //: Name of a fact about a session.
        {SessionsPage::tr("Started"), Times::withAge(session.openedAt, now)},
        //: Name of a fact about a session.
        {SessionsPage::tr("Last seen"), Times::withAge(session.lastSeenAt, now)},
    };
    //: Name of a fact about a session: the network address that presented a refresh token a second time.
    const QString spentFrom = SessionsPage::tr("Spent token came from");
    //: Name of a fact about a session: the network address of its last refresh.
    const QString usedFrom = SessionsPage::tr("Last used from");
    if (!session.lastAddress.isEmpty())
        facts.insert(2, {session.endReason == "reuse"_L1 ? spentFrom : usedFrom, session.lastAddress});
    if (session.endedAt)
        //: Name of a fact about a session: when it ended.
        facts.append({SessionsPage::tr("Ended"), Times::withAge(*session.endedAt, now)});
    else
        //: Name of a fact about a session: when it will end by itself.
        facts.append({SessionsPage::tr("Expires"), Times::together(Times::exact(session.expiresAt), Times::until(session.expiresAt, now))});
    //: Name of a fact about a session: how often its refresh token was exchanged.
    facts.append({SessionsPage::tr("Refresh generation"), refreshes(session)});
    //: Name of a fact about a session: what the browser calls itself.
    facts.append({SessionsPage::tr("User agent"), session.userAgent});
    //: Name of a fact about a session.
    facts.append({SessionsPage::tr("Session id"), session.id.toString()});
    return facts;
}

} // namespace

ListPage::Texts SessionsPage::texts()
{
    return {//: Title of a page, and of its table.
            .title = tr("Sessions"),
            //: What the page of sessions shows.
            .subtitle = tr("Who is signed in now. Rows appear, change and leave as it happens."),
            //: Name of the panel beside the sessions, for screen readers.
            .details = tr("Session details"),
            //: In the panel beside the sessions, while nothing is selected.
            .hint = tr("Select a session to see its device, its refreshes and why it ended."),
            //: Placeholder of the filter of sessions.
            .filter = tr("Filter by user, address or device"),
            //: Below the table, while the list is being looked for.
            .searching = tr("Searching… Esc shows everything again."),
            //: Title in place of a list where nothing matches the filter.
            .noMatch = tr("No session matches"),
            //: Button: lists all sessions again.
            .clearFilter = tr("Clear the filter"),
            //: Said instead of sorting a very long list; %1 is 10,000.
            .tooLongToSort = tr("A list of more than %1 rows stays in its order, newest first. Filter it, then sort."),
            //: Title of a dialog that asks for a file.
            .exportTitle = tr("Export sessions"),
            .count = &UiTexts::sessions};
}

SessionsPage::SessionsPage(const PageContext &context, QWidget *parent)
    : ListPage(context, u"sessions"_s, texts(), parent), m_model(new SessionsModel(context, this)),
      m_userChip(new QPushButton(icon(u"close"_s), {}, this)),
      //: Check box: shows sessions that ended as well as live ones.
      m_ended(new QCheckBox(tr("Show &ended too"), this)),
      //: Button: ends the selected sessions.
      m_revoke(new QPushButton(icon(u"ban"_s), tr("&Revoke"), this)), m_revokeShown(new QPushButton(this))
{
    m_userChip->setObjectName(u"userChip"_s);
    m_userChip->setLayoutDirection(Qt::RightToLeft);
    m_userChip->hide();
    //: Tool tip of the button that ends the selected sessions.
    m_revoke->setToolTip(tr("End the selected sessions (Delete)"));
    m_ended->setChecked(context.memory.value(u"sessions/ended"_s).toBool());
    addTool(m_ended, Place::BesideFilter);
    addTool(m_revoke);
    addTool(m_revokeShown);
    addBelowTools(m_userChip);
    connect(m_ended, &QCheckBox::toggled, this, &SessionsPage::applyFilter);
    connect(m_userChip, &QPushButton::clicked, this, [this] {
        setUser({}, {});
        applyFilter();
        filterBox().setFocus(Qt::OtherFocusReason);
    });
    connect(m_revoke, &QPushButton::clicked, this, &SessionsPage::revokeSelected);
    connect(m_revokeShown, &QPushButton::clicked, this, &SessionsPage::revokeShown);
    auto *remove = new QShortcut(QKeySequence::Delete, &table(), nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &SessionsPage::revokeSelected);
    start(m_model);
}

SessionFilter SessionsPage::shown() const { return {.text = filter(), .user = m_user, .ended = m_ended->isChecked()}; }

void SessionsPage::setQuestion() { m_model->setFilter(shown()); }

void SessionsPage::setUser(std::optional<Id> user, const QString &email)
{
    m_user = user;
    m_email = email;
    //: Button that is shown while one user's sessions are listed, and lists everybody's; %1 is an e-mail address.
    m_userChip->setText(
        tr("Sessions of %1")
            .arg(UiTexts::inLabel(m_userChip->fontMetrics().elidedText(UiTexts::foreign(email), Qt::ElideMiddle, widestName))));
    //: Tool tip of a button that names the one user whose sessions are listed.
    m_userChip->setToolTip(tr("Show the sessions of everybody again") + u'\n' + UiTexts::foreign(email));
    m_userChip->setVisible(user.has_value());
}

void SessionsPage::filterBy(const PageFilter &wanted)
{
    const QSignalBlocker quiet(m_ended);
    m_ended->setChecked(wanted.user || !wanted.text.isEmpty());
    setUser(wanted.user, wanted.user ? wanted.text : QString());
    ListPage::filterBy({.text = wanted.user ? QString() : wanted.text});
}

QWidget *SessionsPage::firstControl() { return table().isVisibleTo(this) && table().isEnabled() ? &table() : ListPage::firstControl(); }

void SessionsPage::remember()
{
    ListPage::remember();
    if (!isFilteredByJump())
        context().memory.setValue(u"sessions/ended"_s, m_ended->isChecked());
}

std::optional<SessionCounts> SessionsPage::counts() const { return isStale() ? std::nullopt : m_model->counts(); }

void SessionsPage::showCount()
{
    ListPage::showCount();
    const auto known = counts();
    //: Button: ends every live session that the filter shows; %1 is their number, "…" while it is being counted.
    m_revokeShown->setText(tr("Revoke &all shown (%1)").arg(known ? UiTexts::count(known->live) : u"…"_s));
    m_revokeShown->setEnabled(known && known->live > 0 && !work().isBusy());
}

QString SessionsPage::countInWords(qint64 total) const
{
    const qint64 live = counts().value_or(SessionCounts {}).live;
    //: Below the table: how many sessions are live.
    QStringList parts {tr("%Ln live", nullptr, int(live))};
    if (total != live)
        //: Below the table: how many of the listed sessions have ended.
        parts += tr("%Ln ended", nullptr, int(total - live));
    if (m_model->hasMore())
        //: Below the table: how many of the rows were read.
        parts += tr("the newest %Ln were read, scroll for more", nullptr, m_model->rowCount());
    if (const auto selected = table().selectedRows().size(); selected > 0)
        //: Below the table: how many rows are selected.
        parts += tr("%Ln selected", nullptr, int(selected));
    return UiTexts::inOneLine(parts);
}

void SessionsPage::presentEmpty(EmptyState &empty)
{
    if (m_user)
        //: One user has no sessions: title.
        empty.present(tr("No session"), /*: %1 is an e-mail address. */ tr("%1 is not signed in anywhere.").arg(UiTexts::foreign(m_email)),
                      {},
                      /*: Button: lists the sessions of all users. */ tr("Show everybody"));
    else
        //: Nobody is signed in: title.
        empty.present(tr("Nobody is signed in"),
                      //: Nobody is signed in: how to try it; a command line follows.
                      tr("As soon as somebody registers or logs in, their session appears here by itself. Try it in a terminal:"),
                      UiTexts::curlRegister(serverUrl()));
}

void SessionsPage::showSelection(DetailsPanel &details)
{
    m_revoke->setEnabled(std::ranges::any_of(selectedRows(), [this](int row) { return m_model->rows()[row].isLive(now()); }));
    const SessionView *session = m_model->rowAt(selectedRow());
    if (!session)
        return details.presentNothing();
    QString remark;
    if (session->endedAt)
        remark = (UiTexts::endReason(session->endReason) + u"\n\n"_s + UiTexts::endExplained(*session)).trimmed();
    details.present(session->email, factsOf(*session, now()), session->endReason == "reuse"_L1 ? Tone::Bad : Tone::Neutral, remark);
}

/// Ctrl+A selects what was read, which is not always all that the list has.
QString SessionsPage::beyondSelection() const
{
    const auto known = counts();
    if (!m_model->hasMore() || !known || table().selectedRows().size() < m_model->rowCount())
        return {};
    //: Before the effect of ending all rows that were read.
    return tr("Not read yet, and not ended: %Ln session(s).", nullptr, int(known->live - m_model->countRead().live)) + u' ';
}

void SessionsPage::revokeSelected()
{
    QList<Id> ids;
    QSet<Id> users;
    for (const int row : selectedRows()) {
        const SessionView &session = m_model->rows()[row];
        if (!session.isLive(now()))
            continue;
        ids += session.id;
        users += session.userId;
    }
    if (ids.isEmpty())
        return;
    if (ids.size() > mostChosen)
        //: Said instead of ending very many selected sessions.
        return Q_EMIT done(
            tr("More than %Ln session(s) are not ended one by one. Filter the list, then use “Revoke all shown”.", nullptr, mostChosen));
    const QString who = users.size() == 1 ? UiTexts::foreign(m_model->rows()[m_model->rowOf(ids.first())].email) : QString();
    confirmRevocation({.live = ids.size(), .users = users.size()}, who, beyondSelection(), /*: Button: ends sessions. */ tr("Revoke"),
                      [this, ids] { giveOrder(RevokeSessions {.sessions = ids}, [this](int ended) { sayRevoked(ended); }); });
}

void SessionsPage::confirmRevocation(const SessionCounts &what, const QString &who, const QString &effect, const QString &action,
                                     std::function<void()> onYes)
{
    //: What follows when sessions are ended.
    const QString always =
        tr("%Ln user(s) are signed out with their next request and must log in again. This cannot be undone.", nullptr, int(what.users));
    const QString question = who.isEmpty()
                                 //: Question before sessions are ended.
                                 ? tr("Revoke %Ln session(s)?", nullptr, int(what.live))
                                 //: Question before sessions of one user are ended; %1 is an e-mail address.
                                 : tr("Revoke %Ln session(s) of %1?", nullptr, int(what.live)).arg(who);
    confirm(this, {.question = question, .effect = effect + always, .action = action}, std::move(onYes));
}

void SessionsPage::sayRevoked(int ended)
{
    //: Said after sessions were ended.
    Q_EMIT done(tr("Revoked %Ln session(s).", nullptr, ended));
}

void SessionsPage::revokeShown()
{
    if (const auto seen = counts(); seen && seen->live > 0)
        askToEnd(shown(), *seen);
}

void SessionsPage::askToEnd(const SessionFilter &filter, const SessionCounts &seen, const QString &remark)
{
    //: Button: ends all sessions that are shown.
    confirmRevocation(seen, filter.user ? UiTexts::foreign(m_email) : QString(), remark + whoseEnd(filter) + u' ', tr("Revoke all shown"),
                      [this, filter, live = seen.live] { end(filter, live); });
}

QString SessionsPage::whoseEnd(const SessionFilter &filter) const
{
    if (filter.text.isEmpty() && !filter.user)
        //: What follows when all live sessions are ended.
        return tr("Every live session ends: everybody is signed out.");
    if (filter.text.isEmpty())
        //: What follows when the live sessions of one user are ended; %1 is an e-mail address.
        return tr("Every live session of %1 ends.").arg(UiTexts::foreign(m_email));
    if (!filter.user)
        //: What follows when all live sessions that match a filter are ended; %1 is the filter.
        return tr("Every live session that matches “%1” ends.").arg(UiTexts::quoted(filter.text));
    //: What follows when the live sessions of one user that match a filter are ended; %1 is the filter, %2 an e-mail address.
    return tr("Every live session of %2 that matches “%1” ends.").arg(UiTexts::quoted(filter.text), UiTexts::foreign(m_email));
}

void SessionsPage::end(const SessionFilter &filter, qint64 seen)
{
    const auto ending = context().console.ask(RevokeShown {.filter = filter, .seen = seen});
    if (seen >= longWork)
        showWork(ending, seen);
    const auto over = [this] {
        work().end();
        showCount();
    };
    ask(
        ending, this,
        [this, over](int ended) {
            over();
            sayRevoked(ended);
        },
        [this, over, ending, filter](const Error &error) {
            over();
            if (ending.isCanceled())
                Q_EMIT done(/*: Somebody stopped an order. */ tr("Stopped. Those that were ended stay ended, the others are live."));
            else if (error.code == ErrorCode::Conflict)
                askAgain(filter);
            else
                showError(error);
        });
}

void SessionsPage::showWork(Answer<int> ending, qint64 seen)
{
    //: While many sessions are being ended.
    work().begin(tr("Ending %Ln session(s)…", nullptr, int(seen)), [ending]() mutable { ending.cancel(); });
    auto *watcher = new QFutureWatcher<Result<int>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this,
            [this, watcher](int done) { work().progress(done, watcher->progressMaximum()); });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(ending);
}

/// Some came or went between the question and the order, which ended nobody: asks again with the number of now.
void SessionsPage::askAgain(const SessionFilter &filter)
{
    giveOrder(CountSessions {.filter = filter}, [this, filter](const SessionCounts &counts) {
        if (filter != shown())
            Q_EMIT done(/*: When an order ended nobody. */ tr("Nobody was signed out: their number changed while you were asked."));
        else if (counts.live == 0)
            Q_EMIT done(/*: Of sessions that were to be ended. */ tr("They have ended meanwhile, nothing was left to revoke."));
        else
            //: Before the effect of an order that is asked for once more.
            askToEnd(filter, counts, tr("Their number changed while you were asked, so nobody was signed out yet.") + u' ');
    });
}

} // namespace warder
