#include "ui/users/UserDetails.h"

#include "ui/support/UiTexts.h"
#include "ui/users/FactorTexts.h"
#include "ui/users/IdentityTexts.h"
#include "ui/users/SelectedUser.h"
#include "ui/users/UserTexts.h"

#include <initializer_list>

namespace warder {
namespace {

FindFactors findFactorsOf(const Id &user) { return {.user = user}; }

FindIdentities findIdentitiesOf(const Id &user) { return {.user = user}; }

} // namespace

UserDetails::UserDetails(const PageContext &context, QObject *page)
    : QObject(page), m_context(context), m_factors(new OfSelectedUser<FindFactors>(context.console, &findFactorsOf, this)),
      m_identities(new OfSelectedUser<FindIdentities>(context.console, &findIdentitiesOf, this))
{
    for (SelectedUser *read : std::initializer_list<SelectedUser *> {m_factors, m_identities})
        connect(read, &SelectedUser::updated, this, &UserDetails::updated);
}

void UserDetails::select(const UserView *user)
{
    m_factors->select(user ? std::optional(user->id) : std::nullopt);
    m_identities->select(user ? std::optional(user->id) : std::nullopt);
}

void UserDetails::readAgain()
{
    readFactorsAgain();
    m_identities->readAgain();
}

void UserDetails::readFactorsAgain() { m_factors->readAgain(); }

const std::optional<FactorsView> &UserDetails::factors() const { return m_factors->value(); }

const std::optional<Error> &UserDetails::factorsFailure() const { return m_factors->failure(); }

void UserDetails::present(const UserView &user, DetailsPanel &panel) const
{
    const auto [tone, text] = UserTexts::remark(user, factors(), m_context.clock.now());
    panel.present(user.email, factsOf(user), tone, text);
}

QList<DetailsPanel::Fact> UserDetails::factsOf(const UserView &user) const
{
    QList<DetailsPanel::Fact> facts = UserTexts::facts(user, signInOf(user));
    if (const auto &known = factors())
        facts += FactorTexts::facts(*known, m_context.clock.now());
    if (const auto &identities = m_identities->value())
        facts += IdentityTexts::facts(*identities, m_context.clock.now());
    return facts;
}

QString UserDetails::signInOf(const UserView &user) const
{
    for (const SelectedUser *read : std::initializer_list<const SelectedUser *> {m_factors, m_identities}) {
        if (read->failure())
            return UiTexts::of(*read->failure());
    }
    const auto &identities = m_identities->value();
    if (!factors() || !identities)
        //: In place of what somebody signs in with, while it is being read.
        return tr("Reading…");
    return FactorTexts::signIn(user, *factors(), IdentityTexts::providers(*identities));
}

} // namespace warder
