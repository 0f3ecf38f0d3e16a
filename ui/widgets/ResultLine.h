#pragma once

#include "ui/support/Tone.h"

#include <QWidget>

class QLabel;

namespace warder {

class StateDot;

/// What came of an order that a dialog gives, beside a mark. It stays there, and can be copied; screen readers read it out while it is in
/// view, and with the button that gives the order. GUI thread.
class ResultLine final : public QWidget
{
    Q_OBJECT
public:
    explicit ResultLine(QWidget *parent);

    /// The button whose outcome it is; lives as long.
    void setOrder(QWidget &button);
    /// In place of what was said before; an empty text says nothing.
    void say(Tone tone, const QString &text);

private:
    StateDot *m_dot;
    QLabel *m_text;
    QWidget *m_order = nullptr;
};

} // namespace warder
