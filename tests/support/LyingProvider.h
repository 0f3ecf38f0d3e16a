#pragma once

#include "core/base/Clock.h"
#include "core/crypto/KeyMaterial.h"
#include "core/crypto/SecretBytes.h"
#include "core/federation/Authorization.h"
#include "core/federation/Provider.h"
#include "core/federation/Providers.h"
#include "core/net/HttpHandler.h"
#include "core/net/HttpRequest.h"
#include "core/net/HttpResponse.h"
#include "core/net/Listener.h"
#include "core/net/PendingAnswer.h"
#include "core/net/gate/ConnectionCounts.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QUrlQuery>

#include <functional>
#include <mutex>
#include <vector>

namespace warder::test {

/// Somebody who has an account at a provider.
struct Person
{
    QString subject = QStringLiteral("u1"); ///< A number for GitHub and Discord.
    QString email = QStringLiteral("ann@example.com");
    QJsonValue isVerified = true; ///< What it says of the address; undefined: nothing.
    QString name = {};
};

/// What a provider does otherwise than an honest one. Members of an answer that are `null` here are left out there.
struct Lies
{
    QJsonObject discovery = {};
    QJsonObject claims = {}; ///< Of the id_token.
    QJsonObject tokens = {}; ///< Of the token endpoint's answer.
    QJsonObject userinfo = {};
    std::optional<QJsonArray> keys = {};
    std::function<QByteArray(const QJsonObject &claims)> idToken = {}; ///< In place of the honest one, which RS256 signs.
    bool hasNoEmailInToken = false;                                    ///< So that userinfo is asked.
    bool takesPostOnly = false;                                        ///< The client's secret in the form, and not by Basic.
    std::optional<QByteArray> tokenAnswer = {};                        ///< The body, whole.
    QByteArray tokenType = "application/json";
    int tokenStatus = 200;
    int documentStatus = 200;
    bool isSilent = false; ///< The token endpoint never answers.
};

/// A provider on this machine, with threads of its own: signs in whom a test names, checks its client, the callback, PKCE and that a code
/// comes once, and lies when it is told to. As OpenID Connect has it; below the paths of GitHub (an own server's) and Discord as those.
/// Made and destroyed by the test's thread, before and after who asks it; the rest may be called by any.
class LyingProvider final
{
public:
    explicit LyingProvider(const Clock &clock);
    ~LyingProvider();

    QString issuer() const;
    /// A client that it knows, as an admin would set it up.
    NewProvider client(const QString &name = QStringLiteral("example"), ProviderKind kind = ProviderKind::Oidc) const;
    /// The same as it is once it was set up, for tests without a database. `secretBytes` is its secret.
    Provider provider(ProviderKind kind = ProviderKind::Oidc) const;
    static SecretBytes secretBytes() { return SecretBytes(QByteArray(secret)); }

    void signInAs(const Person &person);
    void lie(const Lies &lies);

    /// What a browser brings back that was sent to this URL and agreed.
    struct Return
    {
        QByteArray state;
        AuthorizationResponse response;
        QByteArray query() const; ///< As it comes to a callback.
    };
    Return authorize(const QByteArray &authorizationUrl);

    /// The paths that it was asked for, and what was posted last.
    QByteArrayList asked() const;
    QUrlQuery posted() const;
    int waiting() const;

    static constexpr QLatin1StringView clientId {"warder:+ x"}; ///< As odd as they come.
    static constexpr auto secret = "se cret+/%:";
    static constexpr auto accessToken = "at-7Vt0zQkL2"; ///< What it gives everybody.
    static inline const QString callback = QStringLiteral("http://localhost:3000/api/auth/oauth/example/callback");

    /// A key of its own for each algorithm, "r1", "e1", "d1" and "p1" by name; made once a program.
    static std::shared_ptr<const KeyMaterial> key(SignatureAlgorithm algorithm);
    static QString kidOf(SignatureAlgorithm algorithm);
    /// Its public half as a JWKS has it.
    static QJsonObject jwk(SignatureAlgorithm algorithm, const QString &kid);
    static QJsonObject jwk(const KeyMaterial &key, const QString &kid);

    /// A JWS of any header and claims that this key really signs.
    static QByteArray signedBy(const KeyMaterial &key, const QJsonObject &header, const QJsonObject &claims);
    /// The same with the key's own `alg` and its `kid`; none where that is empty.
    static QByteArray signedBy(const KeyMaterial &key, const QString &kid, const QJsonObject &claims);

private:
    /// What a code was given for.
    struct Grant
    {
        QString callback;
        QString challenge;
        QString nonce;
    };
    struct Handler final : HttpHandler
    {
        explicit Handler(const Clock &theClock) : clock(theClock) {}
        void handle(HttpRequest request, PendingAnswer pending) override;
        HttpResponse answerTo(const HttpRequest &request);
        HttpResponse document() const;
        HttpResponse tokens(const HttpRequest &request);
        HttpResponse tokensFor(const Grant &grant) const;
        QJsonObject claimsFor(const Grant &grant) const;
        HttpResponse userinfo(const HttpRequest &request) const;
        bool isClient(const HttpRequest &request, const QUrlQuery &form) const;

        const Clock &clock;
        QString issuer;
        mutable std::mutex mutex; ///< Guards the rest.
        Person person;
        Lies lies;
        QHash<QString, Grant> grants;
        QByteArrayList asked;
        QUrlQuery posted;
        std::vector<PendingAnswer> kept;
    };

    Handler m_handler;
    ConnectionCounts m_counts;
    Listener m_listener {m_counts};
};

} // namespace warder::test
