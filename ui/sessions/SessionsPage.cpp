#include "ui/sessions/SessionsPage.h"

#include "ui/sessions/SessionFacts.h"
#include "ui/sessions/SessionsModel.h"
#include "ui/support/Icons.h"
#include "ui/support/Words.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Delegates.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/InlineMessage.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/Type.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSet>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

SessionsPage::SessionsPage(const Desk &desk, QWidget *parent)
    //: Title of a page, and what it shows.
    : Page(desk, tr("Sessions"), tr("Who is signed in now. Rows appear, change and leave as it happens."), parent),
      m_model(new SessionsModel(desk.clock, this)), m_paged(this, wires())
{
    build();
    m_filter->setFilter(desk.memory.value(u"sessions/filter"_s).toString());
    m_ended->setChecked(desk.memory.value(u"sessions/ended"_s).toBool());
    m_model->setFilter(filter());
    m_table->restoreColumns(desk.memory);
    connect(m_filter, &FilterBox::filterChanged, this, &SessionsPage::takeFilter);
    connect(m_ended, &QCheckBox::toggled, this, &SessionsPage::takeFilter);
    connect(m_table, &DataTable::selectionMoved, this, &SessionsPage::showDetails);
    connect(m_table, &DataTable::couldNotSave, this, [this](const QString &file, const QString &why) {
        //: A file could not be written: its name and the reason.
        notice().say(Tone::Bad, tr("%1 could not be saved: %2").arg(file, why));
    });
    connect(m_model, &SessionsModel::moreWanted, this, [this] { m_paged.more(); });
    connect(m_revoke, &QPushButton::clicked, this, &SessionsPage::revokeSelected);
    connect(m_revokeShown, &QPushButton::clicked, this, &SessionsPage::revokeShown);
    connect(m_empty, &EmptyState::acted, this, [this] { filterBy({}, false); });
    showCounts();
    showDetails();
}

void SessionsPage::build()
{
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(12);
    auto *panel = new Panel({}, splitter);
    panel->setFlush();
    m_stack = new QStackedWidget(panel);
    //: Name of the table of sessions, for screen readers and as a file name.
    m_table = new DataTable(tr("Sessions"), u"sessions"_s, m_stack);
    m_table->present(m_model, {24, 19, 18, 12, 13, 13, 12, 10});
    m_table->setItemDelegateForColumn(SessionsModel::State, new StateDelegate(m_table));
    m_empty = new EmptyState(u"sessions"_s, m_stack);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    panel->body()->addWidget(m_stack);
    //: Name of the panel beside the sessions, for screen readers; and what it says while nothing is selected.
    m_details = new DetailsPanel(tr("Session details"), tr("Select a session to see its device, its refreshes and why it ended."), splitter);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({900, 300});
    body()->addWidget(makeTools());
    body()->addWidget(splitter, 1);
    m_count = quietLabel({}, this);
    body()->addWidget(m_count);
    auto *remove = new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &SessionsPage::revokeSelected);
}

QWidget *SessionsPage::makeTools()
{
    auto *tools = new QWidget(this);
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    //: Placeholder of the filter of sessions.
    m_filter = new FilterBox(tr("Filter by user, address or device"), m_table, tools);
    //: Check box: shows sessions that ended as well as live ones.
    m_ended = new QCheckBox(tr("Show &ended too"), tools);
    //: Button: ends the selected sessions.
    m_revoke = new QPushButton(icon(u"ban"_s), tr("&Revoke"), tools);
    //: Tool tip of the button that ends the selected sessions.
    m_revoke->setToolTip(tr("End the selected sessions (Delete)"));
    m_revokeShown = new QPushButton(tools);
    row->addWidget(m_filter, 1);
    row->addWidget(m_ended);
    row->addStretch(1);
    row->addWidget(m_revoke);
    row->addWidget(m_revokeShown);
    return tools;
}

PagedRows<SessionView>::Wires SessionsPage::wires()
{
    const auto change = [this](auto step) {
        m_model->setHasMore(m_paged.hasMore());
        m_table->keepingPlace(step);
        showCounts();
        showDetails();
    };
    return {
        .fetch = [this](const QString &cursor, int limit) { return desk().console.sessions(filter(), cursor, limit); },
        .replaced = [this, change](const QList<SessionView> &rows) { change([&] { m_model->replaceAll(rows); }); },
        .appended = [this, change](const QList<SessionView> &rows) { change([&] { m_model->append(rows); }); },
        .changed = [this, change](const QList<Change> &changes) { change([&] { m_model->apply(changes); }); },
        .failed = [this](const Error &error) { showError(error); },
    };
}

SessionFilter SessionsPage::filter() const
{
    return {.text = m_filter->filter(), .user = {}, .ended = m_ended->isChecked()};
}

void SessionsPage::takeFilter()
{
    m_ledHere = false;
    m_model->setFilter(filter());
    m_paged.reload(0);
}

void SessionsPage::filterBy(const QString &text, bool withEnded)
{
    const QSignalBlocker quiet(m_ended);
    m_ledHere = true;
    m_filter->setFilter(text);
    m_ended->setChecked(withEnded);
    m_model->setFilter(filter());
    refreshIfShown();
}

void SessionsPage::setServerUrl(const QString &url)
{
    m_url = url;
    showEmptiness();
}

void SessionsPage::refresh()
{
    m_paged.reload(m_model->rowCount());
}

void SessionsPage::apply(const QList<Change> &changes)
{
    m_paged.apply(changes);
}

void SessionsPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

