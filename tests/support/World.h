#pragma once

#include "core/accounts/AccountService.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/PasswordHasher.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"
#include "core/sessions/Authenticator.h"
#include "core/sessions/Revocations.h"
#include "core/sessions/SessionService.h"
#include "core/storage/Database.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/SigningKeys.h"
#include "core/tokens/TokenIssuer.h"
#include "core/tokens/TokenVerifier.h"
#include "tests/support/FakeClock.h"

#include <QTemporaryDir>

namespace warder::test {

/// Cheap enough for tests, and still the real algorithm.
inline constexpr HashingPolicy quickHashing {.memoryKib = 64, .iterations = 1, .bcryptCost = 4};

inline const QString password = QStringLiteral("correct horse battery");

/// Remembers what it was told. Any thread.
class RecordingFeed final : public SessionFeed
{
public:
    void sessionOpened(const Session &session, const User &) override { add(QStringLiteral("opened"), session.id); }
    void sessionRenewed(const Session &session, const User &) override { add(QStringLiteral("renewed"), session.id); }
    void sessionEnded(const Session &session) override { add(QStringLiteral("ended ") + nameOf(*session.revokedReason), session.id); }
    void refreshReused(const Session &session, const QString &, const QString &from) override
    {
        add(QStringLiteral("reused from ") + from, session.id);
    }
    void bruteForceSeen(const BruteForce &seen, const std::optional<User> &) override
    {
        add(QStringLiteral("brute force from ") + seen.address, {});
    }
    void userCreated(const User &user) override { add(QStringLiteral("user created"), user.id); }
    void userChanged(const User &user) override { add(QStringLiteral("user changed"), user.id); }
    void usersImported(qint64 count) override { add(QStringLiteral("users imported %1").arg(count), {}); }
    void userRemoved(Id user) override { add(QStringLiteral("user removed"), user); }

    QStringList names() const
    {
        const std::lock_guard lock(m_mutex);
        return m_names;
    }

private:
    void add(const QString &name, Id)
    {
        const std::lock_guard lock(m_mutex);
        m_names += name;
    }
    mutable std::mutex m_mutex;
    QStringList m_names;
};

/// What a test may choose before a world begins.
struct WorldOptions
{
    HashingPolicy hashing = quickHashing;
    AccountPolicy accounts = {};
    TokenPolicy tokens = {};
    SessionPolicy sessions = {};
    SignatureAlgorithm algorithm = SignatureAlgorithm::ES256;
};

/// Everything above HTTP, on a database in a folder of its own, with a clock that moves when told to.
struct World
{
    explicit World(const QString &folder, FakeClock &theClock, WorldOptions options = {})
        : clock(theClock), database(Database::open(folder + QStringLiteral("/warder.db")).value()), hasher(options.hashing),
          sealer(SecretBytes(QByteArray(32, 'k')), "warder/keyring/v1"), keys(*database, sealer, options.algorithm),
          accounts(*database, hasher, options.accounts), issuer(keys, options.tokens), verifier(keys, options.tokens), refreshTokens(keys),
          sessions(*database, accounts, issuer, refreshTokens, revocations, options.sessions, feed),
          authenticator(verifier, revocations, *database, theClock.now())
    {
        keys.load(clock.now()).value();
        sessions.loadRevocations(clock.now()).value();
    }

    Result<TokenPair> join(const QString &email)
    {
        return sessions.registerAccount({.email = email, .password = password}, client, clock.now());
    }
    Result<TokenPair> login(const QString &email, const QString &with = password)
    {
        return sessions.login({.email = email, .password = with}, client, clock.now());
    }
    Result<TokenPair> refresh(const QByteArray &token) { return sessions.refresh(token, client, clock.now()); }
    bool isGood(const QByteArray &accessToken) { return authenticator.authenticate(accessToken, clock.now()).has_value(); }

    FakeClock &clock;
    Client client {.address = QHostAddress(QStringLiteral("192.0.2.7")), .userAgent = QStringLiteral("test")};
    CryptoLibraries libraries;
    std::unique_ptr<Database> database;
    PasswordHasher hasher;
    Sealer sealer;
    SigningKeys keys;
    AccountService accounts;
    TokenIssuer issuer;
    TokenVerifier verifier;
    RefreshTokens refreshTokens;
    Revocations revocations;
    RecordingFeed feed;
    SessionService sessions;
    Authenticator authenticator;
};

} // namespace warder::test
