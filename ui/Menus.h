#pragma once

#include <QObject>

class QAction;
class QMenuBar;

namespace warder {

class Pages;
class ServerStatus;

/// The menu bar and the keys that work everywhere.
class Menus final : public QObject
{
    Q_OBJECT
public:
    /// `window` becomes the parent.
    Menus(QMenuBar &bar, ServerStatus &watch, Pages &pages, QWidget *window);

    /// What the status bar's menu offers, too.
    QList<QAction *> serverOrders() const { return {m_toggle, m_pause, m_reload}; }

Q_SIGNALS:
    void stopWanted();
    void copyWanted();
    void quitWanted();

private:
    void makeServer(QMenuBar &bar);
    void makeView(QMenuBar &bar, Pages &pages);
    void makeHelp(QMenuBar &bar, Pages &pages, QWidget *window);
    void presentServer();

    ServerStatus &m_watch;
    QAction *m_toggle = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_reload = nullptr;
    QAction *m_copy = nullptr;
};

} // namespace warder
