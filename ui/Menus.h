#pragma once

#include <QObject>

#include <functional>

class QAction;
class QMenuBar;

namespace warder {

/// The menu bar and the keys that work everywhere.
class Menus final : public QObject
{
    Q_OBJECT
public:
    /// What the window does when asked.
    struct Orders
    {
        std::function<void()> toggleServer;
        std::function<void()> togglePause;
        std::function<void()> reload;
        std::function<void()> copyAddress;
        std::function<void()> quit;
        std::function<void(int)> showPage;
        std::function<void()> refresh;
        std::function<void()> find;
        std::function<void()> showFirstSteps;
    };

    Menus(QMenuBar &bar, const QStringList &pages, const Orders &orders, QWidget *window);

    void presentServer(bool listening, bool paused);

private:
    void makeServer(QMenuBar &bar, const Orders &orders);
    void makeView(QMenuBar &bar, const QStringList &pages, const Orders &orders);
    void makeHelp(QMenuBar &bar, const Orders &orders, QWidget *window);

    QAction *m_toggle = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_copy = nullptr;
};

} // namespace warder