QWidget *SessionsPage::firstControl()
{
    return m_stack->currentWidget() == m_table ? static_cast<QWidget *>(m_table) : m_filter;
}

void SessionsPage::remember()
{
    m_table->rememberColumns(desk().memory);
    if (m_ledHere)
        return;
    desk().memory.setValue(u"sessions/filter"_s, m_filter->filter());
    desk().memory.setValue(u"sessions/ended"_s, m_ended->isChecked());
}

void SessionsPage::beat()
{
    m_table->keepingPlace([this] { m_model->dropExpired(); });
    m_model->age();
    showCounts();
    showDetails();
}

void SessionsPage::showCounts()
{
    const int live = m_model->liveCount();
    const QString more = m_paged.hasMore() ? u"+"_s : QString();
    //: Button: ends every live session that the filter shows; %1 is their number, "200+" if not all are read yet.
    m_revokeShown->setText(tr("Revoke &all shown (%1)").arg(Words::count(live) + more));
    m_revokeShown->setEnabled(live > 0);
    const auto selected = m_table->selectedRows().size();
    //: Below the table: how many sessions are listed; %1 is "12", or "200+" if there are more.
    QString text = tr("Sessions shown: %1").arg(Words::count(m_model->rowCount()) + more);
    if (m_paged.hasMore())
        //: Below the table, after the number of sessions.
        text += u" · "_s + tr("scroll for more; sorting covers those already read");
    if (selected > 0)
        //: Below the table: how many rows are selected.
        text += u" · "_s + tr("%1 selected").arg(Words::count(selected));
    m_count->setText(text);
    showEmptiness();
}

void SessionsPage::showEmptiness()
{
    if (m_model->rowCount() > 0 || !m_paged.wasLoaded()) {
        m_stack->setCurrentWidget(m_table);
        return;
    }
    if (!m_filter->filter().isEmpty())
        //: Nothing matches a filter: title, text (%1 is the filter), button.
        m_empty->say(tr("No session matches"), tr("Nothing matches “%1”.").arg(m_filter->filter()), {}, tr("Clear the filter"));
    else
        //: Nobody is signed in: title, and how to try it.
        m_empty->say(tr("Nobody is signed in"),
                     tr("As soon as somebody registers or logs in, their session appears here by itself. Try it in a terminal:"),
                     Words::curlRegister(m_url));
    m_stack->setCurrentWidget(m_empty);
}

void SessionsPage::showDetails()
{
    const QList<int> selected = m_table->selectedRows();
    const int live = int(std::ranges::count_if(selected, [this](int row) { return m_model->rows()[row].isLive(now()); }));
    m_revoke->setEnabled(live > 0);
    const SessionView *session = selected.size() == 1 ? m_model->rowAt(selected.first()) : nullptr;
    if (session)
        presentSession(*m_details, *session, now());
    else
        m_details->presentNothing();
}

void SessionsPage::revokeSelected()
{
    QList<Id> ids;
    QSet<Id> users;
    for (const int row : m_table->selectedRows()) {
        const SessionView &session = m_model->rows()[row];
        if (!session.isLive(now()))
            continue;
        ids += session.id;
        users += session.userId;
    }
    if (ids.isEmpty())
        return;
    const QString who = users.size() == 1 ? m_model->rows()[m_model->rowOf(ids.first())].email : Words::users(users.size());
    const Confirmation confirmation {
        //: Question before sessions are ended: "Revoke 3 sessions of 2 users?"
        .question = tr("Revoke %1 of %2?").arg(Words::sessions(ids.size()), who),
        //: What follows when sessions are ended.
        .effect = tr("They are signed out with their next request and must log in again. This cannot be undone."),
        //: Button: ends sessions.
        .action = tr("Revoke")};
    confirm(this, confirmation, [this, ids] {
        ask(desk().console.revokeSessions(ids), this,
            //: Said after sessions were ended; %1 is "3 sessions".
            [this](int ended) { notice().say(Tone::Good, tr("Revoked %1.").arg(Words::sessions(ended))); },
            [this](const Error &error) { showError(error); });
    });
}

void SessionsPage::revokeShown()
{
    QSet<Id> users;
    for (const SessionView &session : m_model->rows()) {
        if (session.isLive(now()))
            users += session.userId;
    }
    const SessionFilter shown = filter();
    //: A number that is at least that many.
    const QString live = m_paged.hasMore() ? tr("at least %1").arg(Words::sessions(m_model->liveCount())) : Words::sessions(m_model->liveCount());
    const Confirmation confirmation {
        //: Question before all sessions that are shown are ended: "Revoke 12 sessions of 9 users?"
        .question = tr("Revoke %1 of %2?").arg(live, Words::users(users.size())),
        .effect = (shown.text.isEmpty()
            //: What follows when all live sessions are ended.
            ? tr("Every live session ends: everybody is signed out.")
            //: What follows when all live sessions that match a filter are ended; %1 is the filter.
            : tr("Every live session that matches “%1” ends.").arg(shown.text)) + u' '
            //: What follows when sessions are ended.
            + tr("They are signed out with their next request and must log in again. This cannot be undone."),
        //: Button: ends all sessions that are shown.
        .action = tr("Revoke all shown")};
    confirm(this, confirmation, [this, shown] {
        ask(desk().console.revokeShown(shown), this,
            [this](int ended) { notice().say(Tone::Good, tr("Revoked %1.").arg(Words::sessions(ended))); },
            [this](const Error &error) { showError(error); });
    });
}

} // namespace warder
