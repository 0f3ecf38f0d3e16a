#include "core/crypto/MasterKey.h"

#include "core/crypto/Primitives.h"
#include "core/platform/Process.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QScopeGuard>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype keySize = 32;

QString whyUnfit(const platform::FileStatus &status)
{
    if (status.kind != platform::FileStatus::Kind::Regular)
        return u"is not a regular file"_s;
    if (status.owner != platform::currentUser() && status.owner != 0)
        return u"belongs to another user"_s;
    if ((status.mode & 077) != 0)
        return u"can be read by others: chmod 600 it"_s;
    return {};
}

constexpr QByteArrayView pointer("keychain");

/// In place of what is there, whole or not at all.
Result<void> replace(const QString &path, QByteArrayView text)
{
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
                         && file.write(text.data(), text.size()) == text.size() && file.flush() && platform::sync(file.handle())
                         && file.commit();
    if (!written)
        return refused(ErrorCode::CryptoFailure, u"the master key file %1 cannot be written: %2"_s.arg(path, file.errorString()));
    platform::syncFolder(QFileInfo(path).absolutePath()); // the new name itself must survive a power cut
    return {};
}

} // namespace

SecretBytes newMasterKey() { return SecretBytes(randomBytes(keySize)); }

QByteArray masterKeyText(const SecretBytes &masterKey)
{
    return QByteArray::fromRawData(masterKey.view().data(), masterKey.view().size()).toBase64();
}

std::optional<SecretBytes> masterKeyFromText(QByteArrayView text)
{
    const QByteArrayView digits = text.trimmed();
    auto decoded =
        QByteArray::fromBase64Encoding(QByteArray::fromRawData(digits.data(), digits.size()), QByteArray::AbortOnBase64DecodingErrors);
    if (decoded && decoded.decoded.size() == keySize)
        return SecretBytes(std::move(decoded.decoded));
    wipe(decoded.decoded);
    return std::nullopt;
}

Result<SecretBytes> loadMasterKey(const QString &path, bool mayCreate)
{
    const auto opened = platform::openFile(path);
    const int why = errno;
    if (!opened && QFileInfo(path).isSymLink()) // somebody meant it to say something
        return refused(ErrorCode::CryptoFailure,
                       u"the master key %1 is a link, and what it leads to cannot be opened: %2"_s.arg(path, qt_error_string(why)));
    if (!opened && why == ENOENT && mayCreate) {
        const SecretBytes key = newMasterKey();
        return writeMasterKey(path, key).transform([&key] { return key; });
    }
    if (!opened)
        return refused(ErrorCode::CryptoFailure, u"the master key file %1 cannot be opened: %2. Put it back: without it the "
                                                 "signing keys in the database cannot be read"_s.arg(path, qt_error_string(why)));
    if (const QString unfit = whyUnfit(opened->status); !unfit.isEmpty())
        return refused(ErrorCode::CryptoFailure, u"the master key file %1 %2"_s.arg(path, unfit));
    QByteArray text = opened->file->read(128);
    const auto leaving = qScopeGuard([&text] { wipe(text); });
    if (const auto key = masterKeyFromText(text))
        return *key;
    return refused(ErrorCode::CryptoFailure,
                   u"the master key file %1 does not hold 32 bytes in base64: put the right one back"_s.arg(path));
}

Result<void> writeMasterKey(const QString &path, const SecretBytes &masterKey)
{
    QByteArray text = masterKeyText(masterKey) + '\n';
    const auto leaving = qScopeGuard([&text] { wipe(text); });
    if (const auto written = replace(path, text); !written)
        return written;
    const auto again = loadMasterKey(path, false);
    if (!again)
        return refused(again);
    if (!equalInConstantTime(again->view(), masterKey.view()))
        return refused(ErrorCode::CryptoFailure, u"the master key file %1 came back changed: look at its disk"_s.arg(path));
    return {};
}

Result<void> pointToKeychain(const QString &path) { return replace(path, pointer.toByteArray() + '\n'); }

bool pointsToKeychain(const QString &path)
{
    const auto opened = platform::openFile(path);
    if (!opened || opened->status.kind != platform::FileStatus::Kind::Regular)
        return false;
    QByteArray text = opened->file->read(128);
    const auto leaving = qScopeGuard([&text] { wipe(text); });
    return QByteArrayView(text).trimmed() == pointer;
}

QByteArray keyCheckValue(const SecretBytes &masterKey) { return hkdfSha256(masterKey.view(), "warder/kcv/v1", 8); }

} // namespace warder
