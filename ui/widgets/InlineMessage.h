#pragma once

#include <QFrame>

class QLabel;

namespace warder {

/// A message in a form that says what is wrong there. Hidden until showMessage(); Escape or its cross hides it again. Screen readers read
/// it out.
class InlineMessage final : public QFrame
{
    Q_OBJECT
public:
    explicit InlineMessage(QWidget *parent = nullptr);

    void showMessage(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLabel *m_icon;
    QLabel *m_text;
};

} // namespace warder
