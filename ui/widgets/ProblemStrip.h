#pragma once

#include "ui/support/WindowProblem.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace warder {

class ProblemRow;

/// What is wrong now, a row each, above the page: a row comes with its problem, changes with it and leaves with it. The worst stand
/// first; of many the others are a button. Screen readers hear a problem when it comes, not when it is told again.
class ProblemStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit ProblemStrip(QWidget *parent);

    /// All that `source` knows to be wrong now; what it does not name any more is over.
    void present(const QString &source, const QList<WindowProblem> &problems);
    /// Shows again what somebody put away: they asked for the thing once more.
    void bringBack(const QString &source);

private:
    struct Shown
    {
        QString key; ///< "source/id"
        WindowProblem problem;
    };

    void arrange();
    void dismiss(const QString &key);
    void announce(const Shown &shown);

    QList<Shown> m_problems;
    QHash<QString, QString> m_dismissed;     ///< The text somebody has put away, by key.
    QHash<QString, QDeadlineTimer> m_silent; ///< Until when it is not said aloud again.
    QHash<QString, ProblemRow *> m_rows;
    QVBoxLayout *m_column;
    QPushButton *m_more;
    bool m_all = false;
};

} // namespace warder
