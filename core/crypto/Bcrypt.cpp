#include "core/crypto/Bcrypt.h"

#include "core/crypto/Primitives.h"

#include <QRegularExpression>

#include <crypt.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <memory>

namespace warder {
namespace {

constexpr QByteArrayView alphabet {"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"};

/// As crypt_r() writes it: 16 bytes of salt leave four bits of their last letter unused, 23 of checksum two.
QByteArray withoutPadding(QByteArrayView encoded)
{
    constexpr qsizetype lastOfSalt = 28;
    constexpr qsizetype lastOfChecksum = 59;
    QByteArray text = encoded.toByteArray();
    text[lastOfSalt] = alphabet[alphabet.indexOf(text[lastOfSalt]) & 0x30];
    text[lastOfChecksum] = alphabet[alphabet.indexOf(text[lastOfChecksum]) & 0x3c];
    return text;
}

/// crypt_data is 32 KiB and holds key material: on the heap, wiped.
struct Workspace
{
    Workspace() = default;
    ~Workspace() { OPENSSL_cleanse(data.get(), sizeof *data); }
    Q_DISABLE_COPY_MOVE(Workspace)
    std::unique_ptr<crypt_data> data = std::make_unique<crypt_data>();
};

QByteArray crypted(QByteArrayView password, const QByteArray &setting)
{
    const Workspace workspace;
    QByteArray text = password.first(std::min(password.size(), bcryptLimit)).toByteArray(); // libxcrypt refuses above 511
    const char *result = crypt_r(text.constData(), setting.constData(), workspace.data.get());
    OPENSSL_cleanse(text.data(), size_t(text.size()));
    return result && result[0] == '$' ? QByteArray(result) : QByteArray(); // failure is "*0" or "*1"
}

} // namespace

bool isBcrypt(QByteArrayView encoded)
{
    // crypt_r() takes whatever it knows, down to DES: only these forms may reach it.
    static const QRegularExpression form(QStringLiteral("\\A\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}\\z"));
    return form.match(QString::fromLatin1(encoded)).hasMatch() && bcryptCostOf(encoded) >= 4 && bcryptCostOf(encoded) <= bcryptHighestCost;
}

int bcryptCostOf(QByteArrayView encoded) { return (encoded[4] - '0') * 10 + (encoded[5] - '0'); }

QByteArray bcrypt(QByteArrayView password, int cost)
{
    QByteArray setting(CRYPT_GENSALT_OUTPUT_SIZE, '\0');
    const QByteArray random = randomBytes(16);
    if (!crypt_gensalt_rn("$2b$", static_cast<unsigned long>(cost), random.constData(), int(random.size()), setting.data(),
                          int(setting.size())))
        return {};
    return crypted(password, setting);
}

std::optional<bool> bcryptFits(QByteArrayView password, QByteArrayView encoded)
{
    const QByteArray known = withoutPadding(encoded);
    const QByteArray computed = crypted(password, known);
    if (computed.isEmpty())
        return std::nullopt;
    return equalInConstantTime(computed, known) && !password.contains('\0');
}

} // namespace warder
