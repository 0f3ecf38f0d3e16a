#pragma once

#include "core/base/Error.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"

#include <QObject>

class QWidget;

namespace warder {

class Chips;
class DetailsSide;
class SideList;
class UserActivity;
class UserSessions;

/// What stands beside the list of users, one of three at a time: the account, its live sessions, its last records. While nobody is selected
/// it is the account's place, which says so. Whoever gives the keyboard to the details gives it to what is in view. A part of the page of
/// users. GUI thread.
class UserTabs final : public QObject
{
    Q_OBJECT
public:
    enum Tab { Account, Sessions, Activity };

    /// `side`: of that page, without orders yet. `page` hears how the orders went (AnswerListener), and is the parent.
    UserTabs(const PageContext &context, DetailsSide &side, QWidget *page);

    // Their tables are to be adopted by the page.
    UserSessions &sessions() const { return *m_sessions; }
    UserActivity &activity() const { return *m_activity; }

    /// Nothing: nobody. The same user again changes nothing.
    void select(const UserView *user);
    void readAgain();
    void apply(const QList<Change> &changes);
    void everySecond();

Q_SIGNALS:
    void done(const QString &text);
    void failed(const warder::Error &error);
    /// See SideList::allWanted().
    void sessionsWanted();
    void activityWanted();

private:
    void placeInTabOrder();
    void present();
    Tab tab() const;
    SideList *listInView() const;

    DetailsSide &m_side;
    Chips *m_chips;
    UserSessions *m_sessions;
    UserActivity *m_activity;
    bool m_hasUser = false;
};

} // namespace warder
