#pragma once

#include <QByteArray>

namespace warder::test {

/// What a certificate for a test shall be like, right and wrong ones.
struct CertificateWish
{
    QByteArray key = "P-256"; ///< A curve, "ED25519", or "RSA" with its bits: "RSA2048".
    int fromDays = -1;        ///< From today.
    int untilDays = 30;
    QByteArray names = "DNS:localhost,IP:127.0.0.1";
    QByteArray digest = "SHA256";
    bool isAuthority = false;
};

/// Both PEM, the key as PKCS#8.
struct TestCertificate
{
    QByteArray certificate = {};
    QByteArray key = {};
};

/// Signed by `issuer`, or by itself.
TestCertificate makeCertificate(const CertificateWish &wish = {}, const TestCertificate *issuer = nullptr);

/// The key in the form that names its algorithm ("BEGIN RSA PRIVATE KEY").
QByteArray traditionalKey(const QByteArray &key);
/// The key under the passphrase "secret".
QByteArray encryptedKey(const QByteArray &key);
QByteArray encryptedTraditionalKey(const QByteArray &key);

} // namespace warder::test
