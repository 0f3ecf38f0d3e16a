#include "ui/Pages.h"

#include "ui/ServerStatus.h"
#include "ui/Sidebar.h"
#include "ui/keys/KeysPage.h"
#include "ui/limits/LimitsPage.h"
#include "ui/overview/OverviewPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UsersPage.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace warder {

Pages::Pages(const PageContext &context, Sidebar &sidebar, QWidget *parent) : QStackedWidget(parent), m_sidebar(sidebar)
{
    add(u"overview"_s, m_overview = new OverviewPage(context, this));
    add(u"sessions"_s, m_sessions = new SessionsPage(context, this));
    add(u"users"_s, m_users = new UsersPage(context, this));
    add(u"limits"_s, new LimitsPage(context, this));
    add(u"keys"_s, new KeysPage(context, this));
    connect(&m_sidebar, &Sidebar::currentRowChanged, this, &Pages::go);
    connect(m_overview, &OverviewPage::refreshWanted, this, &Pages::refreshWanted);
}

void Pages::add(const QString &key, Page *page)
{
    page->setObjectName(key);
    m_keys += key;
    m_titles += page->title();
    addWidget(page);
    m_sidebar.add(key, page->title());
    connect(page, &Page::goTo, this, &Pages::lead);
    connect(page, &Page::sessionsWanted, this, &Pages::showSessionsOf);
    connect(&page->notice(), &Notice::done, this, &Pages::done);
    connect(&page->notice(), &Notice::problemsChanged, this, &Pages::problemsChanged);
}

Page &Pages::current() const { return *static_cast<Page *>(currentWidget()); }

void Pages::go(int index)
{
    if (index >= 0)
        setCurrentIndex(index);
    Q_EMIT problemsChanged();
}

void Pages::showPage(const QString &key)
{
    m_sidebar.setCurrentRow(int(qMax<qsizetype>(0, m_keys.indexOf(key))));
    QWidget *first = current().firstControl();
    (first ? first : &m_sidebar)->setFocus(Qt::OtherFocusReason);
}

void Pages::showFirstSteps()
{
    showPage(u"overview"_s);
    m_overview->showFirstSteps();
}

void Pages::lead(const QString &key, const QString &filter)
{
    if (key == "sessions"_L1)
        m_sessions->filterBy(filter, !filter.isEmpty());
    if (key == "users"_L1)
        m_users->filterBy(filter);
    showPage(key);
}

void Pages::showSessionsOf(Id user, const QString &email)
{
    m_sessions->showSessionsOf(user, email);
    showPage(u"sessions"_s);
}

void Pages::present(const OverviewView &overview, const ServerStatus &watch)
{
    if (watch.hasRead()) // before that nobody knows whether there are accounts
        m_overview->present(overview, watch.answers());
    const QString address = UiTexts::addressOf(overview.server);
    m_sessions->setServerUrl(address);
    m_users->setServerUrl(address);
}

void Pages::apply(const QList<Change> &changes)
{
    for (int i = 0; i < count(); ++i)
        static_cast<Page *>(widget(i))->apply(changes);
}

void Pages::refreshAll()
{
    for (int i = 0; i < count(); ++i)
        static_cast<Page *>(widget(i))->refreshIfShown();
}

void Pages::noteReload() { m_overview->refreshIfShown(); }

void Pages::remember(QSettings &memory) const
{
    memory.setValue(u"window/page"_s, m_keys.value(currentIndex()));
    for (int i = 0; i < count(); ++i)
        static_cast<Page *>(widget(i))->remember();
}

void Pages::restore(const QSettings &memory)
{
    m_sidebar.setCurrentRow(int(qMax<qsizetype>(0, m_keys.indexOf(memory.value(u"window/page"_s).toString()))));
}

} // namespace warder
