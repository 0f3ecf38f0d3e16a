#pragma once

#include <QStringList>

class QWidget;

namespace warder::test {

/// What screen readers could not tell of the window or dialog, as it is shown: names and roles that lack, tables without titles or with
/// marks and bars that no text stands for; a line each.
QStringList unspokenIn(QWidget &window);

/// Its headings, from the top.
QStringList headingsIn(QWidget &window);

/// What Tab does not come to, beginning where the keyboard is now; a line each. The window must be in front.
QStringList unreachedIn(const QWidget &window);

} // namespace warder::test
