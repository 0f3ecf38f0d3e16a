#pragma once

#include "core/config/Settings.h"

namespace warder {

/// How new password hashes are made. The default is OWASP's first choice.
struct HashingPolicy
{
    enum class Algorithm { Argon2id, Bcrypt };

    Algorithm algorithm = Algorithm::Argon2id;
    int memoryKib = 19456;
    int iterations = 2;
    int parallelism = 1;
    int bcryptCost = 12;

    bool operator==(const HashingPolicy &) const = default;

    static HashingPolicy from(const Settings &settings)
    {
        return {.algorithm = settings.get<"passwords.algorithm">() == u"bcrypt" ? Algorithm::Bcrypt : Algorithm::Argon2id,
                .memoryKib = int(settings.get<"passwords.argon2_memory_kib">()),
                .iterations = int(settings.get<"passwords.argon2_iterations">()),
                .parallelism = int(settings.get<"passwords.argon2_parallelism">()),
                .bcryptCost = int(settings.get<"passwords.bcrypt_cost">())};
    }
};

/// Makes and checks password hashes. Tens of milliseconds a call: only on a hashing lane. Immutable; any thread.
/// Passwords are taken as UTF-8 of their NFC form (as they are if longer than 4096 UTF-16 units, or with more
/// than 30 combining marks in a row). Checked formats: Argon2id and Argon2i (PHC strings), bcrypt `$2a$ $2b$ $2y$`, and those of
/// Pbkdf2.h and Scrypt.h.
class PasswordHasher final
{
public:
    explicit PasswordHasher(HashingPolicy policy);

    /// A hash under the policy, with a fresh salt. InvalidInput for what bcrypt would ignore: more than 72 bytes, or NUL.
    /// CryptoFailure for a policy beyond what verify() accepts, and for want of memory.
    Result<QString> hash(QStringView password) const;

    /// Whether hash() takes it: bcrypt ignores what is longer.
    bool takes(QStringView password) const;

    /// Whether the password fits. CryptoFailure for a hash of no known format or with hostile parameters, and for want of
    /// memory: nobody is told that the right password was wrong.
    /// bcrypt looks at the first 72 bytes only, as it did where the hash was made.
    Result<bool> verify(QStringView password, QStringView encoded) const;

    /// A hash under the policy that no password fits: to verify() it costs what a wrong password costs.
    const QString &hashOfNobody() const { return m_hashOfNobody; }

    /// Weaker than the policy, or of another algorithm: to be replaced when its password is next seen.
    bool needsUpgrade(QStringView encoded) const;

    static bool isSupported(QStringView encoded);
    static QString schemeOf(QStringView encoded); ///< "argon2id", "argon2i", "bcrypt", "pbkdf2_sha256", "scrypt", or empty.

private:
    HashingPolicy m_policy;
    QString m_hashOfNobody;
};

} // namespace warder
