#pragma once

#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/Pages.h"
#include "ui/support/Tone.h"

#include <QMainWindow>

namespace warder {

class CommandPalette;
class ProblemStrip;
class ServerBar;
class ServerStatus;
class Sidebar;
class Toast;
class Tray;
class UndoStack;
class UnseenWork;

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
    void askToRestart();
    void askToQuit();
    void askToSwitch();
    void showBackups();
    /// Asks where to, if `place` is empty.
    void askToConnect(const QString &place);
    /// How many alarms nobody has seen: in the title, and beside the name of their page.
    void showOpenAlarms(qint64 open);
    Pages &pages() { return *m_pages; }
    ProblemStrip &strip() { return *m_strip; }
    Toast &toast() { return *m_toast; }
    UndoStack &undoStack() { return *m_undo; }

Q_SIGNALS:
    void quitWanted();
    /// To this machine's service, or away from it; the server of the window ends with that.
    void switchWanted();
    /// A server on another machine shall be shown, in a window of its own.
    void connectWanted(const QString &place);

protected:
    void closeEvent(QCloseEvent *event) override;
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    /// Escape, where nothing in the page takes it, puts a problem away.
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void placeParts();
    void wire();
    void makeMenus();
    /// Says what is done, and keeps how to take it back.
    void tell(const QString &text, const Undo &undo);
    void showKeys();
    void present(const OverviewView &overview);
    void showProblemsOfPage();
    void showTitle();
    void hideOrMinimise();
    QString shownServer(const OverviewView &overview) const;
    void connectTo(const QString &place);
    /// What came of what the dialog of backups did out of view.
    void tellOfBackups(Tone tone, const QString &text);

    PageContext m_context;
    ServerStatus &m_status;
    Sidebar *m_sidebar = nullptr;
    Tray &m_tray;
    UndoStack *m_undo;
    ProblemStrip *m_strip;
    Toast *m_toast;
    CommandPalette *m_palette;
    Pages *m_pages;
    ServerBar *m_bar;
    UnseenWork *m_unseen;
    qint64 m_openAlarms = 0;
    QString m_messageWhenOpened; ///< Shown when the window is seen again.
    bool m_quitting = false;
};

} // namespace warder
