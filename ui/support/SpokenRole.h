#pragma once

#include <QAccessible>

class QLabel;
class QWidget;

namespace warder {

/// What screen readers take a widget for, where Qt does not know it. Of a label they hear the text without the places to break it
/// (UiTexts::breakable()). To be called before it has a name or text: from then on somebody may have asked. GUI thread.
void setSpokenRole(QWidget *widget, QAccessible::Role role);

/// The same of a label without text: a heading, 1 of a page or a dialog, 2 of a part of it.
void makeHeading(QLabel *label, int level);

/// The same of a picture that says nothing which a text does not say: they pass over it.
void makeDecoration(QLabel *picture);

} // namespace warder
