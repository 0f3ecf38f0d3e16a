#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/crypto/OpenSsl.h"
#include "core/crypto/SecretBytes.h"

namespace warder {

/// A certificate in the making: a new P-256 key, a random serial number of 128 bits. OpenSSL does the work; the first thing that
/// fails is remembered and told by sign(). Use once.
class CertificateDraft final
{
public:
    CertificateDraft(const QString &commonName, TimePoint from, TimePoint until);

    /// An extension in the words of openssl's configuration files: add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0").
    /// `issuer` is who will sign, null for the certificate itself.
    void add(int nid, const QByteArray &value, X509 *issuer = nullptr);

    /// By `issuer` with its key, or by itself when both are null. CryptoFailure if anything failed so far.
    Result<void> sign(X509 *issuer = nullptr, EVP_PKEY *issuerKey = nullptr);

    QByteArray certificatePem() const;
    SecretBytes keyPem() const;

private:
    void expect(bool worked) { m_failed = m_failed || !worked; }
    void setSerial();

    openssl::Certificate m_certificate;
    openssl::Key m_key;
    bool m_failed = false;
};

} // namespace warder
