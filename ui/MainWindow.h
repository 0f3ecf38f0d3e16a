#pragma once

#include "core/console/orders/Changes.h"
#include "ui/PageContext.h"

#include <QMainWindow>

namespace warder {

class Pages;
class ProblemStrip;
class ServerBar;
class ServerStatus;
class Sidebar;
class Toast;
class Tray;
class WindowAway;

/// The frame: places the pages, the sidebar, the menus and the status bar, and remembers where it was. What is done is told in a
/// toast, what is wrong in the strip above the page. Closing it keeps the server running: it hides where a tray icon can bring it
/// back, and is minimised where none can; the window of a service ends there, since the service goes on without it.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(const PageContext &context, ServerStatus &watch, Tray &tray, QWidget *parent = nullptr);
    ~MainWindow() override;

    void applyChanges(const QList<Change> &changes);
    void refreshAll();
    void showPage(const QString &key);
    /// Goes to a page that shows exactly what was asked for, whatever was filtered there before.
    void lead(const QString &key, const PageFilter &filter);
    /// Visible, not minimised, in front.
    void open();
    /// Geometry, page, columns, filters.
    void remember();
    void askToStop();
    void askToQuit();
    ProblemStrip &strip() { return *m_strip; }
    Toast &toast() { return *m_toast; }

Q_SIGNALS:
    void quitWanted();

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void placeParts();
    void wire();
    void makeMenus();
    void present(const OverviewView &overview);
    void showProblemsOfPage();

    PageContext m_context;
    ServerStatus &m_watch;
    Tray &m_tray;
    Sidebar *m_sidebar;
    ProblemStrip *m_strip;
    Toast *m_toast;
    Pages *m_pages;
    ServerBar *m_bar;
    WindowAway *m_away;
    bool m_quitting = false;
};

} // namespace warder
