#include "core/http/filters/AccessToken.h"

namespace warder {

QByteArray accessTokenOf(const Call &call, const Cookies &cookies)
{
    constexpr QByteArrayView scheme {"Bearer "};
    const QByteArrayView header = call.headers.value(QHttpHeaders::WellKnownHeader::Authorization);
    if (header.first(std::min(header.size(), scheme.size())).compare(scheme, Qt::CaseInsensitive) == 0)
        return header.sliced(scheme.size()).trimmed().toByteArray();
    return cookies.accessOf(call);
}

} // namespace warder
