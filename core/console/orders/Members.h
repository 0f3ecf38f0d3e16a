#pragma once

#include "core/base/Clock.h"
#include "core/base/EnumNames.h" // IWYU pragma: export
#include "core/base/Id.h"        // IWYU pragma: export

#include <QList>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <tuple> // IWYU pragma: export

/// What the values and orders of the console are made of. Each lists its members once, name by name, in `members(visit, value)`; what
/// writes and reads them as JSON (core/console/Json.h) walks that list, so that the two directions cannot differ.
namespace warder {

template <size_t Size>
struct OrderName
{
    char text[Size];
    consteval OrderName(const char (&given)[Size]) { std::copy_n(given, Size, text); }
};

/// What every order derives from: the type of its answer, and its name on the local socket.
template <typename AnswerType, OrderName wireName>
struct OrderFor
{
    using Answer = AnswerType;
    static constexpr QLatin1StringView name {wireName.text, sizeof wireName.text - 1};
};

/// The same count (`Count`, such as CountUsers) of several lists at once, such as of one with a part of its filter left out each time: the
/// answers in their order. InvalidInput for more than `most`.
template <typename Count, OrderName wireName>
struct CountEach : OrderFor<QList<typename Count::Answer>, wireName>
{
    static constexpr bool onlyReads = true;
    static constexpr qsizetype most = 16;
    QList<Count> each = {};
    static void members(auto &visit, auto &v) { visit("each"_L1, v.each); }
};

/// A part of a long list. An order that can read `backwards` answers the rows up to its cursor, the nearest ones, in the list's order, and
/// `next` leads on backwards: so the cursor parts the list, and forwards from it comes what follows. Without a cursor it begins at the end.
template <typename T>
struct PageOf
{
    QList<T> rows;
    QString next;         ///< Cursor of the next page; empty at the end.
    quint64 position = 0; ///< Of the journal when the page was read: apply changes since then.

    static void members(auto &visit, auto &v) { visit("rows"_L1, v.rows, "next"_L1, v.next, "position"_L1, v.position); }
};

} // namespace warder
