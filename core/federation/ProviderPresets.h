#pragma once

#include "core/federation/Provider.h"

#include <QList>

namespace warder {

/// What is known of a kind of provider before anybody sets one up.
struct ProviderPreset
{
    ProviderKind kind = ProviderKind::Oidc;
    QString label = {};
    QString issuer = {};        ///< Empty: an admin says it. Of Microsoft with `{tenant}` for the directory.
    bool isIssuerFixed = false; ///< There is one of them; else an admin may name another, of a server of their own.
    QStringList scopes = {};    ///< What is asked for unless an admin says otherwise.
    bool hasDiscovery = true;   ///< It speaks OpenID Connect; else OAuth 2 alone.
    bool mayTrustEmail = true;  ///< False: whatever an admin says, its word about addresses is nothing.
    bool trustsEmail = false;   ///< Unless an admin says otherwise, at the preset's own issuer.
    QStringList needs = {};     ///< Of "issuer", "tenant", "team", "key_id": what must be given beside id and secret.
    bool postsBack = false;     ///< It answers by a form that the browser posts (response_mode=form_post).
};

/// Pure; any thread.
namespace provider_presets {

const QList<ProviderPreset> &all();
const ProviderPreset &of(ProviderKind kind);

/// The issuer of one that is set up with these; empty where an admin must say it and did not.
QString issuerOf(const ProviderPreset &preset, const QString &given, const QString &tenant);

} // namespace provider_presets
} // namespace warder
