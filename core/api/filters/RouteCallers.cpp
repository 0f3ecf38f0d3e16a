#include "core/api/filters/RouteCallers.h"

#include "core/api/filters/Authorization.h"
#include "core/api/filters/SessionCallers.h"
#include "core/sessions/FormerTokens.h"

#include <stdexcept>
#include <string>

namespace warder {
namespace {

/// The holder of a session, or of a token of a former backend.
Result<Caller> accountCallerOf(const ApiContext &api, const Call &call)
{
    const auto bearer = bearerOf(call.headers);
    if (!bearer || !api.formerTokens.mayBe(*bearer, call.now))
        return sessionCallerOf(api, call);
    return api.formerTokens.ownerOf(*bearer, call.now).transform([](const User &user) { return Caller(FormerCaller {user.id}); });
}

} // namespace

RouteCallers::RouteCallers(const ApiContext &api, const CallerSources &sources)
    : m_api(api), m_pending(api.pendingSignIns, api.cookies),
      m_sources({.pending = sources.pending ? sources.pending : &m_pending, .client = sources.client})
{}

/// A mistake in the table would let somebody in, or nobody.
void RouteCallers::checkServable(const QList<Route> &routes) const
{
    const auto refuseIf = [](bool isBad, const Route &route, const std::string &why) {
        if (isBad)
            throw std::logic_error("route " + route.path.toStdString() + ": " + why);
    };
    for (const Route &route : routes) {
        const bool isPending = route.access == Access::Pending;
        const bool isClient = route.access == Access::Client;
        refuseIf(isClient && !m_sources.client, route, "nobody checks the callers that it asks for");
        refuseIf((isPending || isClient) && route.method != HttpMethod::Get && route.csrf != Csrf::Origin, route,
                 "browsers send such credentials by themselves, so it needs Csrf::Origin");
    }
}

Result<Caller> RouteCallers::callerOf(Access access, const Call &call) const
{
    switch (access) {
    case Access::Anyone:  return Caller();
    case Access::Pending: return m_sources.pending->callerOf(call);
    case Access::Session: return sessionCallerOf(m_api, call);
    case Access::Account: return accountCallerOf(m_api, call);
    case Access::Recent:  return recentCallerOf(m_api, call);
    case Access::Client:  return m_sources.client->callerOf(call);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace warder
