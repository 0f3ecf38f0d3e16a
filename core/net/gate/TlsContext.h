#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/crypto/CertifiedKey.h"

#include <QSslConfiguration>

#include <memory>

namespace warder {

/// All that a server's handshakes need: a certificate, its key, and what we are willing to speak. Immutable, shared by all
/// threads; a renewed certificate makes a new one, and connections keep the one they began with.
///
/// TLS 1.2 and 1.3; with 1.2 only ECDHE and AEAD, the server chooses. Which curves stays OpenSSL's choice, whose default knows
/// the post-quantum one; no finite fields, whose smallest is weaker (112 bits) and which cost most. ALPN is
/// "http/1.1" and nothing else: Qt's HTTP/2 mixes requests up. No client certificate is asked for. No compression, no legacy
/// renegotiation (and by OpenSSL's own default none that a client begins).
///
/// No session is ever resumed. Qt makes a new OpenSSL context for every connection, so no ticket could be redeemed anyway.
/// Tickets are off: no ticket key exists whose theft would open recorded traffic, and there is no 0-RTT. (In 1.3 OpenSSL
/// still sends two numbers of sessions, which die with the connection; Qt has no word for "none".)
class TlsContext final
{
public:
    /// Reads both files now. CryptoFailure with one sentence that names the file and says what to do: what
    /// readCertifiedKey() refuses, and files that are missing, unreadable, no regular files, or over 1 MiB.
    /// A key file that others may read is only warned of in the log (`tls_key_open`): 0640 and a group is how
    /// certificate tools and mounted secrets commonly hand keys over.
    static Result<std::shared_ptr<const TlsContext>> load(const QString &certificateFile, const QString &keyFile);

    /// For QSslSocket::setSslConfiguration(), before startServerEncryption().
    const QSslConfiguration &configuration() const { return m_configuration; }

    /// When the server's own certificate begins and ends to be valid. load() takes it either way: what that means is for who serves.
    TimePoint notBefore() const { return m_notBefore; }
    TimePoint notAfter() const { return m_notAfter; }

private:
    explicit TlsContext(const CertifiedKey &certified);

    QSslConfiguration m_configuration;
    TimePoint m_notBefore;
    TimePoint m_notAfter;
};

} // namespace warder
