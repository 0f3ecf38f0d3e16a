#pragma once

#include "ui/support/WindowProblem.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace warder {

class ProblemRow;

/// Shows above the page what is wrong now, one row per problem, the worst first; a button stands for those beyond the third. A screen
/// reader announces a problem when it appears, at most once a minute, and not when it is only presented again. GUI thread.
class ProblemStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit ProblemStrip(QWidget *parent);

    /// All that `source` knows to be wrong now; what it does not name any more is over.
    void present(const QString &source, const QList<WindowProblem> &problems);
    /// Shows again the problems of `source` that the user dismissed: the user pressed "try again", and they still stand.
    void bringBack(const QString &source);
    /// Puts the first row away, as its cross does; false: there is none.
    bool dismissFirst();

private:
    struct Shown
    {
        QString key; ///< "source/id"
        WindowProblem problem;
    };

    /// What nobody has put away.
    QList<Shown> standing() const;
    void arrange();
    void dismiss(const QString &key);
    void announce(const Shown &shown);

    QList<Shown> m_problems;
    QHash<QString, QString> m_dismissed;     ///< By key, the text that was dismissed; a new text shows the row again.
    QHash<QString, QDeadlineTimer> m_silent; ///< By key, until when a screen reader does not hear it again.
    QHash<QString, ProblemRow *> m_rows;
    QVBoxLayout *m_column;
    QPushButton *m_more;
    bool m_isExpanded = false;
};

} // namespace warder
