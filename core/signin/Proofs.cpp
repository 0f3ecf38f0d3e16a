#include "core/signin/Proofs.h"

#include "core/credentials/Challenges.h"
#include "core/credentials/TrustedDevices.h"

namespace warder {

Result<void> forgetProofs(Transaction &transaction, Id user)
{
    return Challenges::removeAll(transaction, user)
        .and_then([&] { return TrustedDevices::forgetAll(transaction, user); })
        .transform([](qint64) {});
}

} // namespace warder
