#pragma once

#include "core/base/Result.h"

#include <memory>

namespace QCA {
class Initializer;
}

namespace warder {

/// Holds the crypto libraries while the process lives. main() makes one before anything else of the core.
class CryptoLibraries final
{
public:
    CryptoLibraries();
    ~CryptoLibraries();

    /// Whether what we rely on is really there, by known answers. Without its plugin QCA would quietly draw "random"
    /// numbers from std::rand(); Argon2id needs OpenSSL 3.2, bcrypt libxcrypt. CryptoFailure names what is missing.
    Result<void> check() const;

private:
    std::unique_ptr<QCA::Initializer> m_qca;
};

} // namespace warder
