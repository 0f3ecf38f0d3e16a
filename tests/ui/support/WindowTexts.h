#pragma once

#include <QStringList>

class QWidget;

namespace warder::test {

/// Everything that a person reads or hears of a widget and what is in it, also of what is hidden just now: a text a string.
QStringList textsIn(const QWidget &widget);
/// Which visible labels, buttons and column titles have too little room for their text: the name and place of each widget.
QStringList cutIn(const QWidget &widget);

} // namespace warder::test
