#include "core/crypto/CertificateDraft.h"

#include "core/crypto/Primitives.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype serialSize = 16;

time_t toSeconds(TimePoint time) { return time_t(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count()); }

} // namespace

CertificateDraft::CertificateDraft(const QString &commonName, TimePoint from, TimePoint until)
    : m_certificate(X509_new()), m_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"))
{
    if (!m_certificate || !m_key) {
        m_failed = true;
        return;
    }
    X509 *certificate = m_certificate.get();
    const QByteArray name = commonName.toUtf8();
    expect(X509_set_version(certificate, X509_VERSION_3) == 1);
    expect(X509_set_pubkey(certificate, m_key.get()) == 1);
    expect(ASN1_TIME_set(X509_getm_notBefore(certificate), toSeconds(from)) != nullptr);
    expect(ASN1_TIME_set(X509_getm_notAfter(certificate), toSeconds(until)) != nullptr);
    expect(X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(name.constData()), int(name.size()), -1, 0)
           == 1);
    setSerial();
}

void CertificateDraft::setSerial()
{
    const QByteArray bytes = randomBytes(serialSize);
    const openssl::Number number(BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.constData()), int(bytes.size()), nullptr));
    expect(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(m_certificate.get())) != nullptr);
}

void CertificateDraft::add(int nid, const QByteArray &value, X509 *issuer)
{
    if (m_failed)
        return;
    X509 *certificate = m_certificate.get();
    X509V3_CTX context {};
    X509V3_set_ctx(&context, issuer ? issuer : certificate, certificate, nullptr, nullptr, 0);
    const openssl::Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    expect(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

Result<void> CertificateDraft::sign(X509 *issuer, EVP_PKEY *issuerKey)
{
    X509 *certificate = m_certificate.get();
    if (!m_failed) {
        expect(X509_set_issuer_name(certificate, X509_get_subject_name(issuer ? issuer : certificate)) == 1);
        expect(X509_sign(certificate, issuerKey ? issuerKey : m_key.get(), EVP_sha256()) > 0);
    }
    if (!m_failed)
        return {};
    std::array<char, 256> why {};
    ERR_error_string_n(ERR_peek_last_error(), why.data(), why.size());
    ERR_clear_error();
    return refused(ErrorCode::CryptoFailure, u"OpenSSL cannot make a certificate: %1"_s.arg(QLatin1StringView(why.data())));
}

QByteArray CertificateDraft::certificatePem() const
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    return PEM_write_bio_X509(bio.get(), m_certificate.get()) == 1 ? openssl::writtenTo(bio) : QByteArray();
}

SecretBytes CertificateDraft::keyPem() const
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    const bool written = PEM_write_bio_PKCS8PrivateKey(bio.get(), m_key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
    return written ? SecretBytes(openssl::writtenTo(bio)) : SecretBytes();
}

} // namespace warder
