#include "core/api/filters/AccessToken.h"

namespace warder {

QByteArray accessTokenOf(const Call &call, const Cookies &cookies)
{
    const auto given = bearerOf(call.headers);
    return given ? *given : cookies.accessOf(call);
}

} // namespace warder
