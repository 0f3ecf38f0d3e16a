#pragma once

#include <QString>

#include <algorithm>
#include <array> // IWYU pragma: export
#include <functional>
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

/// The value whose row has the name, of a table in the order of T; nothing for a name that none of them has.
template <typename T, typename Projection = std::identity>
std::optional<T> findByName(const auto &rows, const auto &name, Projection nameOfRow = {})
{
    const auto found = std::ranges::find_if(rows, [&name](const auto &known) { return known == name; }, nameOfRow);
    return found == rows.end() ? std::nullopt : std::optional(T(found - rows.begin()));
}

/// Nothing for a name that none of them has.
template <NamedEnum T>
std::optional<T> fromName(QStringView name)
{
    return findByName<T>(namesOf<T>, name);
}

} // namespace warder
