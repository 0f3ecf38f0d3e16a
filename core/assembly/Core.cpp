#include "core/assembly/Core.h"

#include "core/console/local/LocalConsole.h"
#include "core/sealing/SealedColumns.h"
#include "core/sessions/SessionStore.h"

#include <QFileInfo>

#include <memory>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What the disk or SQLite says of the database, with its name.
template <typename T>
std::unexpected<Error> named(const DataDirectory &directory, const Result<T> &refusal)
{
    Error error = refusal.error();
    const bool isOfDatabase = error.code == ErrorCode::StorageFailure || error.code == ErrorCode::StorageUnavailable;
    if (isOfDatabase && !error.detail.contains(directory.path()))
        error.detail = u"%1: %2"_s.arg(directory.databasePath(), error.detail);
    return std::unexpected(error);
}

/// A new database beside an old master key, or beside an old log, is one that was lost: its users would be gone without a word.
Result<void> refuseLost(const DataDirectory &directory)
{
    const QString path = directory.databasePath();
    if (QFileInfo(path).size() > 0)
        return {};
    const QString what = QFileInfo::exists(path) ? u"the database %1 is empty"_s.arg(path) : u"the database %1 is missing"_s.arg(path);
    if (QFileInfo(path + u"-wal"_s).size() > 0)
        return refused(ErrorCode::StorageFailure,
                       u"%1, but its log %2-wal is there: put the database back, or move the log away"_s.arg(what, path));
    if (QFileInfo::exists(directory.masterKeyPath()))
        return refused(ErrorCode::StorageFailure,
                       u"%1, but the master key of an earlier one lies beside it: put the database back from a backup, or move %2 away "
                       "to begin anew, without users"_s.arg(what, directory.masterKeyPath()));
    return {};
}

Upgrading upgradingFor(Opening opening, const DataDirectory &directory)
{
    if (opening == Opening::Look)
        return Upgrading::Never;
    return QFileInfo::exists(directory.masterKeyPath()) ? Upgrading::Upgrade : Upgrading::Create;
}

} // namespace

Core::Core(const CorePolicies &policies, const CoreListeners *given, DataDirectory theDirectory, const Settings &theSettings,
           const Clock &theClock, std::unique_ptr<Database> theDatabase, const MasterKeySources &sources, const FoundMasterKey &masterKey)
    : directory(std::move(theDirectory)), settings(theSettings), clock(theClock), tokenPolicy(policies.tokens),
      listeners(given ? *given
                      : CoreListeners {.accounts = journal, .sessions = journal, .signIns = journal, .keys = journal, .audit = &journal}),
      database(std::move(theDatabase)), hasher(policies.hashing), sealing(masterKey.key),
      masterKeys(*database, sealing, sources, masterKey.source), sealer(sealing, sealed_columns::keyRingPurpose),
      challengeSealer(sealing, sealed_columns::challengePurpose), totpSealer(sealing, sealed_columns::totpPurpose),
      recoverySealer(sealing, sealed_columns::recoveryPurpose), mailSealer(sealing, sealed_columns::mailPurpose),
      outbox(*database, mailSealer, settings, health), providerSealer(sealing, sealed_columns::providerPurpose),
      knownDevicesSealer(sealing, sealed_columns::knownDevicesPurpose),
      keys(*database, sealer, tokenPolicy, policies.keys, policies.sessions.idle, listeners.keys), accounts(*database, listeners.accounts),
      passwords(*database, hasher, accounts, policies.passwords), breaches(policies.breaches, outbound, health),
      federation(outbound, policies.federation), providers(*database, providerSealer, federation), challenges(*database, challengeSealer),
      passkeys(*database, challenges, policies.passkeys), totpFactors(*database, totpSealer, policies.factors),
      recoveryCodes(*database, recoverySealer), trustedDevices(*database, policies.factors.rememberFor), issuer(keys, tokenPolicy),
      verifier(keys, tokenPolicy), refreshTokens(keys),
      sessions(*database, accounts, keys, issuer, refreshTokens, revocations, policies.sessions, listeners.sessions),
      authenticator(verifier, revocations, *database, theClock.now()), backoff(policies.backoff),
      sessionOpener(*database, accounts, passwords, sessions, newDevices, policies.signIn),
      factors(*database, accounts, sessions, totpFactors, recoveryCodes, passkeys, waysIn, factorVerifier, factorThrottle, accountMails,
              policies.factors),
      pendingSignIns(*database, accounts, challenges, totpFactors, recoveryCodes, passkeys, factorVerifier, trustedDevices, sessionOpener,
                     factors, factorThrottle, accountMails),
      firstStep(trustedDevices, sessionOpener, pendingSignIns, policies.signIn),
      signIn(*database, accounts, passwords, firstStep, accountMails, policies.signIn),
      passkeySignIn(*database, accounts, passkeys, sessionOpener),
      registration(*database, accounts, passwords, sessions, breaches, pendingSignIns, accountMails, policies.registration,
                   policies.signIn),
      federatedSignIn(*database, accounts, challenges, providers, federation, identityChanges, sessions, firstStep, sessionOpener,
                      registration, policies.federated),
      changes(*database, accounts, passwords, sessions, breaches, accountMails),
      mailSender(*database, mailSealer, settings, health, directory.path()),
      mailSignIn(*database, accounts, sessions, challenges, accountMails, firstStep, mailCodeThrottle, policies.signIn),
      limiter(policies.rateRules, backoff, policies.limiter), limits(*database, limiter, settings, theClock.now())
{
    mailSender.answerBy(mailRequests);
    database->setAuditListener(listeners.audit);
}

