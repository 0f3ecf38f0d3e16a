#include "core/accounts/Accounts.h"
#include "core/base/Text.h"
#include "core/config/LiveSettings.h"
#include "core/console/local/LocalConsole.h"
#include "core/console/orders/Providers.h"
#include "core/credentials/Identities.h"
#include "core/federation/Federation.h"
#include "core/federation/ProviderPresets.h"
#include "core/federation/Providers.h"
#include "core/signin/IdentityChanges.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Where the Next.js package has its route, on the site that browsers come from.
QStringList usualCallbacks(const ConsoleContext &console, const QString &name)
{
    const Settings settings = console.settings.get();
    const QString chosen = settings.get<"oauth.frontend">();
    const QString site = chosen.isEmpty() ? settings.get<"http.allowed_origins">().value(0) : chosen;
    return site.isEmpty() ? QStringList() : QStringList {site + u"/api/auth/oauth/"_s + name + u"/callback"_s};
}

ProviderView viewOf(const Provider &provider, qint64 identities)
{
    return {.name = provider.name,
            .kind = nameOf(provider.kind),
            .label = provider.label,
            .issuer = provider.issuer,
            .clientId = provider.clientId,
            .scopes = provider.scopes,
            .callbacks = provider.callbacks,
            .tenant = provider.options.tenant,
            .team = provider.options.team,
            .keyId = provider.options.keyId,
            .trustEmail = provider.trustsEmail,
            .enabled = provider.isEnabled,
            .createdAt = provider.createdAt,
            .updatedAt = provider.updatedAt,
            .identities = identities,
            .signIns = provider.signIns,
            .lastSignInAt = provider.lastSignInAt};
}

ProviderRemovalView viewOf(const ProviderRemoval &removal) { return {.identities = removal.identities, .onlyWayIn = removal.onlyWayIn}; }

qint64 countIn(const QList<IdentityStore::OfProvider> &counts, const QString &provider)
{
    const auto its = std::ranges::find(counts, provider, &IdentityStore::OfProvider::provider);
    return its == counts.end() ? 0 : its->identities;
}

std::optional<SecretBytes> secretOf(const std::optional<QString> &text)
{
    return text.transform([](const QString &said) { return SecretBytes(said.toUtf8()); });
}

Result<QList<ProviderPresetView>> presets(ConsoleContext &console, const ListProviderPresets &)
{
    QList<ProviderPresetView> views;
    for (const ProviderPreset &preset : provider_presets::all())
        views += {.kind = nameOf(preset.kind),
                  .label = preset.label,
                  .issuer = preset.issuer,
                  .issuerFixed = preset.isIssuerFixed,
                  .scopes = preset.scopes,
                  .needs = preset.needs,
                  .mayTrustEmail = preset.mayTrustEmail,
                  .trustEmail = preset.trustsEmail,
                  .callbacks = usualCallbacks(console, nameOf(preset.kind))};
    return views;
}

Result<QList<ProviderView>> list(ConsoleContext &console, const ListProviders &, Errand &)
{
    const auto all = console.providers.all();
    if (!all)
        return refused(all);
    return console.identities.countByProvider().transform([&all](const QList<IdentityStore::OfProvider> &counts) {
        QList<ProviderView> views;
        for (const Provider &provider : *all)
            views += viewOf(provider, countIn(counts, provider.name));
        return views;
    });
}

Result<ProviderView> counted(ConsoleContext &console, const Provider &provider)
{
    return console.identities.countByProvider().transform(
        [&provider](const QList<IdentityStore::OfProvider> &counts) { return viewOf(provider, countIn(counts, provider.name)); });
}

