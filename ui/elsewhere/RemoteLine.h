#pragma once

#include "core/base/RemoteLineState.h"
#include "core/base/RemotePlace.h"

#include <QObject>

namespace warder {

/// The way to a server on another machine, as the window sees it: whoever keeps it open says how it is, and hears when somebody wants an
/// attempt now. GUI thread.
class RemoteLine final : public QObject
{
    Q_OBJECT
public:
    explicit RemoteLine(RemotePlace place) : m_place(std::move(place)) {}

    const RemotePlace &place() const { return m_place; }
    const RemoteLineState &state() const { return m_state; }
    bool isConnected() const { return m_state.phase == RemoteLineState::Phase::Connected; }

    void set(const RemoteLineState &state);
    void tryNow() { Q_EMIT attemptWanted(); }

Q_SIGNALS:
    void changed();
    void attemptWanted();

private:
    const RemotePlace m_place;
    RemoteLineState m_state;
};

} // namespace warder
