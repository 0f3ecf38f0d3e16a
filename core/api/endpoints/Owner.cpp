#include "core/api/endpoints/Owner.h"

#include "core/accounts/Accounts.h"
#include "core/base/Fault.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<User> ownerOf(const ApiContext &api, const Principal &principal)
{
    auto user = api.accounts.findById(principal.userId);
    if (!user && user.error().code == ErrorCode::NotFound)
        return refused(ErrorCode::InvalidToken, u"the account is gone"_s);
    if (user && user->disabled)
        return refused(ErrorCode::InvalidToken, u"the account is disabled"_s);
    return user;
}

Error ofField(const Error &error, const QString &field)
{
    if (error.code != ErrorCode::InvalidCredentials)
        return error;
    return {.code = ErrorCode::InvalidInput, .detail = error.detail, .faults = {valueFault(field, FaultReason::PasswordWrong)}};
}

} // namespace warder
