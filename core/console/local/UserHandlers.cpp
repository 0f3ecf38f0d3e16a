#include "core/accounts/Accounts.h"
#include "core/base/Text.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/LocalConsole.h"
#include "core/signin/AccountChanges.h"
#include "core/signin/Invitations.h"
#include "core/signin/Registration.h"

namespace warder {
namespace {

constexpr qsizetype longestCursor = 512;

constexpr auto toView = [](const User &user) { return viewOf(user); };

/// The e-mail key of the last user that was read, or empty.
Result<void> checkCursor(const QString &cursor)
{
    const bool plain = std::ranges::none_of(cursor, [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
    if (!cursor.isEmpty() && (!plain || cursor.size() > longestCursor || !cursor.contains(u'@')))
        return refused(ErrorCode::InvalidInput, u"the cursor is none of this list"_s);
    return {};
}

Result<PageOf<UserView>> list(ConsoleContext &console, const ListUsers &order, Errand &)
{
    const quint64 position = console.journal.position();
    const auto page = TextMatcher::check(order.text).and_then([&order] { return checkCursor(order.cursor); }).and_then([&] {
        return console.accounts.page(order.text, order.cursor, order.limit);
    });
    if (!page)
        return refused(page);
    return PageOf<UserView> {.rows = viewsOf(page->users), .next = page->next, .position = position};
}

Result<qint64> count(ConsoleContext &console, const CountUsers &order, Errand &)
{
    return TextMatcher::check(order.text).and_then([&] { return console.accounts.count(order.text); });
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
    return console.changes.setDisabled(order.user, order.disabled, console.actor, console.now())
        .and_then([&] { return console.accounts.findById(order.user); })
        .transform(toView);
}

Result<void> setPassword(ConsoleContext &console, const SetUserPassword &order)
{
    return console.changes.setPassword(order.user, order.password, console.actor, console.now());
}

Result<void> remove(ConsoleContext &console, const RemoveUser &order)
{
    return console.changes.remove(order.user, console.actor, console.now());
}

} // namespace

void LocalConsole::addUserHandlers() { add(list, count, find, create, invite, resend, edit, setDisabled, setPassword, remove); }

} // namespace warder
