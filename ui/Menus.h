#pragma once

#include <QObject>

class QAction;
class QMenu;
class QMenuBar;

namespace warder {

class AutostartAction;
struct Installation;
class Pages;
class ServerStatus;

/// The menu bar and the keys that work everywhere.
class Menus final : public QObject
{
    Q_OBJECT
public:
    /// `window` becomes the parent.
    Menus(QMenuBar &bar, ServerStatus &status, Pages &pages, const Installation &installation, QWidget *window);

    /// What the status bar's menu offers, too.
    QList<QAction *> serverOrders() const { return {m_toggle, m_pause, m_reload}; }
    /// Null where there is none to offer.
    AutostartAction *autostart() const { return m_autostart; }

Q_SIGNALS:
    void stopWanted();
    void copyWanted();
    /// To this machine's service, or away from it.
    void switchWanted();
    void quitWanted();

private:
    void makeServer(QMenuBar &bar, const Installation &installation);
    void addChoices(QMenu &menu, const Installation &installation);
    void makeView(QMenuBar &bar, Pages &pages);
    void makeHelp(QMenuBar &bar, Pages &pages, const QString &package, QWidget *window);
    void presentServer();

    ServerStatus &m_status;
    QAction *m_toggle = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_reload = nullptr;
    QAction *m_copy = nullptr;
    AutostartAction *m_autostart = nullptr;
};

} // namespace warder
