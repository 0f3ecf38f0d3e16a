#pragma once

#include "core/base/Rotation.h"
#include "core/sessions/Client.h"
#include "core/sessions/Session.h"

#include <QList>

#include <optional>

namespace warder {

/// One use of a session's refresh token.
struct RefreshStep
{
    Rotation what = Rotation::Rotate;
    qint64 generation = 0;               ///< Of the token that was answered; of a reuse, which is answered none: of the one that came.
    TimePoint at = {};                   ///< The last time, where it came more than once.
    std::optional<QString> address = {}; ///< None: that of the session.
    std::optional<QString> device = {};  ///< As deviceOf() names it; none: that of the session.
    qint64 times = 1;                    ///< How many parallel requests from one place got the same token again.

    bool operator==(const RefreshStep &) const = default;
};

/// How the refresh token of a session was used lately, as its row keeps it (Session::refreshes): a short JSON text that is written with the
/// use itself. At most `mostKept` uses of some 20 bytes, or 300 where address and device are others than the session's. Pure; any thread.
namespace refresh_chain {

inline constexpr qsizetype mostKept = 10;

RefreshStep stepBy(const Client &client, const Session &session, Rotation what, qint64 generation, TimePoint now);

/// What is kept with one more; the oldest leaves. A parallel request that follows one from the same place is counted with it.
QString with(const QString &kept, const RefreshStep &step);

/// Oldest first; none where the text is none of ours.
QList<RefreshStep> stepsOf(const QString &kept);

} // namespace refresh_chain
} // namespace warder
