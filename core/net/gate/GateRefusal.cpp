#include "core/net/gate/GateRefusal.h"

#include "core/net/HttpDate.h"
#include "core/net/HttpResponse.h"

#include <QList>

#include <algorithm>
#include <array>

namespace warder {
namespace {

/// The first is what any other status becomes.
constexpr std::array refusals {ErrorCode::BadRequest,         ErrorCode::RequestTimeout,  ErrorCode::BodyTooLarge,
                               ErrorCode::UriTooLong,         ErrorCode::HeadersTooLarge, ErrorCode::ExpectationFailed,
                               ErrorCode::NotImplemented,     ErrorCode::Internal,        ErrorCode::Busy,
                               ErrorCode::VersionNotSupported};

ErrorCode codeFor(HttpStatus status)
{
    const auto found = std::ranges::find(refusals, status, statusOf);
    return found == refusals.end() ? refusals.front() : *found;
}

} // namespace

std::string refusalAnswer(HttpStatus status, const QHttpHeaders &more)
{
    const ErrorCode code = codeFor(status);
    const HttpResponse answer = HttpResponse::error(code);
    const QLatin1StringView reason = textOf(code);
    std::string out = "HTTP/1.1 " + std::to_string(answer.status) + ' ';
    out.append(reason.latin1(), std::size_t(reason.size())).append("\r\n");
    for (const auto &[name, value] : answer.headers.toListOfPairs() + more.toListOfPairs())
        out.append(name.toStdString()).append(": ").append(value.toStdString()).append("\r\n");
    if (status == 503)
        out += "retry-after: 1\r\n";
    out.append("date: ").append(httpDate()).append("\r\nconnection: close\r\ncontent-length: ");
    return out.append(std::to_string(answer.body.size())).append("\r\n\r\n").append(answer.body.toStdString());
}

} // namespace warder
