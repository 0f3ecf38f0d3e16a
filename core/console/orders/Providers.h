#pragma once

#include "core/base/Id.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

/// What is known of a kind of provider before one is set up: how a form begins, and what it must ask for.
struct ProviderPresetView
{
    QString kind;              ///< "google"; also the usual name.
    QString label;             ///< "Google"
    QString issuer;            ///< Empty: it must be said. Of Microsoft with `{tenant}` in it.
    bool issuerFixed = false;  ///< Else another one may be said, of a server of one's own.
    QStringList scopes;        ///< That are asked for unless others are said.
    QStringList needs;         ///< What must be said beside client id and secret: of "issuer", "tenant", "team", "key_id".
    bool mayTrustEmail = true; ///< False: its word about addresses is never believed.
    bool trustEmail = false;   ///< Unless something else is said.
    QStringList callbacks;     ///< What the provider must be told (its "redirect URI") for one of the usual name, unless others are said.

    bool operator==(const ProviderPresetView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("kind"_L1, v.kind, "label"_L1, v.label, "issuer"_L1, v.issuer, "issuer_fixed"_L1, v.issuerFixed, "scopes"_L1, v.scopes,
              "needs"_L1, v.needs, "may_trust_email"_L1, v.mayTrustEmail, "trust_email"_L1, v.trustEmail, "callbacks"_L1, v.callbacks);
    }
};

struct ProviderView
{
    QString name; ///< In addresses; for ever, as kind, issuer and tenant.
    QString kind;
    QString label;
    QString issuer;
    QString clientId;
    QStringList scopes;
    QStringList callbacks; ///< Exactly what must be registered there as redirect URIs.
    QString tenant;        ///< Of Microsoft.
    QString team;          ///< Of Apple, as the next.
    QString keyId;
    bool trustEmail = false;
    bool enabled = true;
    TimePoint createdAt;
    TimePoint updatedAt;
    qint64 identities = 0; ///< Accounts there that sign in to accounts here.
    qint64 signIns = 0;    ///< That it brought since it was added.
    std::optional<TimePoint> lastSignInAt;

    bool operator==(const ProviderView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("name"_L1, v.name, "kind"_L1, v.kind, "label"_L1, v.label, "issuer"_L1, v.issuer, "client_id"_L1, v.clientId, "scopes"_L1,
              v.scopes, "callbacks"_L1, v.callbacks, "tenant"_L1, v.tenant, "team"_L1, v.team, "key_id"_L1, v.keyId, "trust_email"_L1,
              v.trustEmail, "enabled"_L1, v.enabled, "created_at"_L1, v.createdAt, "updated_at"_L1, v.updatedAt, "identities"_L1,
              v.identities, "sign_ins"_L1, v.signIns, "last_sign_in_at"_L1, v.lastSignInAt);
    }
};

/// What is said of a new one; what is empty or absent is the preset's.
struct NewProviderView
{
    QString kind;
    QString name = {};
    QString label = {};
    QString issuer = {};
    QString clientId;
    QString secret; ///< Of Apple the text of the private key's file.
    std::optional<QStringList> scopes = {};
    QStringList callbacks = {};
    QString tenant = {};
    QString team = {};
    QString keyId = {};
    std::optional<bool> trustEmail = {};

    static void members(auto &visit, auto &v)
    {
        visit("kind"_L1, v.kind, "name"_L1, v.name, "label"_L1, v.label, "issuer"_L1, v.issuer, "client_id"_L1, v.clientId, "secret"_L1,
              v.secret, "scopes"_L1, v.scopes, "callbacks"_L1, v.callbacks, "tenant"_L1, v.tenant, "team"_L1, v.team, "key_id"_L1, v.keyId,
              "trust_email"_L1, v.trustEmail);
    }
};

/// What shall be other than it is; what is absent stays.
struct ProviderEditView
{
    std::optional<QString> label = {};
    std::optional<QString> clientId = {};
    std::optional<QString> secret = {};
    std::optional<QStringList> scopes = {};
    std::optional<QStringList> callbacks = {};
    std::optional<QString> team = {};
    std::optional<QString> keyId = {};
    std::optional<bool> trustEmail = {};
    std::optional<bool> enabled = {};

