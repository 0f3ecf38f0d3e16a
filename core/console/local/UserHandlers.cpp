#include "core/accounts/Accounts.h"
#include "core/base/Text.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/CountEach.h"
#include "core/console/local/LocalConsole.h"
#include "core/signin/AccountChanges.h"
#include "core/signin/AccountDeletions.h"
#include "core/signin/BulkChanges.h"
#include "core/signin/Invitations.h"
#include "core/signin/Registration.h"

namespace warder {
namespace {

constexpr qsizetype longestCursor = 512;
constexpr qsizetype mostStopped = 100; ///< That are known at once: none of them goes on for so long.

constexpr auto toView = [](const User &user) { return viewOf(user); };

/// The e-mail key of the last user that was read, a letter, or empty.
Result<void> checkCursor(const QString &cursor)
{
    if (cursor.size() == 1 && cursor.front() >= u'a' && cursor.front() <= u'z')
        return {};
    const bool plain = std::ranges::none_of(cursor, [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
    if (!cursor.isEmpty() && (!plain || cursor.size() > longestCursor || !cursor.contains(u'@')))
        return refused(ErrorCode::InvalidInput, u"the cursor is none of this list"_s);
    return {};
}

Result<PageOf<UserView>> list(ConsoleContext &console, const ListUsers &order, Errand &)
{
    const quint64 position = console.journal.position();
    const auto page = TextMatcher::check(order.text).and_then([&order] { return checkCursor(order.cursor); }).and_then([&] {
        return order.backwards ? console.accounts.pageBefore(order.text, order.cursor, order.limit, order.deleted)
                               : console.accounts.page(order.text, order.cursor, order.limit, order.deleted);
    });
    if (!page)
        return refused(page);
    return PageOf<UserView> {.rows = viewsOf(page->users), .next = page->next, .position = position};
}

Result<qint64> count(ConsoleContext &console, const CountUsers &order, Errand &)
{
    return TextMatcher::check(order.text).and_then([&] { return console.accounts.count(order.text, order.deleted); });
}

Result<UserView> find(ConsoleContext &console, const FindUser &order)
{
    if (const auto id = Id::fromString(order.user))
        return console.accounts.findById(*id).transform(toView);
    const auto found = console.accounts.findByEmail(order.user);
    if (!found)
        return refused(found);
    if (!found->has_value())
        return refused(ErrorCode::NotFound, u"no user %1"_s.arg(shortened(order.user)));
    return viewOf(**found);
}

Result<UserView> create(ConsoleContext &console, const CreateUser &order)
{
    const auto &[email, name, password, roles, passwordHash] = order.user;
    const NewAccount account {.email = email, .password = password, .name = name, .roles = roles, .passwordHash = passwordHash};
    return console.registration.create(account, console.actor, console.now()).transform(toView);
}

Result<UserView> edit(ConsoleContext &console, const EditUser &order)
{
    const auto &[email, name, roles, addRoles, removeRoles] = order.edit;
    const AccountEdit wanted {.email = email, .name = name, .roles = roles, .addRoles = addRoles, .removeRoles = removeRoles};
    return console.changes.edit(order.user, wanted, console.actor, console.now()).transform(toView);
}

Result<UserView> invite(ConsoleContext &console, const InviteUser &order)
{
    const User wanted {.email = order.user.email, .name = order.user.name, .roles = order.user.roles};
    return console.invitations.invite(wanted, console.actor, console.now()).transform(toView);
}

Result<UserView> resend(ConsoleContext &console, const ResendInvitation &order)
{
    return console.invitations.resend(order.user, console.actor, console.now()).transform(toView);
}

Result<UserView> setDisabled(ConsoleContext &console, const SetUserDisabled &order)
{
    return console.changes.setDisabled(order.user, order.disabled, console.actor, console.now(), order.seen)
        .and_then([&] { return console.accounts.findById(order.user); })
        .transform(toView);
}

Result<void> setPassword(ConsoleContext &console, const SetUserPassword &order)
{
    using enum AccountChanges::NextPassword;
    return console.changes.setPassword(order.user, order.password, console.actor, console.now(), order.mustChange ? MustChange : Stays);
}

Result<UserView> markDeleted(ConsoleContext &console, const DeleteUser &order)
{
    return console.deletions.markDeleted(order.user, console.actor, console.now(), order.seen).transform(toView);
}

Result<UserView> restore(ConsoleContext &console, const RestoreUser &order)
{
    return console.deletions.restore(order.user, console.actor, console.now()).transform(toView);
}

/// Refused where they are not those that the person saw.
Result<QList<Id>> chosenBy(ConsoleContext &console, const ChangeUsers &order)
{
    if (order.shown.has_value() != order.users.isEmpty() || order.users.size() > ChangeUsers::mostChosen)
        return refused(ErrorCode::InvalidInput, u"either what is shown, or at most %1 users"_s.arg(ChangeUsers::mostChosen));
    if (const auto fit = TextMatcher::check(order.shown.value_or(UserFilter()).text); !fit)
        return refused(fit);
    const auto chosen = order.shown ? console.accounts.idsOf(order.shown->text, order.shown->deleted) : Result<QList<Id>>(order.users);
    if (chosen && chosen->size() != order.seen)
        return refused(ErrorCode::Conflict, u"%1 users match now, not %2"_s.arg(chosen->size()).arg(order.seen));
    return chosen;
}

Result<void> stop(ConsoleContext &console, const StopChange &order)
{
    const std::lock_guard lock(console.stopping);
    console.stopped += order.work;
    if (console.stopped.size() > mostStopped)
        console.stopped.removeFirst();
    return {};
}

bool isStopped(ConsoleContext &console, const ChangeUsers &order)
{
    const std::lock_guard lock(console.stopping);
    return order.work && console.stopped.contains(*order.work);
}

BulkWish wishOf(const ChangeUsers &order) { return {.act = order.act, .role = order.role}; }

Result<UsersChanged> changeInPieces(ConsoleContext &console, const QList<Id> &users, const ChangeUsers &order, Errand &errand)
{
    const BulkWish wish = wishOf(order);
    UsersChanged done;
    const auto goesOn = [&] { return !errand.isCanceled() && !isStopped(console, order); };
    for (qsizetype from = 0; from < users.size() && goesOn(); from += BulkChanges::changedAtOnce) {
        const QList<Id> piece = users.mid(from, BulkChanges::changedAtOnce);
        const auto changed = console.bulk.apply(piece, wish, console.actor, console.now());
        if (!changed)
            return done.changed > 0 ? refusedMidway(changed) : refused(changed);
        done.changed += changed->size();
        done.left += piece.size() - changed->size();
        if (done.changed <= UsersChanged::mostToldOf)
            done.users += *changed;
        errand.reportProgress(from + piece.size(), users.size());
    }
    if (done.changed > UsersChanged::mostToldOf)
        done.users.clear();
    return done;
}

Result<UsersChanged> changeMany(ConsoleContext &console, const ChangeUsers &order, Errand &errand)
{
    return BulkChanges::check(wishOf(order)).and_then([&] { return chosenBy(console, order); }).and_then([&](const QList<Id> &users) {
        return changeInPieces(console, users, order, errand);
    });
}

Result<void> remove(ConsoleContext &console, const RemoveUser &order)
{
    return console.changes.remove(order.user, console.actor, console.now());
}

} // namespace

void LocalConsole::addUserHandlers()
{
    add(list, count, countEach<count, CountUsersEach>, find, create, invite, resend, edit, setDisabled, setPassword, markDeleted, restore,
        stop, remove);
    addLong(m_bulk, changeMany);
}

} // namespace warder
