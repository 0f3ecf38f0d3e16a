#pragma once

#include "ui/support/WindowProblem.h"

#include <QAction>

namespace warder {

/// The switch in a menu by which the program starts when its user logs in. It shows what the file says (ui/support/Autostart.h) whenever
/// the menu opens. GUI thread.
class AutostartAction final : public QAction
{
    Q_OBJECT
public:
    /// `command`: the program and its arguments for such a start.
    AutostartAction(const QStringList &command, QObject *parent);

    /// Reads the file again.
    void refresh();

Q_SIGNALS:
    /// The person switched it; `text` says what happens now.
    void turned(const QString &text);
    /// What is wrong with the switch: nothing, or why it could not be turned.
    void problemsChanged(const QList<warder::WindowProblem> &problems);

private:
    void turn(bool on);

    const QStringList m_command;
};

} // namespace warder
