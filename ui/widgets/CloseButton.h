#pragma once

class QToolButton;
class QWidget;

namespace warder {

/// The cross that hides a message.
QToolButton *closeButton(QWidget *parent);

} // namespace warder
