#pragma once

#include <QWidget>

#include <functional>

class QLabel;
class QProgressBar;

namespace warder {

/// The progress of the one long task of a page: a line of text, a progress bar and a button that stops it. Hidden while there is none.
/// GUI thread.
class WorkBar final : public QWidget
{
    Q_OBJECT
public:
    explicit WorkBar(QWidget *parent = nullptr);

    /// Shows it. `stop` is called when the person presses the button; whoever runs the task calls end() then, too.
    void begin(const QString &text, std::function<void()> stop);
    /// `all` 0: the total is unknown, and the bar only shows that something goes on.
    void progress(qint64 done, qint64 all);
    void end();
    bool isBusy() const { return bool(m_stop); }

private:
    QLabel *m_text;
    QProgressBar *m_bar;
    std::function<void()> m_stop;
};

} // namespace warder
