#pragma once

#include <QFuture>
#include <QString>
#include <QWidget>

#include <functional>

class QLabel;
class QProgressBar;

namespace warder {

/// The progress of the one long task of a page: a line of text, a progress bar and a button that stops it. Hidden while there is none.
/// While another page is in view, UnseenWork shows it. GUI thread.
class WorkBar final : public QWidget
{
    Q_OBJECT
public:
    explicit WorkBar(QWidget *parent = nullptr);

    /// Shows it. `stop` is called when the person presses the button; whoever runs the task calls end() then, too.
    void begin(const QString &text, std::function<void()> stop);
    /// The same for a question to the console: shows its progress, and the button cancels it. Whoever asked calls end() with the answer.
    void follow(const QString &text, QFuture<void> answer);
    /// Stopped otherwise than by cancelling the question.
    void follow(const QString &text, const QFuture<void> &answer, std::function<void()> stop);
    /// `all` 0: the total is unknown, and the bar only shows that something goes on.
    void progress(qint64 done, qint64 all);
    void end();
    bool isBusy() const { return bool(m_stop); }
    /// Why nothing else that takes long begins meanwhile, and what to do.
    static QString whyBusy();
    /// As the button does.
    void stop();

    // What was given last, of a task that goes on.
    const QString &text() const { return m_said; }
    qint64 done() const { return m_done; }
    qint64 all() const { return m_all; }

Q_SIGNALS:
    /// It has begun, gone on, ended, or come into view or out of it.
    void changed();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QLabel *m_text;
    QProgressBar *m_bar;
    std::function<void()> m_stop;
    QString m_said;
    qint64 m_done = 0;
    qint64 m_all = 0;
};

} // namespace warder
