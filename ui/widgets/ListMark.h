#pragma once

#include "core/base/Clock.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

namespace warder {

/// A place in a long list that a person knows without having seen it.
struct ListMark
{
    QString label; ///< Short: "M", "6 h".
    QString name;  ///< In words, for tips and screen readers.
    QString place; ///< A cursor of the list; empty: its begin.
};

/// The marks of lists, in their order. GUI thread.
class ListMarks final
{
    Q_DECLARE_TR_FUNCTIONS(warder::ListMarks)
public:
    /// Of a list by e-mail address: its letters, after what comes before them.
    static QList<ListMark> byLetter();
    /// Of a list with the newest first: ages, and its end.
    static QList<ListMark> byAge(TimePoint now);
};

} // namespace warder
