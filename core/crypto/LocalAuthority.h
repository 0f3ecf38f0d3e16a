#pragma once

#include "core/base/Clock.h"
#include "core/crypto/HostNames.h"
#include "core/crypto/SecretBytes.h"

namespace warder {

/// A certificate and its private key (PKCS#8), both PEM.
struct PemPair
{
    QByteArray certificate;
    SecretBytes key;
};

/// A certificate authority for one developer's machines: people tell their systems to trust it, so it must be worth little to a
/// thief. ECDSA P-256, ten years, may sign servers only and no further authorities, and only for the names it was made for (with
/// those below them, as name constraints are): a thief of its key cannot play a bank. The price: a name that comes later needs
/// a new authority, which must be trusted anew. All by OpenSSL. Immutable; any thread.
class LocalAuthority final
{
public:
    static Result<LocalAuthority> create(const HostNames &names, TimePoint now);

    /// One that create() made. CryptoFailure for anything else, and for a key of another certificate; the sentence goes on after
    /// the name of the file.
    static Result<LocalAuthority> fromPem(const PemPair &pem);

    const PemPair &pem() const { return m_pem; }

    /// The names it was made for, localhost among them.
    const HostNames &names() const { return m_names; }
    TimePoint notAfter() const { return m_notAfter; }

    /// Whether it can vouch for a server of these names through the whole life of a certificate made at `now`.
    bool isGoodFor(const HostNames &names, TimePoint now) const;

    /// A server's certificate for 397 days (browsers refuse much more) with a new P-256 key. Conflict unless isGoodFor().
    Result<PemPair> issue(const HostNames &names, TimePoint now) const;

private:
    LocalAuthority(PemPair pem, HostNames names, TimePoint notAfter)
        : m_pem(std::move(pem)), m_names(std::move(names)), m_notAfter(notAfter)
    {}

    PemPair m_pem;
    HostNames m_names;
    TimePoint m_notAfter;
};

} // namespace warder
