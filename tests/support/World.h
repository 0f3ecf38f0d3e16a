#pragma once

#include "core/accounts/AccountListener.h"
#include "core/accounts/Accounts.h"
#include "core/credentials/PasswordStore.h"
#include "core/credentials/Passwords.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/PasswordHasher.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"
#include "core/sessions/Authenticator.h"
#include "core/sessions/Revocations.h"
#include "core/sessions/SessionListener.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountChanges.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/Registration.h"
#include "core/signin/SignIn.h"
#include "core/signin/SignInListener.h"
#include "core/storage/Database.h"
#include "core/tokens/KeyListener.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/SigningKeys.h"
#include "core/tokens/TokenIssuer.h"
#include "core/tokens/TokenVerifier.h"
#include "tests/support/FakeClock.h"

#include <QTemporaryDir>

#include <mutex>
#include <thread>

namespace warder::test {

/// Cheap enough for tests, and still the real algorithm.
inline constexpr HashingPolicy quickHashing {.memoryKib = 64, .iterations = 1, .bcryptCost = 4};

inline const QString password = QStringLiteral("correct horse battery");

/// Remembers what it was told, by whom, in which order. Any thread.
class RecordingListener final : public AccountListener, public SessionListener, public SignInListener, public KeyListener
{
public:
    struct Told
    {
        QString name;
        Id id;
        QString email; ///< The user's, where one is told.
        std::thread::id thread;
    };

    void sessionOpened(const Session &session, const User &user) override { add(QStringLiteral("opened"), session.id, user.email); }
    void sessionRenewed(const Session &session, const User &user) override { add(QStringLiteral("renewed"), session.id, user.email); }
    void sessionEnded(const Session &session) override { add(QStringLiteral("ended ") + nameOf(*session.revokedReason), session.id); }
    void refreshReused(const Session &session, const QString &email, const QString &from) override
    {
        add(QStringLiteral("reused from ") + from, session.id, email);
    }
    void bruteForceSeen(const BruteForce &seen, const std::optional<User> &) override
    {
        add(QStringLiteral("brute force from ") + seen.address, {});
    }
    void userCreated(const User &user) override { add(QStringLiteral("user created"), user.id, user.email); }
    void userChanged(const User &user) override { add(QStringLiteral("user changed"), user.id, user.email); }
    void usersImported(qint64 count) override { add(QStringLiteral("users imported %1").arg(count), {}); }
    void userRemoved(Id user) override { add(QStringLiteral("user removed"), user); }
    void keysChanged() override { add(QStringLiteral("keys changed"), {}); }

    QList<Told> told() const
    {
        const std::lock_guard lock(m_mutex);
        return m_told;
    }
    QStringList names() const
    {
        QStringList names;
        for (const Told &one : told())
            names += one.name;
        return names;
    }

private:
    void add(const QString &name, Id id, const QString &email = {})
    {
        const std::lock_guard lock(m_mutex);
        m_told += {.name = name, .id = id, .email = email, .thread = std::this_thread::get_id()};
    }
    mutable std::mutex m_mutex;
    QList<Told> m_told;
};

/// Who hears instead of the world's own listener.
struct Listeners
{
    AccountListener &accounts;
    SessionListener &sessions;
    SignInListener &signIns;
    KeyListener &keys;
};

/// What a test may choose before a world begins.
struct WorldOptions
{
    HashingPolicy hashing = quickHashing;
    PasswordPolicy passwords = {};
    bool registrationOpen = true;
    BackoffPolicy backoff = {};
    TokenPolicy tokens = {};
    SessionPolicy sessions = {};
    SignatureAlgorithm algorithm = SignatureAlgorithm::ES256;
};

/// Everything above HTTP, on a database in a folder of its own, with a clock that moves when told to.
struct World
{
    explicit World(const QString &folder, FakeClock &theClock, const WorldOptions &options = {})
        : World(folder, theClock, options, {.accounts = listener, .sessions = listener, .signIns = listener, .keys = listener})
    {}
    World(const QString &folder, FakeClock &theClock, const WorldOptions &options, const Listeners &told)
        : clock(theClock), database(Database::open(folder + QStringLiteral("/warder.db")).value()), hasher(options.hashing),
          sealer(SecretBytes(QByteArray(32, 'k')), "warder/keyring/v1"), keys(*database, sealer, options.algorithm, told.keys),
          accounts(*database, told.accounts), passwords(*database, hasher, accounts, options.passwords), issuer(keys, options.tokens),
          verifier(keys, options.tokens), refreshTokens(keys),
          sessions(*database, accounts, issuer, refreshTokens, revocations, options.sessions, told.sessions),
          authenticator(verifier, revocations, *database, theClock.now()), signIn(*database, accounts, passwords, sessions),
          registration(*database, accounts, passwords, sessions, {.isOpen = options.registrationOpen}),
          changes(*database, accounts, passwords, sessions), backoff(options.backoff), throttle(*database, accounts, backoff, told.signIns)
    {
        keys.load(clock.now()).value();
        sessions.loadRevocations(clock.now()).value();
    }

    /// An account that an admin has added.
    User add(const QString &email, const QString &name = {})
    {
        return registration.create({.email = email, .password = password, .name = name}, QStringLiteral("test"), clock.now()).value();
    }
    /// The stored hash of that account's password.
    QString hashOf(const QString &email)
    {
        return PasswordStore::find(database->reader(), accounts.findByEmail(email).value()->id).value()->hash;
    }
    Result<TokenPair> join(const QString &email)
    {
        return registration.signUp({.email = email, .password = password}, client, clock.now());
    }
    Result<TokenPair> login(const QString &email, const QString &with = password)
    {
        return signIn.byPassword({.email = email, .password = with}, client, clock.now());
    }
    Result<TokenPair> refresh(const QByteArray &token) { return sessions.refresh(token, client, clock.now()); }
    bool isGood(const QByteArray &accessToken) { return authenticator.authenticate(accessToken, clock.now()).has_value(); }

    FakeClock &clock;
    Client client {.address = QHostAddress(QStringLiteral("192.0.2.7")), .userAgent = QStringLiteral("test")};
    CryptoLibraries libraries;
    RecordingListener listener;
    std::unique_ptr<Database> database;
    PasswordHasher hasher;
    Sealer sealer;
    SigningKeys keys;
    Accounts accounts;
    Passwords passwords;
    TokenIssuer issuer;
    TokenVerifier verifier;
    RefreshTokens refreshTokens;
    Revocations revocations;
    Sessions sessions;
    Authenticator authenticator;
    SignIn signIn;
    Registration registration;
    AccountChanges changes;
    LoginBackoff backoff;
    LoginThrottle throttle;
};

} // namespace warder::test
