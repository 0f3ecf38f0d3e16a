#include "ui/users/UserSessions.h"

#include "core/console/Console.h"
#include "ui/support/Ask.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/users/SelectedUser.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"

#include <QPushButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QList<Column<SessionView>> userSessionColumns()
{
    using Row = const SessionView &;
    return {
        //: Column title: browser and system of a session.
        {.title = UserSessions::tr("Device"),
         .characters = 16,
         .text = [](Row row, TimePoint) { return UiTexts::device(row.device); },
         .tip = [](Row row) { return row.userAgent; }},
        //: Column title: when a session was last used.
        {.title = UserSessions::tr("Last seen"), .characters = 11, .time = &SessionView::lastSeenAt},
        //: Column title: the network address of a session.
        {.title = UserSessions::tr("Address"), .characters = 15, .text = [](Row row, TimePoint) { return row.address; }},
        //: Column title: when a session was opened.
        {.title = UserSessions::tr("Started"), .characters = 11, .time = &SessionView::openedAt},
    };
}

ListSessions sessionsOf(const Id &user) { return {.filter = {.text = {}, .user = user}, .limit = UserSessions::most}; }

} // namespace

UserSessions::UserSessions(const PageContext &context, QWidget *page)
    //: Name of a table beside the list of users, for screen readers and as a file name.
    : SideList(tr("Sessions of the user"), u"userSessions"_s,
               //: Button: ends the selected session of a user. The dots say that a question follows.
               new QPushButton(icon(u"ban"_s), tr("Revo&ke…"), page), page),
      m_context(context), m_page(page), m_read(new OfSelectedUser<ListSessions>(context.console, &sessionsOf, this)),
      m_model(new RowsModel<SessionView>(context.clock, userSessionColumns(), this))
{
    table().present(m_model);
    //: Tool tip of the button that ends the selected session of a user.
    button().setToolTip(tr("End the selected session (Delete)"));
    ButtonAction::of(button())->setKeyIn(table(), QKeySequence::Delete);
    //: Menu item: shows the sessions of a user on the page that has them all.
    table().setOpening(tr("Show sessions"), [this] { Q_EMIT allWanted(); });
    connect(&button(), &QPushButton::clicked, this, &UserSessions::revoke);
    connect(&table(), &DataTable::selectionMoved, this, &UserSessions::presentButton);
    connect(m_read, &SelectedUser::updated, this, &UserSessions::take);
    present();
}

void UserSessions::select(const UserView *user)
{
    const auto id = user ? std::optional(user->id) : std::nullopt;
    m_email = user ? user->email : QString();
    m_read->select(id);
    if (std::exchange(m_user, id) == id)
        return;
    m_known.clear();
    present();
}

void UserSessions::readAgain() { m_read->readAgain(); }

void UserSessions::take()
{
    const auto &page = m_read->value();
    m_known = page ? page->rows : QList<SessionView>();
    present();
}

/// What opens or ends is read; what is only used again is told whole.
void UserSessions::apply(const QList<Change> &changes)
{
    bool isNews = false;
    bool isRenewed = false;
    for (const Change &change : changes) {
        const auto *session = std::get_if<SessionView>(&change);
        if (session && m_user == session->userId)
            (renew(*session) ? isRenewed : isNews) = true;
        if (const auto *gone = std::get_if<SessionGone>(&change))
            isNews = isNews || std::ranges::contains(m_known, gone->id, &SessionView::id);
    }
    if (isRenewed)
        present();
    if (isNews)
        readAgain();
}

bool UserSessions::renew(const SessionView &session)
{
    const auto known = std::ranges::find(m_known, session.id, &SessionView::id);
    if (known == m_known.end())
        return false;
    *known = session;
    return true;
}

void UserSessions::everySecond()
{
    const TimePoint now = m_context.clock.now();
    if (std::ranges::any_of(m_model->rows(), [now](const SessionView &row) { return !row.isLive(now); }))
        present();
    if (isVisible())
        m_model->refreshAges();
}

void UserSessions::present()
{
    QList<SessionView> live = m_known;
    live.removeIf([now = m_context.clock.now()](const SessionView &row) { return !row.isLive(now); });
    m_model->updateTo(live, &SessionView::id);
    const auto &page = m_read->value();
    const bool isCut = page && !page->next.isEmpty();
    //: Below a list of a user's sessions that is not whole; “Show sessions” is a button below.
    presentRows(note(), isCut ? tr("The newest %Ln; “Show sessions” has all.", nullptr, int(live.size())) : QString());
    presentButton();
    if (std::exchange(m_title, title()) != title())
        Q_EMIT titleChanged();
}

const SessionView *UserSessions::selected() const { return m_model->rowAt(table().selectedRows().value(0, -1)); }

void UserSessions::presentButton() { button().setEnabled(selected() != nullptr); }

QString UserSessions::note() const
{
    if (const auto &failure = m_read->failure())
        return UiTexts::of(*failure);
    if (!m_read->value())
        //: In place of a list of a user's sessions, while it is being read.
        return tr("Reading…");
    //: In place of a list of a user's sessions: there are none.
    return tr("Not signed in anywhere.");
}

QString UserSessions::title() const
{
    const auto &page = m_read->value();
    if (!page)
        //: Choice of what stands beside the list of users: the live sessions of a user.
        return tr("Sessions");
    QString live = UiTexts::count(m_model->rowCount());
    if (!page->next.isEmpty())
        live += u'+';
    //: The same; %1 is how many there are, "3" or "500+".
    return tr("Sessions (%1)").arg(live);
}

void UserSessions::revoke()
{
    if (const SessionView *session = selected())
        confirm(m_page, beforeRevoking(*session), [this, id = session->id] { end(id); });
}

Confirmation UserSessions::beforeRevoking(const SessionView &session) const
{
    return {//: Question before one session of a user is ended; %1 is an e-mail address.
            .question = tr("Revoke this session of %1?").arg(UiTexts::foreign(m_email)),
            //: What follows when a session is ended; %1 is a device, such as "Firefox, Linux", %2 a network address.
            .effect = tr("It was opened with %1 at %2. Who has it is signed out there with the next request, and must log in again. This "
                         "cannot be undone.")
                          .arg(UiTexts::foreign(UiTexts::device(session.device)), UiTexts::foreign(session.address)),
            //: Button: ends a session.
            .action = tr("Revoke")};
}

void UserSessions::end(const Id &session)
{
    const auto onEnded = [this, email = UiTexts::foreign(m_email)](int ended) {
        readAgain();
        const QString said =
            ended > 0 ? /*: Said after one session was ended; %1 is an e-mail address. */ tr("Revoked a session of %1.").arg(email)
                      : /*: Said of a session that was to be ended. */ tr("It had ended meanwhile, nothing was left to revoke.");
        Q_EMIT done(said);
    };
    const auto revoking = m_context.console.ask(RevokeSessions {.sessions = {session}});
    ask(revoking, m_page, onEnded, [this](const Error &error) { Q_EMIT failed(error); });
}

} // namespace warder
