#include "core/crypto/PasswordHasher.h"

#include "core/base/Text.h"
#include "core/crypto/Argon2.h"
#include "core/crypto/Bcrypt.h"
#include "core/crypto/Pbkdf2.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/Scrypt.h"
#include "core/crypto/SecretBytes.h"

#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What is longer is nobody's password: hashed as it is, so that it costs what another wrong one costs.
constexpr qsizetype longestTyped = 4096;

QByteArray toBytes(QStringView password)
{
    auto text = normalized(password, longestTyped);
    if (!text)
        return password.toUtf8();
    const auto leaving = qScopeGuard([&text] { wipe(*text); });
    return text->toUtf8();
}

/// In normal form KC; as they are where toBytes() gives them so.
QByteArray toPlainBytes(QStringView password)
{
    auto text = withoutStandIns(password, longestTyped);
    if (!text)
        return password.toUtf8();
    const auto leaving = qScopeGuard([&text] { wipe(*text); });
    return text->toUtf8();
}

/// Nothing if it could not be computed.
std::optional<bool> isSame(const QByteArray &computed, const QByteArray &tag)
{
    return computed.isEmpty() ? std::nullopt : std::optional(equalInConstantTime(computed, tag));
}

std::optional<bool> fits(QByteArrayView password, QStringView encoded)
{
    if (const auto argon2 = Argon2Hash::fromString(encoded))
        return isSame(argon2->compute(password), argon2->tag);
    if (const auto pbkdf2 = Pbkdf2Hash::fromString(encoded))
        return isSame(pbkdf2->compute(password), pbkdf2->tag);
    if (const auto scrypt = ScryptHash::fromString(encoded))
        return isSame(scrypt->compute(password), scrypt->tag);
    return bcryptFits(password, encoded.toLatin1());
}

bool isOfStandIns(QStringView encoded)
{
    const auto scrypt = ScryptHash::fromString(encoded);
    return scrypt && scrypt->isOfStandIns;
}

bool isWithinBcrypt(QByteArrayView password) { return password.size() <= bcryptLimit && !password.contains('\0'); }

Result<QString> bcryptHash(QByteArrayView password, int cost)
{
    if (!isWithinBcrypt(password))
        return refused(ErrorCode::InvalidInput, u"bcrypt takes at most 72 bytes, none of them NUL"_s);
    const QByteArray encoded = cost <= bcryptHighestCost ? bcrypt(password, cost) : QByteArray();
    if (encoded.isEmpty())
        return refused(ErrorCode::CryptoFailure, u"bcrypt failed: is the cost from 4 to %1?"_s.arg(bcryptHighestCost));
    return QString::fromLatin1(encoded);
}

Argon2Hash argon2Under(const HashingPolicy &policy)
{
    return {.memoryKib = policy.memoryKib, .iterations = policy.iterations, .parallelism = policy.parallelism, .salt = {}, .tag = {}};
}

QString unfitting(const HashingPolicy &policy)
{
    if (policy.algorithm == HashingPolicy::Algorithm::Bcrypt)
        return u"$2b$%1$%2"_s.arg(policy.bcryptCost, 2, 10, QChar(u'0')).arg(QString(53, u'.'));
    Argon2Hash nobody = argon2Under(policy);
    nobody.salt = QByteArray(16, '\0');
    nobody.tag = QByteArray(32, '\0');
    return nobody.toString();
}

} // namespace

PasswordHasher::PasswordHasher(HashingPolicy policy) : m_policy(policy), m_hashOfNobody(unfitting(policy)) {}

Result<QString> PasswordHasher::hash(QStringView password) const
{
    QByteArray bytes = toBytes(password);
    const auto leaving = qScopeGuard([&bytes] { wipe(bytes); });
    if (m_policy.algorithm == HashingPolicy::Algorithm::Bcrypt)
        return bcryptHash(bytes, m_policy.bcryptCost);
    Argon2Hash made = argon2Under(m_policy);
    if (!made.isWithinBounds())
        return refused(ErrorCode::CryptoFailure, u"the Argon2id policy is beyond 1 GiB, 20 iterations or 16 lanes"_s);
    made.salt = randomBytes(16);
    made.tag = made.compute(bytes);
    if (made.tag.isEmpty())
        return refused(ErrorCode::CryptoFailure, u"Argon2id failed: too little memory?"_s);
    return made.toString();
}

bool PasswordHasher::takes(QStringView password) const
{
    QByteArray bytes = toBytes(password);
    const auto leaving = qScopeGuard([&bytes] { wipe(bytes); });
    return m_policy.algorithm != HashingPolicy::Algorithm::Bcrypt || isWithinBcrypt(bytes);
}

Result<bool> PasswordHasher::verify(QStringView password, QStringView encoded) const
{
    if (!isSupported(encoded))
        return refused(ErrorCode::CryptoFailure, u"password hash of an unknown format"_s);
    QByteArray bytes = toBytes(password);
    const auto leaving = qScopeGuard([&bytes] { wipe(bytes); });
    QByteArray typed = password.toUtf8();
    const auto leavingTyped = qScopeGuard([&typed] { wipe(typed); });
    auto fitting = fits(bytes, encoded);
    if (fitting == false && typed != bytes)
        fitting = fits(typed, encoded); // where the hash comes from, the text may have been hashed as typed
    if (fitting == false && isOfStandIns(encoded)) {
        QByteArray plain = toPlainBytes(password);
        const auto leavingPlain = qScopeGuard([&plain] { wipe(plain); });
        if (plain != bytes)
            fitting = fits(plain, encoded);
    }
    if (!fitting)
        return refused(ErrorCode::CryptoFailure, u"the password could not be hashed: too little memory?"_s);
    return *fitting;
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

bool PasswordHasher::isSupported(QStringView encoded) { return !schemeOf(encoded).isEmpty(); }

QString PasswordHasher::schemeOf(QStringView encoded)
{
    if (const auto argon2 = Argon2Hash::fromString(encoded))
        return argon2->isId ? u"argon2id"_s : u"argon2i"_s;
    if (isBcrypt(encoded.toLatin1()))
        return u"bcrypt"_s;
    if (Pbkdf2Hash::fromString(encoded))
        return u"pbkdf2_sha256"_s;
    return ScryptHash::fromString(encoded) ? u"scrypt"_s : QString();
}

} // namespace warder
