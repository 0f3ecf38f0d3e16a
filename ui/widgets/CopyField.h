#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace warder {

/// One line to take away (an address, a command): shown in a fixed-width font, a button copies it.
class CopyField final : public QWidget
{
    Q_OBJECT
public:
    /// `what` names it for screen readers: "Address".
    explicit CopyField(const QString &what, QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const;
    /// False: what stands there is a remark, nothing to take away.
    void setCopyable(bool copyable);
    void copy();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
    QToolButton *m_copy;
    QString m_what;
    QString m_copied;
};

} // namespace warder
