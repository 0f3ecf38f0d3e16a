#pragma once

#include "app/Core.h"
#include "core/console/ServerControl.h"
#include "core/http/Lanes.h"
#include "core/http/Listener.h"
#include "core/http/Pipeline.h"

#include <QTimer>

namespace warder {

/// A Core that answers HTTP: lanes, pipeline, listener, and the work that comes up now and then. Lives on the main thread,
/// which runs an event loop; start() and stop() may be called from any.
class Server final : public QObject, public ServerControl
{
    Q_OBJECT
public:
    explicit Server(Core &core);
    ~Server() override;            ///< Stops: finishes what runs, bounded.

    ServerView view() const override;
    Result<void> start() override;
    Result<void> stop() override;

private:
    Services services();
    void setState(ServerState state, const QString &problem = {});

    Core &m_core;
    Lanes m_lanes;
    Pipeline m_pipeline;
    Listener m_listener;
    const TimePoint m_startedAt;
    QTimer m_tidying;
    std::mutex m_switching;        ///< One start or stop at a time.
    mutable std::mutex m_mutex;    ///< Guards the two below.
    ServerState m_state = ServerState::Stopped;
    QString m_problem;
};

} // namespace warder
