#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/sealing/SecretFact.h"

#include <optional>

namespace warder {

/// Says by a signed cookie that a browser has signed in to an account before (OWASP's device cookie): whoever brings one guesses
/// for themselves alone, wherever they are. It opens nothing: a password is needed all the same. Any lane.
class KnownDevices final
{
public:
    static constexpr std::chrono::days lifetime {180};
    /// Accounts that share a browser have a mark each; beyond so many the oldest goes.
    static constexpr qsizetype most = 5;

    /// The key of the signatures is a fact, which the first noted() of a database makes. `sealer`: of sealed_columns::knownDevicesPurpose.
    KnownDevices(Database &database, const Sealer &sealer);

    /// What the cookie holds after a sign-in. `before`: what it held; nonsense counts as nothing. Empty where the database gives no
    /// key: then nothing is remembered.
    QByteArray noted(const QByteArray &before, Id user, TimePoint now) const;

    /// The random name of that browser at that account, which is no secret to us: failures count for it. Nothing where the cookie
    /// does not say so, or is too old. Takes as long for nobody's account.
    std::optional<QByteArray> deviceOf(const QByteArray &cookie, Id user, TimePoint now) const;

private:
    const SecretFact m_key;
};

} // namespace warder
