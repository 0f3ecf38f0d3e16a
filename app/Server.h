#pragma once

#include "app/CertificateWatch.h"
#include "app/HealthWatch.h"
#include "app/IssuerName.h"
#include "app/PeriodicWork.h"
#include "app/RunState.h"
#include "app/SettingsReload.h"
#include "core/api/Lanes.h"
#include "core/assembly/Core.h"
#include "core/config/ListenPoint.h"
#include "core/config/Settings.h"
#include "core/console/ServerControl.h"
#include "core/console/orders/Server.h"
#include "core/mail/MailThread.h"
#include "core/net/Listener.h"
#include "core/net/gate/ConnectionCounts.h"
#include "core/net/gate/ListenConfig.h"
#include "core/net/gate/ServeConfig.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace warder {

/// A Core that answers HTTP: lanes, pipeline, listener, and the work that comes up now and then. Lives on the main thread,
/// which runs an event loop; the methods of ServerControl may be called from any.
class Server final : public QObject, public ServerControl
{
    Q_OBJECT
public:
    using ReadSettings = SettingsReload::Read;

    /// `inherited`: listening sockets to use instead of http.listen.
    Server(Core &core, ReadSettings readSettings, QList<int> inherited = {});
    ~Server() override; ///< Stops: finishes what runs, bounded.

    ServerView view() const override;
    Result<void> start() override;
    Result<void> usePort(quint16 port) override;
    Result<void> stop() override;
    Result<void> pause() override;
    Result<void> resume() override;
    Result<QStringList> reload() override;
    Result<QStringList> storeSettings(const QList<SettingChoice> &choices) override;
    Result<void> exchange(DatabaseExchange wanted) override;
    Result<void> restart() override;

    /// What exchange() was told, nothing after restart(); whoever runs this server ends it, carries that out and opens another one. Main
    /// thread.
    std::optional<DatabaseExchange> takeExchange();

    /// Whether every HTTP thread did what the call before asked of it. Never waits. Main thread.
    bool isAlive() { return m_listener.answers(); }

Q_SIGNALS:
    /// What the settings say is in force, or refused: the health problem reload_failed tells. From the thread that reloaded.
    void reloaded();
    /// This server is to end, and another one to be opened: see takeExchange(). From the thread that ordered it; connect it as queued.
    void reopenWanted();

private:
    Result<void> nameByPort(const Settings &settings);
    Result<void> storePlaces(const QList<ListenPoint> &places);
    Result<void> serve(const Settings &settings, const std::function<Result<void>(const ServeConfigPtr &)> &begin);
    ListenConfig listenConfig(const Settings &settings) const;
    Result<void> adopt(const Settings &settings);
    Result<void> leave(std::optional<DatabaseExchange> wanted);
    void lookForRenewedCertificate();
    Result<void> change(ServerState from, ServerState to);
    void setState(ServerState state, const std::optional<Error> &problem = {});
    void publish();
    QList<ListenPoint> wantedPlaces(const Settings &settings) const;

    Core &m_core;
    const QList<int> m_inherited;
    Lanes m_lanes;
    ConnectionCounts m_counts;
    std::atomic<bool> m_paused {false};
    Listener m_listener;
    HealthWatch m_healthWatch;
    std::unique_ptr<MailThread> m_mail;
    RunState m_state;
    std::mutex m_switching; ///< Held while the server starts, stops or reloads; guards the next three.
    IssuerName m_issuer;
    SettingsReload m_settings;
    CertificateWatch m_certificate;
    std::unique_ptr<PeriodicWork> m_work;
    std::mutex m_exchanging; ///< Guards the next two.
    std::optional<DatabaseExchange> m_exchange;
    bool m_isLeaving = false; ///< One was ordered.
};

} // namespace warder
