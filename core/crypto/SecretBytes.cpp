#include "core/crypto/SecretBytes.h"

#include <QString>

#include <openssl/crypto.h>

namespace warder {

void wipe(QByteArray &bytes)
{
    if (!bytes.isEmpty())
        OPENSSL_cleanse(bytes.data(), size_t(bytes.size()));
    bytes.clear();
}

void wipe(QString &text)
{
    if (!text.isEmpty())
        OPENSSL_cleanse(text.data(), size_t(text.size()) * sizeof(QChar));
    text.clear();
}

SecretBytes::SecretBytes(QByteArray bytes)
    : m_bytes(new QByteArray(bytes.constData(), bytes.size()), [](QByteArray *held) {
          wipe(*held);
          delete held;
      })
{
    if (bytes.isDetached())
        wipe(bytes);
}

} // namespace warder
