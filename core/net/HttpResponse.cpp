#include "core/net/HttpResponse.h"

#include "core/base/Clock.h"
#include "core/base/Id.h"

using namespace Qt::StringLiterals;

namespace warder {

void addSafetyTo(QHttpHeaders &headers)
{
    using Known = QHttpHeaders::WellKnownHeader;
    headers.append(Known::XContentTypeOptions, "nosniff");
    headers.append("referrer-policy"_L1, "no-referrer");
    if (!headers.contains(Known::ContentSecurityPolicy))
        headers.append(Known::ContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'");
}

HttpResponse HttpResponse::error(ErrorCode code)
{
    HttpResponse answer {.status = statusOf(code)};
    answer.headers.append(QHttpHeaders::WellKnownHeader::ContentType, "application/json");
    answer.headers.append(QHttpHeaders::WellKnownHeader::CacheControl, "no-store");
    addSafetyTo(answer.headers);
    answer.headers.append("x-request-id"_L1, Id::create(SystemClock().now()).toString());
    const auto latin = [](QLatin1StringView text) { return QByteArrayView(text.data(), text.size()); };
    answer.body.append("{\"detail\":\"").append(latin(textOf(code))).append("\",\"code\":\"").append(latin(nameOf(code))).append("\"}");
    return answer;
}

} // namespace warder
