#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"

namespace warder {

class Transaction;

/// What was begun or trusted before is nothing after: sign-ins under way, links of mails, and browsers that need no second factor. A part
/// of every change that takes an account from whoever may have had it; joins the caller's job.
Result<void> forgetProofs(Transaction &transaction, Id user);

/// Takes passkeys, apps with their recovery codes and accounts at providers, which somebody added before the address was proved: whoever
/// registered it first would wait in the account for its owner (pre-hijacking). A part of what proves the address by a mail and takes the
/// account over, as long as it is not proved; joins the caller's job. What went is a factorsReset.
Result<void> forgetUnproven(Transaction &transaction, Id user, TimePoint now);

} // namespace warder
