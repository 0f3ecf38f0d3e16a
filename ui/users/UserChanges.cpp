#include "ui/users/UserChanges.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/users/CountedOrder.h"
#include "ui/users/UserDialogs.h"
#include "ui/users/UserTexts.h"
#include "ui/users/UserUndos.h"
#include "ui/users/UsersModel.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/WayBack.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What makes the one of the other; nothing where they are alike.
UserEdit editBetween(const UserView &from, const UserView &to)
{
    const auto wanted = [](const auto &now, const auto &then) { return now == then ? std::nullopt : std::optional(then); };
    return {.email = wanted(from.email, to.email), .name = wanted(from.name, to.name), .roles = wanted(from.roles, to.roles)};
}

bool isNothing(const UserEdit &edit) { return !edit.email && !edit.name && !edit.roles; }

} // namespace

UserChanges::UserChanges(const PageContext &context, Page *page)
    : QObject(page), m_context(context), m_page(page), m_counted(new CountedOrder(context, this, page))
{
    connect(m_counted, &CountedOrder::failed, this, &UserChanges::failed);
}

template <typename Order, typename OnValue>
void UserChanges::give(const Order &order, OnValue onValue)
{
    ask(m_context.console.ask(order), m_page, onValue, [this](const Error &error) { Q_EMIT failed(error); });
}

void UserChanges::editCell(const UserView &user, int column, const QString &text)
{
    UserView wanted = user;
    if (column == UsersModel::emailColumn)
        wanted.email = text.trimmed();
    else if (column == UsersModel::nameColumn)
        wanted.name = text.trimmed();
    else if (column == UsersModel::rolesColumn)
        wanted.roles = UserDialogs::rolesIn(text);
    const UserEdit edit = editBetween(user, wanted);
    if (!isNothing(edit))
        give(EditUser {.user = user.id, .edit = edit}, [this, user, edit](const UserView &after) { reportEdited(user, edit, after); });
}

void UserChanges::reportEdited(const UserView &before, const UserEdit &edit, const UserView &after)
{
    Q_EMIT changed(after);
    UserView back = after;
    if (edit.email)
        back.email = before.email;
    if (edit.name)
        back.name = before.name;
    if (edit.roles)
        back.roles = before.roles;
    if (isNothing(editBetween(after, back)))
        return;
    //: Said after an account was changed; %1 is an e-mail address.
    Q_EMIT done(tr("%1 is changed.").arg(UiTexts::foreign(after.email)), undoOfEdit(back, after));
}

void UserChanges::toggleDisabled(const UserView &user)
{
    if (user.disabled)
        give(SetUserDisabled {.user = user.id, .disabled = false}, [this](const UserView &after) { reportSwitched(after); });
    else
        disable(user);
}

void UserChanges::disable(const UserView &user)
{
    const auto question = [email = UiTexts::foreign(user.email)](qint64 live) {
        //: What follows when an account is disabled.
        const QString afterwards = tr("They cannot log in until you enable the account again.");
        return Confirmation {//: Question before an account is disabled; %1 is an e-mail address.
                             .question = tr("Disable %1?").arg(email),
                             .effect = UserTexts::sessionsEnd(live) + u' ' + afterwards,
                             //: Button: disables an account.
                             .action = tr("Disable")};
    };
    const auto order = [this, id = user.id](qint64 seen, const CountedOrder::OnError &onError) {
        const SetUserDisabled disabled {.user = id, .disabled = true, .seen = seen};
        ask(m_context.console.ask(disabled), m_page, [this](const UserView &after) { reportSwitched(after); }, onError);
    };
    m_counted->put({.user = user.id, .question = question, .give = order});
}

void UserChanges::reportSwitched(const UserView &after)
{
    Q_EMIT changed(after);
    const QString text = after.disabled ? /*: Said of an account; %1 is an e-mail address. */ tr("%1 is disabled.")
                                        : /*: Said of an account; %1 is an e-mail address. */ tr("%1 is enabled.");
    Q_EMIT done(text.arg(UiTexts::foreign(after.email)), after.disabled ? undoOfDisabling(after) : undoOfEnabling(after));
}

void UserChanges::startDeletion(const UserView &user)
{
    const auto question = [email = UiTexts::foreign(user.email)](qint64 live) {
        //: What follows when an account is deleted. “Deleted” is a choice above the list of users.
        const QString afterwards = tr("Nobody can sign in to the account. Its address stays taken. It is listed under “Deleted”, with the "
                                      "day on which it goes for good, and can be restored until then.");
        return Confirmation {//: Question before an account is deleted; %1 is an e-mail address.
                             .question = tr("Delete %1?").arg(email),
                             .effect = UserTexts::sessionsEnd(live) + u' ' + afterwards,
                             //: Button: deletes an account.
                             .action = tr("Delete")};
    };
    const auto order = [this, user](qint64 seen, const CountedOrder::OnError &onError) {
        Q_EMIT leaves(user);
        const DeleteUser deletion {.user = user.id, .seen = seen};
        ask(m_context.console.ask(deletion), m_page, [this](const UserView &after) { reportDeleted(after); }, onError);
    };
    m_counted->put({.user = user.id, .question = question, .give = order});
}

void UserChanges::reportDeleted(const UserView &after)
{
    Q_EMIT changed(after);
    //: Said after an account was deleted; %1 is an e-mail address, %2 a date.
    const QString said = tr("%1 is deleted, and goes for good on %2.")
                             .arg(UiTexts::foreign(after.email), Times::date(after.goesAt.value_or(m_context.clock.now())));
    Q_EMIT done(said, undoOfDeletion(after));
}

