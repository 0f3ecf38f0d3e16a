#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"

#include <QSslConfiguration>

#include <memory>

namespace warder {

/// Certificate and key of a server, ready for handshakes: TLS 1.2 and 1.3 with forward secrecy and authenticated ciphers only
/// (RFC 9325), ALPN "http/1.1" only (Qt's HTTP/2 mixes up streams). Immutable; any thread.
class TlsContext final
{
public:
    /// PEM files: the certificate with its chain behind it, and its private key (RSA or EC, without a passphrase). The
    /// refusal names the file and what to do.
    static Result<std::shared_ptr<const TlsContext>> load(const QString &certificateFile, const QString &keyFile);

    const QSslConfiguration &configuration() const { return m_configuration; }
    TimePoint notAfter() const;            ///< When the certificate expires.

private:
    explicit TlsContext(QSslConfiguration configuration) : m_configuration(std::move(configuration)) {}

    const QSslConfiguration m_configuration;
};

} // namespace warder
