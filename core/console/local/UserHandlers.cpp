#include "core/accounts/Accounts.h"
#include "core/base/Text.h"
#include "core/console/ListQuestions.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/Topics.h"
#include "core/signin/AccountChanges.h"
#include "core/signin/Registration.h"

namespace warder {
namespace {

class UserHandlers final
{
public:
    explicit UserHandlers(const ConsoleParts &parts) : m_parts(parts) {}

    Result<PageOf<UserView>> list(const ListUsers &order, Errand &);
    Result<qint64> count(const CountUsers &order, Errand &)
    {
        return ListQuestions::checkText(order.text).and_then([&] { return m_parts.accounts.count(order.text); });
    }
    Result<UserView> find(const FindUser &order);
    Result<UserView> create(const CreateUser &order);
    Result<UserView> edit(const EditUser &order);
    Result<UserView> setDisabled(const SetUserDisabled &order);
    Result<void> setPassword(const SetUserPassword &order)
    {
        return m_parts.changes.setPassword(order.user, order.password, m_parts.actor, m_parts.clock.now());
    }
    Result<void> remove(const RemoveUser &order) { return m_parts.changes.remove(order.user, m_parts.actor, m_parts.clock.now()); }

private:
    Result<UserView> byId(Id user)
    {
        return m_parts.accounts.findById(user).transform([](const User &found) { return viewOf(found); });
    }

    const ConsoleParts m_parts;
};

Result<PageOf<UserView>> UserHandlers::list(const ListUsers &order, Errand &)
{
    const quint64 position = m_parts.journal.position();
    const auto fit = ListQuestions::checkText(order.text).and_then([&order] { return ListQuestions::checkUserCursor(order.cursor); });
    if (!fit)
        return refused(fit);
    const auto page = m_parts.accounts.page(order.text, order.cursor, ListQuestions::boundedLimit(order.limit));
    if (!page)
        return refused(page);
    return PageOf<UserView> {.rows = viewsOf(page->users), .next = page->next, .position = position};
}

Result<UserView> UserHandlers::find(const FindUser &order)
{
    if (const auto id = Id::fromString(order.user))
        return byId(*id);
    const auto found = m_parts.accounts.findByEmail(order.user);
    if (!found)
        return refused(found);
    if (!found->has_value())
        return refused(ErrorCode::NotFound, u"no user %1"_s.arg(shortened(order.user)));
    return viewOf(**found);
}

Result<UserView> UserHandlers::create(const CreateUser &order)
{
    const auto &[email, name, password, roles, passwordHash] = order.user;
    const NewAccount account {.email = email, .password = password, .name = name, .roles = roles, .passwordHash = passwordHash};
    return m_parts.registration.create(account, m_parts.actor, m_parts.clock.now()).transform([](const User &made) {
        return viewOf(made);
    });
}

Result<UserView> UserHandlers::edit(const EditUser &order)
{
    const auto &[email, name, roles, addRoles, removeRoles] = order.edit;
    const AccountEdit wanted {.email = email, .name = name, .roles = roles, .addRoles = addRoles, .removeRoles = removeRoles};
    const auto changed = m_parts.accounts.edit(order.user, wanted, m_parts.actor, m_parts.clock.now());
    return changed.transform([](const User &user) { return viewOf(user); });
}

Result<UserView> UserHandlers::setDisabled(const SetUserDisabled &order)
{
    return m_parts.changes.setDisabled(order.user, order.disabled, m_parts.actor, m_parts.clock.now()).and_then([&] {
        return byId(order.user);
    });
}

} // namespace

void addUserHandlers(OrderTable &table, const ConsoleParts &parts)
{
    table.add(std::make_shared<UserHandlers>(parts), &UserHandlers::list, &UserHandlers::count, &UserHandlers::find, &UserHandlers::create,
              &UserHandlers::edit, &UserHandlers::setDisabled, &UserHandlers::setPassword, &UserHandlers::remove);
}

} // namespace warder
