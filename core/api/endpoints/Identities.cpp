#include "core/api/endpoints/Identities.h"

#include "core/credentials/Identities.h"
#include "core/signin/IdentityChanges.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QJsonObject toJson(const Identity &identity)
{
    return {{u"id"_s, identity.id.toString()},
            {u"provider"_s, identity.provider},
            {u"email"_s, identity.email},
            {u"created_at"_s, toText(identity.createdAt)},
            {u"last_used_at"_s, toText(identity.lastUsedAt)}};
}

} // namespace

Result<ApiResponse> myIdentitiesEndpoint(const ApiContext &api, const Call &call)
{
    return api.identities.findByUser(call.principal().userId).transform([](const QList<Identity> &held) {
        QJsonArray list;
        for (const Identity &each : held)
            list += toJson(each);
        return ApiResponse::json(200, {{u"identities"_s, list}});
    });
}

Result<ApiResponse> removeIdentityEndpoint(const ApiContext &api, const Call &call)
{
    const Id identity = Id::fromString(call.inPath("id")).value_or(Id {}); // nobody's is found by no id
    return api.identityChanges.remove(call.principal().userId, identity, u"user"_s, call.now).transform([] {
        return ApiResponse::noContent();
    });
}

} // namespace warder
