#include "ui/users/UserActivity.h"

#include "ui/activity/ActivityTexts.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/users/SelectedUser.h"
#include "ui/widgets/DataTable.h"

#include <QPushButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QList<Column<ActivityView>> userActivityColumns()
{
    using Row = const ActivityView &;
    return {
        //: Column title: what happened.
        {.title = UserActivity::tr("What"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return ActivityTexts::what(row.type); },
         .tip = [](Row row) { return ActivityTexts::reason(row); },
         .tone = [](Row row) { return ActivityTexts::tone(row.type); },
         .icon = [](Row row) { return ActivityTexts::iconName(row.type); }},
        //: Column title: when it happened.
        {.title = UserActivity::tr("When"), .characters = 11, .time = [](Row row) { return std::optional(row.at); }},
        //: Column title: the network address that it came from.
        {.title = UserActivity::tr("Address"), .characters = 15, .text = [](Row row, TimePoint) { return row.address; }},
        //: Column title: who did it: the user, the window, a command, the server.
        {.title = UserActivity::tr("By"), .characters = 11, .text = [](Row row, TimePoint) { return ActivityTexts::actor(row.actor); }},
    };
}

ListActivity recordsOf(const Id &user) { return {.filter = {.user = user.toString()}, .limit = UserActivity::most}; }

} // namespace

UserActivity::UserActivity(const PageContext &context, QWidget *page)
    //: Name of a table beside the list of users, for screen readers and as a file name.
    : SideList(tr("Activity of the user"), u"userActivity"_s,
               //: Button: shows the records about a user on the page that has them all.
               new QPushButton(icon(u"activity"_s), tr("Show activit&y"), page), page),
      m_read(new OfSelectedUser<ListActivity>(context.console, &recordsOf, this)),
      m_model(new RowsModel<ActivityView>(context.clock, userActivityColumns(), this))
{
    table().present(m_model);
    //: Menu item: shows the records about a user on the page that has them all.
    table().setOpening(tr("Show activity"), [this] { Q_EMIT allWanted(); });
    connect(&button(), &QPushButton::clicked, this, &UserActivity::allWanted);
    connect(m_read, &SelectedUser::updated, this, &UserActivity::present);
    present();
}

void UserActivity::select(const UserView *user)
{
    m_user = user ? std::optional(user->id) : std::nullopt;
    follow();
}

void UserActivity::setShown(bool shown)
{
    m_isShown = shown;
    follow();
}

void UserActivity::follow()
{
    const auto wanted = m_isShown ? m_user : std::nullopt;
    m_read->select(wanted);
    if (std::exchange(m_wanted, wanted) != wanted)
        present(); // what stood there was somebody else's
}

void UserActivity::readAgain() { m_read->readAgain(); }

/// The journal does not say whom a record is about.
void UserActivity::apply(const QList<Change> &changes)
{
    const auto isRecord = [](const Change &change) { return std::holds_alternative<ActivityRecorded>(change); };
    m_isOld = m_isOld || std::ranges::any_of(changes, isRecord);
}

void UserActivity::everySecond()
{
    if (!m_isShown)
        return;
    if (std::exchange(m_isOld, false))
        readAgain();
    m_model->refreshAges();
}

void UserActivity::present()
{
    const auto &page = m_read->value();
    m_model->updateTo(page ? page->rows : QList<ActivityView>(), &ActivityView::id);
    const bool isCut = page && !page->next.isEmpty();
    //: Below a list of records about a user that is not whole; “Show activity” is the button below.
    presentRows(note(), isCut ? tr("The newest %Ln; “Show activity” has all.", nullptr, m_model->rowCount()) : QString());
}

QString UserActivity::note() const
{
    if (const auto &failure = m_read->failure())
        return UiTexts::of(*failure);
    if (!m_read->value())
        //: In place of a list of records about a user, while it is being read.
        return tr("Reading…");
    //: In place of a list of records about a user: there are none.
    return tr("Nothing is recorded of this user.");
}

} // namespace warder
