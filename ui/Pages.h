#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/PageHistory.h"
#include "ui/support/Undo.h"

#include <QKeySequence>
#include <QStackedWidget>

#include <functional>

class QSettings;

namespace warder {

class Page;
class ServerStatus;
class Sidebar;

/// All pages of the window, one of them visible, each known by its key ("sessions"). Follows the sidebar, carries out jumps from one page
/// to another, and passes changes and the server's numbers on to every page. GUI thread.
class Pages final : public QStackedWidget
{
    Q_OBJECT
public:
    Pages(const PageContext &context, Sidebar &sidebar, QWidget *parent);

    /// In the order of the sidebar.
    QStringList titles() const;
    /// Ctrl+1 for the first, and so on; Ctrl+0 for the alarms, wherever they stand.
    QKeySequence shortcutOf(int index) const;
    Page &current() const { return *m_pages[currentIndex()]; }

    void showPage(const QString &key) { showPageAt(indexOf(key)); }
    void showPageAt(int index);
    void showFirstSteps();
    void showHowToConnect();
    /// On the page that has the records.
    void askWhyRefused();
    /// Through the pages that were visited; nothing at the end of the way.
    void goBack();
    void goForward();
    const PageHistory &history() const { return m_history; }
    /// The keyboard goes where the visible page wants it.
    void takeKeyboard();
    const QList<Page *> &all() const { return m_pages; }
    /// Shows a page with this filter in place of the one that was set there.
    void jumpTo(const QString &key, const PageFilter &filter);

    void present(const OverviewView &overview, const ServerStatus &status);
    void apply(const QList<Change> &changes);
    /// How many alarms nobody has seen: beside the page's name.
    void showOpenAlarms(qint64 open);
    /// Reads every page anew that was shown before; the others read when they are shown first.
    void refreshAll();
    /// To be called when the server has read its settings again.
    void noteReload();

    /// Writes into the settings of the window which page is visible, and what each page remembers.
    void remember(QSettings &memory) const;
    void restore(const QSettings &memory);

Q_SIGNALS:
    /// See Page::done().
    void done(const QString &text, const warder::Undo &undo);
    /// Another page is visible.
    void pageChanged();
    /// Another page is visible, or the visible one has other problems.
    void problemsChanged();
    /// See Page::overviewWanted().
    void overviewWanted();
    /// See Page::serverOrdersWanted().
    void serverOrdersWanted(const QPoint &place);
    /// A jump to "backups", which is no page.
    void backupsWanted();

private:
    void add(const QString &key, Page *page);
    void go(int index);
    void giveKeyboardTo(Page &page);
    void showLiveSessions(const OverviewView &overview);
    /// The first page where there is none of that key.
    int indexOf(const QString &key) const;

    Sidebar &m_sidebar;
    QList<Page *> m_pages;
    PageHistory m_history;
};

} // namespace warder
