#pragma once

#include "core/crypto/SecretBytes.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/x509.h>

#include <memory>

/// OpenSSL's objects, freed by themselves. For the inside of this room: what others include shows nothing of OpenSSL.
namespace warder::openssl {

template <auto release>
struct Release
{
    void operator()(auto *object) const { release(object); }
};

using Bio = std::unique_ptr<BIO, Release<BIO_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;

/// `size` bytes of a key derivation function; empty if OpenSSL refuses.
inline QByteArray derived(const char *function, const OSSL_PARAM *parameters, qsizetype size)
{
    const std::unique_ptr<EVP_KDF, Release<EVP_KDF_free>> kdf(EVP_KDF_fetch(nullptr, function, nullptr));
    const std::unique_ptr<EVP_KDF_CTX, Release<EVP_KDF_CTX_free>> context(EVP_KDF_CTX_new(kdf.get()));
    QByteArray bytes(size, Qt::Uninitialized);
    const bool done = EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char *>(bytes.data()), size_t(size), parameters) == 1;
    return done ? bytes : QByteArray();
}

/// To be read by OpenSSL. Shares the bytes, which must outlive it.
inline Bio reading(QByteArrayView bytes) { return Bio(BIO_new_mem_buf(bytes.data(), int(bytes.size()))); }

/// What was written into a memory BIO, which wipes its own copy when it goes.
inline QByteArray writtenTo(const Bio &bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, size);
}

} // namespace warder::openssl
