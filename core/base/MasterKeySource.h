#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// Where the master key comes from: a credential that systemd hands the service, the keychain of whoever is logged in, a file in the data
/// directory, or a variable. Warder writes to keychain and file only.
enum class MasterKeySource { Credential, Keychain, File, Environment };

template <>
inline constexpr std::array namesOf<MasterKeySource> {"credential"_L1, "keychain"_L1, "file"_L1, "environment"_L1};

} // namespace warder
