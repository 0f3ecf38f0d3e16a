#pragma once

#include "core/crypto/SecretBytes.h"
#include "core/sealing/Keychain.h"

#include <QHash>

namespace warder::test {

/// A keychain in memory that behaves as a real one does when it is locked, silent, or loses what it took. The test's thread only, while
/// nothing else uses it.
class FakeKeychain final : public Keychain
{
public:
    enum class Mood { Good, Locked, Silent, Forgetful };

    Result<std::optional<SecretBytes>> read(const QByteArray &check) override
    {
        ++asked;
        if (isSilentNow())
            return refused(ErrorCode::CryptoFailure, QStringLiteral("the keychain did not answer"));
        if (mood == Mood::Locked || !entries.contains(check)) // the two look alike
            return std::nullopt;
        return SecretBytes(entries.value(check));
    }
    Result<void> write(const QByteArray &check, const SecretBytes &masterKey) override
    {
        ++asked;
        if (isSilentNow())
            return refused(ErrorCode::CryptoFailure, QStringLiteral("the keychain did not answer"));
        if (mood == Mood::Locked)
            return refused(ErrorCode::CryptoFailure, QStringLiteral("the keychain is locked"));
        if (mood != Mood::Forgetful)
            entries.insert(check, masterKey.view().toByteArray());
        return {};
    }
    Result<void> remove(const QByteArray &check) override
    {
        ++asked;
        if (isSilentNow() || mood == Mood::Locked)
            return refused(ErrorCode::CryptoFailure, QStringLiteral("the keychain did not answer"));
        entries.remove(check);
        return {};
    }

    QHash<QByteArray, QByteArray> entries;
    Mood mood = Mood::Good;
    int asked = 0;
    int silentFrom = -1; ///< From this question on, counted from 1; -1: never.

private:
    bool isSilentNow() const { return mood == Mood::Silent || (silentFrom > 0 && asked >= silentFrom); }
};

} // namespace warder::test
