#include "core/net/gate/GateRequest.h"

#include <QUrl>

#include <algorithm>
#include <array>
#include <cctype>

namespace warder {
namespace {

/// Hop by hop (RFC 9110 §7.6.1), told otherwise in HttpRequest, or a client's word about others.
constexpr std::array<std::string_view, 15> dropped {"te",
                                                    "expect",
                                                    "upgrade",
                                                    "trailer",
                                                    "forwarded",
                                                    "connection",
                                                    "keep-alive",
                                                    "content-length",
                                                    "http2-settings",
                                                    "x-forwarded-for",
                                                    "x-forwarded-host",
                                                    "x-forwarded-proto",
                                                    "proxy-connection",
                                                    "transfer-encoding",
                                                    "x-forwarded-port"};

bool isDropped(std::string_view name)
{
    return std::ranges::any_of(dropped, [name](std::string_view other) { return equalsIgnoringCase(name, other); });
}

QLatin1StringView latin1(std::string_view text) { return QLatin1StringView(text.data(), qsizetype(text.size())); }
QByteArray bytes(std::string_view text) { return QByteArray(text.data(), qsizetype(text.size())); }

HttpMethod methodOf(std::string_view method)
{
    constexpr std::array<std::pair<std::string_view, HttpMethod>, 6> others {{{"HEAD", HttpMethod::Head},
                                                                              {"POST", HttpMethod::Post},
                                                                              {"PUT", HttpMethod::Put},
                                                                              {"PATCH", HttpMethod::Patch},
                                                                              {"DELETE", HttpMethod::Delete},
                                                                              {"OPTIONS", HttpMethod::Options}}};
    const auto found = std::ranges::find(others, method, &std::pair<std::string_view, HttpMethod>::first);
    return found == others.end() ? HttpMethod::Get : found->second; // the parser lets no other through
}

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
    return {.method = methodOf(head.method),
            .path = normalisedPath(path),
            .query = normalisedQuery(query),
            .headers = headersOf(head),
            .body = bytes(body),
            .client = client.address,
            .peer = peer,
            .secure = client.secure,
            .forwarded = client.forwarded,
            .httpThread = 0};
}

} // namespace warder
