#pragma once

#include "ui/support/WindowProblem.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace warder {

/// One problem in the strip: what it is, what can be done, the particulars on demand. Its cross puts it away, and Escape where the keyboard
/// is in it.
class ProblemRow final : public QFrame
{
    Q_OBJECT
public:
    explicit ProblemRow(QWidget *parent);

    void present(const WindowProblem &problem);

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void applyPalette();

    WindowProblem m_problem;
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_detail;
    QToolButton *m_more;
    QPushButton *m_action;
    QPushButton *m_lead;
};

} // namespace warder
