#pragma once

#include "core/base/Result.h"
#include "core/crypto/SecretBytes.h"

namespace warder {

/// Where the key that seals all other keys comes from. One source is chosen by settings; it never falls through to another.
class MasterKeySource
{
public:
    virtual ~MasterKeySource() = default;

    /// 32 bytes. `mayCreate` only when no database was ever sealed: a missing key must never become a new one.
    virtual Result<SecretBytes> load(bool mayCreate) = 0;

    /// In words, for the console: "file /home/…/master.key".
    virtual QString describe() const = 0;
};

/// A 0600 file with 32 bytes in base64.
class MasterKeyFile final : public MasterKeySource
{
public:
    explicit MasterKeyFile(QString path) : m_path(std::move(path)) {}

    /// CryptoFailure with what to do: file missing, readable by others, owned by somebody else, or not a key.
    Result<SecretBytes> load(bool mayCreate) override;
    QString describe() const override;

private:
    Result<SecretBytes> create() const;
    QString m_path;
};

/// Eight bytes that tell, without revealing it, whether a master key is the one a database was sealed with.
QByteArray keyCheckValue(const SecretBytes &masterKey);

} // namespace warder
