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

HttpResponse HttpResponse::error(int status, QLatin1StringView detail, QLatin1StringView code)
{
    HttpResponse answer {.status = status};
    answer.headers.append(QHttpHeaders::WellKnownHeader::ContentType, "application/json");
    answer.headers.append(QHttpHeaders::WellKnownHeader::CacheControl, "no-store");
    addSafetyTo(answer.headers);
    answer.headers.append("x-request-id"_L1, Id::create(SystemClock().now()).toString());
    answer.body.append("{\"detail\":\"").append(detail.data(), detail.size());
    answer.body.append("\",\"code\":\"").append(code.data(), code.size()).append("\"}");
    return answer;
}

HttpResponse HttpResponse::serverError() { return error(500, "Internal Server Error"_L1, "internal"_L1); }

} // namespace warder
