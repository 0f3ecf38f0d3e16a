#pragma once

#include "core/backup/DatabaseExchange.h"
#include "core/base/Result.h"
#include "core/console/orders/Server.h"

namespace warder {

/// The listener as the console sees it; the app's composition root implements it. Any thread.
class ServerControl
{
public:
    virtual ~ServerControl() = default;
    virtual ServerView view() const = 0;
    /// Success also when it listens already. AddressTaken, AddressForbidden or AddressForeign where it may not listen, CryptoFailure for a
    /// certificate that it cannot serve with.
    virtual Result<void> start() = 0;
    /// Stores http.listen with `port` in place of the one that another program uses, and starts. SettingFixed where a setting that wins
    /// over stored ones would undo it.
    virtual Result<void> usePort(quint16 port) = 0;
    virtual Result<void> stop() = 0;
    /// A paused server keeps its connections and answers 503 to all but the health routes. Conflict unless it runs.
    virtual Result<void> pause() = 0;
    /// Conflict unless it is paused.
    virtual Result<void> resume() = 0;
    /// Reads the settings and the certificate again, without losing a connection or a request. Returns the settings that were
    /// changed but act only after a restart. On a refusal nothing has changed; CertificateInvalid where the former certificate is better.
    virtual Result<QStringList> reload() = 0;
    /// Stores settings and reloads, as the order StoreSettings says. On a refusal nothing has changed.
    virtual Result<QStringList> storeSettings(const QList<SettingChoice> &choices) = 0;
    /// Ends the server a moment later, once whoever ordered something has the answer, and opens it again with another database. Busy where
    /// another one is to come already, Conflict where no server runs, as here.
    virtual Result<void> exchange(DatabaseExchange) { return refused(ErrorCode::Conflict, QStringLiteral("no server runs")); }
    /// The same with the database that there is, and the settings of then, as the order RestartServer says.
    virtual Result<void> restart() { return refused(ErrorCode::Conflict, QStringLiteral("no server runs")); }
};

} // namespace warder
