#include "core/api/filters/AccessToken.h"

namespace warder {

std::optional<QByteArray> bearerOf(const QHttpHeaders &headers)
{
    constexpr QByteArrayView scheme {"Bearer "};
    const QByteArray header = headers.combinedValue(QHttpHeaders::WellKnownHeader::Authorization); // of two none is right
    if (QByteArrayView(header).first(std::min(header.size(), scheme.size())).compare(scheme, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    return header.sliced(scheme.size()).trimmed();
}

QByteArray accessTokenOf(const Call &call, const Cookies &cookies)
{
    const auto given = bearerOf(call.headers);
    return given ? *given : cookies.accessOf(call);
}

} // namespace warder
