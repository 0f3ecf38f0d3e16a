#include "core/credentials/WaysIn.h"

#include "core/credentials/IdentityStore.h"
#include "core/credentials/Passkeys.h"
#include "core/credentials/PasswordStore.h"
#include "core/storage/Transaction.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<QStringList> WaysIn::of(DbConnection &connection, Id user) const
{
    const auto password = PasswordStore::find(connection, user);
    if (!password)
        return refused(password);
    const auto passkeys = m_passkeys.countUsable(connection, user);
    if (!passkeys)
        return refused(passkeys);
    return IdentityStore::countUsable(connection, user).transform([&](qint64 identities) {
        QStringList ways;
        if (*password)
            ways += u"password"_s;
        if (*passkeys > 0)
            ways += u"passkey"_s;
        if (identities > 0)
            ways += u"provider"_s;
        return ways;
    });
}

Result<void> WaysIn::guard(Transaction &transaction, Id user, const std::function<Result<void>()> &remove) const
{
    const auto before = of(transaction, user);
    if (!before)
        return refused(before);
    return remove().and_then([&] { return of(transaction, user); }).and_then([&](const QStringList &after) -> Result<void> {
        if (after.isEmpty() && !before->isEmpty())
            return refused(ErrorCode::LastSignInMethod, u"nothing else signs in to the account"_s);
        return {};
    });
}

Result<qint64> WaysIn::countOnlyBy(DbConnection &connection, const QString &provider) const
{
    return IdentityStore::countOnlyBy(connection, provider, m_passkeys.policy().isOn() ? m_passkeys.policy().rpId : QString());
}

} // namespace warder
