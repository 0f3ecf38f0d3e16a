#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace warder {

class CopyField;

/// What stands in an empty list: what will appear here, and how to try it; or what narrows it too much. GUI thread.
class EmptyState final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(const QString &iconName, QWidget *parent = nullptr);

    /// `command`: a line for a terminal, to be copied; `action`: the text of a button. Both may be empty, and are not shown then.
    void present(const QString &title, const QString &text, const QString &command = {}, const QString &action = {});
    /// Buttons of these texts, above the action; until the next call.
    void offer(const QStringList &choices);

Q_SIGNALS:
    void acted();
    void offered(int choice);

private:
    QLabel *m_title;
    QLabel *m_text;
    CopyField *m_command;
    QPushButton *m_action;
    QVBoxLayout *m_choices;
    QList<QPushButton *> m_buttons; ///< Of choices; there may be more than these.
};

} // namespace warder
