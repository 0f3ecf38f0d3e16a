#pragma once

#include "core/console/Views.h"

#include <variant>

namespace warder {

struct SessionGone
{
    Id id;
    QString reason;
    TimePoint at;
};
struct UserGone
{
    Id id;
};
/// Too many to be told one by one: whoever lists users reads them anew.
struct UsersImported
{
    qint64 count = 0;
};
/// Of a user nothing else changed.
struct UserSignedIn
{
    Id id;
    TimePoint at;
};
struct KeysChanged
{};
struct ServerChanged
{
    ServerView server;
};

/// Something an admin should notice: refresh reuse, brute force.
struct Alarm
{
    TimePoint at;
    QString type; ///< "refresh_reused", "brute_force"
    Id sessionId;
    Id userId;
    QString email;
    QString address;         ///< Whom it is about: who presented the spent token, who guesses.
    QString openedFrom = {}; ///< Of a refresh_reused: where the session was opened.
    int count = 0;           ///< Of a brute_force: sign-ins denied within five minutes.
};

/// One thing that happened. A SessionView or UserView is the new state of a row that appeared or changed.
using Change = std::variant<SessionView, SessionGone, UserView, UserGone, UserSignedIn, UsersImported, KeysChanged, ServerChanged, Alarm>;

/// What is new since a position.
struct Changes
{
    quint64 position = 0;    ///< Ask with this next time.
    bool missedSome = false; ///< The asker fell behind the ring: take a fresh snapshot.
    QList<Change> changes;
};

} // namespace warder
