#include "core/federation/ProviderCalls.h"

#include "core/base/StrictJson.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// A discovery document has some hundred values, keys with their certificates some more.
constexpr StrictJsonLimits answerLimits {.depth = 16, .values = 8192};
constexpr auto accepted = "Accept: application/json";

bool isJsonType(const QByteArray &type)
{
    return type == "application/json" || (type.startsWith("application/") && type.endsWith("+json"));
}

} // namespace

QString placeOf(const QByteArray &url)
{
    return quoted(QUrl::fromEncoded(url).toDisplayString(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo));
}

ProviderCalls::ProviderCalls(const HttpsClient &client, const FederationPolicy &policy)
    : m_client(client), m_policy(policy), m_end(std::chrono::steady_clock::now() + policy.longestWalk)
{}

Checked<ProviderAnswer> ProviderCalls::ask(OutboundRequest request) const
{
    if (!HttpsClient::mayBeAsked(request.url))
        return unfit(u"%1 is no https address"_s.arg(placeOf(request.url)));
    const auto left = std::chrono::duration_cast<Milliseconds>(m_end - std::chrono::steady_clock::now());
    if (left <= Milliseconds {0})
        return unfit(u"its answers together took too long"_s);
    request.headers.prepend(accepted);
    request.timeout = std::min(m_policy.longestCall, left);
    request.onlyPublic = !m_policy.allowsPrivate;
    const auto answer = m_client.ask(request);
    if (!answer)
        return unfit(u"%1 gave no answer: %2"_s.arg(placeOf(request.url), answer.error()));
    ProviderAnswer read {.status = answer->status};
    if (!isJsonType(answer->type))
        return read;
    if (const auto json = parseStrictJson(answer->body, answerLimits))
        read.json = *json;
    return read;
}

Checked<ProviderAnswer> ProviderCalls::get(const QByteArray &url, const QByteArrayList &headers) const
{
    return ask({.url = url, .headers = headers});
}

Checked<ProviderAnswer> ProviderCalls::post(const QByteArray &url, const QByteArray &form, const QByteArrayList &headers) const
{
    return ask({.url = url, .headers = headers, .form = form});
}

Checked<QJsonObject> ProviderCalls::getObject(const QByteArray &url, const QByteArrayList &headers) const
{
    const auto answer = get(url, headers);
    if (!answer)
        return unfit(answer.error());
    if (answer->status != 200)
        return unfit(u"%1 answered with status %2"_s.arg(placeOf(url)).arg(answer->status));
    if (!answer->json || !answer->json->isObject())
        return unfit(u"%1 answered with something else than a JSON object"_s.arg(placeOf(url)));
    return answer->json->toObject();
}

} // namespace warder
