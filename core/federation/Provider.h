#pragma once

#include "core/base/Clock.h"
#include "core/base/EnumNames.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace warder {

/// How a provider is spoken to, and what of its word is believed. Stored by name.
enum class ProviderKind {
    Oidc, ///< Any that speaks OpenID Connect, found by its issuer.
    Google,
    Microsoft,
    Apple,
    GitHub, ///< OAuth 2 alone, as Discord.
    GitLab,
    Discord,
};

template <>
inline constexpr std::array namesOf<ProviderKind> {"oidc"_L1,   "google"_L1, "microsoft"_L1, "apple"_L1,
                                                   "github"_L1, "gitlab"_L1, "discord"_L1};

/// What some kinds ask for beside a client's id and secret.
struct ProviderOptions
{
    QString tenant = {}; ///< Of Microsoft: a directory's id or domain, or "common", "organizations", "consumers".
    QString team = {};   ///< Of Apple: the team's id, ten characters.
    QString keyId = {};  ///< Of Apple: of the private key.

    bool operator==(const ProviderOptions &) const = default;
};

/// A server that signs people in here, as an admin set it up. Holds no secret that is open.
struct Provider
{
    QString name = {}; ///< In addresses: "google".
    ProviderKind kind = ProviderKind::Oidc;
    QString label = {};           ///< For people: "Google".
    QString issuer = {};          ///< "https://accounts.google.com"; without a slash at its end unless the provider has one.
    QString clientId = {};        ///< By which it knows us.
    QByteArray sealedSecret = {}; ///< See Providers::secretOf().
    QStringList scopes = {};      ///< What it is asked for.
    QStringList callbacks = {};   ///< Where it may send browsers back to: exactly these, which are registered there as well.
    ProviderOptions options = {};
    bool trustsEmail = false; ///< An address that it calls verified counts as proven.
    bool isEnabled = true;
    qint64 signIns = 0; ///< That it brought.
    std::optional<TimePoint> lastSignInAt = {};
    TimePoint createdAt = {};
    TimePoint updatedAt = {};

    bool operator==(const Provider &) const = default;
};

} // namespace warder