void UserChanges::restore(const UserView &user)
{
    Q_EMIT leaves(user);
    give(RestoreUser {.user = user.id}, [this](const UserView &after) {
        Q_EMIT changed(after);
        //: Said after a deletion was taken back; %1 is an e-mail address.
        Q_EMIT done(tr("%1 is restored.").arg(UiTexts::foreign(after.email)), undoOfRestoring(after));
    });
}

void UserChanges::reportUndone(const UserView &user)
{
    Q_EMIT changed(user);
    //: Said after a change of an account was taken back; %1 is an e-mail address.
    Q_EMIT done(tr("%1 is as before.").arg(UiTexts::foreign(user.email)), Undo());
}

Undo UserChanges::undoOfEdit(const UserView &before, const UserView &left)
{
    const bool withAddress = before.email != left.email;
    return m_page->undoBy(
        WayBack<FindUser, EditUser> {
            .what = UserUndos::edited(left),
            .about = u"user/edit/"_s + left.id.toString(),
            .read = FindUser {.user = left.id.toString()},
            .stands = [left](const UserView &now) { return UserUndos::isStill(left, now); },
            .question = [before, withAddress](const UserView &) { return UserUndos::beforeGivingBack(before, withAddress); },
            .back = EditUser {.user = left.id, .edit = editBetween(left, before)},
        },
        [this](const UserView &user) { reportUndone(user); });
}

Undo UserChanges::undoOfDisabling(const UserView &left)
{
    return m_page->undoBy(WayBack<FindUser, SetUserDisabled> {
                              .what = UserUndos::switched(left),
                              .about = u"user/switch/"_s + left.id.toString(),
                              .read = FindUser {.user = left.id.toString()},
                              .stands = [left](const UserView &now) { return UserUndos::isStillSwitched(left, now); },
                              .question = [](const UserView &now) { return UserUndos::beforeEnabling(now); },
                              .back = SetUserDisabled {.user = left.id, .disabled = false},
                          },
                          [this](const UserView &user) { reportUndone(user); });
}

Undo UserChanges::undoOfEnabling(const UserView &left)
{
    const auto order = [this, id = left.id](qint64 seen) {
        return m_context.console.ask(SetUserDisabled {.user = id, .disabled = true, .seen = seen});
    };
    return {.what = UserUndos::switched(left),
            .about = u"user/switch/"_s + left.id.toString(),
            .begin = undoByLocking({.user = left.id,
                                    .stands = [left](const UserView &now) { return UserUndos::isStillSwitched(left, now); },
                                    .question = &UserUndos::beforeDisabling,
                                    .order = order})};
}

Undo UserChanges::undoOfDeletion(const UserView &left)
{
    return m_page->undoBy(WayBack<FindUser, RestoreUser> {
                              .what = UserUndos::deleted(left),
                              .about = u"user/deletion/"_s + left.id.toString(),
                              .read = FindUser {.user = left.id.toString()},
                              .stands = [left](const UserView &now) { return UserUndos::isStillDeleted(left, now); },
                              .question = [](const UserView &now) { return UserUndos::beforeRestoring(now); },
                              .back = RestoreUser {.user = left.id},
                          },
                          [this](const UserView &user) { reportUndone(user); });
}

Undo UserChanges::undoOfRestoring(const UserView &left)
{
    const auto order = [this, id = left.id](qint64 seen) { return m_context.console.ask(DeleteUser {.user = id, .seen = seen}); };
    return {.what = UserUndos::restored(left),
            .about = u"user/deletion/"_s + left.id.toString(),
            .begin = undoByLocking({.user = left.id,
                                    .stands = [left](const UserView &now) { return UserUndos::isStillDeleted(left, now); },
                                    .question = &UserUndos::beforeDeletion,
                                    .order = order})};
}

std::function<void(const UndoTurn &turn)> UserChanges::undoByLocking(const WayToLock &way)
{
    return [this, way](const UndoTurn &turn) {
        lookBeforeUndo(way, turn, [this, way, turn](const UserView &now) {
            const auto question = [way, now](qint64 live) { return way.question(now, live); };
            const auto order = [this, way, turn](qint64 seen, const CountedOrder::OnError &onError) {
                lookBeforeUndo(way, turn, [this, way, turn, seen, onError](const UserView &) {
                    const auto onTaken = [this, turn](const UserView &after) {
                        turn.end(UndoEnd::TakenBack);
                        reportUndone(after);
                    };
                    ask(way.order(seen), m_page, onTaken, onError);
                });
            };
            m_counted->put({.user = way.user, .question = question, .give = order});
        });
    };
}

void UserChanges::lookBeforeUndo(const WayToLock &way, const UndoTurn &turn, const std::function<void(const UserView &now)> &onStanding)
{
    ask(
        m_context.console.ask(FindUser {.user = way.user.toString()}), m_page,
        [way, turn, onStanding](const UserView &now) { way.stands(now) ? onStanding(now) : turn.end(UndoEnd::Void); },
        [this, turn](const Error &error) {
            if (error.code == ErrorCode::NotFound)
                return turn.end(UndoEnd::Void);
            Q_EMIT failed(error);
            Q_EMIT m_page->attentionWanted();
        });
}

} // namespace warder
