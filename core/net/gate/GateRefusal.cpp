#include "core/net/gate/GateRefusal.h"

#include "core/net/HttpDate.h"
#include "core/net/HttpResponse.h"

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct Refusal
{
    HttpStatus status;
    QLatin1StringView reason;
    QLatin1StringView code;
};

/// The first is what any other status becomes.
constexpr std::array<Refusal, 10> refusals {{
    {400, "Bad Request"_L1, "bad_request"_L1},
    {408, "Request Timeout"_L1, "request_timeout"_L1},
    {413, "Content Too Large"_L1, "body_too_large"_L1},
    {414, "URI Too Long"_L1, "uri_too_long"_L1},
    {417, "Expectation Failed"_L1, "expectation_failed"_L1},
    {431, "Request Header Fields Too Large"_L1, "headers_too_large"_L1},
    {500, "Internal Server Error"_L1, "internal"_L1},
    {501, "Not Implemented"_L1, "not_implemented"_L1},
    {503, "Service Unavailable"_L1, "busy"_L1},
    {505, "HTTP Version Not Supported"_L1, "version_not_supported"_L1},
}};

const Refusal &refusalFor(HttpStatus status)
{
    for (const Refusal &refusal : refusals) {
        if (refusal.status == status)
            return refusal;
    }
    return refusals.front();
}

} // namespace

std::string refusalAnswer(HttpStatus status, const QHttpHeaders &more)
{
    const Refusal &refusal = refusalFor(status);
    const HttpResponse answer = HttpResponse::error(refusal.status, refusal.reason, refusal.code);
    std::string out = "HTTP/1.1 " + std::to_string(refusal.status) + ' ';
    out.append(refusal.reason.latin1(), std::size_t(refusal.reason.size())).append("\r\n");
    for (const auto &[name, value] : answer.headers.toListOfPairs() + more.toListOfPairs())
        out.append(name.toStdString()).append(": ").append(value.toStdString()).append("\r\n");
    if (status == 503)
        out += "retry-after: 1\r\n";
    out.append("date: ").append(httpDate()).append("\r\nconnection: close\r\ncontent-length: ");
    return out.append(std::to_string(answer.body.size())).append("\r\n\r\n").append(answer.body.toStdString());
}

} // namespace warder
