#include "core/sealing/Keychain.h"

#include "core/crypto/Primitives.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<void> Keychain::store(const QByteArray &check, const SecretBytes &masterKey)
{
    if (const auto written = write(check, masterKey); !written)
        return written;
    const auto again = read(check);
    if (!again)
        return refused(again);
    if (!again->has_value() || !equalInConstantTime((**again).view(), masterKey.view()))
        return refused(ErrorCode::CryptoFailure, u"the keychain took the master key, but does not give it back"_s);
    return {};
}

} // namespace warder
