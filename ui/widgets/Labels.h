#pragma once

#include <QString>

class QLabel;
class QWidget;

namespace warder {

/// The few sizes of text there are. Plain text always: what comes from outside is never taken for markup.
QLabel *titleLabel(const QString &text, QWidget *parent);   ///< Of a page.
QLabel *headingLabel(const QString &text, QWidget *parent); ///< Of a panel.
QLabel *textLabel(const QString &text, QWidget *parent);    ///< Of any length.
QLabel *quietLabel(const QString &text, QWidget *parent);   ///< Explains; follows the palette.

} // namespace warder
