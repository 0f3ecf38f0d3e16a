#include "core/api/Routes.h"

#include "core/api/OpenApi.h"
#include "core/api/routes/RouteGroups.h"

using namespace Qt::StringLiterals;

namespace warder {

QList<Route> publicRoutes(const ApiContext &api)
{
    QList<Route> all = routes::signIn(api) + routes::secondStep(api) + routes::account(api) + routes::factors(api) + routes::passkeys(api)
                       + routes::mails(api) + routes::providers(api) + routes::system(api) + routes::metadata(api);
    if (api.options.docs)
        all += routes::docs(api, openApiDescription(all, api.options, api.cookies));
    return all;
}

bool mayBeLimited(const Route &route) { return !route.path.startsWith("/health/"); }

LimitedRoute forLimits(const Route &route)
{
    return {.title = u"%1 %2"_s.arg(QLatin1StringView(nameOf(route.method)), QLatin1StringView(route.path)), .group = route.limit};
}

QList<LimitedRoute> routesForLimits(const QList<Route> &routes)
{
    QList<LimitedRoute> limited;
    for (const Route &route : routes) {
        if (mayBeLimited(route))
            limited += forLimits(route);
    }
    return limited;
}

} // namespace warder
