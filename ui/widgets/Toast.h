#pragma once

#include "core/base/Clock.h"

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QPushButton;

namespace warder {

/// A message that something is done, in the lower right corner of `over`, laid over what is there; hides by itself, but not while the
/// pointer is on it. Screen readers read it out when they have finished their sentence.
class Toast final : public QFrame
{
    Q_OBJECT
public:
    static constexpr Milliseconds lasting = Seconds {6};

    explicit Toast(QWidget *over);

    /// Replaces the message before. `forHowLong`: longer for what takes longer to read. `undo`: what its button does, if it has one.
    void showMessage(const QString &text, Milliseconds forHowLong = lasting, const std::function<void()> &undo = nullptr);
    QString text() const;
    /// Its clock, for tests.
    QTimer &timer() { return m_timer; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    std::function<void()> m_onUndo;
    QTimer m_timer;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_undo;
};

} // namespace warder
