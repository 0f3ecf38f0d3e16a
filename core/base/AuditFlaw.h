#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What is wrong with a record of the audit trail, or with several in a row.
enum class AuditFlaw {
    Changed,  ///< It is not what its hash was made of, or does not go on from the one before: one of the two was changed or moved.
    Missing,  ///< No such records, although later ones are there.
    CutOff,   ///< The newest ones, which are known to have been there, are gone.
    Replaced, ///< It is intact, and another one than somebody remembers.
};

template <>
inline constexpr std::array namesOf<AuditFlaw> {"changed"_L1, "missing"_L1, "cut_off"_L1, "replaced"_L1};

} // namespace warder
