#include "core/http/HttpAnswer.h"

#include "core/base/Clock.h"
#include "core/base/Id.h"

using namespace Qt::StringLiterals;

namespace warder {

HttpAnswer HttpAnswer::error(int status, QLatin1StringView detail, QLatin1StringView code)
{
    HttpAnswer answer {.status = status};
    answer.headers.append(QHttpHeaders::WellKnownHeader::ContentType, "application/json");
    answer.headers.append("x-content-type-options"_L1, "nosniff");
    answer.headers.append("x-request-id"_L1, Id::create(SystemClock().now()).toString());
    answer.body.append("{\"detail\":\"").append(detail.data(), detail.size());
    answer.body.append("\",\"code\":\"").append(code.data(), code.size()).append("\"}");
    return answer;
}

HttpAnswer HttpAnswer::serverError() { return error(500, "Internal Server Error"_L1, "internal"_L1); }

} // namespace warder
