#pragma once

#include "core/assembly/CorePolicies.h"
#include "core/audit/AuditEvent.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/Identity.h"
#include "core/sessions/Sessions.h"
#include "core/signin/FederatedSignIn.h"
#include "core/signin/FirstProof.h"
#include "core/signin/IdentityChanges.h"
#include "core/signin/SignInOutcome.h"
#include "core/storage/Database.h"
#include "core/storage/Row.h"
#include "tests/support/LyingProvider.h"
#include "tests/support/World.h"
#include "tests/support/WorldTest.h"

#include <functional>
#include <memory>

namespace warder::test {

/// A test with a world, and a provider "example" that it knows, over real sockets.
class FederatedTest : public WorldTest
{
    Q_OBJECT
protected Q_SLOTS:
    void init()
    {
        WorldTest::init();
        m_provider = std::make_unique<LyingProvider>(m_clock);
        start();
        if (const auto added = providers().add(m_provider->client(), QStringLiteral("test"), m_clock.now()); !added)
            qFatal("no provider: %s", qPrintable(added.error().detail));
    }
    void cleanup()
    {
        WorldTest::cleanup();
        m_provider.reset();
    }

protected:
    /// The server starts anew, with settings that differ.
    void start(const std::function<void(CorePolicies &)> &change = {})
    {
        CorePolicies policies = quickPolicies;
        policies.federation.allowsPrivate = true;
        if (change)
            change(policies);
        reopen(policies);
    }

    FederatedSignIn &signIns() { return m_world->core->federatedSignIn; }
    Providers &providers() { return m_world->core->providers; }
    IdentityChanges &changes() { return m_world->core->identityChanges; }
    QList<Identity> identitiesOf(Id user) { return m_world->core->identities.findByUser(user).value(); }

    /// Sends somebody to the provider, where they agree.
    FederatedReturn walk(const FederatedStart &wanted = {.provider = QStringLiteral("example")})
    {
        const StartedSignIn started = signIns().start(wanted, m_clock.now()).value();
        const auto back = m_provider->authorize(started.authorizationUrl);
        return {.provider = wanted.provider, .state = back.state, .browser = started.browser, .response = back.response};
    }
    Result<FederatedOutcome> finish(const FederatedReturn &given, const SignInBaggage &baggage = {})
    {
        return signIns().finish(given, m_world->client, baggage, m_clock.now());
    }
    Result<FederatedOutcome> come(const Person &person = {})
    {
        m_provider->signInAs(person);
        return finish(walk());
    }
    /// In the session of this pair, to add their account there.
    FederatedReturn walkToLink(const TokenPair &pair, const Person &person = {})
    {
        m_provider->signInAs(person);
        return walk(
            {.provider = QStringLiteral("example"), .link = m_world->authenticator.authenticate(pair.accessToken, m_clock.now()).value()});
    }

    /// The code of a refusal; "signed in", "created", "second factor" or "linked".
    static QString wordOf(const Result<FederatedOutcome> &outcome)
    {
        if (!outcome)
            return nameOf(outcome.error().code);
        if (!outcome->signIn)
            return QStringLiteral("linked");
        if (std::holds_alternative<FactorNeeded>(*outcome->signIn))
            return QStringLiteral("second factor");
        return outcome->isNew ? QStringLiteral("created") : QStringLiteral("signed in");
    }
    static TokenPair tokensIn(const Result<FederatedOutcome> &outcome) { return std::get<SignedIn>(*outcome.value().signIn).tokens; }

    Result<void> execute(const QString &sql, const QVariantList &values = {})
    {
        return m_world->database->write([&](DbConnection &connection) { return connection.perform(sql, values); });
    }
    /// "identity_linked ann@example.com", …
    QStringList mails()
    {
        return m_world->database->reader()
            .all(QStringLiteral("SELECT kind || ' ' || recipient FROM outbox WHERE kind LIKE 'identity_%' ORDER BY kind"), {},
                 [](const Row &row) { return row.text(0); })
            .value();
    }
    QList<AuditEvent> recorded(QLatin1StringView type) { return AuditStore::newest(m_world->database->reader(), {}, type, 100).value(); }

    std::unique_ptr<LyingProvider> m_provider;
};

} // namespace warder::test
