#include "core/crypto/Sealer.h"

#include "core/crypto/OpenSsl.h"
#include "core/crypto/Primitives.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr char firstFormat = 1;
constexpr char format = 2;
constexpr qsizetype headSize = 1 + sizeof(quint32);
constexpr qsizetype nonceSize = 12;
constexpr qsizetype tagSize = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, openssl::Release<EVP_CIPHER_CTX_free>>;

const unsigned char *in(QByteArrayView bytes) { return reinterpret_cast<const unsigned char *>(bytes.data()); }
unsigned char *out(QByteArray &bytes, qsizetype at = 0) { return reinterpret_cast<unsigned char *>(bytes.data()) + at; }

QByteArray headFor(quint32 version)
{
    QByteArray head(headSize, format);
    qToBigEndian(version, head.data() + 1);
    return head;
}

/// What a blob says of itself before its nonce.
struct Head
{
    qsizetype size = 0;
    quint32 version = 0;
    QByteArray bound = {}; ///< What of it the tag is over.
};

std::optional<Head> headOf(QByteArrayView sealed)
{
    if (sealed.size() >= 1 + nonceSize + tagSize && sealed[0] == firstFormat)
        return Head {.size = 1, .version = 1};
    if (sealed.size() >= headSize + nonceSize + tagSize && sealed[0] == format)
        return Head {
            .size = headSize, .version = qFromBigEndian<quint32>(sealed.data() + 1), .bound = sealed.first(headSize).toByteArray()};
    return std::nullopt;
}

SecretBytes derived(const SecretBytes &masterKey, QByteArrayView purpose) { return SecretBytes(hkdfSha256(masterKey.view(), purpose, 32)); }

Result<SecretBytes> decrypted(const SecretBytes &key, QByteArrayView blob, QByteArrayView bound)
{
    const auto nonce = blob.first(nonceSize);
    const auto text = blob.sliced(nonceSize, blob.size() - nonceSize - tagSize);
    QByteArray tag = blob.last(tagSize).toByteArray();
    const Cipher cipher(EVP_CIPHER_CTX_new());
    QByteArray plain(text.size(), Qt::Uninitialized);
    int length = 0;
    const bool done = EVP_DecryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), in(key.view()), in(nonce), nullptr) == 1
                      && EVP_DecryptUpdate(cipher.get(), nullptr, &length, in(bound), int(bound.size())) == 1
                      && EVP_DecryptUpdate(cipher.get(), out(plain), &length, in(text), int(text.size())) == 1
                      && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, tagSize, tag.data()) == 1
                      && EVP_DecryptFinal_ex(cipher.get(), out(plain, length), &length) == 1;
    if (!done) {
        wipe(plain);
        return refused(ErrorCode::CryptoFailure, u"sealed under another master key, for another place, or changed"_s);
    }
    return SecretBytes(std::move(plain));
}

} // namespace

QByteArray Sealer::sealUnder(const VersionedKey &masterKey, QByteArrayView plain, QByteArrayView context) const
{
    const SecretBytes key = derived(masterKey.key, m_purpose);
    const QByteArray head = headFor(masterKey.version);
    const QByteArray bound = head + context.toByteArray();
    const Cipher cipher(EVP_CIPHER_CTX_new());
    const QByteArray nonce = randomBytes(nonceSize);
    QByteArray text(plain.size(), Qt::Uninitialized);
    QByteArray tag(tagSize, Qt::Uninitialized);
    int length = 0;
    const bool done = EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), in(key.view()), in(nonce), nullptr) == 1
                      && EVP_EncryptUpdate(cipher.get(), nullptr, &length, in(bound), int(bound.size())) == 1
                      && EVP_EncryptUpdate(cipher.get(), out(text), &length, in(plain), int(plain.size())) == 1
                      && EVP_EncryptFinal_ex(cipher.get(), out(text, length), &length) == 1
                      && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, tagSize, tag.data()) == 1;
    if (!done)
        qFatal("AES-256-GCM is not available");
    return head + nonce + text + tag;
}

Result<QByteArray> Sealer::sealAs(quint32 version, QByteArrayView plain, QByteArrayView context) const
{
    const auto masterKey = m_keys.find(version);
    if (!masterKey)
        return refused(ErrorCode::CryptoFailure, u"nothing can be sealed under master key %1, which is not known"_s.arg(version));
    return sealUnder({.key = *masterKey, .version = version}, plain, context);
}

Result<SecretBytes> Sealer::open(QByteArrayView sealed, QByteArrayView context) const
{
    const auto head = headOf(sealed);
    if (!head)
        return refused(ErrorCode::CryptoFailure, u"not a sealed value of a known format"_s);
    const auto masterKey = m_keys.find(head->version);
    if (!masterKey)
        return refused(ErrorCode::CryptoFailure, u"sealed under master key %1, which this is not"_s.arg(head->version));
    return decrypted(derived(*masterKey, m_purpose), sealed.sliced(head->size), head->bound + context.toByteArray());
}

} // namespace warder
