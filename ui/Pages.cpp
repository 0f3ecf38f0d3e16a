#include "ui/Pages.h"

#include "ui/ServerStatus.h"
#include "ui/Sidebar.h"
#include "ui/activity/ActivityPage.h"
#include "ui/alarms/AlarmTexts.h"
#include "ui/alarms/AlarmsPage.h"
#include "ui/keys/KeysPage.h"
#include "ui/limits/LimitsPage.h"
#include "ui/mail/MailPage.h"
#include "ui/overview/OverviewPage.h"
#include "ui/providers/ProvidersPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/settings/SettingsPage.h"
#include "ui/users/UsersPage.h"

#include <QSettings>

#include <algorithm>

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
    add(u"activity"_s, new ActivityPage(context, this));
    add(u"settings"_s, new SettingsPage(context, this));
    add(u"alarms"_s, new AlarmsPage(context, this));
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
    connect(page, &Page::serverOrdersWanted, this, &Pages::serverOrdersWanted);
    connect(page, &Page::badgeWanted, this, [this](const QString &other, qint64 number, const QString &words) {
        m_sidebar.setBadge(indexOf(other), number, Tone::Warning, words);
    });
    connect(page, &Page::attentionWanted, this, [this, page] {
        if (currentWidget() != page)
            showPage(page->objectName());
    });
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

QKeySequence Pages::shortcutOf(int index) const
{
    const int alarms = indexOf(u"alarms"_s);
    if (index == alarms)
        return Qt::CTRL | Qt::Key_0;
    const int number = index < alarms ? index : index - 1;
    return number < 9 ? QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + number)) : QKeySequence();
}

void Pages::go(int index)
{
    if (index >= 0) {
        setCurrentIndex(index);
        m_history.visit(index);
    }
    Q_EMIT pageChanged();
    Q_EMIT problemsChanged();
}

/// The keyboard goes there first: of a page that hides, Qt gives it to one control after the other, and screen readers name each.
void Pages::showPageAt(int index)
{
    if (Page *next = index == currentIndex() ? nullptr : m_pages.value(index)) {
        next->show();
        giveKeyboardTo(*next);
    }
    m_sidebar.setCurrentRow(index);
    takeKeyboard();
}

void Pages::takeKeyboard() { giveKeyboardTo(current()); }

void Pages::giveKeyboardTo(Page &page)
{
    QWidget *first = page.firstControl();
    (first ? first : &m_sidebar)->setFocus(Qt::OtherFocusReason);
}

void Pages::goBack()
{
    if (const auto page = m_history.goBack())
        showPageAt(*page);
}

void Pages::goForward()
{
    if (const auto page = m_history.goForward())
        showPageAt(*page);
}

void Pages::showFirstSteps()
{
    showPage(u"overview"_s);
    current().showFirstSteps();
}

void Pages::showHowToConnect()
{
    showPage(u"overview"_s);
    current().showHowToConnect();
}

void Pages::askWhyRefused()
{
    showPage(u"activity"_s);
    current().askWhyRefused();
}

void Pages::jumpTo(const QString &key, const PageFilter &filter)
{
    if (key == "backups"_L1) // a dialog
        return Q_EMIT backupsWanted();
    m_pages[indexOf(key)]->filterBy(filter);
    showPage(key);
}

void Pages::present(const OverviewView &overview, const ServerStatus &status)
{
    //: How many addresses and accounts limits hold back at this moment; beside the name of the page Limits.
    const QString heldBack = tr("%Ln held back now", nullptr, int(overview.limitedNow));
    m_sidebar.setBadge(indexOf(u"limits"_s), overview.limitedNow, Tone::Warning, heldBack);
    showLiveSessions(overview);
    for (Page *page : m_pages) {
        if (status.hasRead()) // before that nobody knows whether there are accounts
            page->present(overview, status.answers());
    }
}

/// What is not known now is not shown.
void Pages::showLiveSessions(const OverviewView &overview)
{
    const qint64 live = overview.counts ? overview.counts->liveSessions : 0;
    //: How many sessions are live; the tip of the page Sessions in the sidebar.
    m_sidebar.setCount(indexOf(u"sessions"_s), live, tr("%Ln live now", nullptr, int(live)));
}

void Pages::apply(const QList<Change> &changes)
{
    for (Page *page : m_pages)
        page->apply(changes);
}

void Pages::showOpenAlarms(qint64 open) { m_sidebar.setBadge(indexOf(u"alarms"_s), open, Tone::Bad, AlarmTexts::open(open)); }

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
