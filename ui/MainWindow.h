#pragma once

#include "ui/Desk.h"

#include <QMainWindow>

class QStackedWidget;

namespace warder {

class InlineMessage;
class OverviewPage;
class Page;
class ServerBar;
class ServerWatch;
class SessionsPage;
class Sidebar;
class Tray;
class UsersPage;

/// The frame: places the pages, the sidebar, the menus and the status bar, and remembers where they were. Closing it keeps the
/// server running: it hides where a tray icon can bring it back, and is minimised where none can.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(const Desk &desk, ServerWatch &watch, Tray &tray, QWidget *parent = nullptr);
    ~MainWindow() override;

    void applyChanges(const QList<Change> &changes);
    void refreshAll();
    void showPage(const QString &key, const QString &filter = {});
    /// Visible, not minimised, in front.
    void open();
    /// Geometry, page, columns, filters.
    void remember();
    InlineMessage &notice() { return *m_notice; }

Q_SIGNALS:
    void quitWanted();

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addPage(const QString &key, const QString &iconName, Page *page);
    void makeMenus();
    void go(int index);
    Page *page() const;
    void restore();

    Desk m_desk;
    ServerWatch &m_watch;
    Tray &m_tray;
    Sidebar *m_sidebar;
    InlineMessage *m_notice;
    QStackedWidget *m_pages;
    ServerBar *m_bar;
    OverviewPage *m_overview;
    SessionsPage *m_sessions;
    UsersPage *m_users;
    QStringList m_keys;
    bool m_quitting = false;
};

} // namespace warder
