#include "ui/users/SelectedUser.h"

using namespace std::chrono_literals;

namespace warder {

SelectedUser::SelectedUser(QObject *parent) : QObject(parent)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(150ms); // longer than a key that is held down repeats
    connect(&m_rest, &QTimer::timeout, this, &SelectedUser::readIfUnknown);
}

void SelectedUser::select(std::optional<Id> user)
{
    if (user == m_user)
        return;
    m_user = user;
    forget();
    m_failure.reset();
    m_askAgain = false;
    if (!user)
        return m_rest.stop();
    const bool isMoving = m_rest.isActive();
    m_rest.start();
    if (!isMoving && !m_asking)
        read();
}

void SelectedUser::readIfUnknown()
{
    const bool isComing = m_asking && isWanted();
    if (!isKnown() && !m_failure && !isComing)
        readAgain();
}

void SelectedUser::readAgain()
{
    if (!m_user)
        return;
    if (m_asking)
        m_askAgain = true;
    else
        read();
}

void SelectedUser::read()
{
    m_asking = true;
    m_askedFor = m_user;
    askAbout(*m_user);
}

void SelectedUser::noteAnswer(const std::optional<Error> &failure)
{
    m_asking = false;
    if (isWanted()) {
        m_failure = failure;
        Q_EMIT updated();
    }
    if (std::exchange(m_askAgain, false))
        readAgain();
}

} // namespace warder
