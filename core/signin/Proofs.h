#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"

namespace warder {

class Transaction;

/// What was begun or trusted before is nothing after: sign-ins under way, links of mails, and browsers that need no second factor. A part
/// of every change that takes an account from whoever may have had it; joins the caller's job.
Result<void> forgetProofs(Transaction &transaction, Id user);

} // namespace warder
