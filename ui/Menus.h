#pragma once

#include <QObject>

#include <functional>

class QAction;
class QMenuBar;

namespace warder {

class ServerStatus;

/// The menu bar and the keys that work everywhere.
class Menus final : public QObject
{
    Q_OBJECT
public:
    /// What the window does when asked.
    struct Orders
    {
        std::function<void()> startOrStop;
        std::function<void()> togglePause;
        std::function<void()> reload;
        std::function<void()> copyAddress;
        std::function<void()> quit;
        std::function<void(int)> showPage;
        std::function<void()> refresh;
        std::function<void()> find;
        std::function<void()> showFirstSteps;
    };

    Menus(QMenuBar &bar, const QStringList &pages, const Orders &orders, bool ofService, QWidget *window);

    void presentServer(const ServerStatus &watch);
    /// What the status bar's menu offers, too.
    QList<QAction *> serverOrders() const { return {m_toggle, m_pause, m_reload}; }

private:
    void makeServer(QMenuBar &bar, const Orders &orders, bool ofService);
    void makeView(QMenuBar &bar, const QStringList &pages, const Orders &orders);
    void makeHelp(QMenuBar &bar, const Orders &orders, QWidget *window);

    QAction *m_toggle = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_reload = nullptr;
    QAction *m_copy = nullptr;
};

} // namespace warder
