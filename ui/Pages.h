#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"

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
    Page &current() const { return *m_pages[currentIndex()]; }

    void showPage(const QString &key) { showPageAt(indexOf(key)); }
    void showPageAt(int index);
    void showFirstSteps();
    /// Shows a page with this filter in place of the one that was set there.
    void jumpTo(const QString &key, const PageFilter &filter);

    void present(const OverviewView &overview, const ServerStatus &status);
    void apply(const QList<Change> &changes);
    /// Reads every page anew that was shown before; the others read when they are shown first.
    void refreshAll();
    /// To be called when the server has read its settings again.
    void noteReload();

    /// Writes into the settings of the window which page is visible, and what each page remembers.
    void remember(QSettings &memory) const;
    void restore(const QSettings &memory);

Q_SIGNALS:
    /// See Page::done().
    void done(const QString &text, const std::function<void()> &undo);
    /// Another page is visible, or the visible one has other problems.
    void problemsChanged();
    /// See Page::overviewWanted().
    void overviewWanted();

private:
    void add(const QString &key, Page *page);
    void go(int index);
    /// The first page where there is none of that key.
    int indexOf(const QString &key) const;

    Sidebar &m_sidebar;
    QList<Page *> m_pages;
};

} // namespace warder
