#include "core/credentials/RecoveryCodes.h"

#include "core/base/Text.h"
#include "core/credentials/RecoveryCodeStore.h"
#include "core/crypto/Primitives.h"
#include "core/sealing/SealedColumns.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto alphabet = "23456789abcdefghjkmnpqrstvwxyz"_L1; // without 0 and o, 1, i and l, and u
constexpr int length = 10;

/// Each character as likely as any other: a byte beyond the last whole alphabet is thrown away.
QString randomCode()
{
    constexpr int fair = 256 / int(alphabet.size()) * int(alphabet.size());
    QString code;
    while (code.size() < length) {
        for (const char byte : randomBytes(length)) {
            if (quint8(byte) < fair && code.size() < length)
                code += alphabet[quint8(byte) % alphabet.size()];
        }
    }
    return code;
}

QString tidied(QStringView typed)
{
    QString code = searchKey(typed); // small letters, also of wide ones; bounded, whatever a stranger sends
    code.removeIf([](QChar character) { return character.isSpace() || character == u'-'; });
    return code;
}

QByteArray hashed(const SecretBytes &key, Id user, QStringView code) { return hmacSha256(key.view(), user.toBytes() + code.toUtf8()); }

} // namespace

RecoveryCodes::RecoveryCodes(Database &database, const Sealer &sealer) : m_key(database, sealer, sealed_columns::recoveryKeyFact) {}

Result<FreshRecoveryCodes> RecoveryCodes::prepare(Id user)
{
    return m_key.value().transform([user](const SecretBytes &secret) {
        FreshRecoveryCodes fresh;
        while (fresh.codes.size() < count) {
            const QString code = randomCode();
            fresh.codes += code.first(length / 2) + u'-' + code.sliced(length / 2);
            fresh.hashes += hashed(secret, user, code);
        }
        return fresh;
    });
}

Result<void> RecoveryCodes::store(Transaction &transaction, Id user, const FreshRecoveryCodes &fresh)
{
    return RecoveryCodeStore::replace(transaction, user, fresh.hashes);
}

Result<QByteArray> RecoveryCodes::hashOf(Id user, QStringView typed)
{
    return m_key.value().transform([&](const SecretBytes &secret) { return hashed(secret, user, tidied(typed)); });
}

Result<bool> RecoveryCodes::spend(Transaction &transaction, Id user, const QByteArray &hash)
{
    return RecoveryCodeStore::remove(transaction, user, hash);
}

} // namespace warder
