#pragma once

#include "core/console/orders/Sessions.h"

#include <QTimeZone>

#include <optional>

namespace warder {

/// What stands before the colon.
enum class SessionToken { User, Address, Device, State, Since };

template <>
inline constexpr std::array namesOf<SessionToken> {"user"_L1, "address"_L1, "device"_L1, "state"_L1, "since"_L1};

/// A filter of sessions as a person types it: words that are looked for, and among them `user:ann@example.com` (the whole address),
/// `address:10.0.0.1` or `address:10.0.0.0/8`, `device:edge` or `device:"Edge, Windows"` (a part of it; `""` is one mark within),
/// `state:live` or `state:ended`, `since:2h` or `since:2026-10-01`. Whatever is none of these, or the second of its kind, is a word like
/// any other: an exact token that is being typed shows nothing, and never more than it will. Pure; any thread.
namespace session_query {

/// `ended`: see SessionFilter. `zone`: of a day or time after `since:` that names none.
SessionFilter filterOf(const QString &typed, bool ended, const QTimeZone &zone = QTimeZone::UTC);

/// What a person would type for it; users by their ids and `ended` are no words.
QString textOf(const SessionFilter &filter);

/// The tokens as they were typed, each alone, and behind them all other words in one: what the list is narrowed by.
QStringList partsOf(const QString &typed);

/// A token with a value, or none, that it cannot have.
struct BadToken
{
    SessionToken token = SessionToken::User;
    QString value = {};
};

/// The first such token.
std::optional<BadToken> badTokenIn(const QString &typed);

/// An address or a network as `address:` has it: in its usual form, without a zone. Nothing for what is none.
std::optional<QString> addressOf(const QString &text);

} // namespace session_query
} // namespace warder
