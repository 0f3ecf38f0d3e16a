#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What presenting a genuine refresh token means for its session.
enum class Rotation {
    Rotate, ///< The current one: generation + 1.
    Repeat, ///< The one before, within grace: the same successor again, nothing rotates.
    Ahead,  ///< Newer than the database, which is a restored copy then: taken, and the session moves on behind it.
    Reused, ///< Any other: stolen or replayed; the session ends.
};

template <>
inline constexpr std::array namesOf<Rotation> {"rotate"_L1, "repeat"_L1, "ahead"_L1, "reused"_L1};

} // namespace warder
