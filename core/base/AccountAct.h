#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What an admin does to many accounts at once.
enum class AccountAct { Disable, Enable, EndSessions, AddRole, RemoveRole };

template <>
inline constexpr std::array namesOf<AccountAct> {"disable"_L1, "enable"_L1, "end_sessions"_L1, "add_role"_L1, "remove_role"_L1};

constexpr bool needsRole(AccountAct act) { return act == AccountAct::AddRole || act == AccountAct::RemoveRole; }

} // namespace warder