    bool operator==(const ProviderEditView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("label"_L1, v.label, "client_id"_L1, v.clientId, "secret"_L1, v.secret, "scopes"_L1, v.scopes, "callbacks"_L1, v.callbacks,
              "team"_L1, v.team, "key_id"_L1, v.keyId, "trust_email"_L1, v.trustEmail, "enabled"_L1, v.enabled);
    }
};

/// How something went that was tried at a provider.
enum class ProviderCheckOutcome { Good, Doubtful, Bad };

template <>
inline constexpr std::array namesOf<ProviderCheckOutcome> {"good"_L1, "doubtful"_L1, "bad"_L1};

struct ProviderCheckView
{
    QString subject; ///< "Discovery document"
    ProviderCheckOutcome outcome = ProviderCheckOutcome::Good;
    QString sentence; ///< What was found, or what is wrong.

    bool operator==(const ProviderCheckView &) const = default;

    static void members(auto &visit, auto &v) { visit("subject"_L1, v.subject, "outcome"_L1, v.outcome, "sentence"_L1, v.sentence); }
};

/// What goes with a provider.
struct ProviderRemovalView
{
    qint64 identities = 0; ///< Accounts there that sign in to accounts here.
    qint64 onlyWayIn = 0;  ///< Accounts here that nobody can sign in to without it.

    bool operator==(const ProviderRemovalView &) const = default;

    static void members(auto &visit, auto &v) { visit("identities"_L1, v.identities, "only_way_in"_L1, v.onlyWayIn); }
};

/// Somebody's account at a provider.
struct IdentityView
{
    Id id;
    QString provider; ///< Its name.
    QString label;    ///< What people call the provider.
    QString issuer;
    QString subject;
    QString email; ///< What the provider said last; may be empty.
    bool emailVerified = false;
    bool usable = true; ///< The provider is not turned off.
    TimePoint createdAt;
    TimePoint lastUsedAt;

    bool operator==(const IdentityView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("id"_L1, v.id, "provider"_L1, v.provider, "label"_L1, v.label, "issuer"_L1, v.issuer, "subject"_L1, v.subject, "email"_L1,
              v.email, "email_verified"_L1, v.emailVerified, "usable"_L1, v.usable, "created_at"_L1, v.createdAt, "last_used_at"_L1,
              v.lastUsedAt);
    }
};

using ListProviderPresets = OrderFor<QList<ProviderPresetView>, "providers.presets">;

/// By label, with their counts.
using ListProviders = OrderFor<QList<ProviderView>, "providers.list">;

struct AddProvider : OrderFor<ProviderView, "providers.add">
{
    NewProviderView provider;
    static void members(auto &visit, auto &v) { visit("provider"_L1, v.provider); }
};

struct EditProvider : OrderFor<ProviderView, "providers.edit">
{
    QString provider; ///< Its name.
    ProviderEditView edit = {};
    static void members(auto &visit, auto &v) { visit("provider"_L1, v.provider, "edit"_L1, v.edit); }
};

/// Walks the way of a sign-in as far as it goes without a person. Takes seconds where the provider is slow.
struct CheckProvider : OrderFor<QList<ProviderCheckView>, "providers.check">
{
    QString provider; ///< Its name.
    static void members(auto &visit, auto &v) { visit("provider"_L1, v.provider); }
};

/// What RemoveProvider would take.
struct ReadProviderRemoval : OrderFor<ProviderRemovalView, "providers.removal">
{
    QString provider; ///< Its name.
    static void members(auto &visit, auto &v) { visit("provider"_L1, v.provider); }
};

/// With all its identities; turned off it would keep them.
struct RemoveProvider : OrderFor<ProviderRemovalView, "providers.remove">
{
    QString provider; ///< Its name.
    static void members(auto &visit, auto &v) { visit("provider"_L1, v.provider); }
};

/// Oldest first.
struct FindIdentities : OrderFor<QList<IdentityView>, "identities.find">
{
    Id user;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user); }
};

/// Refused where nothing else signs in to the account.
struct RemoveIdentity : OrderFor<void, "identities.remove">
{
    Id user;
    Id identity;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user, "identity"_L1, v.identity); }
};

using ProviderOrders = std::tuple<ListProviderPresets, ListProviders, AddProvider, EditProvider, CheckProvider, ReadProviderRemoval,
                                  RemoveProvider, FindIdentities, RemoveIdentity>;

} // namespace warder
