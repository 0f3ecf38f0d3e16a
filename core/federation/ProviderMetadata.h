#pragma once

#include "core/federation/Checked.h"
#include "core/federation/Provider.h"

#include <QJsonObject>

namespace warder {

/// How a client proves itself at the token endpoint (RFC 6749 §2.3.1).
enum class ClientProof {
    Basic, ///< client_secret_basic
    Post,  ///< client_secret_post
};

/// Where a provider is asked for what, and how.
struct ProviderMetadata
{
    QString issuer = {};         ///< As its id_tokens have it; with `{tenantid}` where each tenant has its own.
    QStringList otherNames = {}; ///< By which it means the same.
    QByteArray authorizationEndpoint = {};
    QByteArray tokenEndpoint = {};
    QByteArray userinfoEndpoint = {}; ///< May be empty.
    QByteArray jwksUri = {};          ///< Empty of one that has no id_tokens.
    ClientProof proof = ClientProof::Basic;
    bool namesIssuer = false; ///< Each answer that a browser brings says from whom it is (RFC 9207).
    QStringList scopes = {};  ///< That it says it knows; empty: it does not say.
};

/// Pure; any thread.
namespace provider_metadata {

/// Where the discovery document of an issuer is (OpenID Connect Discovery §4).
QByteArray documentOf(const QString &issuer);

/// What such a document says, if it is this provider's own (§4.3) and each place in it is one that may be asked.
Checked<ProviderMetadata> read(const Provider &provider, const QJsonObject &document);

/// Of a kind without a document.
ProviderMetadata known(const Provider &provider);

/// The one name of who calls itself so in an id_token or in an answer; of a tenant its own. Nothing for somebody else.
std::optional<QString> issuerBehind(const ProviderMetadata &metadata, const QString &named);

} // namespace provider_metadata
} // namespace warder
