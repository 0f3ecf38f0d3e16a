#include "core/crypto/CertifiedKey.h"

#include "core/crypto/OpenSsl.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <QDateTime>
#include <QScopeGuard>
#include <QTimeZone>

#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Chain = std::vector<openssl::Certificate>;

constexpr int leastStrength = 112; // bits; RSA 2048, SHA-256. OpenSSL refuses less in the middle of a handshake.

std::unexpected<Error> unfit(const QString &sentence) { return refused(ErrorCode::CryptoFailure, sentence); }

bool isPem(QByteArrayView bytes) { return bytes.contains("-----BEGIN "); }

bool isAtEnd()
{
    const unsigned long error = ERR_peek_last_error();
    return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

Result<Chain> readChain(const PemFile &file)
{
    if (!isPem(file.bytes))
        return unfit(u"the TLS certificate file %1 is not PEM, text with -----BEGIN CERTIFICATE----- in it: convert it, "
                     "openssl x509 -inform DER does"_s.arg(file.name));
    const auto bio = openssl::reading(file.bytes);
    Chain chain;
    while (X509 *next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
        chain.emplace_back(next);
    if (!isAtEnd())
        return unfit(u"certificate number %1 in the TLS certificate file %2 is damaged: copy the file anew from where it was "
                     "made"_s.arg(chain.size() + 1)
                         .arg(file.name));
    if (chain.empty())
        return unfit(u"the TLS certificate file %1 holds no certificate: put the server's certificate into it, and after it those "
                     "of its authorities"_s.arg(file.name));
    return chain;
}

/// OpenSSL asks for a passphrase: nobody is there to type one.
int noteEncrypted(char *, int, int, void *encrypted)
{
    *static_cast<bool *>(encrypted) = true;
    return -1;
}

bool isUsable(const EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "RSA"))
        return EVP_PKEY_get_security_bits(key) >= leastStrength;
    std::array<char, 64> group {};
    if (!EVP_PKEY_is_a(key, "EC") || EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) != 1)
        return false;
    const QByteArrayView name(group.data());
    return name == "prime256v1" || name == "secp384r1" || name == "secp521r1";
}

Result<openssl::Key> readKey(const PemFile &file)
{
    if (!isPem(file.bytes))
        return unfit(u"the TLS key file %1 is not PEM, text with -----BEGIN PRIVATE KEY----- in it: convert it, openssl pkey "
                     "-inform DER does"_s.arg(file.name));
    bool encrypted = false;
    const auto bio = openssl::reading(file.bytes);
    openssl::Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noteEncrypted, &encrypted));
    if (encrypted)
        return unfit(u"the TLS key file %1 is encrypted and nobody can type its passphrase at every start: decrypt it with openssl "
                     "pkey -in FILE -out NEW-FILE, and chmod 600 that"_s.arg(file.name));
    if (!key)
        return unfit(u"the TLS key file %1 holds no private key that can be read: give the one that was made with the "
                     "certificate"_s.arg(file.name));
    if (!isUsable(key.get()))
        return unfit(u"the key in the TLS key file %1 is of a kind that clients refuse: make one with RSA of 2048 bits or more, or on "
                     "the curve P-256, P-384 or P-521, and a certificate for it"_s.arg(file.name));
    return key;
}

Result<void> checkMatch(const Chain &chain, const EVP_PKEY *key, const PemFile &certificates, const PemFile &keyFile)
{
    const auto isOfKey = [key](const openssl::Certificate &one) { return X509_check_private_key(one.get(), key) == 1; };
    const auto owner = std::ranges::find_if(chain, isOfKey);
    if (owner == chain.begin())
        return {};
    if (owner != chain.end())
        return unfit(u"the server's certificate is not the first one in the TLS certificate file %1: put it first, and after it "
                     "those of its authorities"_s.arg(certificates.name));
    return unfit(u"the key in the TLS key file %1 does not belong to the certificate in %2: give the two that were made for each "
                 "other"_s.arg(keyFile.name, certificates.name));
}

/// What OpenSSL would refuse only when a client calls.
Result<void> checkSignature(X509 *certificate, const QString &file)
{
    int strength = 0;
    uint32_t flags = 0;
    const bool known = X509_get_signature_info(certificate, nullptr, nullptr, &strength, &flags) == 1;
    if (X509_self_signed(certificate, 0) == 1 || (known && strength >= leastStrength))
        return {};
    return unfit(u"the certificate in the TLS certificate file %1 is signed in a way that clients refuse (SHA-1 or weaker): have a new "
                 "one made"_s.arg(file));
}

QSslCertificate toQt(X509 *certificate)
{
    unsigned char *der = nullptr;
    const int size = i2d_X509(certificate, &der);
    const auto freed = qScopeGuard([der] { OPENSSL_free(der); });
    return size > 0 ? QSslCertificate(QByteArray(reinterpret_cast<const char *>(der), size), QSsl::Der) : QSslCertificate();
}

/// In the older form, one for each algorithm: it is what QSslKey reads everywhere.
QSslKey toQt(const EVP_PKEY *key)
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_PrivateKey_traditional(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    const SecretBytes pem(openssl::writtenTo(bio));
    return QSslKey(pem.view().toByteArray(), EVP_PKEY_is_a(key, "RSA") ? QSsl::Rsa : QSsl::Ec, QSsl::Pem, QSsl::PrivateKey);
}

Result<CertifiedKey> toQt(const Chain &chain, const EVP_PKEY *key, const PemFile &certificates, const PemFile &keyFile)
{
    CertifiedKey result {.chain = {}, .key = toQt(key)};
    for (const openssl::Certificate &one : chain)
        result.chain += toQt(one.get());
    if (std::ranges::any_of(result.chain, &QSslCertificate::isNull))
        return unfit(u"the TLS certificate file %1 holds a certificate that Qt cannot read: have it made anew"_s.arg(certificates.name));
    if (result.key.isNull())
        return unfit(u"the TLS key file %1 holds a key that Qt cannot read: have it made anew"_s.arg(keyFile.name));
    return result;
}

} // namespace

Result<CertifiedKey> readCertifiedKey(const PemFile &certificates, const PemFile &key)
{
    const auto leaving = qScopeGuard([] { ERR_clear_error(); }); // or the next handshake on this thread would report ours
    ERR_clear_error();
    const auto chain = readChain(certificates);
    if (!chain)
        return refused(chain);
    const auto privateKey = readKey(key);
    if (!privateKey)
        return refused(privateKey);
    if (const auto match = checkMatch(*chain, privateKey->get(), certificates, key); !match)
        return refused(match);
    if (const auto signature = checkSignature(chain->front().get(), certificates.name); !signature)
        return refused(signature);
    return toQt(*chain, privateKey->get(), certificates, key);
}

} // namespace warder
