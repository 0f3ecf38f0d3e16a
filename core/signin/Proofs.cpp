#include "core/signin/Proofs.h"

#include "core/audit/AuditStore.h"
#include "core/credentials/Challenges.h"
#include "core/credentials/FactorStore.h"
#include "core/credentials/IdentityStore.h"
#include "core/credentials/PasskeyStore.h"
#include "core/credentials/RecoveryCodeStore.h"
#include "core/credentials/TotpStore.h"
#include "core/credentials/TrustedDevices.h"
#include "core/storage/Transaction.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<void> forgetProofs(Transaction &transaction, Id user)
{
    return Challenges::removeAll(transaction, user)
        .and_then([&] { return TrustedDevices::forgetAll(transaction, user); })
        .transform([](qint64) {});
}

Result<void> forgetUnproven(Transaction &transaction, Id user, TimePoint now)
{
    const auto counts = FactorStore::count(transaction, user, now);
    if (!counts)
        return refused(counts);
    const auto identities = IdentityStore::removeByUser(transaction, user);
    if (!identities)
        return refused(identities);
    const AuditEvent event {.at = now,
                            .type = audit::factorsReset,
                            .actor = u"user"_s,
                            .subject = user,
                            .details = {{u"totp"_s, counts->totp},
                                        {u"passkeys"_s, counts->passkeys},
                                        {u"recovery_codes"_s, counts->recoveryCodes},
                                        {u"identities"_s, *identities},
                                        {u"why"_s, u"address_unproven"_s}}};
    const bool isAny = counts->totp + counts->passkeys + counts->recoveryCodes + *identities > 0;
    return TotpStore::removeByUser(transaction, user)
        .and_then([&](qint64) { return RecoveryCodeStore::removeByUser(transaction, user); })
        .and_then([&](qint64) { return PasskeyStore::removeByUser(transaction, user); })
        .and_then([&](qint64) { return isAny ? AuditStore::append(transaction, event) : Result<void>(); });
}

} // namespace warder
