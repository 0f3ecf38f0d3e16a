#include "core/signin/IdentityChanges.h"

#include "core/accounts/Accounts.h"
#include "core/base/Text.h"
#include "core/credentials/Challenges.h"
#include "core/credentials/Identities.h"
#include "core/credentials/WaysIn.h"
#include "core/federation/Providers.h"
#include "core/signin/AccountMails.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

IdentityChanges::IdentityChanges(Database &database, Accounts &accounts, Identities &identities, Providers &providers, const WaysIn &waysIn,
                                 AccountMails &mails)
    : m_database(database), m_accounts(accounts), m_identities(identities), m_providers(providers), m_waysIn(waysIn), m_mails(mails)
{}

/// What mails call it.
QString IdentityChanges::labelOf(const QString &provider) const
{
    const auto found = m_providers.find(provider);
    return found && *found ? (*found)->label : provider;
}

Result<Identity> IdentityChanges::link(Transaction &transaction, const User &user, const Provider &provider, const ForeignIdentity &foreign,
                                       TimePoint now)
{
    std::optional<Identity> linked;
    const auto write = [&] {
        return Identities::link(transaction, user.id, provider.name, foreign, u"user"_s, now).transform([&](const Identity &identity) {
            linked = identity;
        });
    };
    return m_accounts.change(transaction, user.id, now, write)
        .and_then([&](const User &) { return Challenges::removeSignIns(transaction, user.id); })
        .and_then([&] { return m_mails.notify(transaction, user, MailKind::IdentityLinked, now, {{u"provider"_s, provider.label}}); })
        .transform([&] { return *linked; });
}

Result<void> IdentityChanges::remove(Id user, Id identity, const QString &actor, TimePoint now)
{
    const auto owner = m_accounts.findById(user);
    if (!owner)
        return refused(owner);
    const auto held = m_identities.findByUser(user);
    if (!held)
        return refused(held);
    const auto meant = std::ranges::find(*held, identity, &Identity::id);
    const QString label = meant == held->end() ? QString() : labelOf(meant->provider); // not on the writer, which reads nothing of its own
    return m_database.write([&](Transaction &transaction) {
        const auto remove = [&] { return Identities::remove(transaction, user, identity, actor, now).transform([](const Identity &) {}); };
        return m_accounts.change(transaction, user, now, [&] { return m_waysIn.guard(transaction, user, remove); })
            .and_then([&](const User &) { return Challenges::removeSignIns(transaction, user); })
            .and_then([&] { return m_mails.notify(transaction, *owner, MailKind::IdentityRemoved, now, {{u"provider"_s, label}}); });
    });
}

Result<ProviderRemoval> IdentityChanges::removalOf(const QString &provider) const
{
    const auto found = m_providers.find(provider);
    if (!found)
        return refused(found);
    if (!*found)
        return refused(ErrorCode::NotFound, u"no provider is named %1"_s.arg(shortened(provider)));
    const auto counts = m_identities.countByProvider();
    if (!counts)
        return refused(counts);
    const auto its = std::ranges::find(*counts, provider, &IdentityStore::OfProvider::provider);
    const qint64 identities = its == counts->end() ? 0 : its->identities;
    return m_waysIn.countOnlyBy(m_database.reader(), provider).transform([&](qint64 onlyWayIn) {
        return ProviderRemoval {.identities = identities, .onlyWayIn = onlyWayIn};
    });
}

Result<ProviderRemoval> IdentityChanges::removeProvider(const QString &provider, const QString &actor, TimePoint now)
{
    auto removal = removalOf(provider);
    if (!removal)
        return removal;
    const auto removed = m_providers.edit(provider, {.isEnabled = false}, actor, now)
                             .and_then([&](const Provider &) { return m_identities.removeOfProvider(provider); })
                             .and_then([&](qint64 identities) {
                                 removal->identities = identities;
                                 return m_providers.remove(provider, actor, {{u"identities"_s, identities}}, now);
                             });
    if (!removed)
        return refused(removed);
    return removal;
}

} // namespace warder
