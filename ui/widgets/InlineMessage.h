#pragma once

#include <QFrame>

class QLabel;

namespace warder {

/// Says what is wrong in the place where it is. Hidden until it has something to say; Escape or its cross hides it again; screen
/// readers hear it.
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
