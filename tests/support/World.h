#pragma once

#include "core/accounts/AccountListener.h"
#include "core/accounts/User.h"
#include "core/assembly/Core.h"
#include "core/assembly/CorePolicies.h"
#include "core/credentials/PasswordStore.h"
#include "core/credentials/Passwords.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/PasswordHasher.h"
#include "core/crypto/Sealer.h"
#include "core/ratelimit/GuessWatch.h"
#include "core/sessions/Client.h"
#include "core/sessions/Revocations.h"
#include "core/sessions/Session.h"
#include "core/sessions/SessionListener.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountChanges.h"
#include "core/signin/FactorChanges.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/PendingSignIns.h"
#include "core/signin/SignInListener.h"
#include "core/signin/SignInOutcome.h"
#include "core/tokens/KeyListener.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/SigningKeys.h"
#include "core/tokens/TokenIssuer.h"
#include "core/tokens/TokenVerifier.h"
#include "tests/support/FakeClock.h"

#include <QTemporaryDir>

#include <memory>
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
    void limitExceeded(const QString &rule, const QString &address, const QString &, TimePoint) override
    {
        add(QStringLiteral("limit exceeded: ") + rule + QStringLiteral(" by ") + address, {});
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

/// The tokens; MfaRequired where a second factor is still to come.
inline Result<TokenPair> tokensOf(const Result<SignInOutcome> &outcome)
{
    if (!outcome)
        return refused(outcome);
    const auto *signedIn = std::get_if<SignedIn>(&*outcome);
    return signedIn ? Result<TokenPair>(signedIn->tokens) : refused(ErrorCode::MfaRequired);
}

/// Who guesses is slowed down, and nobody else limited.
inline QList<RateRule> rulesOfBackoff()
{
    QList<RateRule> rules = ownRules(Settings {});
    rules.removeIf([](const RateRule &each) { return each.counts == RateCount::Requests; });
    return rules;
}

/// Settings that no file overrides, and hashes that cost little.
inline const CorePolicies quickPolicies {.hashing = quickHashing, .rateRules = rulesOfBackoff()};

/// Everything above HTTP, on a database in a folder of its own, with a clock that moves when told to.
struct World
{
    /// Tells its own listener, or none but the core's journal.
    enum class Tells { Listener, Journal };

    explicit World(const QString &folder, FakeClock &theClock, const CorePolicies &policies = quickPolicies, Tells tells = Tells::Listener)
        : clock(theClock), core(Core::openWith(policies, tells == Tells::Listener ? &listeners : nullptr,
                                               DataDirectory::open(folder).value(), Settings {}, theClock, Opening::Serve)
                                    .value())
    {}

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
        return tokensOf(registration.signUp({.email = email, .password = password}, client, clock.now()));
    }
    Result<TokenPair> login(const QString &email, const QString &with = password)
    {
        return tokensOf(signIn.byPassword({.email = email, .password = with}, client, clock.now()));
    }
    /// The account's address is proved from now on.
    void proveEmail(Id user)
    {
        (void)database->write([&](Transaction &transaction) { return accounts.verifyEmail(transaction, user, clock.now()); });
    }
    Result<TokenPair> refresh(const QByteArray &token) { return sessions.refresh(token, client, clock.now()); }
    bool isGood(const QByteArray &accessToken) { return authenticator.authenticate(accessToken, clock.now()).has_value(); }

    FakeClock &clock;
    Client client {.address = QHostAddress(QStringLiteral("192.0.2.7")), .userAgent = QStringLiteral("test")};
    CryptoLibraries libraries;
    RecordingListener listener;
    CoreListeners listeners {.accounts = listener, .sessions = listener, .signIns = listener, .keys = listener};
    std::unique_ptr<Core> core;
    const std::unique_ptr<Database> &database = core->database;
    const PasswordHasher &hasher = core->hasher;
    const Sealer &sealer = core->sealer;
    SigningKeys &keys = core->keys;
    Accounts &accounts = core->accounts;
    Passwords &passwords = core->passwords;
    TokenIssuer &issuer = core->issuer;
    TokenVerifier &verifier = core->verifier;
    const RefreshTokens &refreshTokens = core->refreshTokens;
    Revocations &revocations = core->revocations;
    Sessions &sessions = core->sessions;
    const Authenticator &authenticator = core->authenticator;
    SignIn &signIn = core->signIn;
    Registration &registration = core->registration;
    AccountChanges &changes = core->changes;
    LoginThrottle &throttle = core->throttle;
    FactorChanges &factors = core->factors;
    PendingSignIns &pending = core->pendingSignIns;
};

} // namespace warder::test
