#include "ui/elsewhere/RemoteLine.h"

namespace warder {

void RemoteLine::set(const RemoteLineState &state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT changed();
}

} // namespace warder
