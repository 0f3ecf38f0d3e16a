#include "core/net/gate/TlsContext.h"

#include "core/crypto/SecretBytes.h"
#include "core/platform/Files.h"
#include "core/telemetry/Log.h"

#include <QDateTime>
#include <QScopeGuard>
#include <QSslCipher>
#include <QSslEllipticCurve>
#include <QSslSocket>

#include <array>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 longestFile = 1024 * 1024;

/// In our order. All forward secret and authenticated; 1.3 knows nothing else.
constexpr std::array suites {
    "TLS_AES_128_GCM_SHA256"_L1,        "TLS_AES_256_GCM_SHA384"_L1,        "TLS_CHACHA20_POLY1305_SHA256"_L1,
    "ECDHE-ECDSA-AES128-GCM-SHA256"_L1, "ECDHE-RSA-AES128-GCM-SHA256"_L1,   "ECDHE-ECDSA-AES256-GCM-SHA384"_L1,
    "ECDHE-RSA-AES256-GCM-SHA384"_L1,   "ECDHE-ECDSA-CHACHA20-POLY1305"_L1, "ECDHE-RSA-CHACHA20-POLY1305"_L1,
};

/// OpenSSL 3.5: "-" takes a group out of the standard ones.
constexpr long canSubtractGroups = 0x30500000L;

std::unexpected<Error> unfit(const QString &sentence) { return refused(ErrorCode::CryptoFailure, sentence); }

std::unexpected<Error> notOpened(const QString &what, const QString &path, int error)
{
    if (error == ENOENT || error == ENOTDIR)
        return unfit(u"the TLS %1 file %2 does not exist: put it there, or change the setting http.tls_%1"_s.arg(what, path));
    if (error == EACCES)
        return unfit(
            u"the TLS %1 file %2 may not be read: let the user that Warder runs as read it, and enter its folders"_s.arg(what, path));
    return unfit(u"the TLS %1 file %2 cannot be opened (%3): make it readable, or change the setting http.tls_%1"_s.arg(
        what, path, qt_error_string(error)));
}

struct FileContent
{
    QByteArray bytes;
    int mode = 0;
};

/// `what`: "certificate" or "key".
Result<FileContent> read(const QString &what, const QString &path)
{
    const auto opened = platform::openFile(path);
    if (!opened)
        return notOpened(what, path, errno);
    if (opened->status.kind != platform::FileStatus::Kind::Regular)
        return unfit(u"the TLS %1 file %2 is not a regular file: name the PEM file itself"_s.arg(what, path));
    FileContent content {.bytes = opened->file->read(longestFile + 1), .mode = opened->status.mode};
    if (content.bytes.size() <= longestFile)
        return content;
    wipe(content.bytes);
    return unfit(u"the TLS %1 file %2 is longer than 1 MiB: name the PEM file itself"_s.arg(what, path));
}

void warnOfOpenKey(const QString &path, int mode)
{
    if ((mode & 077) != 0)
        log(LogLevel::Warning, "tls_key_open"_L1,
            {{"file"_L1, path},
             {"mode"_L1, QString::number(mode, 8)},
             {"advice"_L1, u"chmod 600, unless its group is meant to read it"_s}});
}

/// Those that OpenSSL has here (a FIPS build lacks some).
QList<QSslCipher> knownSuites()
{
    QList<QSslCipher> known;
    for (const auto name : suites) {
        if (const QSslCipher suite {QString(name)}; !suite.isNull())
            known += suite;
    }
    return known;
}

QSslConfiguration configurationFor(const CertifiedKey &certified)
{
    QSslConfiguration tls;
    tls.setLocalCertificateChain(certified.chain);
    tls.setPrivateKey(certified.key);
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setCiphers(knownSuites());
    if (QSslSocket::sslLibraryVersionNumber() >= canSubtractGroups)
        tls.setBackendConfigurationOption("Groups"_ba, "DEFAULT:-ffdhe2048:-ffdhe3072"_ba);
    else
        tls.setEllipticCurves(QSslConfiguration::supportedEllipticCurves());
    tls.setAllowedNextProtocols({"http/1.1"_ba});
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    tls.setCaCertificates({}); // or every connection would look for the system's authorities, whom nobody asks
    tls.setSslOption(QSsl::SslOptionDisableCompression, true);
    tls.setSslOption(QSsl::SslOptionDisableLegacyRenegotiation, true);
    tls.setSslOption(QSsl::SslOptionDisableServerCipherPreference, false);
    tls.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    tls.setSslOption(QSsl::SslOptionDisableSessionSharing, true);
    tls.setSslOption(QSsl::SslOptionDisableSessionPersistence, true);
    return tls;
}

} // namespace

TlsContext::TlsContext(const CertifiedKey &certified)
    : m_configuration(configurationFor(certified)),
      m_notBefore(fromMilliseconds(certified.chain.first().effectiveDate().toMSecsSinceEpoch())),
      m_notAfter(fromMilliseconds(certified.chain.first().expiryDate().toMSecsSinceEpoch()))
{}

Result<std::shared_ptr<const TlsContext>> TlsContext::load(const QString &certificateFile, const QString &keyFile)
{
    const auto certificates = read(u"certificate"_s, certificateFile);
    if (!certificates)
        return refused(certificates);
    auto key = read(u"key"_s, keyFile);
    if (!key)
        return refused(key);
    const auto leaving = qScopeGuard([&key] { wipe(key->bytes); });
    const auto certified =
        readCertifiedKey({.name = certificateFile, .bytes = certificates->bytes}, {.name = keyFile, .bytes = key->bytes});
    if (!certified)
        return refused(certified);
    warnOfOpenKey(keyFile, key->mode); // not of a pair that does not fit: it may be tried again and again
    return std::shared_ptr<const TlsContext>(new TlsContext(*certified));
}

} // namespace warder