Result<ProviderView> create(ConsoleContext &console, const AddProvider &order)
{
    const NewProviderView &said = order.provider;
    const auto kind = fromName<ProviderKind>(said.kind);
    if (!kind)
        return refused(ErrorCode::InvalidInput, u"there is no kind of provider named %1"_s.arg(shortened(said.kind, 40)));
    const QString name = said.name.isEmpty() ? said.kind : said.name;
    const NewProvider wanted {.kind = *kind,
                              .name = name,
                              .label = said.label,
                              .issuer = said.issuer,
                              .clientId = said.clientId,
                              .secret = SecretBytes(said.secret.toUtf8()),
                              .scopes = said.scopes,
                              .callbacks = said.callbacks.isEmpty() ? usualCallbacks(console, name) : said.callbacks,
                              .options = {.tenant = said.tenant, .team = said.team, .keyId = said.keyId},
                              .trustsEmail = said.trustEmail};
    return console.providers.add(wanted, console.actor, console.now()).transform([](const Provider &provider) {
        return viewOf(provider, 0);
    });
}

Result<ProviderView> edit(ConsoleContext &console, const EditProvider &order)
{
    const ProviderEditView &said = order.edit;
    const ProviderEdit wanted {.label = said.label,
                               .clientId = said.clientId,
                               .secret = secretOf(said.secret),
                               .scopes = said.scopes,
                               .callbacks = said.callbacks,
                               .team = said.team,
                               .keyId = said.keyId,
                               .trustsEmail = said.trustEmail,
                               .isEnabled = said.enabled};
    return console.providers.edit(order.provider, wanted, console.actor, console.now()).and_then([&](const Provider &provider) {
        return counted(console, provider);
    });
}

Result<QList<ProviderCheckView>> check(ConsoleContext &console, const CheckProvider &order, Errand &)
{
    const auto found = console.providers.find(order.provider);
    if (!found)
        return refused(found);
    if (!*found)
        return refused(ErrorCode::NotFound, u"no provider is named %1"_s.arg(shortened(order.provider)));
    return console.providers.secretOf(**found).transform([&](const SecretBytes &secret) {
        QList<ProviderCheckView> views;
        for (const ProviderCheckStep &step : console.federation.check(**found, secret, console.now()))
            views += {.subject = step.subject, .outcome = ProviderCheckOutcome(int(step.outcome)), .sentence = step.sentence};
        return views;
    });
}

Result<ProviderRemovalView> removal(ConsoleContext &console, const ReadProviderRemoval &order, Errand &)
{
    return console.identityChanges.removalOf(order.provider).transform([](const ProviderRemoval &found) { return viewOf(found); });
}

Result<ProviderRemovalView> remove(ConsoleContext &console, const RemoveProvider &order)
{
    return console.identityChanges.removeProvider(order.provider, console.actor, console.now()).transform([](const ProviderRemoval &gone) {
        return viewOf(gone);
    });
}

Result<QList<IdentityView>> findIdentities(ConsoleContext &console, const FindIdentities &order)
{
    if (const auto user = console.accounts.findById(order.user); !user)
        return refused(user);
    const auto all = console.providers.all();
    if (!all)
        return refused(all);
    return console.identities.findByUser(order.user).transform([&all](const QList<Identity> &held) {
        QList<IdentityView> views;
        for (const Identity &each : held) {
            const auto provider = std::ranges::find(*all, each.provider, &Provider::name);
            const bool isThere = provider != all->end();
            views += {.id = each.id,
                      .provider = each.provider,
                      .label = isThere ? provider->label : each.provider,
                      .issuer = each.issuer,
                      .subject = each.subject,
                      .email = each.email,
                      .emailVerified = each.isEmailVerified,
                      .usable = isThere && provider->isEnabled,
                      .createdAt = each.createdAt,
                      .lastUsedAt = each.lastUsedAt};
        }
        return views;
    });
}

Result<void> removeIdentity(ConsoleContext &console, const RemoveIdentity &order)
{
    return console.identityChanges.remove(order.user, order.identity, console.actor, console.now());
}

} // namespace

void LocalConsole::addProviderHandlers() { add(presets, list, create, edit, check, removal, remove, findIdentities, removeIdentity); }

} // namespace warder
