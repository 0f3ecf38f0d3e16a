#pragma once

#include "core/accounts/AccountListener.h"
#include "core/accounts/Accounts.h"
#include "core/alarms/Alarms.h"
#include "core/api/Services.h"
#include "core/assembly/CorePolicies.h"
#include "core/audit/AuditListener.h"
#include "core/backup/Backups.h"
#include "core/config/LiveSettings.h"
#include "core/console/ChangeJournal.h"
#include "core/console/Console.h"
#include "core/credentials/BreachCheck.h"
#include "core/credentials/Challenges.h"
#include "core/credentials/Identities.h"
#include "core/credentials/Passkeys.h"
#include "core/credentials/Passwords.h"
#include "core/credentials/RecoveryCodes.h"
#include "core/credentials/TotpFactors.h"
#include "core/credentials/TrustedDevices.h"
#include "core/credentials/WaysIn.h"
#include "core/crypto/PasswordHasher.h"
#include "core/crypto/Sealer.h"
#include "core/crypto/SealingKeys.h"
#include "core/federation/Federation.h"
#include "core/federation/Providers.h"
#include "core/mail/MailSender.h"
#include "core/mail/Outbox.h"
#include "core/outbound/HttpsClient.h"
#include "core/ratelimit/Limits.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/sealing/MasterKeySources.h"
#include "core/sealing/MasterKeys.h"
#include "core/sessions/Authenticator.h"
#include "core/sessions/FormerTokens.h"
#include "core/sessions/Revocations.h"
#include "core/sessions/SessionListener.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountChanges.h"
#include "core/signin/AccountDeletions.h"
#include "core/signin/AccountMailRequests.h"
#include "core/signin/AccountMails.h"
#include "core/signin/BulkChanges.h"
#include "core/signin/EmailChange.h"
#include "core/signin/EmailVerification.h"
#include "core/signin/FactorChanges.h"
#include "core/signin/FactorThrottle.h"
#include "core/signin/FactorVerifier.h"
#include "core/signin/FederatedSignIn.h"
#include "core/signin/FirstStep.h"
#include "core/signin/IdentityChanges.h"
#include "core/signin/Invitations.h"
#include "core/signin/KnownDevices.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/MailLinks.h"
#include "core/signin/MailSignIn.h"
#include "core/signin/NewDevices.h"
#include "core/signin/PasskeySignIn.h"
#include "core/signin/PasswordReset.h"
#include "core/signin/PendingSignIns.h"
#include "core/signin/Registration.h"
#include "core/signin/SessionOpener.h"
#include "core/signin/SignIn.h"
#include "core/signin/SignInReports.h"
#include "core/signin/StepUp.h"
#include "core/statistics/TrafficHistory.h"
#include "core/storage/DataDirectory.h"
#include "core/storage/Database.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/RecentRefusals.h"
#include "core/telemetry/TrafficStatistics.h"
#include "core/tokens/KeyListener.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/SigningKeys.h"
#include "core/tokens/TokenIssuer.h"
#include "core/tokens/TokenPolicy.h"
#include "core/tokens/TokenVerifier.h"

#include <memory>

namespace warder {

class ServerControl;

/// How far a Core may change what it finds. Keys are made and exchanged by whoever signs with them, and by nobody else.
enum class Opening {
    Serve, ///< Makes what is missing, brings the database up to date, and keys in line with the settings.
    Add,   ///< Makes what is missing, brings the database up to date.
    Look,  ///< Takes it as it is, or not at all.
};

/// Where a new database's master key goes: the keychain belongs to somebody who is logged in; where it does not work, and elsewhere, the
/// file.
enum class NewKey { InFile, InKeychain };

/// Who hears of what a Core changes, in place of its journal.
struct CoreListeners
{
    AccountListener &accounts;
    SessionListener &sessions;
    SignInListener &signIns;
    KeyListener &keys;
    AuditListener *audit = nullptr; ///< Nobody, by default.
};

/// Everything but HTTP and the window, put together on one data directory: what a server serves and what the command line
/// works on when no server runs. Made and destroyed on the main thread.
class Core final
{
public:
    /// Opens the database and the key ring. The refusal says what to do.
    static Result<std::unique_ptr<Core>> open(DataDirectory directory, const Settings &settings, const Clock &clock,
                                              Opening opening = Opening::Serve, NewKey newKey = NewKey::InFile);
    /// With policies that no setting allows, such as cheap hashes: for tests.
    static Result<std::unique_ptr<Core>> openWith(const CorePolicies &policies, const CoreListeners *listeners, DataDirectory directory,
                                                  const Settings &settings, const Clock &clock, Opening opening);

