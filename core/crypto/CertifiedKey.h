#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"

#include <QList>
#include <QSslCertificate>
#include <QSslKey>

namespace warder {

/// What a server shows, and what proves that it is its own: its certificate, those above it in order, its private key.
struct CertifiedKey
{
    QList<QSslCertificate> chain = {}; ///< At least one; the first is the server's own.
    QSslKey key = {};
};

/// What a file held, and what refusals call it.
struct PemFile
{
    QString name;
    QByteArrayView bytes;
};

/// Reads PEM, strictly, and checks that the two fit and are of use. CryptoFailure with one sentence that names the
/// file and says what to do: not PEM, nothing of the wanted kind in it, damaged, an encrypted key, a key that no client
/// accepts (RSA from 2048 bits, P-256, P-384 and P-521 are fine), a key of another certificate, the server's certificate not
/// first. Whether it is the time for it is not asked: chains do hold an expired one for old clients' sake, and what an expired first
/// one means is for who serves it. Files that hold more than what is looked for are fine, so both may be the same. Pure; any thread.
Result<CertifiedKey> readCertifiedKey(const PemFile &certificates, const PemFile &key);

} // namespace warder
