#pragma once

#include "core/base/Result.h"

#include <QString>

namespace warder {

/// How a project of Firebase hashes passwords, as its console shows it (Authentication, Users, "Password hash parameters"): the file of its
/// users does not say it. Pure; any thread.
class FirebaseParameters final
{
public:
    /// `hash_config { algorithm: SCRYPT, base64_signer_key: …, base64_salt_separator: …, rounds: 8, mem_cost: 14 }`, as that text or as
    /// JSON. InvalidInput says what is missing, and nothing of the key.
    static Result<FirebaseParameters> fromText(const QString &text);

    /// Whether hash and salt look like Firebase's.
    static bool fit(QStringView hash, QStringView salt);
    /// The hash of an account as PasswordHasher checks it.
    QString hashFrom(QString hash, QString salt) const;

private:
    QString m_signerKey;
    QString m_saltSeparator;
    int m_rounds = 0;
    int m_memoryCost = 0;
};

} // namespace warder
