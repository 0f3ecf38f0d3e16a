#include "app/remote/SshConsole.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Phase = RemoteLineState::Phase;

constexpr Milliseconds longestPause = std::chrono::minutes {1};
constexpr int mostDoublings = 10;

RemoteTrouble troubleOf(const Error &refusal)
{
    return refusal.code == ErrorCode::ProgramOutdated ? RemoteTrouble::ProgramOutdated : RemoteTrouble::ServerOutdated;
}

} // namespace

SshConsole::SshConsole(const RemotePlace &place, Milliseconds firstPause) : m_firstPause(firstPause), m_tunnel(place)
{
    m_pausing.setSingleShot(true);
    connect(&m_pausing, &QTimer::timeout, this, [this] { attempt(SshArguments::Asking::Never); });
    connect(&m_tunnel, &SshTunnel::opened, &m_console, &RemoteConsole::connectAgain);
    connect(&m_tunnel, &SshTunnel::failed, this, &SshConsole::fail);
    connect(&m_console, &RemoteConsole::greeted, this, &SshConsole::greet);
    connect(&m_console, &RemoteConsole::closed, this, &SshConsole::lose);
    m_console.attachThrough(m_tunnel.socketPath());
}

void SshConsole::open()
{
    const bool canAsk = !SshArguments::askPassProgram().isEmpty();
    attempt(canAsk ? SshArguments::Asking::ByWindow : SshArguments::Asking::Never);
}

/// What went wrong before stays said until it is known that it does not any more.
void SshConsole::attempt(SshArguments::Asking asking)
{
    m_pausing.stop();
    if (m_tunnel.isOpen())
        return m_console.connectAgain();
    RemoteLineState state = m_state;
    state.phase = Phase::Connecting;
    enter(state);
    m_tunnel.open(asking);
}

void SshConsole::greet()
{
    const auto refusal = m_console.refusal();
    if (!refusal)
        m_failures = 0;
    enter(refusal ? RemoteLineState {.phase = Phase::Lost, .trouble = troubleOf(*refusal), .said = refusal->detail}
                  : RemoteLineState {.phase = Phase::Connected});
}

/// The server there went away, or there was none: the console looks again by itself for as long as the tunnel stands.
void SshConsole::lose()
{
    if (m_tunnel.isOpen())
        enter({.phase = Phase::Lost, .trouble = RemoteTrouble::NoAnswer, .said = faultOfSsh(m_tunnel.said(), true).said});
}

void SshConsole::fail(const SshFault &fault)
{
    const bool triesAgain = mayPass(fault.trouble);
    enter({.phase = Phase::Lost, .trouble = fault.trouble, .said = fault.said, .triesAgain = triesAgain});
    m_console.disconnectNow();
    if (triesAgain)
        m_pausing.start(nextPause());
}

Milliseconds SshConsole::nextPause()
{
    const int doublings = std::min(m_failures++, mostDoublings);
    return std::min(longestPause, m_firstPause * (1 << doublings));
}

void SshConsole::enter(const RemoteLineState &state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace warder
