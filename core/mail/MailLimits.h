#pragma once

#include "core/base/Clock.h"
#include "core/config/Rate.h"
#include "core/mail/MailKind.h"

#include <QList>

namespace warder {

/// How many mails one recipient gets, and how often a mail is tried. Pure; any thread.
namespace mail_limits {

/// Strangers can cause it by typing an address. Such mails are counted apart, or else whoever has spent them would keep the owner from
/// hearing that their password was changed.
bool isAskedFor(MailKind kind);

struct RecipientLimit
{
    Rate rate;
    int aDay = 0;
};

inline constexpr RecipientLimit asked {.rate = {.amount = 1, .period = std::chrono::minutes {1}, .burst = 3}, .aDay = 10};
inline constexpr RecipientLimit notices {.rate = {.amount = 1, .period = std::chrono::minutes {1}, .burst = 10}, .aDay = 50};
inline constexpr auto day = std::chrono::days {1};

/// Whether one more may go to somebody, after those of the last day, oldest first.
bool hasRoom(const RecipientLimit &limit, const QList<TimePoint> &earlier, TimePoint now);

inline constexpr int mostAttempts = 8;
inline constexpr Milliseconds longestPause = std::chrono::hours {1};
/// Of one that no link makes useless earlier.
inline constexpr auto longestWait = std::chrono::days {3};
/// Whatever a mail waits for, no longer than this; what is due later was planned by a clock that went ahead.
inline constexpr Milliseconds latestDue = std::chrono::hours {2};

/// How long to wait after so many attempts: 10 s, and four times as long each time, up to an hour; a fifth more or less, as `chance` (0 to
/// 1) has it, so that not all come back at once.
Milliseconds pauseAfter(int attempts, double chance);

} // namespace mail_limits
} // namespace warder
