#include "core/api/endpoints/Screenings.h"

#include "core/accounts/AccountFaults.h"
#include "core/api/body/Fields.h"
#include "core/api/endpoints/Owner.h"
#include "core/credentials/BreachCheck.h"
#include "core/credentials/Passwords.h"
#include "core/signin/PasswordReset.h"
#include "core/signin/Registration.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

Result<void> screenPassword(const ApiContext &api, const Call &call, const QString &field, const QString &password)
{
    if (const auto fault = api.breaches.faultOf(field, password, call.now))
        return std::unexpected(unacceptable({*fault}));
    return {};
}

} // namespace

Result<void> screenRegistration(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const NewAccount given {.email = fields.required("email"_L1),
                            .password = fields.required("password"_L1),
                            .name = fields.optional("name"_L1).value_or(QString())};
    if (fields.refusal() || !api.registration.isOpen() || !api.registration.faultsOf(given).isEmpty())
        return {};
    return screenPassword(api, call, u"password"_s, given.password);
}

Result<void> screenPasswordChange(const ApiContext &api, const Call &call)
{
    const QString field = u"new_password"_s;
    Fields fields(call.fields);
    const QString next = fields.required("new_password"_L1);
    const auto user = ownerOf(api, call.principal());
    if (fields.refusal() || !user || api.passwords.faultOf(field, next, user->email, user->name))
        return {};
    return screenPassword(api, call, field, next);
}

Result<void> screenPasswordReset(const ApiContext &api, const Call &call)
{
    const QString field = u"password"_s;
    Fields fields(call.fields);
    const QString token = fields.required("token"_L1);
    const QString password = fields.required("password"_L1);
    const auto user = fields.refusal() ? Result<User>() : api.passwordReset.ownerOf(token.toLatin1(), call.now);
    if (fields.refusal() || !user || api.passwords.faultOf(field, password, user->email, user->name))
        return {};
    return screenPassword(api, call, field, password);
}

} // namespace warder
