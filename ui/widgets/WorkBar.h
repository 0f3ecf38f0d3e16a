#pragma once

#include <QWidget>

#include <functional>

class QLabel;
class QProgressBar;

namespace warder {

/// What a page is at that takes a while: in words, how far it is, and a way to stop it. Hidden while there is nothing.
class WorkBar final : public QWidget
{
    Q_OBJECT
public:
    explicit WorkBar(QWidget *parent = nullptr);

    void begin(const QString &text, std::function<void()> stop);
    /// `all` 0: nobody knows how much it is.
    void progress(qint64 done, qint64 all);
    void end();
    bool isBusy() const { return bool(m_stop); }

private:
    QLabel *m_text;
    QProgressBar *m_bar;
    std::function<void()> m_stop;
};

} // namespace warder
