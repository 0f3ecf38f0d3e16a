#include "ui/Pages.h"

#include "ui/ServerStatus.h"
#include "ui/Sidebar.h"
#include "ui/keys/KeysPage.h"
#include "ui/limits/LimitsPage.h"
#include "ui/mail/MailPage.h"
#include "ui/overview/OverviewPage.h"
#include "ui/providers/ProvidersPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/users/UsersPage.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace warder {

Pages::Pages(const PageContext &context, Sidebar &sidebar, QWidget *parent) : QStackedWidget(parent), m_sidebar(sidebar)
{
    add(u"overview"_s, new OverviewPage(context, this));
    add(u"sessions"_s, new SessionsPage(context, this));
    add(u"users"_s, new UsersPage(context, this));
    add(u"limits"_s, new LimitsPage(context, this));
    add(u"keys"_s, new KeysPage(context, this));
    add(u"mail"_s, new MailPage(context, this));
    add(u"providers"_s, new ProvidersPage(context, this));
    connect(&m_sidebar, &Sidebar::currentRowChanged, this, &Pages::go);
}

void Pages::add(const QString &key, Page *page)
{
    page->setObjectName(key);
    m_pages += page;
    addWidget(page);
    m_sidebar.add(key, page->title());
    connect(page, &Page::goTo, this, &Pages::jumpTo);
    connect(page, &Page::overviewWanted, this, &Pages::overviewWanted);
    connect(page, &Page::done, this, &Pages::done);
    connect(page, &Page::problemsChanged, this, &Pages::problemsChanged);
}

int Pages::indexOf(const QString &key) const
{
    const auto found = std::ranges::find(m_pages, key, &QObject::objectName);
    return found == m_pages.end() ? 0 : int(found - m_pages.begin());
}

QStringList Pages::titles() const
{
    QStringList titles;
    for (const Page *page : m_pages)
        titles += page->title();
    return titles;
}

void Pages::go(int index)
{
    if (index >= 0)
        setCurrentIndex(index);
    Q_EMIT problemsChanged();
}

void Pages::showPageAt(int index)
{
    m_sidebar.setCurrentRow(index);
    QWidget *first = current().firstControl();
    (first ? first : &m_sidebar)->setFocus(Qt::OtherFocusReason);
}

void Pages::showFirstSteps()
{
    showPage(u"overview"_s);
    current().showFirstSteps();
}

void Pages::jumpTo(const QString &key, const PageFilter &filter)
{
    m_pages[indexOf(key)]->filterBy(filter);
    showPage(key);
}

void Pages::present(const OverviewView &overview, const ServerStatus &status)
{
    for (Page *page : m_pages) {
        if (status.hasRead()) // before that nobody knows whether there are accounts
            page->present(overview, status.answers());
    }
}

void Pages::apply(const QList<Change> &changes)
{
    for (Page *page : m_pages)
        page->apply(changes);
}

void Pages::refreshAll()
{
    for (Page *page : m_pages)
        page->refreshIfShown();
}

void Pages::noteReload() { m_pages[indexOf(u"overview"_s)]->refreshIfShown(); }

void Pages::remember(QSettings &memory) const
{
    memory.setValue(u"window/page"_s, current().objectName());
    for (Page *page : m_pages)
        page->remember();
}

void Pages::restore(const QSettings &memory) { m_sidebar.setCurrentRow(indexOf(memory.value(u"window/page"_s).toString())); }

} // namespace warder
