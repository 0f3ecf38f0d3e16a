#pragma once

#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/Pages.h"

#include <QMainWindow>

namespace warder {

class ProblemStrip;
class ServerBar;
class ServerStatus;
class Toast;
class Tray;

/// The main window: places the pages, the sidebar, the menus and the status bar, and remembers its geometry. Shows a toast for what is
/// done, and a strip above the page for what is wrong. Closing it keeps the server running: it hides where a tray icon can bring it
/// back, is minimised where there is no tray, and explains that the first time. Only the window of a service without a tray ends the
/// program, since the service goes on without it. GUI thread.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(const PageContext &context, ServerStatus &status, Tray &tray, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Visible, not minimised, in front.
    void open();
    /// Writes geometry, page, columns and filters into the settings of the window.
    void remember();
    void askToStop();
    void askToQuit();
    void askToSwitch();
    Pages &pages() { return *m_pages; }
    ProblemStrip &strip() { return *m_strip; }
    Toast &toast() { return *m_toast; }

Q_SIGNALS:
    void quitWanted();
    /// To this machine's service, or away from it; the server of the window ends with that.
    void switchWanted();

protected:
    void closeEvent(QCloseEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void placeParts();
    void wire();
    void makeMenus();
    void present(const OverviewView &overview);
    void showProblemsOfPage();
    void hideOrMinimise();

    PageContext m_context;
    ServerStatus &m_status;
    Tray &m_tray;
    ProblemStrip *m_strip;
    Toast *m_toast;
    Pages *m_pages;
    ServerBar *m_bar;
    QString m_messageWhenOpened; ///< Shown when the window is seen again.
    bool m_quitting = false;
};

} // namespace warder
