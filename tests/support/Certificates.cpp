#include "tests/support/Certificates.h"

#include "core/crypto/OpenSsl.h"
#include "core/crypto/Primitives.h"

#include <openssl/pem.h>

#include <ctime>
#include <openssl/x509v3.h>

namespace warder::test {
namespace {

openssl::Key generated(const QByteArray &kind)
{
    if (kind.startsWith("RSA"))
        return openssl::Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t(kind.sliced(3).toInt())));
    if (kind == "ED25519")
        return openssl::Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    return openssl::Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", kind.constData()));
}

void add(X509 *certificate, int nid, const QByteArray &value)
{
    X509V3_CTX context {};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const openssl::Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1)
        qFatal("no extension %s", value.constData());
}

openssl::Certificate drafted(const CertificateWish &wish, EVP_PKEY *key)
{
    constexpr long day = 24 * 60 * 60;
    openssl::Certificate made(X509_new());
    const QByteArray serial = randomBytes(8);
    X509_set_version(made.get(), X509_VERSION_3);
    X509_set_pubkey(made.get(), key);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(made.get()), *reinterpret_cast<const uint64_t *>(serial.constData()));
    X509_gmtime_adj(X509_getm_notBefore(made.get()), wish.fromDays * day);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), wish.untilDays * day);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>(serial.toHex().constData()), -1, -1, 0);
    add(made.get(), NID_basic_constraints, wish.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (!wish.isAuthority)
        add(made.get(), NID_subject_alt_name, wish.names);
    return made;
}

template <typename Write>
QByteArray written(const QByteArray &pem, const Write &write)
{
    const openssl::Key key(PEM_read_bio_PrivateKey(openssl::reading(pem).get(), nullptr, nullptr, nullptr));
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    if (write(bio.get(), key.get()) != 1)
        qFatal("the key cannot be written");
    return openssl::writtenTo(bio);
}

char passphrase[] = "secret";
unsigned char *const passphraseBytes = reinterpret_cast<unsigned char *>(passphrase);
constexpr int passphraseSize = int(sizeof passphrase) - 1;

} // namespace

TestCertificate makeCertificate(const CertificateWish &wish, const TestCertificate *issuer)
{
    const openssl::Key key = generated(wish.key);
    const openssl::Certificate made = drafted(wish, key.get());
    openssl::Key issuerKey;
    openssl::Certificate above;
    if (issuer) {
        issuerKey.reset(PEM_read_bio_PrivateKey(openssl::reading(issuer->key).get(), nullptr, nullptr, nullptr));
        above.reset(PEM_read_bio_X509(openssl::reading(issuer->certificate).get(), nullptr, nullptr, nullptr));
    }
    X509_set_issuer_name(made.get(), X509_get_subject_name(above ? above.get() : made.get()));
    const EVP_MD *digest = wish.key == "ED25519" ? nullptr : EVP_get_digestbyname(wish.digest.constData());
    if (X509_sign(made.get(), issuerKey ? issuerKey.get() : key.get(), digest) <= 0)
        qFatal("the certificate cannot be signed");
    const openssl::Bio certificate(BIO_new(BIO_s_mem()));
    const openssl::Bio keyBio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificate.get(), made.get());
    PEM_write_bio_PKCS8PrivateKey(keyBio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {.certificate = openssl::writtenTo(certificate), .key = openssl::writtenTo(keyBio)};
}

QByteArray traditionalKey(const QByteArray &key)
{
    return written(
        key, [](BIO *bio, EVP_PKEY *it) { return PEM_write_bio_PrivateKey_traditional(bio, it, nullptr, nullptr, 0, nullptr, nullptr); });
}

QByteArray encryptedKey(const QByteArray &key)
{
    return written(key, [](BIO *bio, EVP_PKEY *it) {
        return PEM_write_bio_PKCS8PrivateKey(bio, it, EVP_aes_256_cbc(), passphrase, passphraseSize, nullptr, nullptr);
    });
}

QByteArray encryptedTraditionalKey(const QByteArray &key)
{
    return written(key, [](BIO *bio, EVP_PKEY *it) {
        return PEM_write_bio_PrivateKey_traditional(bio, it, EVP_aes_256_cbc(), passphraseBytes, passphraseSize, nullptr, nullptr);
    });
}

} // namespace warder::test
