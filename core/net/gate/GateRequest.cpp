#include "core/net/gate/GateRequest.h"

#include <QUrl>

#include <algorithm>
#include <cctype>

namespace warder {
namespace {

/// Hop by hop (RFC 9110 §7.6.1), told otherwise in HttpRequest, or a client's word about others.
bool isDropped(std::string_view name)
{
    return isFieldOf(name, {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
                            "http2-settings", "content-length", "expect", "forwarded", "x-forwarded-for", "x-forwarded-host",
                            "x-forwarded-port", "x-forwarded-proto"});
}

QLatin1StringView latin1(std::string_view text) { return QLatin1StringView(text.data(), qsizetype(text.size())); }
QByteArray bytes(std::string_view text) { return QByteArray(text.data(), qsizetype(text.size())); }

/// Characters that have one spelling in a path or a query (RFC 3986 §3.3, §3.4); the others may be escaped, or not.
bool isPlain(char c)
{
    constexpr std::string_view others = "-._~/!$&'()*+,;=:@?";
    return std::isalnum(static_cast<unsigned char>(c)) || others.contains(c);
}

QByteArray normalisedPath(std::string_view path)
{
    if (std::ranges::all_of(path, isPlain))
        return bytes(path);
    QUrl url;
    url.setPath(latin1(path), QUrl::TolerantMode);
    return url.path(QUrl::FullyEncoded).toLatin1();
}

QByteArray normalisedQuery(std::string_view query)
{
    if (std::ranges::all_of(query, isPlain))
        return bytes(query);
    QUrl url;
    url.setQuery(latin1(query), QUrl::TolerantMode);
    return url.query(QUrl::FullyEncoded).toLatin1();
}

QHttpHeaders headersOf(const RequestHead &head)
{
    QHttpHeaders headers;
    headers.reserve(qsizetype(head.fields.size()));
    for (const auto &[name, value] : head.fields) {
        if (!isDropped(name))
            headers.append(latin1(name), latin1(value));
    }
    return headers;
}

} // namespace

HttpRequest requestOf(const RequestHead &head, std::string_view body, const GateClient &client, const QHostAddress &peer)
{
    const std::string_view path = head.path();
    const std::string_view query = head.target.substr(std::min(path.size() + 1, head.target.size()));
    return {.method = methodFromName(head.method).value_or(HttpMethod::Get), // the parser lets no other through
            .path = normalisedPath(path),
            .query = normalisedQuery(query),
            .headers = headersOf(head),
            .body = bytes(body),
            .client = client.address,
            .peer = peer,
            .secure = client.secure,
            .forwarded = client.forwarded,
            .claimed = client.claimed,
            .behind = client.behind,
            .httpThread = 0};
}

} // namespace warder
