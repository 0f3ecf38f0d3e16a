#include "core/federation/CodeExchange.h"

#include "core/crypto/Jwt.h"
#include "core/crypto/KeyReader.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestToken = 16 * 1024;
constexpr Seconds assertionLife = std::chrono::minutes {5}; ///< Apple takes up to six months; it is for one question.

std::unexpected<ExchangeRefusal> noTokens(const QString &sentence, const QString &code = {})
{
    return std::unexpected(ExchangeRefusal {.sentence = sentence, .code = code});
}

/// RFC 6749 appendix A.12, without what would end a header.
bool isToken(const QString &text)
{
    return !text.isEmpty() && text.size() <= longestToken && std::ranges::all_of(text, [](QChar c) { return c > u' ' && c <= u'~'; });
}

/// Of an error as RFC 6749 §5.2 has it, which GitHub sends with status 200.
std::expected<ProviderTokens, ExchangeRefusal> tokensIn(const ProviderAnswer &answer, const ProviderMetadata &metadata)
{
    const QString place = placeOf(metadata.tokenEndpoint);
    if (!answer.json || !answer.json->isObject())
        return noTokens(u"%1 answered with status %2 and something else than a JSON object"_s.arg(place).arg(answer.status));
    const QJsonObject json = answer.json->toObject();
    if (const QString error = json.value("error"_L1).toString(); !error.isEmpty())
        return noTokens(u"%1 refused the code: %2"_s.arg(place, quoted(error)), error.left(100));
    if (answer.status != 200)
        return noTokens(u"%1 answered with status %2"_s.arg(place).arg(answer.status));
    if (json.value("token_type"_L1).toString().compare("bearer"_L1, Qt::CaseInsensitive) != 0)
        return noTokens(u"its access token is no bearer token (token_type %1)"_s.arg(quoted(json.value("token_type"_L1).toString())));
    const QString access = json.value("access_token"_L1).toString();
    const QString id = json.value("id_token"_L1).toString();
    if (!isToken(access))
        return noTokens(u"%1 gave no access token of printable characters"_s.arg(place));
    if (!metadata.jwksUri.isEmpty() && !isToken(id))
        return noTokens(u"%1 gave no id_token: does its client ask for the scope openid?"_s.arg(place));
    return ProviderTokens {.accessToken = access.toLatin1(), .idToken = id.toLatin1()};
}

} // namespace

Checked<QString> CodeExchange::clientSecret(TimePoint now) const
{
    if (m_provider.kind != ProviderKind::Apple)
        return QString::fromUtf8(m_secret.view());
    const auto key = KeyReader::read(m_secret, {}, SignatureAlgorithm::ES256);
    if (!key)
        return unfit(u"the private key cannot be used: "_s + key.error().detail);
    if (key->material->algorithm() != SignatureAlgorithm::ES256)
        return unfit(u"the private key is none of the curve P-256, as Apple's are"_s);
    const qint64 issued = std::chrono::floor<Seconds>(now).time_since_epoch().count();
    const QJsonObject claims {{u"iss"_s, m_provider.options.team},
                              {u"iat"_s, issued},
                              {u"exp"_s, issued + assertionLife.count()},
                              {u"aud"_s, m_provider.issuer},
                              {u"sub"_s, m_provider.clientId}};
    return QString::fromLatin1(signJwt("JWT"_L1, claims, m_provider.options.keyId, *key->material));
}

std::expected<ProviderTokens, ExchangeRefusal> CodeExchange::exchange(const QString &code, const AuthorizationAttempt &attempt,
                                                                      const ProviderCalls &calls, TimePoint now) const
{
    const auto secret = clientSecret(now);
    if (!secret)
        return noTokens(secret.error());
    QList<std::pair<QByteArray, QString>> pairs {
        {"grant_type", u"authorization_code"_s},
        {"code", code},
        {"redirect_uri", attempt.callback},
        {"code_verifier", QString::fromLatin1(attempt.verifier)},
    };
    QByteArrayList headers;
    if (m_metadata.proof == ClientProof::Basic) { // each of the two form-encoded first (RFC 6749 §2.3.1)
        const QByteArray both = QUrl::toPercentEncoding(m_provider.clientId) + ':' + QUrl::toPercentEncoding(*secret);
        headers += "Authorization: Basic " + both.toBase64();
    } else {
        pairs.emplaceBack("client_id", m_provider.clientId);
        pairs.emplaceBack("client_secret", *secret);
    }
    const auto answer = calls.post(m_metadata.tokenEndpoint, formOf(pairs), headers);
    if (!answer)
        return noTokens(answer.error());
    return tokensIn(*answer, m_metadata);
}

} // namespace warder
