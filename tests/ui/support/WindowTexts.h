#pragma once

#include <QStringList>

class QWidget;

namespace warder::test {

/// Everything that a person reads or hears of a widget and what is in it, also of what is hidden just now: a text a string. Not what the
/// log has to say of a problem, which stands behind a button.
QStringList textsIn(const QWidget &widget);
/// The visible labels, buttons and rows of column titles that have too little room for their text. A label that shortens its text by
/// itself is none of them.
QList<QWidget *> cutIn(const QWidget &widget);

} // namespace warder::test
