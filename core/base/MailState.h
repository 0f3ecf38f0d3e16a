#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// How far a mail of the outbox has come. Stored by name.
enum class MailState {
    Queued,  ///< Waits for its turn, for the first time or again.
    Sending, ///< A mail server has it in hand; or the program ended meanwhile, and it is queued again once its lease is over.
    Sent,
    Dropped, ///< Never sent: its link was over, its recipient had enough, or an operator did not want it.
    Failed,  ///< Refused for good, or tried too often. An operator may have it tried again.
};

template <>
inline constexpr std::array namesOf<MailState> {"queued"_L1, "sending"_L1, "sent"_L1, "dropped"_L1, "failed"_L1};

} // namespace warder
