#include "core/federation/ProviderMetadata.h"

#include "core/federation/ProviderCalls.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestEndpoint = 2000;
constexpr qsizetype guidSize = 36;
const QString eachTenant = u"{tenantid}"_s; // as Microsoft writes it

bool isGuid(QStringView text)
{
    static const QRegularExpression form(u"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"_s);
    return text.size() == guidSize && form.matchView(text).hasMatch();
}

/// Whether both are the same but for the directory's id that stands for the pattern's.
bool isTenantOf(const QString &pattern, const QString &named)
{
    const qsizetype at = pattern.indexOf(eachTenant);
    if (at < 0)
        return false;
    const QStringView before = QStringView(pattern).first(at);
    const QStringView behind = QStringView(pattern).sliced(at + eachTenant.size());
    return named.size() == before.size() + guidSize + behind.size() && named.startsWith(before) && named.endsWith(behind)
           && isGuid(QStringView(named).sliced(at, guidSize));
}

/// Old tokens of Google, and new ones of Apple.
QStringList otherNamesOf(const Provider &provider)
{
    if (provider.kind == ProviderKind::Google)
        return {u"accounts.google.com"_s};
    return provider.kind == ProviderKind::Apple ? QStringList {u"https://account.apple.com"_s} : QStringList();
}

/// Exactly the one that was configured (Discovery §4.3). Microsoft names a directory by its id, whatever word asked for it, and several of
/// them by a pattern.
bool isOwnIssuer(const Provider &provider, const QString &named)
{
    const QString &tenant = provider.options.tenant;
    if (provider.kind != ProviderKind::Microsoft || isGuid(tenant))
        return named == provider.issuer || otherNamesOf(provider).contains(named);
    const QString pattern = QString(provider.issuer).replace(u'/' + tenant + u'/', u'/' + eachTenant + u'/');
    return named == pattern || isTenantOf(pattern, named);
}

Checked<QByteArray> endpointIn(const QJsonObject &document, QLatin1StringView name, bool isNeeded)
{
    const QString text = document.value(name).toString();
    if (text.isEmpty() && !isNeeded)
        return QByteArray();
    const QByteArray url = text.toUtf8();
    if (text.isEmpty())
        return unfit(u"its document has no %1"_s.arg(name));
    if (url.size() > longestEndpoint || !HttpsClient::mayBeAsked(url))
        return unfit(u"the %1 in its document is no https address: %2"_s.arg(name, placeOf(url)));
    return url;
}

/// Nothing said means basic (Discovery §3).
Checked<ClientProof> proofIn(const QJsonObject &document)
{
    const QJsonArray methods = document.value("token_endpoint_auth_methods_supported"_L1).toArray();
    if (methods.isEmpty() || methods.contains("client_secret_basic"_L1))
        return ClientProof::Basic;
    if (methods.contains("client_secret_post"_L1))
        return ClientProof::Post;
    return unfit(u"it takes no client that proves itself by a secret (client_secret_basic, client_secret_post)"_s);
}

QStringList textsIn(const QJsonObject &document, QLatin1StringView name)
{
    QStringList texts;
    for (const QJsonValue &each : document.value(name).toArray())
        texts += each.toString();
    return texts;
}

/// Places below its issuer.
ProviderMetadata below(const Provider &provider, const QString &authorize, const QString &token, const QString &user)
{
    const auto place = [&provider](const QString &path) { return (path.startsWith(u'/') ? provider.issuer + path : path).toUtf8(); };
    return {.issuer = provider.issuer,
            .authorizationEndpoint = place(authorize),
            .tokenEndpoint = place(token),
            .userinfoEndpoint = place(user),
            .proof = ClientProof::Post};
}

} // namespace

QByteArray provider_metadata::documentOf(const QString &issuer)
{
    const QString base = issuer.endsWith(u'/') ? issuer.chopped(1) : issuer;
    return (base + u"/.well-known/openid-configuration"_s).toUtf8();
}

Checked<ProviderMetadata> provider_metadata::read(const Provider &provider, const QJsonObject &document)
{
    const QString named = document.value("issuer"_L1).toString();
    if (!isOwnIssuer(provider, named))
        return unfit(u"its document is of the issuer %1, and not of %2"_s.arg(quoted(named), quoted(provider.issuer)));
    const QStringList otherNames = otherNamesOf(provider);
    ProviderMetadata metadata {.issuer = otherNames.contains(named) ? provider.issuer : named,
                               .otherNames = otherNames,
                               .namesIssuer = document.value("authorization_response_iss_parameter_supported"_L1).toBool(),
                               .scopes = textsIn(document, "scopes_supported"_L1)};
    const std::tuple<QLatin1StringView, QByteArray *, bool> places[] {
        {"authorization_endpoint"_L1, &metadata.authorizationEndpoint, true},
        {"token_endpoint"_L1, &metadata.tokenEndpoint, true},
        {"jwks_uri"_L1, &metadata.jwksUri, true},
        {"userinfo_endpoint"_L1, &metadata.userinfoEndpoint, false},
    };
    for (const auto &[name, place, isNeeded] : places) {
        const auto url = endpointIn(document, name, isNeeded);
        if (!url)
            return unfit(url.error());
        *place = *url;
    }
    const auto proof = proofIn(document);
    if (!proof)
        return unfit(proof.error());
    metadata.proof = *proof;
    return metadata;
}

ProviderMetadata provider_metadata::known(const Provider &provider)
{
    if (provider.kind == ProviderKind::Discord)
        return below(provider, u"/oauth2/authorize"_s, u"/api/oauth2/token"_s, u"/api/users/@me"_s);
    const bool isPublic = provider.issuer == "https://github.com"_L1; // else a company's own GitHub Enterprise Server
    return below(provider, u"/login/oauth/authorize"_s, u"/login/oauth/access_token"_s,
                 isPublic ? u"https://api.github.com/user"_s : u"/api/v3/user"_s);
}

std::optional<QString> provider_metadata::issuerBehind(const ProviderMetadata &metadata, const QString &named)
{
    if (metadata.issuer.contains(eachTenant))
        return isTenantOf(metadata.issuer, named) ? std::optional(named) : std::nullopt;
    const bool isIts = named == metadata.issuer || metadata.otherNames.contains(named);
    return isIts ? std::optional(metadata.issuer) : std::nullopt;
}

} // namespace warder
