#include "ui/users/UserTabs.h"

#include "ui/users/UserActivity.h"
#include "ui/users/UserSessions.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/DetailsSide.h"

#include <QAbstractButton>

using namespace Qt::StringLiterals;

namespace warder {

UserTabs::UserTabs(const PageContext &context, DetailsSide &side, QWidget *page)
    : QObject(page), m_side(side),
      m_chips(new Chips(/*: Name of a choice, for screen readers: what stands beside the list of users. */ tr("Shown of the user"),
                        {/*: Choice: what is known of the selected account. */ tr("Account"),
                         /*: Choice: the live sessions of the selected user. */ tr("Sessions"),
                         /*: Choice: the last records about the selected user. */ tr("Activity")},
                        page)),
      m_sessions(new UserSessions(context, page)), m_activity(new UserActivity(context, page))
{
    m_chips->setObjectName(u"userTabs"_s);
    side.addAboveDetails(m_chips);
    side.addBelowDetails(m_sessions);
    side.addBelowDetails(m_activity);
    placeInTabOrder();
    connect(m_chips, &Chips::chosen, this, &UserTabs::present);
    connect(m_sessions, &UserSessions::titleChanged, this, [this] { m_chips->setText(Sessions, m_sessions->title()); });
    connect(m_sessions, &UserSessions::done, this, &UserTabs::done);
    connect(m_sessions, &UserSessions::failed, this, &UserTabs::failed);
    connect(m_sessions, &SideList::allWanted, this, &UserTabs::sessionsWanted);
    connect(m_activity, &SideList::allWanted, this, &UserTabs::activityWanted);
    present();
}

/// Where they are seen: above the details, in whose place the lists stand.
void UserTabs::placeInTabOrder()
{
    QWidget *before = m_side.details().previousInFocusChain();
    const auto place = [&before](QWidget *next) {
        QWidget::setTabOrder(before, next);
        before = next;
    };
    for (QAbstractButton *chip : m_chips->findChildren<QAbstractButton *>())
        place(chip);
    for (QWidget *each : m_sessions->tabStops() + m_activity->tabStops())
        place(each);
}

void UserTabs::select(const UserView *user)
{
    m_hasUser = user != nullptr;
    m_sessions->select(user);
    m_activity->select(user);
    present();
}

void UserTabs::readAgain()
{
    m_sessions->readAgain();
    m_activity->readAgain();
}

void UserTabs::apply(const QList<Change> &changes)
{
    m_sessions->apply(changes);
    m_activity->apply(changes);
}

void UserTabs::everySecond()
{
    m_sessions->everySecond();
    m_activity->everySecond();
}

UserTabs::Tab UserTabs::tab() const { return m_hasUser ? Tab(m_chips->current()) : Account; }

void UserTabs::present()
{
    m_chips->setEnabled(m_hasUser);
    m_side.details().setVisible(tab() == Account);
    m_sessions->setVisible(tab() == Sessions);
    m_activity->setVisible(tab() == Activity);
    m_activity->setShown(tab() == Activity);
    if (SideList *list = listInView(); m_side.details().focusProxy() != list)
        m_side.details().setFocusProxy(list);
}

SideList *UserTabs::listInView() const
{
    switch (tab()) {
    case Account:  return nullptr;
    case Sessions: return m_sessions;
    case Activity: return m_activity;
    }
    Q_UNREACHABLE_RETURN(nullptr);
}

} // namespace warder
