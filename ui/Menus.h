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
class UndoStack;

/// Fills the menu bar: its items with their shortcuts, and their state as the server's changes. Carries out what concerns the server and
/// the pages, and emits what concerns the window. GUI thread.
class Menus final : public QObject
{
    Q_OBJECT
public:
    /// `window` becomes the parent.
    Menus(QMenuBar &bar, ServerStatus &status, Pages &pages, UndoStack &undo, const Installation &installation, QWidget *window);

    /// Start or stop, pause or resume, reload: for the menu of the status bar, too.
    QList<QAction *> serverOrders() const { return {m_toggle, m_pause, m_reload}; }
    /// The switch for a start at log-in; null where the installation has none.
    AutostartAction *autostart() const { return m_autostart; }

Q_SIGNALS:
    void stopWanted();
    void restartWanted();
    void copyWanted();
    void backupsWanted();
    /// To this machine's service, or away from it.
    void switchWanted();
    /// To a server on another machine, in a window of its own; empty: somebody has to say which.
    void connectWanted(const QString &place);
    void quitWanted();
    void paletteWanted();
    /// The list of all keys.
    void keysWanted();

private:
    void makeServer(QMenuBar &bar, const Installation &installation);
    void addChoices(QMenu &menu, const Installation &installation);
    void addOfOwnMachine(QMenu &menu);
    void makeEdit(QMenuBar &bar, UndoStack &undo);
    void makeView(QMenuBar &bar, Pages &pages);
    void addPages(QMenu &menu, Pages &pages);
    void addWays(QMenu &menu, Pages &pages);
    /// What the visible page has decides what can be done.
    void presentPage(const Pages &pages);
    void makeHelp(QMenuBar &bar, Pages &pages, const QString &package, QWidget *window);
    void presentServer();

    ServerStatus &m_status;
    QAction *m_toggle = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_reload = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_filter = nullptr;
    QAction *m_part = nullptr;
    QAction *m_back = nullptr;
    QAction *m_forward = nullptr;
    AutostartAction *m_autostart = nullptr;
};

} // namespace warder
