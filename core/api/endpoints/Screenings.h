#pragma once

#include "core/api/ApiContext.h"
#include "core/api/Call.h"

/// Routes' screenings: the breach check of new passwords. A body with another fault passes, so that nobody is asked about a password that
/// is refused anyway, and the handler names all faults at once.
namespace warder {

Result<void> screenRegistration(const ApiContext &api, const Call &call);
Result<void> screenPasswordChange(const ApiContext &api, const Call &call);
Result<void> screenPasswordReset(const ApiContext &api, const Call &call);

} // namespace warder
