#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/crypto/SecretBytes.h"

#include <optional>

namespace warder {

/// The keychain of whoever is logged in: Secret Service on Linux (GNOME's keyring, KWallet, KeePassXC). Entries are named after the check
/// value of their key, so that a new one never takes the place of the one in force. Any thread; nothing here waits longer than
/// `patience`. The refusal says what the keychain said.
class Keychain
{
public:
    static constexpr Milliseconds patience = Seconds {5};

    virtual ~Keychain() = default;

    /// Nothing: there is none, or the keychain is locked, which is the same to who asks. So nothing must ever come of it.
    virtual Result<std::optional<SecretBytes>> read(const QByteArray &check) = 0;
    virtual Result<void> write(const QByteArray &check, const SecretBytes &masterKey) = 0;
    /// Also a success where there was none.
    virtual Result<void> remove(const QByteArray &check) = 0;

    /// write(), read() and compare: what is not read back is not there.
    Result<void> store(const QByteArray &check, const SecretBytes &masterKey);
};

} // namespace warder
