#include "core/http/gate/TlsContext.h"

#include <QDateTime>
#include <QFile>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslKey>
#include <QSslSocket>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

std::unexpected<Error> no(const QString &why) { return refused(ErrorCode::ConfigInvalid, u"no TLS: "_s + why); }

Result<QByteArray> contentOf(const QString &path, const QString &setting)
{
    if (path.isEmpty())
        return no(u"%1 is not set"_s.arg(setting));
    QFile file(path);
    if (!file.exists())
        return no(u"there is no file %1 (%2)"_s.arg(path, setting));
    if (!file.open(QIODevice::ReadOnly))
        return no(u"%1 cannot be read: %2"_s.arg(path, file.errorString()));
    return file.read(1024 * 1024);
}

/// Qt does not ask whether a key is that of a certificate.
bool belongTogether(const QSslCertificate &certificate, const QSslKey &key)
{
    const QByteArray certificateDer = certificate.toDer();
    const QByteArray keyPem = key.toPem();
    const auto *at = reinterpret_cast<const unsigned char *>(certificateDer.constData());
    const std::unique_ptr<X509, decltype(&X509_free)> x509(d2i_X509(nullptr, &at, certificateDer.size()), X509_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new_mem_buf(keyPem.constData(), int(keyPem.size())), BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> privateKey(PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    return x509 && privateKey && X509_check_private_key(x509.get(), privateKey.get()) == 1;
}

Result<QList<QSslCertificate>> chainFrom(const QString &path)
{
    const auto pem = contentOf(path, u"http.tls_certificate"_s);
    if (!pem)
        return refused(pem);
    const auto chain = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (chain.isEmpty() || chain.first().isNull())
        return no(u"%1 holds no certificate in PEM form"_s.arg(path));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (chain.first().expiryDate() <= now)
        return no(u"the certificate in %1 expired on %2: renew it"_s.arg(path, chain.first().expiryDate().toUTC().toString(Qt::ISODate)));
    if (chain.first().effectiveDate() > now)
        return no(u"the certificate in %1 is not valid before %2: is the clock right?"_s.arg(path, chain.first().effectiveDate().toUTC().toString(Qt::ISODate)));
    return chain;
}

Result<QSslKey> keyFrom(const QString &path)
{
    const auto pem = contentOf(path, u"http.tls_key"_s);
    if (!pem)
        return refused(pem);
    if (pem->contains("ENCRYPTED"))
        return no(u"the key in %1 has a passphrase, and nobody to type it: store it without one, readable by the server only"_s.arg(path));
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa}) {
        if (const QSslKey key(*pem, algorithm, QSsl::Pem, QSsl::PrivateKey); !key.isNull())
            return key;
    }
    return no(u"%1 holds no private key in PEM form, RSA or EC"_s.arg(path));
}

/// All of TLS 1.3; of TLS 1.2 those with ephemeral keys and an AEAD, in this order.
QList<QSslCipher> goodCiphers()
{
    static const QStringList names {
        u"TLS_AES_256_GCM_SHA384"_s, u"TLS_CHACHA20_POLY1305_SHA256"_s, u"TLS_AES_128_GCM_SHA256"_s,
        u"ECDHE-ECDSA-AES256-GCM-SHA384"_s, u"ECDHE-RSA-AES256-GCM-SHA384"_s, u"ECDHE-ECDSA-CHACHA20-POLY1305"_s,
        u"ECDHE-RSA-CHACHA20-POLY1305"_s, u"ECDHE-ECDSA-AES128-GCM-SHA256"_s, u"ECDHE-RSA-AES128-GCM-SHA256"_s,
    };
    QList<QSslCipher> ciphers;
    for (const QString &name : names) {
        if (const QSslCipher cipher(name); !cipher.isNull())
            ciphers += cipher;
    }
    return ciphers;
}

} // namespace

Result<std::shared_ptr<const TlsContext>> TlsContext::load(const QString &certificateFile, const QString &keyFile)
{
    const auto chain = chainFrom(certificateFile);
    if (!chain)
        return refused(chain);
    const auto key = keyFrom(keyFile);
    if (!key)
        return refused(key);
    if (!belongTogether(chain->first(), *key))
        return no(u"the key in %1 is not that of the first certificate in %2"_s.arg(keyFile, certificateFile));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setCiphers(goodCiphers());
    configuration.setAllowedNextProtocols({"http/1.1"_ba});
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setLocalCertificateChain(*chain);
    configuration.setPrivateKey(*key);
    return std::shared_ptr<const TlsContext>(new TlsContext(std::move(configuration)));
}

TimePoint TlsContext::notAfter() const
{
    return fromMilliseconds(m_configuration.localCertificate().expiryDate().toMSecsSinceEpoch());
}

} // namespace warder
