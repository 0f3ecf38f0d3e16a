#include "core/crypto/PasswordHasher.h"

#include "core/crypto/Argon2.h"
#include "core/crypto/Bcrypt.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/SecretBytes.h"

#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray toBytes(QStringView password)
{
    QString text = password.toString().normalized(QString::NormalizationForm_C);
    const auto leaving = qScopeGuard([&text] { wipe(text); });
    return text.toUtf8();
}

bool fits(QByteArrayView password, QStringView encoded)
{
    if (const auto argon2 = Argon2Hash::fromString(encoded))
        return equalInConstantTime(argon2->compute(password), argon2->tag);
    return bcryptFits(password, encoded.toLatin1());
}

} // namespace

Result<QString> PasswordHasher::hash(QStringView password) const
{
    QByteArray bytes = toBytes(password);
    const auto leaving = qScopeGuard([&bytes] { wipe(bytes); });
    if (m_policy.algorithm == HashingPolicy::Algorithm::Bcrypt) {
        if (bytes.size() > bcryptLimit)
            return refused(ErrorCode::InvalidInput, u"bcrypt takes at most 72 bytes"_s);
        const QByteArray encoded = bcrypt(bytes, m_policy.bcryptCost);
        return encoded.isEmpty() ? Result<QString>(refused(ErrorCode::CryptoFailure, u"bcrypt failed"_s)) : QString::fromLatin1(encoded);
    }
    Argon2Hash made {.memoryKib = m_policy.memoryKib, .iterations = m_policy.iterations, .parallelism = m_policy.parallelism,
                     .salt = randomBytes(16), .tag = {}};
    made.tag = made.compute(bytes);
    if (made.tag.isEmpty())
        return refused(ErrorCode::CryptoFailure, u"Argon2id failed: too little memory?"_s);
    return made.toString();
}

Result<bool> PasswordHasher::verify(QStringView password, QStringView encoded) const
{
    if (!isSupported(encoded))
        return refused(ErrorCode::CryptoFailure, u"password hash of an unknown format"_s);
    QByteArray bytes = toBytes(password);
    const auto leaving = qScopeGuard([&bytes] { wipe(bytes); });
    if (fits(bytes, encoded))
        return true;
    // Where the hash comes from, the text may have been hashed as typed.
    QByteArray typed = password.toUtf8();
    const auto leavingTyped = qScopeGuard([&typed] { wipe(typed); });
    return typed != bytes && fits(typed, encoded);
}

void PasswordHasher::verifyNobody(QStringView password) const
{
    (void)hash(password.left(bcryptLimit / 4));
    if (password.toString().normalized(QString::NormalizationForm_C) != password)
        (void)hash(password.left(bcryptLimit / 4));
}

bool PasswordHasher::needsUpgrade(QStringView encoded) const
{
    if (m_policy.algorithm == HashingPolicy::Algorithm::Bcrypt) {
        const QByteArray text = encoded.toLatin1();
        return !isBcrypt(text) || bcryptCostOf(text) < m_policy.bcryptCost;
    }
    const auto argon2 = Argon2Hash::fromString(encoded);
    return !argon2 || !argon2->isId || argon2->version != 0x13 || argon2->memoryKib < m_policy.memoryKib
        || argon2->iterations < m_policy.iterations || argon2->parallelism < m_policy.parallelism || argon2->tag.size() < 16;
}

bool PasswordHasher::isSupported(QStringView encoded)
{
    return !schemeOf(encoded).isEmpty();
}

QString PasswordHasher::schemeOf(QStringView encoded)
{
    if (const auto argon2 = Argon2Hash::fromString(encoded))
        return argon2->isId ? u"argon2id"_s : u"argon2i"_s;
    return isBcrypt(encoded.toLatin1()) ? u"bcrypt"_s : QString();
}

} // namespace warder
