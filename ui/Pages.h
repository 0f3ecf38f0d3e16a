#pragma once

#include "core/console/orders/Changes.h"
#include "ui/PageContext.h"

#include <QStackedWidget>

class QSettings;

namespace warder {

class OverviewPage;
class Page;
class ServerStatus;
class SessionsPage;
class Sidebar;
class UsersPage;

/// The pages, each made once and known by its key, and the sidebar that chooses among them. Leads from one to another, and hands
/// all of them what is new. GUI thread.
class Pages final : public QStackedWidget
{
    Q_OBJECT
public:
    Pages(const PageContext &context, Sidebar &sidebar, QWidget *parent);

    /// In the order of the sidebar.
    const QStringList &titles() const { return m_titles; }
    Page &current() const;

    void showPage(const QString &key);
    void showPageAt(int index) { showPage(m_keys.value(index)); }
    void showFirstSteps();
    /// Goes to a page that shows exactly what was asked for, whatever was filtered there before.
    void lead(const QString &key, const QString &filter);
    void showSessionsOf(Id user, const QString &email);

    void present(const OverviewView &overview, const ServerStatus &watch);
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
    void refreshWanted();

private:
    void add(const QString &key, Page *page);
    void go(int index);

    Sidebar &m_sidebar;
    OverviewPage *m_overview;
    SessionsPage *m_sessions;
    UsersPage *m_users;
    QStringList m_keys;
    QStringList m_titles;
};

} // namespace warder
