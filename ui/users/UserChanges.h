#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/support/Ask.h"
#include "ui/support/Undo.h"
#include "ui/widgets/Confirm.h"

#include <QObject>

#include <functional>

namespace warder {

class CountedOrder;
class Page;

/// Changes of one user at a time: the order, what is said of it, and the way back. What ends sessions says before how many. A part of the
/// page of users. GUI thread.
class UserChanges final : public QObject
{
    Q_OBJECT
public:
    /// `page` hears how the orders went (AnswerListener), takes them back, and is the parent.
    UserChanges(const PageContext &context, Page *page);

    /// What was typed into a cell of the list (UsersModel's columns).
    void editCell(const UserView &user, int column, const QString &text);
    /// Something else was edited: says so. `edit`: what of it, since others may have changed the rest meanwhile.
    void reportEdited(const UserView &before, const UserEdit &edit, const UserView &after);
    /// Asks before it disables.
    void toggleDisabled(const UserView &user);
    /// Asks first.
    void startDeletion(const UserView &user);
    void restore(const UserView &user);

Q_SIGNALS:
    /// An order is given with which the user leaves the list that they stand in.
    void leaves(const warder::UserView &user);
    /// The user as the server has them now.
    void changed(const warder::UserView &user);
    /// See Page::done().
    void done(const QString &text, const warder::Undo &undo);
    void failed(const warder::Error &error);

private:
    template <typename Order, typename OnValue>
    void give(const Order &order, OnValue onValue);
    void disable(const UserView &user);
    void reportSwitched(const UserView &after);
    void reportDeleted(const UserView &after);
    void reportUndone(const UserView &user);

    // How what was done is taken back; `left`: the user as that left them.
    Undo undoOfEdit(const UserView &before, const UserView &left);
    Undo undoOfDisabling(const UserView &left);
    Undo undoOfEnabling(const UserView &left);
    Undo undoOfDeletion(const UserView &left);
    Undo undoOfRestoring(const UserView &left);

    /// What takes something back and ends sessions by that.
    struct WayToLock
    {
        Id user;
        std::function<bool(const UserView &now)> stands; ///< It still is as it was left.
        std::function<Confirmation(const UserView &now, qint64 live)> question;
        std::function<Answer<UserView>(qint64 seen)> order;
    };
    /// As Page::undoBy(), and the number of sessions is counted and told (CountedOrder).
    std::function<void(const UndoTurn &turn)> undoByLocking(const WayToLock &way);
    /// Goes on where it stands.
    void lookBeforeUndo(const WayToLock &way, const UndoTurn &turn, const std::function<void(const UserView &now)> &onStanding);

    PageContext m_context;
    Page *m_page;
    CountedOrder *m_counted;
};

} // namespace warder
