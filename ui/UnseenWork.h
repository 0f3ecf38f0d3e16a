#pragma once

#include <QList>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace warder {

class WorkBar;

/// The long task of a page that is not in view, in the status bar: what it is, how far, and a button that stops it. Of several the first
/// that began is shown, and how many there are besides. Hidden while there is none. GUI thread.
class UnseenWork final : public QWidget
{
    Q_OBJECT
public:
    UnseenWork(const QList<WorkBar *> &works, QWidget *parent);

    /// One more, which may end before this.
    void watch(WorkBar &work);

private:
    void follow(WorkBar *work);
    void forget(const WorkBar *work);
    void present(const WorkBar &work);

    QLabel *m_text;
    QProgressBar *m_bar;
    QList<WorkBar *> m_unseen; ///< Busy and out of view, in the order in which they began to be so.
};

} // namespace warder
