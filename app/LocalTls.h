#pragma once

#include "core/base/Clock.h"
#include "core/crypto/HostNames.h"

namespace warder {

/// What makeLocalTls() left in the folder `tls` of a data directory.
struct LocalTls
{
    QString authorityFile;   ///< local-ca.crt, for those who shall trust it. Its key lies beside it.
    QString certificateFile; ///< server.crt, with the authority's after it.
    QString keyFile;         ///< server.key
    HostNames names;         ///< What the server's certificate is good for.
    HostNames permitted;     ///< What the authority may sign, with the names below them.
    TimePoint authorityUntil;
    TimePoint certificateUntil;

    enum class Authority { New, Kept, Replaced };
    Authority authority = Authority::New;
};

/// Makes TLS for development: a server's certificate from a local authority, which is kept while it is good for the names and for as
/// long as the certificate lives, and made anew otherwise. Without names: those of the last time, or localhost alone.
/// Keys are 0600. All files are written before the first is put in its place, and two runs wait for each other. Needs neither a
/// server nor its lock; a server that watches the files sees a pair at last. Conflict when something of others stands there.
Result<LocalTls> makeLocalTls(const QString &dataDirectory, const QStringList &names, TimePoint now);

} // namespace warder
