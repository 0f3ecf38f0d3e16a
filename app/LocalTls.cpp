#include "app/LocalTls.h"

#include "core/crypto/LocalAuthority.h"
#include "core/platform/FileLock.h"
#include "core/platform/Files.h"
#include "core/storage/DataDirectory.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSslCertificate>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 longestFile = 64 * 1024;
constexpr auto ownersOnly = QFile::ReadOwner | QFile::WriteOwner;
constexpr auto forAll = ownersOnly | QFile::ReadGroup | QFile::ReadOther; // copied into a system's store, others must read it

std::unexpected<Error> failed(const QString &path, const QString &what, const QString &why)
{
    return refused(ErrorCode::StorageFailure, u"%1 %2: %3"_s.arg(path, what, why));
}

std::unexpected<Error> inTheWay(const QString &path, const QString &why)
{
    return refused(ErrorCode::Conflict, u"%1 %2: move it away, then a new one is made"_s.arg(path, why));
}

/// The folder, made if needed, and ours alone while this lives.
class Folder final
{
public:
    static Result<Folder> open(const QString &dataDirectory)
    {
        const auto parent = DataDirectory::prepare(dataDirectory);
        if (!parent)
            return refused(parent);
        const QString path = *parent + u"/tls"_s;
        if (!platform::makeFolder(path))
            return failed(path, u"cannot be made"_s, qt_error_string(errno));
        platform::Descriptor folder = platform::openFolder(path, platform::Links::Refuse);
        if (!folder.isOpen())
            return failed(path, u"cannot be entered"_s, qt_error_string(errno));
        if (!file_lock::takeFolder(folder.get(), file_lock::Waiting::ForEver))
            return failed(path, u"cannot be locked"_s, qt_error_string(errno));
        return Folder(path, std::move(folder));
    }

    QString authorityFile() const { return m_path + u"/local-ca.crt"_s; }
    QString authorityKeyFile() const { return m_path + u"/local-ca.key"_s; }
    QString certificateFile() const { return m_path + u"/server.crt"_s; }
    QString keyFile() const { return m_path + u"/server.key"_s; }

    /// The new names themselves must survive a power cut, not only what is in the files.
    void sync() const { (void)platform::sync(m_folder.get()); }

private:
    Folder(QString path, platform::Descriptor folder) : m_path(std::move(path)), m_folder(std::move(folder)) {}
    QString m_path;
    platform::Descriptor m_folder;
};

/// Several files, all written before the first one is put in its place.
class Writer final
{
public:
    void add(const QString &path, QByteArrayView bytes, QFile::Permissions permissions)
    {
        QSaveFile &file = *m_files.emplace_back(std::make_unique<QSaveFile>(path));
        const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(permissions)
                             && file.write(bytes.data(), bytes.size()) == bytes.size() && file.flush() && platform::sync(file.handle());
        if (!written && m_done)
            m_done = failed(path, u"cannot be written"_s, file.errorString());
    }

    Result<void> commit(const Folder &folder)
    {
        for (const auto &file : m_files) {
            if (m_done && !file->commit())
                m_done = failed(file->fileName(), u"cannot be written"_s, file->errorString());
        }
        folder.sync();
        return m_done;
    }

private:
    std::vector<std::unique_ptr<QSaveFile>> m_files;
    Result<void> m_done;
};

