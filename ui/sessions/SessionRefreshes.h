#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Sessions.h"
#include "ui/users/SelectedUser.h"

#include <optional>

namespace warder {

/// What the refresh token of the one selected session went through. Read as what is known of a selected user is: the id is a session's.
/// A part of the page of sessions. GUI thread.
class SessionRefreshes final : public SelectedUser
{
    Q_OBJECT
public:
    SessionRefreshes(Console &console, QObject *parent) : SelectedUser(parent), m_console(console) {}

    /// Newest first; nothing while they are being read, or after a failure.
    const std::optional<QList<RefreshView>> &uses() const { return m_uses; }

private:
    void askAbout(const Id &session) override;
    bool isKnown() const override { return m_uses.has_value(); }
    void forget() override { m_uses.reset(); }
    void take(const Result<QList<RefreshView>> &answer);

    Console &m_console;
    std::optional<QList<RefreshView>> m_uses;
};

} // namespace warder
