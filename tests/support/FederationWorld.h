#pragma once

#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/SecretBytes.h"
#include "core/federation/Authorization.h"
#include "core/federation/Federation.h"
#include "core/federation/FederationPolicy.h"
#include "core/federation/ForeignIdentity.h"
#include "core/federation/Provider.h"
#include "core/outbound/HttpsClient.h"
#include "tests/support/FakeClock.h"
#include "tests/support/LyingProvider.h"

#include <functional>

namespace warder::test {

/// A federation and one provider, without a database: goes the way of a sign-in between them.
struct FederationWorld
{
    explicit FederationWorld(const FederationPolicy &policy = {.allowsPrivate = true}) : federation(client, policy) {}

    using Change = std::function<void(AuthorizationResponse &)>;

    /// Who somebody is that was sent there and came back. `change`: what happens to the answer on its way.
    Result<ForeignIdentity> signIn(const Provider &at, const Change &change = {}, const SecretBytes &secret = LyingProvider::secretBytes())
    {
        const auto metadata = federation.metadataOf(at, clock.now());
        if (!metadata)
            return refused(metadata);
        attempt = AuthorizationAttempt::to(LyingProvider::callback);
        AuthorizationResponse response = provider.authorize(authorizationUrl(at, *metadata, attempt, "state")).response;
        if (change)
            change(response);
        return federation.identify(at, secret, attempt, response, clock.now());
    }
    Result<ForeignIdentity> signIn(const Change &change = {}) { return signIn(provider.provider(), change); }

    int askedFor(const QByteArray &path) const { return int(provider.asked().count(path)); }

    CryptoLibraries libraries;
    FakeClock clock;
    LyingProvider provider {clock};
    HttpsClient client;
    Federation federation;
    AuthorizationAttempt attempt; ///< The newest.
};

} // namespace warder::test
