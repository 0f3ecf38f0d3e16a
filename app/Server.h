#pragma once

#include "app/HealthWatch.h"
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
#include "core/net/gate/TlsContext.h"
#include "core/net/gate/TlsFiles.h"

#include <QObject>

namespace warder {

/// A Core that answers HTTP: lanes, pipeline, listener, and the work that comes up now and then. Lives on the main thread,
/// which runs an event loop; the methods of ServerControl may be called from any.
class Server final : public QObject, public ServerControl
{
    Q_OBJECT
public:
    /// What the settings' sources say now.
    using ReadSettings = std::function<Result<Settings>()>;

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

    /// Whether every HTTP thread did what the call before asked of it. Never waits. Main thread.
    bool isAlive() { return m_listener.answers(); }

Q_SIGNALS:
    /// What the settings say is in force, or refused: the health problem reload_failed tells. From the thread that reloaded.
    void reloaded();

private:
    struct CertificateSpan
    {
        TimePoint from;
        TimePoint until;
    };

    /// Runs `job` on lane light, from now on.
    void every(Milliseconds period, const std::function<void()> &job);
    bool lacksName(const Settings &settings) const;
    void nameIssuer(const QList<ListenPoint> &places);
    Result<void> nameByPort(const Settings &settings);
    Result<void> storePlaces(const QList<ListenPoint> &places);
    Result<QStringList> store(const QList<SettingChoice> &choices);
    Result<QStringList> adoptRead(const Settings &read);
    Result<void> serve(const Settings &settings, const std::function<Result<void>(const ServeConfigPtr &)> &begin);
    ListenConfig listenConfig(const Settings &settings) const;
    Result<void> adopt(const Settings &settings);
    void watchCertificate();
    bool mayReplace(const TlsContext &tls) const;
    void reportCertificateHealth();
    Result<void> change(ServerState from, ServerState to);
    void setState(ServerState state, const std::optional<Error> &problem = {});
    void publish();
    ServerState state() const;
    QList<ListenPoint> wantedPlaces(const Settings &settings) const;

    Core &m_core;
    const ReadSettings m_readSettings;
    const QList<int> m_inherited;
    Lanes m_lanes;
    ConnectionCounts m_counts;
    std::atomic<bool> m_paused {false};
    Listener m_listener;
    HealthWatch m_healthWatch;
    std::unique_ptr<MailThread> m_mail;
    std::mutex m_switching; ///< Held while the server starts, stops or reloads; guards the next three members.
    bool m_hasName = false; ///< Whether the tokens' issuer is named after the port that the system chose, as the settings leave it.
    std::optional<TlsFiles> m_tlsFiles;
    QString m_whyKept;          ///< Why the newest certificate was not taken; logged once.
    mutable std::mutex m_mutex; ///< Guards what follows.
    ServerState m_state = ServerState::Stopped;
    std::optional<Error> m_problem;
    std::optional<CertificateSpan> m_certificate; ///< Nothing without TLS.
    std::chrono::steady_clock::time_point m_listeningSince;
};

} // namespace warder
