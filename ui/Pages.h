#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"

#include <QStackedWidget>

class QSettings;

namespace warder {

class Page;
class ServerStatus;
class Sidebar;

/// The pages, each made once and known by its key, and the sidebar that chooses among them. Leads from one to another, and hands
/// all of them what is new. GUI thread.
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
    /// Goes to a page that shows exactly what was asked for, whatever was filtered there before.
    void jumpTo(const QString &key, const PageFilter &filter);

    void present(const OverviewView &overview, const ServerStatus &status);
    void apply(const QList<Change> &changes);
    /// Those that somebody has looked at.
    void refreshAll();
    /// The settings were read again.
    void noteReload();

    /// The page, and what each of them remembers.
    void remember(QSettings &memory) const;
    void restore(const QSettings &memory);

Q_SIGNALS:
    void done(const QString &text);
    /// Another page, or other problems of the one that is shown.
    void problemsChanged();
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
