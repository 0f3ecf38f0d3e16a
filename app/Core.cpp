#include "app/Core.h"

#include "app/Policies.h"
#include "core/crypto/MasterKey.h"
#include "core/crypto/Primitives.h"
#include "core/ratelimit/RateRule.h"
#include "core/sessions/SessionStore.h"
#include "core/tokens/KeyStore.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// The master key this database is sealed under. A new one is made only for a database that has never seen any.
Result<SecretBytes> masterKeyFor(const DataDirectory &directory, Database &database)
{
    const auto noted = KeyStore::masterKeyCheck(database.reader());
    if (!noted)
        return refused(noted);
    MasterKeyFile source(directory.masterKeyPath());
    const auto key = source.load(!noted->has_value());
    if (!key)
        return key;
    if (!noted->has_value()) {
        const auto done = database.write([&key](Connection &connection) { return KeyStore::noteMasterKeyCheck(connection, keyCheckValue(*key)); });
        if (!done)
            return refused(done);
    } else if (!equalInConstantTime(**noted, keyCheckValue(*key))) {
        return refused(ErrorCode::CryptoFailure, u"the %1 is not the master key this database was sealed with: put the right one back"_s.arg(source.describe()));
    }
    return key;
}

} // namespace

Core::Core(DataDirectory theDirectory, const Settings &theSettings, const Clock &theClock, std::unique_ptr<Database> theDatabase, const SecretBytes &masterKey)
    : directory(std::move(theDirectory)), settings(theSettings), clock(theClock), tokenPolicy(tokenPolicyFrom(theSettings)), database(std::move(theDatabase)),
      hasher(hashingPolicyFrom(theSettings)), sealer(masterKey, "warder/keyring/v1"), keys(*database, sealer, signatureAlgorithmFrom(theSettings)),
      accounts(*database, hasher, accountPolicyFrom(theSettings)), issuer(keys, tokenPolicy), verifier(keys, tokenPolicy), refreshTokens(keys),
      sessions(*database, accounts, issuer, refreshTokens, revocations, sessionPolicyFrom(theSettings), journal), authenticator(verifier, revocations, *database, theClock.now()),
      backoff(backoffPolicyFrom(theSettings)), limiter(rateRulesFrom(theSettings), backoff)
{
}

Result<std::unique_ptr<Core>> Core::open(DataDirectory directory, const Settings &settings, const Clock &clock)
{
    auto database = Database::open(directory.databasePath());
    if (!database)
        return refused(database);
    const auto masterKey = masterKeyFor(directory, **database);
    if (!masterKey)
        return refused(masterKey);
    std::unique_ptr<Core> core(new Core(std::move(directory), settings, clock, std::move(*database), *masterKey));
    if (const auto loaded = core->keys.load(clock.now()); !loaded)
        return refused(loaded);
    if (const auto loaded = core->sessions.loadRevocations(clock.now()); !loaded)
        return refused(loaded);
    core->count();
    return core;
}

std::unique_ptr<Console> Core::console(ServerControl &server, const QString &actor)
{
    return std::make_unique<LocalConsole>(ConsoleParts {.clock = clock, .database = *database, .accounts = accounts, .sessions = sessions, .keys = keys,
                                                        .limiter = limiter, .traffic = traffic, .journal = journal, .server = server,
                                                        .settings = settings, .tokens = tokenPolicy, .actor = actor});
}

void Core::count()
{
    const auto live = SessionStore::countLive(database->reader(), clock.now());
    const auto users = accounts.count();
    if (live && users)
        journal.seed(*live, *users);
}

} // namespace warder
