#pragma once

#include "app/ServerInstance.h"

#include <QObject>

namespace warder {

/// The server of this process, over its restarts and the restores of its database: each ends the ServerInstance and opens another one in
/// its place, under the same lock and on the same inherited sockets. Main thread.
class ServerHost final : public QObject, private Console
{
    Q_OBJECT
public:
    /// As for ServerInstance::open().
    explicit ServerHost(StartOptions options, QList<int> inherited = {}, NewKey newKey = NewKey::InFile);

    /// The first one; the refusal says what to do.
    Result<void> open(const Settings &settings);

    /// There is an instance: from open() on, unless reopen() was refused.
    bool isThere() const { return bool(m_running); }
    /// Of the instance of the moment.
    Server &server() { return m_running->server(); }
    /// That of whichever instance there is, as long as this host lives: no answer is lost when another one opens, but refused as Busy.
    Console &console() { return *this; }

    /// After reopenWanted(): carries out all that was ordered, ends the instance, exchanges the database where that was ordered, and opens
    /// another instance. If that cannot be opened, the database and the settings of before are served on; Backups::lastRestore() says what
    /// came of a restore, the problem reload_failed of a restart. Refused where no instance could be opened. Blocks, for about a second
    /// where nobody is in the middle of a long request.
    Result<void> reopen();
    /// Then listens, or is paused, if the one before did.
    Result<void> goOn();

Q_SIGNALS:
    /// Somebody ordered a restart, a restore, or to take one back: call reopen() and goOn(). No instance is on the stack.
    void reopenWanted();

private:
    void carry(std::unique_ptr<Errand> errand) override;
    Result<void> openOn(DataDirectory directory, const Settings &settings);
    Result<void> restart(DataDirectory directory, const Settings &settings, const Settings &former);
    Result<void> restore(DatabaseExchange wanted, DataDirectory directory, const Settings &settings);
    Result<void> openFormer(const DatabaseExchange &wanted, const Settings &settings);
    Result<DataDirectory> ownDirectory() const;
    void use(std::unique_ptr<ServerInstance> running);

    const StartOptions m_options;
    const QList<int> m_inherited;
    const NewKey m_newKey;
    const CryptoLibraries m_libraries; ///< Also between two instances: what a restore records is a part of a chain of hashes.
    const SystemClock m_clock;
    ServerState m_before = ServerState::Stopped; ///< Of the instance before.
    bool m_isAnother = false;                    ///< Who waits for changes has not been told yet that the journal is another one.
    std::unique_ptr<ServerInstance> m_running;
};

} // namespace warder
