#pragma once

#include "core/accounts/AccountListener.h"
#include "core/accounts/Accounts.h"
#include "core/api/Services.h"
#include "core/assembly/CorePolicies.h"
#include "core/config/LiveSettings.h"
#include "core/console/ChangeJournal.h"
#include "core/console/Console.h"
#include "core/credentials/Passwords.h"
#include "core/crypto/PasswordHasher.h"
#include "core/crypto/Sealer.h"
#include "core/crypto/SealingKeys.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/sealing/MasterKeys.h"
#include "core/sessions/Authenticator.h"
#include "core/sessions/FormerTokens.h"
#include "core/sessions/Revocations.h"
#include "core/sessions/SessionListener.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountChanges.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/Registration.h"
#include "core/signin/SignIn.h"
#include "core/storage/DataDirectory.h"
#include "core/storage/Database.h"
#include "core/telemetry/Health.h"
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

    /// What HTTP stands on. What it takes must outlive whoever uses it.
    Services services(Lanes &lanes, const ConnectionCounts &counts, const std::atomic<bool> &paused);

    /// The façade over it; `actor` stands in the audit record.
    std::unique_ptr<Console> console(ServerControl &server, const QString &actor);

    /// Reads how many sessions are live; call now and then, sessions also end by time. Not from the GUI thread.
    void count();

    const DataDirectory directory;
    LiveSettings settings;
    const Clock &clock;
    TokenPolicy tokenPolicy; ///< The issuer may be named once the server listens; not while a thread issues or verifies tokens.
    Health health;           ///< These before the database, whose writer tells them.
    ChangeJournal journal;
    const CoreListeners listeners;
    const std::unique_ptr<Database> database;
    const PasswordHasher hasher;
    SealingKeys sealing;
    MasterKeys masterKeys;
    const Sealer sealer;
    SigningKeys keys;
    Accounts accounts;
    Passwords passwords;
    TokenIssuer issuer;
    TokenVerifier verifier;
    const RefreshTokens refreshTokens;
    Revocations revocations;
    Sessions sessions;
    const Authenticator authenticator;
    const FormerTokens formerTokens {keys, accounts, *database};
    SignIn signIn;
    Registration registration;
    AccountChanges changes;
    LoginBackoff backoff;
    LoginThrottle throttle;
    RateLimiter limiter;
    TrafficStatistics traffic;

private:
    Core(const CorePolicies &policies, const CoreListeners *listeners, DataDirectory directory, const Settings &settings,
         const Clock &clock, std::unique_ptr<Database> database, const MasterKeySources &sources, const FoundMasterKey &masterKey);
};

} // namespace warder
