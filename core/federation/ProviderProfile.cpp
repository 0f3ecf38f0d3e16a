#include "core/federation/ProviderProfile.h"

#include "core/base/StrictJson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestAddress = 254;
constexpr qsizetype longestShownName = 200;
constexpr qsizetype longestUser = 2048;
constexpr qsizetype mostAddresses = 100;

QByteArrayList bearerOf(const ProviderTokens &tokens) { return {"Authorization: Bearer " + tokens.accessToken}; }

/// A longer one is no address.
QString addressOf(const QString &said) { return said.size() <= longestAddress ? said : QString(); }

/// A number, exactly, or a text of digits.
QString numberOf(const QJsonValue &value)
{
    if (value.isDouble() && value.toInteger(0) == value.toInteger(1) && value.toInteger() > 0) // else neither is its own
        return QString::number(value.toInteger());
    const QString text = value.toString();
    const bool isNumber = !text.isEmpty() && text.size() <= 32 && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isNumber ? text : QString();
}

/// What userinfo tells beside the token. Of two values the token's counts: it is signed.
Checked<QJsonObject> withUserinfo(const ProviderMetadata &metadata, const QJsonObject &claims, const ProviderTokens &tokens,
                                  const ProviderCalls &calls)
{
    if (metadata.userinfoEndpoint.isEmpty() || claims.contains("email"_L1))
        return claims;
    const auto told = calls.getObject(metadata.userinfoEndpoint, bearerOf(tokens));
    if (!told)
        return unfit(told.error());
    if (told->value("sub"_L1) != claims.value("sub"_L1))
        return unfit(u"its userinfo endpoint speaks of somebody else than its id_token (sub)"_s);
    QJsonObject all = claims;
    for (const auto &member : {"email"_L1, "email_verified"_L1, "name"_L1, "hd"_L1}) {
        if (!all.contains(member) && told->contains(member))
            all.insert(member, told->value(member));
    }
    return all;
}

Checked<ForeignIdentity> ofGitHub(const Provider &provider, const ProviderMetadata &metadata, const ProviderTokens &tokens,
                                  const ProviderCalls &calls)
{
    const auto user = calls.getObject(metadata.userinfoEndpoint, bearerOf(tokens));
    if (!user)
        return unfit(user.error());
    ForeignIdentity identity {.issuer = provider.issuer,
                              .subject = numberOf(user->value("id"_L1)), // a login name is somebody else's once it was given up
                              .name = user->value("name"_L1).toString().left(longestShownName)};
    if (identity.subject.isEmpty())
        return unfit(u"%1 does not tell the account's id"_s.arg(placeOf(metadata.userinfoEndpoint)));
    const auto answer = calls.get(metadata.userinfoEndpoint + "/emails", bearerOf(tokens));
    if (!answer)
        return unfit(answer.error());
    const QJsonArray addresses = answer->json.value_or(QJsonValue()).toArray(); // without the scope user:email none
    for (qsizetype i = 0; i < std::min(addresses.size(), mostAddresses); ++i) {
        const QJsonObject each = addresses[i].toObject();
        if (!each.value("primary"_L1).toBool())
            continue;
        identity.email = addressOf(each.value("email"_L1).toString());
        identity.isEmailVerified = !identity.email.isEmpty() && each.value("verified"_L1).toBool();
    }
    return identity;
}

Checked<ForeignIdentity> ofDiscord(const Provider &provider, const ProviderMetadata &metadata, const ProviderTokens &tokens,
                                   const ProviderCalls &calls)
{
    const auto user = calls.getObject(metadata.userinfoEndpoint, bearerOf(tokens));
    if (!user)
        return unfit(user.error());
    const QString shown = user->value("global_name"_L1).toString(user->value("username"_L1).toString());
    ForeignIdentity identity {.issuer = provider.issuer,
                              .subject = numberOf(user->value("id"_L1)),
                              .email = addressOf(user->value("email"_L1).toString()),
                              .name = shown.left(longestShownName)};
    identity.isEmailVerified = !identity.email.isEmpty() && user->value("verified"_L1).toBool();
    if (identity.subject.isEmpty())
        return unfit(u"%1 does not tell the account's id"_s.arg(placeOf(metadata.userinfoEndpoint)));
    return identity;
}

} // namespace

bool provider_profile::isEmailVerified(ProviderKind kind, const QJsonObject &claims)
{
    const QJsonValue said = claims.value("email_verified"_L1);
    const bool isSaid = said.toBool() || said.toString() == "true"_L1;
    if (kind != ProviderKind::Google)
        return isSaid && kind != ProviderKind::Microsoft;
    const QString address = claims.value("email"_L1).toString();
    const bool isItsOwn =
        address.endsWith("@gmail.com"_L1, Qt::CaseInsensitive) || address.endsWith("@googlemail.com"_L1, Qt::CaseInsensitive);
    return isSaid && (isItsOwn || !claims.value("hd"_L1).toString().isEmpty());
}

QString provider_profile::nameIn(const QString &user)
{
    if (user.isEmpty() || user.size() > longestUser)
        return {};
    const auto json = parseStrictJsonObject(user.toUtf8(), {.depth = 3, .values = 32});
    if (!json)
        return {};
    const QJsonValue name = json->value("name"_L1);
    return u"%1 %2"_s.arg(name["firstName"_L1].toString(), name["lastName"_L1].toString()).trimmed().left(longestShownName);
}

Checked<ForeignIdentity> provider_profile::ofIdToken(const Provider &provider, const ProviderMetadata &metadata, const QJsonObject &claims,
                                                     const ProviderTokens &tokens, const QString &user, const ProviderCalls &calls)
{
    const auto told = withUserinfo(metadata, claims, tokens, calls);
    if (!told)
        return unfit(told.error());
    ForeignIdentity identity {.issuer = provider_metadata::issuerBehind(metadata, claims.value("iss"_L1).toString()).value_or(QString()),
                              .subject = claims.value("sub"_L1).toString(),
                              .email = addressOf(told->value("email"_L1).toString()),
                              .name = told->value("name"_L1).toString().left(longestShownName)};
    identity.isEmailVerified = !identity.email.isEmpty() && isEmailVerified(provider.kind, *told);
    if (identity.name.isEmpty() && provider.kind == ProviderKind::Apple)
        identity.name = nameIn(user);
    return identity;
}

Checked<ForeignIdentity> provider_profile::ofApi(const Provider &provider, const ProviderMetadata &metadata, const ProviderTokens &tokens,
                                                 const ProviderCalls &calls)
{
    return provider.kind == ProviderKind::Discord ? ofDiscord(provider, metadata, tokens, calls)
                                                  : ofGitHub(provider, metadata, tokens, calls);
}

} // namespace warder
