#include "core/api/routes/RouteParts.h"

#include "core/credentials/BreachCheck.h"
#include "core/credentials/PasswordFaults.h"

using namespace Qt::StringLiterals;

namespace warder::routes {

FieldDoc anyOf(FieldDoc field)
{
    field.required = false;
    return field;
}

Handler on(const ApiContext &api, Endpoint &endpoint)
{
    return [&api, &endpoint](const Call &call) { return endpoint(api, call); };
}

Screening breachesOf(const ApiContext &api, Result<void> (&screening)(const ApiContext &, const Call &))
{
    if (!api.breaches.isOn())
        return {};
    return [&api, &screening](const Call &call) { return screening(api, call); };
}

FieldDoc newPassword(const QString &field, const PasswordPolicy &policy)
{
    return {.name = field,
            .type = FieldType::Password,
            .text = u"At most %1 bytes, and not easy to guess."_s.arg(longestPassword),
            .minLength = policy.minLength,
            .maxLength = longestPassword};
}

FieldDoc newEmail()
{
    FieldDoc field = email;
    field.maxLength = longestEmail;
    return field;
}

} // namespace warder::routes
