#include "core/crypto/Sealer.h"

#include "core/crypto/OpenSsl.h"
#include "core/crypto/Primitives.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr char version = 1;
constexpr qsizetype nonceSize = 12;
constexpr qsizetype tagSize = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, openssl::Release<EVP_CIPHER_CTX_free>>;

const unsigned char *in(QByteArrayView bytes) { return reinterpret_cast<const unsigned char *>(bytes.data()); }
unsigned char *out(QByteArray &bytes, qsizetype at = 0) { return reinterpret_cast<unsigned char *>(bytes.data()) + at; }

} // namespace

Sealer::Sealer(const SecretBytes &masterKey, QByteArrayView purpose) : m_key(hkdfSha256(masterKey.view(), purpose, 32)) {}

QByteArray Sealer::seal(QByteArrayView plain, QByteArrayView context) const
{
    const Cipher cipher(EVP_CIPHER_CTX_new());
    const QByteArray nonce = randomBytes(nonceSize);
    QByteArray text(plain.size(), Qt::Uninitialized);
    QByteArray tag(tagSize, Qt::Uninitialized);
    int length = 0;
    const bool done = EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), in(m_key.view()), in(nonce), nullptr) == 1
                      && EVP_EncryptUpdate(cipher.get(), nullptr, &length, in(context), int(context.size())) == 1
                      && EVP_EncryptUpdate(cipher.get(), out(text), &length, in(plain), int(plain.size())) == 1
                      && EVP_EncryptFinal_ex(cipher.get(), out(text, length), &length) == 1
                      && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, tagSize, tag.data()) == 1;
    if (!done)
        qFatal("AES-256-GCM is not available");
    return version + nonce + text + tag;
}

Result<SecretBytes> Sealer::open(QByteArrayView sealed, QByteArrayView context) const
{
    if (sealed.size() < 1 + nonceSize + tagSize || sealed[0] != version)
        return refused(ErrorCode::CryptoFailure, u"not a sealed value of a known version"_s);
    const auto nonce = sealed.sliced(1, nonceSize);
    const auto text = sealed.sliced(1 + nonceSize, sealed.size() - 1 - nonceSize - tagSize);
    QByteArray tag = sealed.last(tagSize).toByteArray();
    const Cipher cipher(EVP_CIPHER_CTX_new());
    QByteArray plain(text.size(), Qt::Uninitialized);
    int length = 0;
    const bool done = EVP_DecryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), in(m_key.view()), in(nonce), nullptr) == 1
                      && EVP_DecryptUpdate(cipher.get(), nullptr, &length, in(context), int(context.size())) == 1
                      && EVP_DecryptUpdate(cipher.get(), out(plain), &length, in(text), int(text.size())) == 1
                      && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, tagSize, tag.data()) == 1
                      && EVP_DecryptFinal_ex(cipher.get(), out(plain, length), &length) == 1;
    if (!done) {
        wipe(plain);
        return refused(ErrorCode::CryptoFailure, u"sealed under another master key, for another place, or changed"_s);
    }
    return SecretBytes(std::move(plain));
}

} // namespace warder
