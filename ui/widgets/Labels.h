#pragma once

#include <QString>

class QLabel;
class QWidget;

namespace warder {

/// All labels there are, in the sizes of TextSize. Plain text always: what comes from outside is never taken for markup.
QLabel *titleLabel(const QString &text, QWidget *parent);   ///< Of a page or a dialog; a heading for screen readers too.
QLabel *headingLabel(const QString &text, QWidget *parent); ///< Of a part of it; the same.
QLabel *figureLabel(const QString &text, QWidget *parent);  ///< A number, larger than all else.
QLabel *strongLabel(const QString &text, QWidget *parent);  ///< As bold as a heading, and none.
QLabel *textLabel(const QString &text, QWidget *parent);    ///< Of any length.
QLabel *quietLabel(const QString &text, QWidget *parent);   ///< Explains; follows the palette.

} // namespace warder
