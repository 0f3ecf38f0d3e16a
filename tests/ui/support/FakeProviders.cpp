#include "tests/ui/support/FakeConsole.h"

using namespace Qt::StringLiterals;

namespace warder::test {

Result<ProviderView> FakeConsole::providerOf(const QString &name) const
{
    const auto row = std::ranges::find(providerRows, name, &ProviderView::name);
    return row == providerRows.end() ? Result<ProviderView>(refused(ErrorCode::NotFound, u"no such provider"_s)) : *row;
}

QList<ProviderPresetView> FakeConsole::presets()
{
    const auto preset = [](const QString &kind, const QString &label, bool issuerFixed, const QStringList &needs = {}) {
        return ProviderPresetView {.kind = kind,
                                   .label = label,
                                   .issuer = issuerFixed ? u"https://%1.example"_s.arg(kind) : QString(),
                                   .issuerFixed = issuerFixed,
                                   .scopes = {u"openid"_s, u"email"_s, u"profile"_s},
                                   .needs = needs,
                                   .mayTrustEmail = kind != "microsoft"_L1,
                                   .trustEmail = kind != "microsoft"_L1 && kind != "oidc"_L1,
                                   .callbacks = {u"http://localhost:3000/api/auth/oauth/%1/callback"_s.arg(kind)}};
    };
    return {preset(u"oidc"_s, u"OpenID Connect"_s, false, {u"issuer"_s}),
            preset(u"google"_s, u"Google"_s, true),
            preset(u"microsoft"_s, u"Microsoft"_s, true, {u"tenant"_s}),
            preset(u"apple"_s, u"Apple"_s, true, {u"team"_s, u"key_id"_s}),
            preset(u"github"_s, u"GitHub"_s, false),
            preset(u"gitlab"_s, u"GitLab"_s, false),
            preset(u"discord"_s, u"Discord"_s, true)};
}

void FakeConsole::teachProviders()
{
    teach<ListProviderPresets>([](const auto &) { return Play<ListProviderPresets> {u"presets"_s, presets()}; });
    teach<ListProviders>([this](const auto &) { return Play<ListProviders> {u"providers"_s, providerRows}; });
    teach<CheckProvider>(
        [this](const CheckProvider &order) { return Play<CheckProvider> {u"checkProvider %1"_s.arg(order.provider), providerSteps}; });
    teach<ReadProviderRemoval>(
        [this](const ReadProviderRemoval &order) { return Play<ReadProviderRemoval> {u"removal %1"_s.arg(order.provider), removal}; });
    teach<RemoveProvider>([this](const RemoveProvider &order) {
        if (!m_failures.contains(u"removeProvider"_s) && !m_lasting.contains(u"removeProvider"_s))
            providerRows.removeIf([&order](const ProviderView &row) { return row.name == order.provider; });
        return Play<RemoveProvider> {u"removeProvider %1"_s.arg(order.provider), removal};
    });
    teach<FindIdentities>([this](const FindIdentities &order) {
        const auto user = std::ranges::find(userRows, order.user, &UserView::id);
        return Play<FindIdentities> {u"identities %1"_s.arg(user == userRows.end() ? QString() : user->email),
                                     identities.value(order.user)};
    });
    teachProviderChanges();
}

void FakeConsole::teachProviderChanges()
{
    teach<AddProvider>([this](const AddProvider &order) {
        const auto &wanted = order.provider;
        const ProviderView view {.name = wanted.name.isEmpty() ? wanted.kind : wanted.name,
                                 .kind = wanted.kind,
                                 .label = wanted.label.isEmpty() ? wanted.kind : wanted.label,
                                 .issuer = wanted.issuer,
                                 .clientId = wanted.clientId,
                                 .scopes = {u"openid"_s},
                                 .callbacks = wanted.callbacks,
                                 .tenant = wanted.tenant,
                                 .team = wanted.team,
                                 .keyId = wanted.keyId,
                                 .trustEmail = wanted.trustEmail.value_or(false),
                                 .createdAt = m_clock.now(),
                                 .updatedAt = m_clock.now(),
                                 .lastSignInAt = {}};
        if (!m_failures.contains(u"addProvider"_s) && !m_lasting.contains(u"addProvider"_s))
            providerRows += view;
        return Play<AddProvider> {u"addProvider %1 %2 %3|%4|%5"_s.arg(wanted.kind, view.name, wanted.clientId, wanted.secret.trimmed(),
                                                                      wanted.callbacks.join(u' ')),
                                  view};
    });
    teach<EditProvider>([this](const EditProvider &order) {
        const auto &edit = order.edit;
        const auto row = std::ranges::find(providerRows, order.provider, &ProviderView::name);
        const QString enabled = !edit.enabled ? u"-"_s : *edit.enabled ? u"on"_s : u"off"_s;
        const QString what = u"editProvider %1 %2 %3 %4 %5"_s.arg(
            order.provider, edit.label.value_or(u"-"_s), edit.clientId.value_or(u"-"_s), edit.secret.value_or(u"-"_s).trimmed(), enabled);
        if (row == providerRows.end() || m_failures.contains(u"editProvider"_s) || m_lasting.contains(u"editProvider"_s))
            return Play<EditProvider> {what, providerOf(order.provider)};
        row->label = edit.label.value_or(row->label);
        row->clientId = edit.clientId.value_or(row->clientId);
        row->callbacks = edit.callbacks.value_or(row->callbacks);
        row->scopes = edit.scopes.value_or(row->scopes);
        row->enabled = edit.enabled.value_or(row->enabled);
        row->trustEmail = edit.trustEmail.value_or(row->trustEmail);
        return Play<EditProvider> {what, *row};
    });
}

} // namespace warder::test
