#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace warder {

/// One line of a form: its name above, a remark or what is wrong with it below.
class FormField final : public QWidget
{
    Q_OBJECT
public:
    FormField(const QString &name, const QString &remark, QWidget *parent);

    QLineEdit &edit() { return *m_edit; }
    QString text() const;
    /// At the right of what is typed: its unit.
    void addBeside(QWidget *widget);
    /// Hides what is typed, with an eye beside it, which Tab comes to, to show it. Once is enough.
    void makeSecret();
    /// Presses the eye of a secret.
    void showSecret();
    /// What is wrong; empty: nothing. Gone as soon as somebody types.
    void setFault(const QString &fault);
    bool hasFault() const { return m_hasFault; }

private:
    void colourRemark();

    QLineEdit *m_edit;
    QHBoxLayout *m_row;
    QLabel *m_below;
    QToolButton *m_eye = nullptr; ///< Null: it is no secret.
    QString m_remark;
    bool m_hasFault = false;
};

} // namespace warder
