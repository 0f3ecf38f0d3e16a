#include "core/api/endpoints/Metadata.h"

#include "core/api/HttpOptions.h"
#include "core/tokens/SigningKeys.h"

#include <QJsonArray>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Of the keys that verify just now.
QJsonArray algorithmsOf(const QJsonObject &jwks)
{
    QJsonArray algorithms;
    for (const QJsonValue &key : jwks["keys"_L1].toArray()) {
        if (!algorithms.contains(key["alg"_L1]))
            algorithms.append(key["alg"_L1]);
    }
    return algorithms;
}

} // namespace

QString publicUrlOf(const HttpOptions &options)
{
    const QUrl issuer(options.issuer, QUrl::StrictMode);
    const bool isWeb = issuer.isValid() && !issuer.host().isEmpty() && (issuer.scheme() == "https"_L1 || issuer.scheme() == "http"_L1);
    return isWeb ? issuer.scheme() + u"://"_s + issuer.authority(QUrl::FullyEncoded) + QString::fromLatin1(options.basePath) : QString();
}

Result<ApiResponse> aboutEndpoint(const ApiContext &api, const Call &)
{
    const QString base = QString::fromLatin1(api.options.basePath);
    QJsonObject about {{u"name"_s, u"Warder"_s}, {u"about"_s, u"An authentication server: accounts, sessions and tokens."_s}};
    if (api.options.docs) {
        about.insert("docs"_L1, base + u"/docs"_s);
        about.insert("openapi"_L1, base + u"/openapi.json"_s);
    }
    return ApiResponse::json(200, about);
}

Result<ApiResponse> metadataEndpoint(const ApiContext &api, const Call &call)
{
    const QString url = publicUrlOf(api.options);
    QJsonObject metadata {{u"issuer"_s, api.options.issuer},
                          {u"token_endpoint"_s, url + u"/token"_s},
                          {u"jwks_uri"_s, url + u"/.well-known/jwks.json"_s},
                          {u"grant_types_supported"_s, QJsonArray {u"password"_s}},
                          {u"response_types_supported"_s, QJsonArray()},
                          {u"token_endpoint_auth_methods_supported"_s, QJsonArray {u"none"_s}},
                          {u"access_token_signing_alg_values_supported"_s, algorithmsOf(api.keys.ring()->jwks(call.now))}};
    if (api.options.docs)
        metadata.insert("service_documentation"_L1, url + u"/docs"_s);
    return ApiResponse::json(200, metadata);
}

} // namespace warder
