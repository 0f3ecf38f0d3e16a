#pragma once

#include "core/federation/Provider.h"
#include "core/federation/ProviderMetadata.h"

#include <QJsonObject>

#include <optional>

namespace warder {

/// What is kept between sending a browser to a provider and its return: secret, and good for one return.
struct AuthorizationAttempt
{
    QString callback;    ///< Where it returns to; the provider is told the same twice.
    QByteArray nonce;    ///< What the id_token must hold.
    QByteArray verifier; ///< Whose hash the provider was told (PKCE, RFC 7636): a code alone is worth nothing.

    /// A new one.
    static AuthorizationAttempt to(const QString &callback);

    QJsonObject toJson() const;
    static AuthorizationAttempt fromJson(const QJsonObject &json);
};

/// What a browser brings back, as it came in the query or a form.
struct AuthorizationResponse
{
    static constexpr qsizetype longestCode = 4096;

    QString code = {};
    std::optional<QString> issuer = {}; ///< `iss`
    QString error = {};
    QString user = {}; ///< Of Apple, at the first sign-in: JSON with a name. Nobody vouches for it.
};

/// Where the browser is sent to (RFC 6749 §4.1.1), with PKCE S256. `state`: by which the attempt is found again. Pure.
QByteArray authorizationUrl(const Provider &provider, const ProviderMetadata &metadata, const AuthorizationAttempt &attempt,
                            const QByteArray &state);

/// Form-encoded, as RFC 6749 appendix B wants values: also `+` and what QUrlQuery leaves alone. Pure.
QByteArray formOf(const QList<std::pair<QByteArray, QString>> &pairs);

} // namespace warder
