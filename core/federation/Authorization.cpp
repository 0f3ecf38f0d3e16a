#include "core/federation/Authorization.h"

#include "core/base/Bytes.h"
#include "core/crypto/Primitives.h"
#include "core/federation/ProviderPresets.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto callbackMember = "callback"_L1;
constexpr auto nonceMember = "nonce"_L1;
constexpr auto verifierMember = "verifier"_L1;

/// 43 characters: as many as RFC 7636 wants of a verifier.
QByteArray unguessable() { return toBase64Url(randomBytes(32)); }

} // namespace

AuthorizationAttempt AuthorizationAttempt::to(const QString &callback)
{
    return {.callback = callback, .nonce = unguessable(), .verifier = unguessable()};
}

QJsonObject AuthorizationAttempt::toJson() const
{
    return {{callbackMember, callback}, {nonceMember, QString::fromLatin1(nonce)}, {verifierMember, QString::fromLatin1(verifier)}};
}

AuthorizationAttempt AuthorizationAttempt::fromJson(const QJsonObject &json)
{
    return {.callback = json.value(callbackMember).toString(),
            .nonce = json.value(nonceMember).toString().toLatin1(),
            .verifier = json.value(verifierMember).toString().toLatin1()};
}

QByteArray formOf(const QList<std::pair<QByteArray, QString>> &pairs)
{
    QByteArrayList encoded;
    for (const auto &[name, value] : pairs)
        encoded += name + '=' + QUrl::toPercentEncoding(value);
    return encoded.join('&');
}

QByteArray authorizationUrl(const Provider &provider, const ProviderMetadata &metadata, const AuthorizationAttempt &attempt,
                            const QByteArray &state)
{
    QList<std::pair<QByteArray, QString>> pairs {
        {"response_type", u"code"_s},          {"client_id", provider.clientId},
        {"redirect_uri", attempt.callback},    {"scope", provider.scopes.join(u' ')},
        {"state", QString::fromLatin1(state)}, {"code_challenge", QString::fromLatin1(toBase64Url(sha256(attempt.verifier)))},
        {"code_challenge_method", u"S256"_s},
    };
    if (!metadata.jwksUri.isEmpty())
        pairs.emplaceBack("nonce", QString::fromLatin1(attempt.nonce));
    if (provider_presets::of(provider.kind).postsBack)
        pairs.emplaceBack("response_mode", u"form_post"_s);
    const QByteArray &endpoint = metadata.authorizationEndpoint; // which may have a query of its own (RFC 6749 §3.1)
    const char separator = endpoint.contains('?') ? '&' : '?';
    return endpoint + separator + formOf(pairs);
}

} // namespace warder
