#include "core/crypto/MasterKey.h"

#include "core/crypto/Primitives.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QScopeGuard>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype keySize = 32;

/// Checked on the opened descriptor, so that nobody can swap the file in between.
QString whyUnfit(int descriptor)
{
    struct stat status {};
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return u"is not a regular file"_s;
    if (status.st_uid != geteuid() && status.st_uid != 0)
        return u"belongs to another user"_s;
    if ((status.st_mode & 077) != 0)
        return u"can be read by others: chmod 600 it"_s;
    return {};
}

/// The new name itself must survive a power cut, not only what is in the file.
void syncFolder(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    ::close(descriptor);
}

} // namespace

Result<SecretBytes> MasterKeyFile::load(bool mayCreate)
{
    const int descriptor = ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a FIFO must not hold us
    const int why = errno;
    if (descriptor < 0 && QFileInfo(m_path).isSymLink()) // somebody meant it to say something
        return refused(ErrorCode::CryptoFailure,
                       u"the master key %1 is a link, and what it leads to cannot be opened: %2"_s.arg(m_path, qt_error_string(why)));
    if (descriptor < 0 && why == ENOENT && mayCreate)
        return create();
    if (descriptor < 0)
        return refused(ErrorCode::CryptoFailure, u"the master key file %1 cannot be opened: %2. Put it back: without it the "
                                                 "signing keys in the database cannot be read"_s.arg(m_path, qt_error_string(why)));
    QFile file;
    file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle);
    if (const QString unfit = whyUnfit(descriptor); !unfit.isEmpty())
        return refused(ErrorCode::CryptoFailure, u"the master key file %1 %2"_s.arg(m_path, unfit));
    QByteArray text = file.read(128);
    auto decoded = QByteArray::fromBase64Encoding(text.trimmed(), QByteArray::AbortOnBase64DecodingErrors);
    wipe(text);
    if (!decoded || decoded.decoded.size() != keySize)
        return refused(ErrorCode::CryptoFailure,
                       u"the master key file %1 does not hold 32 bytes in base64: put the right one back"_s.arg(m_path));
    return SecretBytes(std::move(decoded.decoded));
}

Result<SecretBytes> MasterKeyFile::create() const
{
    const SecretBytes key(randomBytes(keySize));
    QByteArray text = QByteArray::fromRawData(key.view().data(), keySize).toBase64() + '\n';
    const auto leaving = qScopeGuard([&text] { wipe(text); });
    QSaveFile file(m_path);
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
                         && file.write(text) == text.size() && file.flush() && fsync(file.handle()) == 0 && file.commit();
    if (!written)
        return refused(ErrorCode::CryptoFailure, u"the master key file %1 cannot be written: %2"_s.arg(m_path, file.errorString()));
    syncFolder(QFileInfo(m_path).absolutePath());
    return key;
}

QString MasterKeyFile::describe() const { return u"file %1"_s.arg(m_path); }

QByteArray keyCheckValue(const SecretBytes &masterKey) { return hkdfSha256(masterKey.view(), "warder/kcv/v1", 8); }

} // namespace warder