/// Nothing where there is no such file.
Result<std::optional<QByteArray>> readIfThere(const QString &path)
{
    const QFileInfo found(path);
    if (found.isSymLink() || (found.exists() && !found.isFile())) // a link would lead our writes elsewhere, a FIFO would hold us
        return inTheWay(path, u"is not a regular file"_s);
    QFile file(path);
    if (file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return file.read(longestFile);
    if (!QFile::exists(path))
        return std::nullopt;
    return failed(path, u"cannot be read"_s, file.errorString());
}

Result<std::optional<LocalAuthority>> existingAuthority(const Folder &folder)
{
    const auto certificate = readIfThere(folder.authorityFile());
    if (!certificate)
        return refused(certificate);
    auto key = readIfThere(folder.authorityKeyFile());
    if (!key)
        return refused(key);
    if (!*certificate && !*key)
        return std::nullopt;
    if (!*certificate)
        return inTheWay(folder.authorityKeyFile(), u"is there without its certificate local-ca.crt"_s);
    if (!*key)
        return inTheWay(folder.authorityFile(), u"is there without its key local-ca.key"_s);
    const SecretBytes secret(*std::move(*key));
    if ((QFile::permissions(folder.authorityKeyFile()) & ~(ownersOnly | QFile::ReadUser | QFile::WriteUser)) != 0)
        return refused(ErrorCode::Conflict, u"%1 can be read by others: chmod 600 it, or move it and local-ca.crt away if they may "
                                            "have"_s.arg(folder.authorityKeyFile()));
    auto authority = LocalAuthority::fromPem({.certificate = **certificate, .key = secret});
    if (!authority)
        return inTheWay(folder.authorityFile(), authority.error().detail);
    return *std::move(authority);
}

/// What the last run made the server's certificate for; nothing where there is none. Others' certificates are left alone.
Result<std::optional<QStringList>> existingNames(const Folder &folder)
{
    const auto pem = readIfThere(folder.certificateFile());
    if (!pem)
        return refused(pem);
    if (!*pem && QFile::exists(folder.keyFile()))
        return inTheWay(folder.keyFile(), u"is there without its certificate server.crt"_s);
    if (!*pem)
        return std::nullopt;
    const QSslCertificate server = QSslCertificate::fromData(**pem).value(0);
    if (!server.issuerInfo(QSslCertificate::CommonName).join(QString()).startsWith("Warder local authority "_L1))
        return inTheWay(folder.certificateFile(), u"is not from a local authority"_s);
    const auto names = server.subjectAlternativeNames();
    return names.values(QSsl::DnsEntry) + names.values(QSsl::IpAddressEntry);
}

Result<HostNames> namesFor(const QStringList &given, const std::optional<QStringList> &last, const std::optional<LocalAuthority> &authority)
{
    if (given.isEmpty() && last)
        return HostNames::withLocalhost(*last);
    if (given.isEmpty() && authority)
        return authority->names();
    return HostNames::withLocalhost(given);
}

Result<void> write(const Folder &folder, const LocalAuthority &authority, bool isNew, const PemPair &server)
{
    Writer writer;
    if (isNew) {
        writer.add(folder.authorityKeyFile(), authority.pem().key.view(), ownersOnly);
        writer.add(folder.authorityFile(), authority.pem().certificate, forAll);
    }
    writer.add(folder.keyFile(), server.key.view(), ownersOnly);
    writer.add(folder.certificateFile(), server.certificate, forAll);
    return writer.commit(folder);
}

TimePoint endOf(const QByteArray &pem)
{
    return fromMilliseconds(QSslCertificate::fromData(pem).value(0).expiryDate().toMSecsSinceEpoch());
}

} // namespace

Result<LocalTls> makeLocalTls(const QString &dataDirectory, const QStringList &names, TimePoint now)
{
    if (const auto right = HostNames::withLocalhost(names); !right) // before anything is made
        return refused(right);
    const auto folder = Folder::open(dataDirectory);
    if (!folder)
        return refused(folder);
    const auto last = existingNames(*folder);
    if (!last)
        return refused(last);
    const auto existing = existingAuthority(*folder);
    if (!existing)
        return refused(existing);
    const auto wanted = namesFor(names, *last, *existing);
    if (!wanted)
        return refused(wanted);

    const bool isKept = *existing && (*existing)->isGoodFor(*wanted, now);
    const auto authority = isKept ? Result<LocalAuthority>(**existing) : LocalAuthority::create(*wanted, now);
    if (!authority)
        return refused(authority);
    const auto server = authority->issue(*wanted, now);
    if (!server)
        return refused(server);
    if (const auto written = write(*folder, *authority, !isKept, *server); !written)
        return refused(written);
    return LocalTls {.authorityFile = folder->authorityFile(),
                     .certificateFile = folder->certificateFile(),
                     .keyFile = folder->keyFile(),
                     .names = *wanted,
                     .permitted = authority->names(),
                     .authorityUntil = authority->notAfter(),
                     .certificateUntil = endOf(server->certificate),
                     .authority = isKept      ? LocalTls::Authority::Kept
                                  : *existing ? LocalTls::Authority::Replaced
                                              : LocalTls::Authority::New};
}

} // namespace warder
