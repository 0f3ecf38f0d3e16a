#pragma once

#include "app/CertificateSpan.h"
#include "core/base/Error.h"
#include "core/console/orders/Server.h"

#include <chrono>
#include <mutex>
#include <optional>

namespace warder {

/// Whether a server runs, since when, why not, and with which certificate. Any thread.
class RunState final
{
public:
    struct Snapshot
    {
        ServerState state = ServerState::Stopped;
        std::optional<Error> problem = {};                         ///< Why it does not listen.
        std::optional<CertificateSpan> certificate = {};           ///< Nothing without TLS.
        std::chrono::steady_clock::time_point listeningSince = {}; ///< Of the last start; the epoch: there was none.

        bool listens() const { return state == ServerState::Running || state == ServerState::Paused; }
        bool hasListened() const { return listeningSince != std::chrono::steady_clock::time_point(); }
    };

    Snapshot snapshot() const;

    /// From Starting to Running: it listens since now.
    void set(ServerState state, const std::optional<Error> &problem);
    void setCertificate(const std::optional<CertificateSpan> &certificate);

private:
    mutable std::mutex m_mutex; ///< Guards the next.
    Snapshot m_current;
};

} // namespace warder
