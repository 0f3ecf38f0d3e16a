#include "core/federation/ProviderPresets.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QStringList openIdScopes {u"openid"_s, u"email"_s, u"profile"_s};

} // namespace

const QList<ProviderPreset> &provider_presets::all()
{
    static const QList<ProviderPreset> list {
        {.kind = ProviderKind::Oidc, .label = u"OpenID Connect"_s, .scopes = openIdScopes, .needs = {u"issuer"_s}},
        {.kind = ProviderKind::Google,
         .label = u"Google"_s,
         .issuer = u"https://accounts.google.com"_s,
         .isIssuerFixed = true,
         .scopes = openIdScopes,
         .trustsEmail = true},
        {.kind = ProviderKind::Microsoft, // an address there is the tenant's admin's to choose ("nOAuth")
         .label = u"Microsoft"_s,
         .issuer = u"https://login.microsoftonline.com/{tenant}/v2.0"_s,
         .isIssuerFixed = true,
         .scopes = openIdScopes,
         .mayTrustEmail = false,
         .needs = {u"tenant"_s}},
        {.kind = ProviderKind::Apple,
         .label = u"Apple"_s,
         .issuer = u"https://appleid.apple.com"_s,
         .isIssuerFixed = true,
         .scopes = {u"openid"_s, u"email"_s, u"name"_s},
         .trustsEmail = true,
         .needs = {u"team"_s, u"key_id"_s},
         .postsBack = true},
        {.kind = ProviderKind::GitHub,
         .label = u"GitHub"_s,
         .issuer = u"https://github.com"_s,
         .scopes = {u"read:user"_s, u"user:email"_s},
         .hasDiscovery = false,
         .trustsEmail = true},
        {.kind = ProviderKind::GitLab,
         .label = u"GitLab"_s,
         .issuer = u"https://gitlab.com"_s,
         .scopes = openIdScopes,
         .trustsEmail = true},
        {.kind = ProviderKind::Discord,
         .label = u"Discord"_s,
         .issuer = u"https://discord.com"_s,
         .isIssuerFixed = true,
         .scopes = {u"identify"_s, u"email"_s},
         .hasDiscovery = false,
         .trustsEmail = true},
    };
    return list;
}

const ProviderPreset &provider_presets::of(ProviderKind kind) { return *std::ranges::find(all(), kind, &ProviderPreset::kind); }

QString provider_presets::issuerOf(const ProviderPreset &preset, const QString &given, const QString &tenant)
{
    const QString issuer = given.isEmpty() || preset.isIssuerFixed ? preset.issuer : given;
    return QString(issuer).replace(u"{tenant}"_s, tenant);
}

} // namespace warder
