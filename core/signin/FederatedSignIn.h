#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/config/Settings.h"
#include "core/credentials/Challenge.h"
#include "core/credentials/Identity.h"
#include "core/federation/Authorization.h"
#include "core/federation/ForeignIdentity.h"
#include "core/federation/Provider.h"
#include "core/sessions/Client.h"
#include "core/signin/FirstProof.h"
#include "core/signin/SignInOutcome.h"
#include "core/tokens/VerifiedTokens.h"

namespace warder {

class Accounts;
class Challenges;
class Database;
class Federation;
class FirstStep;
class IdentityChanges;
class Providers;
class Registration;
class SessionOpener;
class Sessions;

/// What settings decide about sign-ins by providers.
struct FederatedPolicy
{
    bool linksByEmail = true;                        ///< oauth.auto_link
    bool asksSecondFactor = true;                    ///< mfa.after_oauth
    Seconds attemptLife = std::chrono::minutes {10}; ///< From sending somebody to a provider to their return.

    static FederatedPolicy from(const Settings &settings)
    {
        return {.linksByEmail = settings.get<"oauth.auto_link">(), .asksSecondFactor = settings.get<"mfa.after_oauth">() == u"ask"};
    }
};

/// How somebody wants to be sent to a provider.
struct FederatedStart
{
    QString provider;
    QString callback = {};   ///< One of the provider's; empty: its first.
    QString redirectTo = {}; ///< Kept for their return; whoever calls has judged it.
    bool byCookie = false;   ///< How tokens are to travel once they are back; kept as well.
    std::optional<Principal> link =
        {};                  ///< To add the account there to theirs, in place of signing in; they proved a moment ago who they are.
    QByteArray browser = {}; ///< The secret of this browser from an earlier start; empty, or none: it gets one.
};

/// Where to send them.
struct StartedSignIn
{
    QByteArray authorizationUrl; ///< Holds the state, which is secret.
    QByteArray browser;          ///< What only this browser, or app, may know: who returns must show it. 43 characters.
    Seconds life {0};
};

/// What they bring back.
struct FederatedReturn
{
    QString provider = {};
    QByteArray state = {};
    QByteArray browser = {};
    AuthorizationResponse response = {};
};

/// What a return is about, as it was said at the start.
struct FederatedWishes
{
    QString redirectTo;
    bool byCookie = false;
};

/// What became of it.
struct FederatedOutcome
{
    FederatedWishes wishes;
    std::optional<SignInOutcome> signIn = {}; ///< Nothing: the account there was linked to that of the session that asked.
    bool isNew = false;                       ///< The account here was made for them.
};

/// People sign in by providers, and link accounts there to theirs. An attempt is a challenge of its own: its secret is the `state`, it is
/// bound to the browser that began it, and the first return of that browser spends it. Who somebody is here is decided by issuer and
/// subject; an address counts only where provider and account have both proven it (docs/sign-in.md, "Providers"). Lane outbound's work:
/// waits for the provider and for the writer.
class FederatedSignIn final
{
public:
    FederatedSignIn(Database &database, Accounts &accounts, Challenges &challenges, Providers &providers, Federation &federation,
                    IdentityChanges &changes, Sessions &sessions, FirstStep &firstStep, SessionOpener &opener,
                    const Registration &registration, FederatedPolicy policy);

    /// NotConfigured where there is no such provider, or it is turned off; InvalidInput with a fault at `callback` for one that is not the
    /// provider's; ProviderError, Busy.
    Result<StartedSignIn> start(const FederatedStart &wanted, TimePoint now);

    /// What an attempt of this browser is about, which stays as it is; InvalidLink where there is none: over, spent, another browser's,
    /// another provider's.
    Result<FederatedWishes> wishesOf(const FederatedReturn &given, TimePoint now) const;

    /// InvalidLink as above; ProviderError, ProviderDenied; AccountExists, EmailNotVerified, RegistrationClosed, AccountDisabled;
    /// IdentityTaken, FactorLimit of a link. Each refusal of a sign-in that was under way is recorded.
    Result<FederatedOutcome> finish(const FederatedReturn &given, const Client &client, const SignInBaggage &baggage, TimePoint now);

private:
    struct Settled
    {
        User user;
        Identity identity;
        bool isNew = false;
    };

    Result<Provider> enabled(const QString &name) const;
    Result<Challenge> find(const FederatedReturn &given, TimePoint now) const;
    Result<FederatedOutcome> goOn(const Challenge &attempt, const FederatedReturn &given, const Client &client,
                                  const SignInBaggage &baggage, TimePoint now);
    Result<void> link(const Challenge &attempt, const Provider &provider, const ForeignIdentity &foreign, TimePoint now);
    Result<Settled> settle(Transaction &transaction, const Provider &provider, const ForeignIdentity &foreign, TimePoint now);
    Result<Settled> settleUnknown(Transaction &transaction, const Provider &provider, const ForeignIdentity &foreign, TimePoint now);
    Result<Settled> settleByAddress(Transaction &transaction, const User &user, const Provider &provider, const ForeignIdentity &foreign,
                                    bool isProven, TimePoint now);
    Result<Settled> settleNew(Transaction &transaction, const Provider &provider, const ForeignIdentity &foreign, TimePoint now);
    Result<SignInOutcome> open(const Settled &settled, const Provider &provider, const Client &client, const SignInBaggage &baggage,
                               TimePoint now);
    Result<SignInOutcome> openWhole(const FirstProof &proof, const Client &client, const SignInBaggage &baggage, TimePoint now);
    void recordFailure(const FederatedReturn &given, const Error &error, const Client &client, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Challenges &m_challenges;
    Providers &m_providers;
    Federation &m_federation;
    IdentityChanges &m_changes;
    Sessions &m_sessions;
    FirstStep &m_firstStep;
    SessionOpener &m_opener;
    const Registration &m_registration;
    const FederatedPolicy m_policy;
};

} // namespace warder
