#pragma once

#include "ui/support/Tone.h"

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace warder {

/// Says what happened in the place where it happened, with at most one thing to do about it. Hidden until it has
/// something to say; Escape or its cross hides it again; screen readers hear it.
class InlineMessage final : public QFrame
{
    Q_OBJECT
public:
    explicit InlineMessage(QWidget *parent = nullptr);

    void say(Tone tone, const QString &text);
    void say(Tone tone, const QString &text, const QString &action, std::function<void()> onAction);
    void clear();

    QString text() const;
    Tone tone() const { return m_tone; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QToolButton *m_close;
    std::function<void()> m_onAction;
};

} // namespace warder