Result<std::unique_ptr<Core>> Core::open(DataDirectory directory, const Settings &settings, const Clock &clock, Opening opening,
                                         NewKey newKey)
{
    CorePolicies policies = CorePolicies::from(settings);
    policies.masterKey.newInKeychain = newKey == NewKey::InKeychain;
    return openWith(policies, nullptr, std::move(directory), settings, clock, opening);
}

Result<std::unique_ptr<Core>> Core::openWith(const CorePolicies &policies, const CoreListeners *listeners, DataDirectory directory,
                                             const Settings &settings, const Clock &clock, Opening opening)
{
    if (const auto there = refuseLost(directory); !there)
        return refused(there);
    auto database = Database::open(directory.databasePath(), upgradingFor(opening, directory));
    if (!database)
        return refused(database);
    const MasterKeySources sources(directory.masterKeyPath(), policies.masterKey);
    const auto masterKey = sources.open(**database, opening != Opening::Look);
    if (!masterKey)
        return named(directory, masterKey);
    std::unique_ptr<Core> core(
        new Core(policies, listeners, std::move(directory), settings, clock, std::move(*database), sources, *masterKey));
    if (const auto loaded = opening == Opening::Serve ? core->keys.load(clock.now()) : core->keys.open(); !loaded)
        return named(core->directory, loaded);
    if (const auto loaded = core->sessions.loadRevocations(clock.now()); !loaded)
        return named(core->directory, loaded);
    return core;
}

DataDirectory Core::letGo(std::unique_ptr<Core> core)
{
    DataDirectory held = std::move(core->directory);
    core.reset(); // before anybody touches the files
    return held;
}

Services Core::services(Lanes &lanes, const ConnectionCounts &counts, const std::atomic<bool> &paused)
{
    return {.clock = clock,
            .lanes = lanes,
            .accounts = accounts,
            .passwords = passwords,
            .breaches = breaches,
            .sessions = sessions,
            .signIn = signIn,
            .passkeys = passkeys,
            .passkeySignIn = passkeySignIn,
            .registration = registration,
            .changes = changes,
            .factors = factors,
            .pendingSignIns = pendingSignIns,
            .stepUp = stepUp,
            .emailVerification = emailVerification,
            .passwordReset = passwordReset,
            .emailChange = emailChange,
            .mailSignIn = mailSignIn,
            .signInReports = signInReports,
            .providers = providers,
            .federatedSignIn = federatedSignIn,
            .identities = identities,
            .identityChanges = identityChanges,
            .throttle = throttle,
            .authenticator = authenticator,
            .verifier = verifier,
            .formerTokens = formerTokens,
            .refreshTokens = refreshTokens,
            .keys = keys,
            .limiter = limiter,
            .traffic = traffic,
            .refusals = refusals,
            .counts = counts,
            .health = health,
            .paused = paused};
}

std::unique_ptr<Console> Core::console(ServerControl &server, const QString &actor)
{
    return std::make_unique<LocalConsole>(ConsoleParts {.clock = clock,
                                                        .database = *database,
                                                        .accounts = accounts,
                                                        .sessions = sessions,
                                                        .registration = registration,
                                                        .changes = changes,
                                                        .deletions = deletions,
                                                        .bulk = bulkChanges,
                                                        .factors = factors,
                                                        .invitations = invitations,
                                                        .keys = keys,
                                                        .masterKeys = masterKeys,
                                                        .tokens = tokenPolicy,
                                                        .refreshTokens = refreshTokens,
                                                        .authenticator = authenticator,
                                                        .refusals = refusals,
                                                        .passkeys = passkeys,
                                                        .providers = providers,
                                                        .federation = federation,
                                                        .identities = identities,
                                                        .identityChanges = identityChanges,
                                                        .limiter = limiter,
                                                        .limits = limits,
                                                        .outbox = outbox,
                                                        .mailSender = mailSender,
                                                        .traffic = traffic,
                                                        .trafficHistory = trafficHistory,
                                                        .journal = journal,
                                                        .backups = backups,
                                                        .server = server,
                                                        .settings = settings,
                                                        .actor = actor});
}

void Core::count()
{
    if (const auto live = SessionStore::countLive(database->reader(), clock.now()))
        journal.seed(*live);
}

} // namespace warder
