#pragma once

#include <QString>

#include <expected>

namespace warder {

/// A value, or in a sentence for the log and for admins why there is none. Nothing of a secret and no control character is in it.
template <typename T>
using Checked = std::expected<T, QString>;

inline std::unexpected<QString> unfit(const QString &sentence) { return std::unexpected(sentence); }

/// What a stranger's server said, for such a sentence: on one line, its middle left out where it is long; "nothing" where it said nothing.
QString quoted(const QString &said);

} // namespace warder
