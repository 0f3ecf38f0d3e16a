#pragma once

#include <QObject>

class QSettings;
class QWidget;

namespace warder {

class Toast;
class Tray;

/// Puts the window away while the server goes on: into the tray where there is one, else among the minimised ones. Says the first
/// time how it comes back. GUI thread.
class WindowAway final : public QObject
{
    Q_OBJECT
public:
    WindowAway(QWidget &window, Toast &toast, Tray &tray, QSettings &memory);

    void putAway();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget &m_window;
    Toast &m_toast;
    Tray &m_tray;
    QSettings &m_memory;
    QString m_tellWhenOpened;
};

} // namespace warder
