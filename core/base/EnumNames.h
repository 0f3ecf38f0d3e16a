#pragma once

#include <QString>

#include <algorithm>
#include <array>
#include <optional>

namespace warder {

using namespace Qt::StringLiterals;

/// The names of an enum's values, or of a variant's alternatives, in their order: as they are stored, shown and sent.
template <typename T>
inline constexpr auto namesOf = nullptr;

template <typename T>
concept NamedEnum = std::is_enum_v<T> && !std::is_null_pointer_v<std::remove_const_t<decltype(namesOf<T>)>>;

template <NamedEnum T>
QString nameOf(T value)
{
    return namesOf<T>.at(size_t(value));
}

/// Nothing for a name that none of them has.
template <NamedEnum T>
std::optional<T> fromName(QStringView name)
{
    const auto found = std::ranges::find_if(namesOf<T>, [name](QLatin1StringView known) { return known == name; });
    return found == namesOf<T>.end() ? std::nullopt : std::optional(T(found - namesOf<T>.begin()));
}

} // namespace warder
