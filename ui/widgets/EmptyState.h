#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace warder {

class CopyField;

/// What stands in an empty list: what will appear here, and how to try it.
class EmptyState final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(const QString &iconName, QWidget *parent = nullptr);

    /// `command`: a line for a terminal, to be copied; `action`: the text of a button. Both may be empty, and are not shown then.
    void present(const QString &title, const QString &text, const QString &command = {}, const QString &action = {});

Q_SIGNALS:
    void acted();

private:
    QLabel *m_title;
    QLabel *m_text;
    CopyField *m_command;
    QPushButton *m_action;
};

} // namespace warder
