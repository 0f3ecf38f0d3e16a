#pragma once

#include "core/console/orders/Users.h"

#include <QObject>

#include <functional>

class QPushButton;

namespace warder {

class UserAccess;
class UserChanges;
class UserDetails;

/// The buttons below the details of a user, one for each order about them, of which those are offered that can be given. A part of the
/// page of users. GUI thread.
class UserButtons final : public QObject
{
    Q_OBJECT
public:
    /// Makes a button with that drawing and that text, and calls `order` when it is pressed.
    using Add = std::function<QPushButton *(const QString &iconName, const QString &text, std::function<void()> order)>;

    /// `selected`: who is selected, nothing unless that is one user.
    UserButtons(UserChanges &changes, UserAccess &access, const Add &add, const std::function<const UserView *()> &selected, QObject *page);

    /// `user`: who is selected, or nothing; `ofDeleted`: the list is that of deleted accounts.
    void present(const UserView *user, bool ofDeleted, const UserDetails &details);

Q_SIGNALS:
    void sessionsWanted(const warder::UserView &user);
    void editWanted(const warder::UserView &user);

private:
    void presentSwitch(bool enables);
    void presentReset(const UserView *user, const UserDetails &details);

    QList<QPushButton *> m_ofPresent; ///< About an account that is not deleted.
    QPushButton *m_resend;
    QPushButton *m_reset;
    QPushButton *m_disable; ///< Or enables.
    bool m_enables = false;
    QPushButton *m_restore;
};

} // namespace warder