    /// Ends it, and gives its data directory on, which stays locked.
    static DataDirectory letGo(std::unique_ptr<Core> core);

    /// What HTTP stands on. What it takes must outlive whoever uses it.
    Services services(Lanes &lanes, const ConnectionCounts &counts, const std::atomic<bool> &paused);

    /// The façade over it; `actor` stands in the audit record.
    std::unique_ptr<Console> console(ServerControl &server, const QString &actor);

    /// Reads how many sessions are live; call now and then, sessions also end by time. Not from the GUI thread.
    void count();

    DataDirectory directory; ///< Until letGo().
    LiveSettings settings;
    const Clock &clock;
    TokenPolicy tokenPolicy; ///< The issuer may be named once the server listens; not while a thread issues or verifies tokens.
    Health health;           ///< These before the database, whose writer tells them.
    ChangeJournal journal;
    const CoreListeners listeners;
    const std::unique_ptr<Database> database;
    Alarms alarms {*database, journal}; ///< Whoever runs it has it store() now and then.
    const PasswordHasher hasher;
    SealingKeys sealing;
    MasterKeys masterKeys;
    const Sealer sealer;
    const Sealer challengeSealer;
    const Sealer totpSealer;
    const Sealer recoverySealer;
    const Sealer mailSealer;
    Outbox outbox;
    const Sealer providerSealer;
    const Sealer knownDevicesSealer;
    SigningKeys keys;
    Accounts accounts;
    Passwords passwords;
    const HttpsClient outbound; ///< Asks other servers.
    BreachCheck breaches;
    Federation federation;
    Providers providers;
    Challenges challenges;
    Passkeys passkeys;
    Identities identities {*database};
    const WaysIn waysIn {passkeys};
    TotpFactors totpFactors;
    RecoveryCodes recoveryCodes;
    TrustedDevices trustedDevices;
    TokenIssuer issuer;
    TokenVerifier verifier;
    const RefreshTokens refreshTokens;
    Revocations revocations;
    Sessions sessions;
    const Authenticator authenticator;
    const FormerTokens formerTokens {keys, accounts, *database};
    const FactorVerifier factorVerifier {totpFactors, recoveryCodes, passkeys};
    LoginBackoff backoff;
    FactorThrottle factorThrottle {backoff, accounts, TriedSecret::AppCode};
    AccountMails accountMails {outbox, challenges};
    MailLinks mailLinks {challenges};
    NewDevices newDevices {accountMails};
    SessionOpener sessionOpener;
    FactorChanges factors;
    PendingSignIns pendingSignIns;
    FirstStep firstStep;
    SignIn signIn;
    PasskeySignIn passkeySignIn;
    Registration registration;
    IdentityChanges identityChanges {*database, accounts, identities, providers, waysIn, accountMails};
    FederatedSignIn federatedSignIn;
    AccountChanges changes;
    AccountDeletions deletions {*database, accounts, sessions, settings};
    BulkChanges bulkChanges {*database, accounts, sessions, changes};
    MailSender mailSender; ///< Sends nothing by itself: a MailThread steps it.
    StepUp stepUp {*database, passwords, passkeys, factorVerifier, factorThrottle, sessions, factors};
    EmailVerification emailVerification {*database, accounts, accountMails, mailLinks};
    PasswordReset passwordReset {*database, accounts, passwords, sessions, accountMails, mailLinks};
    EmailChange emailChange {*database, accounts, sessions, accountMails, mailLinks};
    FactorThrottle mailCodeThrottle {backoff, accounts, TriedSecret::MailCode};
    MailSignIn mailSignIn;
    SignInReports signInReports {*database, accounts, sessions, accountMails, mailLinks};
    Invitations invitations {*database, accounts, accountMails};
    AccountMailRequests mailRequests {accounts, accountMails, registration};
    const KnownDevices knownDevices {*database, knownDevicesSealer};
    LoginThrottle throttle {*database, accounts, backoff, knownDevices, alarms, listeners.signIns};
    RateLimiter limiter; ///< Has the rules that the back-off goes by.
    Limits limits;
    TrafficStatistics traffic;
    TrafficHistory trafficHistory {*database, traffic, clock.now()};
    RecentRefusals refusals;
    Backups backups {*database, settings, health, directory.path()};

private:
    Core(const CorePolicies &policies, const CoreListeners *listeners, DataDirectory directory, const Settings &settings,
         const Clock &clock, std::unique_ptr<Database> database, const MasterKeySources &sources, const FoundMasterKey &masterKey);
};

} // namespace warder
