#include "core/federation/ProviderFaults.h"

#include "core/base/Text.h"
#include "core/crypto/KeyReader.h"
#include "core/federation/ProviderPresets.h"
#include "core/outbound/HttpsClient.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestLabel = 64;
constexpr qsizetype longestId = 255;
constexpr qsizetype longestUrl = 500;
constexpr qsizetype longestSecret = 1024;
constexpr qsizetype mostCallbacks = 16;
constexpr qsizetype mostScopes = 32;

bool matches(const QString &text, const QString &form)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(form)).match(text).hasMatch();
}

bool isPrintable(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) { return c > u' ' && c <= u'~'; });
}

QString labelFault(const QString &label)
{
    const bool isShown = std::ranges::all_of(label.toUcs4(), [](uint character) { return isPlain(character); });
    const bool isRight = label.size() <= longestLabel && isShown && !isBlank(label);
    return isRight ? QString() : u"the label is what people read, at most 64 characters such as Google"_s;
}

QString issuerFault(const QString &issuer)
{
    const QUrl url(issuer, QUrl::StrictMode);
    const bool isRight = issuer.size() <= longestUrl && isPrintable(issuer) && HttpsClient::mayBeAsked(issuer.toUtf8()) && !url.hasQuery()
                         && !url.hasFragment();
    return isRight
               ? QString()
               : u"the issuer is an https URL without a query such as https://login.example.com, or http at an address of this machine"_s;
}

/// Where browsers come back to: a page of a site, or of an app of this machine in development.
QString callbackFault(const QString &callback)
{
    const QUrl url(callback, QUrl::StrictMode);
    const QString host = url.host();
    const bool isHere = host == "localhost"_L1 || host.endsWith(".localhost"_L1) || HttpsClient::mayBeAsked(callback.toUtf8());
    const bool isWeb = url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isHere);
    const bool isRight = url.isValid() && isWeb && !host.isEmpty() && callback.size() <= longestUrl && isPrintable(callback)
                         && url.userInfo().isEmpty() && !url.hasFragment();
    return isRight ? QString()
                   : u"a callback is the https URL of a page, or http at localhost, without a fragment, not %1"_s.arg(shortened(callback));
}

QString scopesFault(const QStringList &scopes)
{
    const auto isScope = [](const QString &scope) { return matches(scope, uR"([!#-\[\]-~]{1,100})"_s); }; // RFC 6749 §3.3
    const bool isRight = !scopes.isEmpty() && scopes.size() <= mostScopes && std::ranges::all_of(scopes, isScope);
    return isRight ? QString() : u"the scopes are 1 to 32 words such as openid, email, profile"_s;
}

QString optionsFault(const Provider &provider)
{
    const QStringList &needs = provider_presets::of(provider.kind).needs;
    const ProviderOptions &options = provider.options;
    if (needs.contains("tenant"_L1) && !matches(options.tenant, u"[A-Za-z0-9][A-Za-z0-9.-]{0,99}"_s))
        return u"the tenant is a directory's id or domain such as contoso.com, or common, organizations or consumers"_s;
    if (needs.contains("team"_L1) && !matches(options.team, u"[A-Z0-9]{10}"_s))
        return u"the team is Apple's id of it, ten capitals and digits"_s;
    if (needs.contains("key_id"_L1) && !matches(options.keyId, u"[A-Z0-9]{10}"_s))
        return u"the key id is Apple's id of the private key, ten capitals and digits"_s;
    return {};
}

} // namespace

QString provider_faults::ofName(const QString &name)
{
    // The site has its own pages /oauth/providers, /oauth/start/… beside /oauth/NAME.
    static const QStringList taken {u"providers"_s, u"start"_s, u"finish"_s, u"authorize"_s, u"callback"_s};
    if (taken.contains(name))
        return u"the name %1 is a route's own: choose another"_s.arg(name);
    return matches(name, u"[a-z][a-z0-9-]{0,31}"_s)
               ? QString()
               : u"the name is 1 to 32 small letters, digits and hyphens such as google, the first of them a letter"_s;
}

QString provider_faults::of(const Provider &provider)
{
    const ProviderPreset &preset = provider_presets::of(provider.kind);
    if (const QString fault = labelFault(provider.label); !fault.isEmpty())
        return fault;
    if (const QString fault = optionsFault(provider); !fault.isEmpty())
        return fault;
    if (const QString fault = issuerFault(provider.issuer); !fault.isEmpty())
        return fault;
    if (provider.clientId.isEmpty() || provider.clientId.size() > longestId || !isPrintable(QString(provider.clientId).remove(u' ')))
        return u"the client id is what the provider calls this server, 1 to 255 printable characters"_s;
    if (const QString fault = scopesFault(provider.scopes); !fault.isEmpty())
        return fault;
    if (preset.hasDiscovery && !provider.scopes.contains("openid"_L1))
        return u"the scope openid is missing: without it there is no id_token"_s;
    if (provider.callbacks.isEmpty() || provider.callbacks.size() > mostCallbacks)
        return u"there are 1 to 16 callbacks: where browsers come back to"_s;
    for (const QString &callback : provider.callbacks) {
        if (const QString fault = callbackFault(callback); !fault.isEmpty())
            return fault;
    }
    if (provider.trustsEmail && !preset.mayTrustEmail)
        return u"addresses that %1 tells are never trusted: the admin of a directory writes there what they like"_s.arg(preset.label);
    return {};
}

QString provider_faults::ofSecret(ProviderKind kind, const SecretBytes &secret)
{
    if (kind == ProviderKind::Apple) {
        const auto key = KeyReader::read(secret, {}, SignatureAlgorithm::ES256);
        return key && key->material->algorithm() == SignatureAlgorithm::ES256
                   ? QString()
                   : u"the secret of Apple is the private key that was downloaded there, the text of the file AuthKey_….p8"_s;
    }
    const bool isRight = !secret.isEmpty() && secret.view().size() <= longestSecret
                         && std::ranges::all_of(secret.view(), [](char c) { return c >= ' ' && c <= '~'; });
    return isRight ? QString() : u"the client secret is 1 to 1024 printable characters"_s;
}

} // namespace warder
