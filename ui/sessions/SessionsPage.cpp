#include "ui/sessions/SessionsPage.h"

#include "ui/sessions/Revocation.h"
#include "ui/sessions/SessionFacts.h"
#include "ui/sessions/SessionsModel.h"
#include "ui/support/Csv.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Delegates.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ExportWork.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/InlineMessage.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

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
namespace {

constexpr qint64 mostSorted = 10'000;    ///< Rows that a click on a header may have read.
constexpr int widestName = 200;          ///< Pixels of an address on a button.
constexpr qsizetype mostChosen = 10'000; ///< Sessions that are ended one by one, in one message.

} // namespace

SessionsPage::SessionsPage(const PageContext &context, QWidget *parent)
    //: Title of a page, and what it shows.
    : Page(context, tr("Sessions"), tr("Who is signed in now. Rows appear, change and leave as it happens."), parent),
      m_model(new SessionsModel(context.clock, this)), m_paged(this, wires()),
      m_exact(this, [this] { return this->context().console.ask(CountSessions {.filter = filter()}); }, [this] { showCounts(); })
{
    build();
    m_revocation = new Revocation(*this, context.console, *m_work, [this] { return filter(); });
    m_filter->setFilter(context.memory.value(u"sessions/filter"_s).toString());
    m_ended->setChecked(context.memory.value(u"sessions/ended"_s).toBool());
    m_model->setFilter(filter());
    m_table->restoreColumns(context.memory);
    m_table->setComplete(false);
    wire();
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
    m_details =
        new DetailsPanel(tr("Session details"), tr("Select a session to see its device, its refreshes and why it ended."), splitter);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({900, 300});
    body()->addWidget(makeTools());
    body()->addWidget(splitter, 1);
    body()->addWidget(makeFoot());
    auto *remove = new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &SessionsPage::revokeSelected);
}

void SessionsPage::wire()
{
    connect(m_filter, &FilterBox::filterChanged, this, &SessionsPage::takeFilter);
    connect(m_filter, &FilterBox::edited, this, [this](bool differs) {
        m_typing = differs;
        showCounts();
        showDetails();
    });
    connect(m_ended, &QCheckBox::toggled, this, &SessionsPage::takeFilter);
    connect(m_userChip, &QPushButton::clicked, this, [this] {
        setUser({}, {});
        takeFilter();
        m_filter->setFocus(Qt::OtherFocusReason);
    });
    connect(m_table, &DataTable::selectionMoved, this, &SessionsPage::showDetails);
    connect(m_table, &DataTable::sortingWanted, this, &SessionsPage::readWholeListToSort);
    //: Title of a dialog that asks for a file; %1 is "3,412 sessions".
    m_table->setExporter([this] { return counts() ? tr("Export %1").arg(UiTexts::sessions(counts()->sessions)) : tr("Export sessions"); },
                         [this](const QString &file) { exportTo(file); });
    connect(m_model, &SessionsModel::moreWanted, this, [this] { m_paged.more(); });
    connect(m_revoke, &QPushButton::clicked, this, &SessionsPage::revokeSelected);
    connect(m_revokeShown, &QPushButton::clicked, this, &SessionsPage::revokeShown);
    connect(m_revocation, &Revocation::failed, this, &SessionsPage::showError);
    connect(m_revocation, &Revocation::over, this, &SessionsPage::showCounts);
    connect(m_empty, &EmptyState::acted, this, [this] {
        filterBy({}, false);
        m_ledHere = false; // the person's own choice
    });
}

QWidget *SessionsPage::makeTools()
{
    auto *tools = new QWidget(this);
    auto *rows = new QVBoxLayout(tools);
    rows->setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    rows->addLayout(row);
    //: Placeholder of the filter of sessions.
    m_filter = new FilterBox(tr("Filter by user, address or device"), m_table, tools);
    m_userChip = new QPushButton(icon(u"close"_s), {}, tools);
    m_userChip->setObjectName(u"userChip"_s);
    m_userChip->setLayoutDirection(Qt::RightToLeft);
    m_userChip->hide();
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
    rows->addWidget(m_userChip, 0, Qt::AlignLeft);
    return tools;
}

QWidget *SessionsPage::makeFoot()
{
    auto *foot = new QWidget(this);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    m_count = quietLabel({}, foot);
    m_count->setObjectName(u"count"_s);
    m_work = new WorkBar(foot);
    row->addWidget(m_count, 1);
    row->addWidget(m_work);
    return foot;
}

PagedRows<SessionView>::Wires SessionsPage::wires()
{
    const auto change = [this](auto step) {
        m_model->setHasMore(m_paged.hasMore());
        m_table->keepingPlace(step);
        m_table->setComplete(!m_paged.hasMore());
        showCounts();
        showDetails();
    };
    return {
        .fetch = [this](const QString &cursor,
                        int limit) { return context().console.ask(ListSessions {.filter = filter(), .cursor = cursor, .limit = limit}); },
        .replaced =
            [this, change](const QList<SessionView> &rows) {
                change([&] { m_model->replaceAll(rows); });
                readWholeListToSort();
            },
        .appended = [this, change](const QList<SessionView> &rows) { change([&] { m_model->append(rows); }); },
        .changed = [this, change](const QList<Change> &changes) { change([&] { m_model->apply(changes); }); },
        .failed = [this](const Error &error) { showError(error); },
    };
}

SessionFilter SessionsPage::filter() const { return {.text = m_filter->filter(), .user = m_user, .ended = m_ended->isChecked()}; }

void SessionsPage::setUser(std::optional<Id> user, const QString &email)
{
    m_user = user;
    m_email = email;
    //: Button that is shown while one user's sessions are listed, and lists everybody's; %1 is an e-mail address.
    m_userChip->setText(
        tr("Sessions of %1")
            .arg(UiTexts::inLabel(m_userChip->fontMetrics().elidedText(UiTexts::foreign(email), Qt::ElideMiddle, widestName))));
    //: Tool tip of a button that names the one user whose sessions are listed.
    m_userChip->setToolTip(tr("Show the sessions of everybody again") + u'\n' + UiTexts::foreign(email));
    m_userChip->setVisible(user.has_value());
}

void SessionsPage::takeFilter()
{
    m_ledHere = false;
    search();
}

void SessionsPage::search()
{
    m_typing = false;
    m_model->setFilter(filter());
    m_exact.forget();
    m_paged.search();
    showCounts();
    showDetails();
}

void SessionsPage::filterBy(const QString &text, bool withEnded)
{
    const QSignalBlocker quiet(m_ended);
    m_filter->setFilter(text);
    m_ended->setChecked(withEnded);
    setUser({}, {});
    jump();
}

void SessionsPage::showSessionsOf(Id user, const QString &email)
{
    if (user.isNull()) // an alarm about nobody we know
        return filterBy(email, true);
    const QSignalBlocker quiet(m_ended);
    m_filter->setFilter({});
    m_ended->setChecked(true);
    setUser(user, email);
    jump();
}

/// The rows that stand there belong to the past: without them the table takes the keyboard at once.
void SessionsPage::jump()
{
    m_ledHere = true;
    m_typing = false;
    m_model->setFilter(filter());
    if (!m_paged.wasLoaded() && !m_paged.isLoading())
        return; // nobody has looked yet
    m_model->replaceAll({});
    search();
}

void SessionsPage::setServerUrl(const QString &url)
{
    m_url = url;
    showEmptiness();
}

void SessionsPage::refresh()
{
    m_exact.touch();
    m_paged.reload(m_model->rowCount());
}

void SessionsPage::apply(const QList<Change> &changes)
{
    m_exact.touch();
    m_paged.apply(changes);
}

void SessionsPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

QWidget *SessionsPage::firstControl()
{
    return m_stack->currentWidget() == m_table && m_table->isEnabled() ? static_cast<QWidget *>(m_table) : m_filter;
}

void SessionsPage::remember()
{
    m_table->rememberColumns(context().memory);
    if (m_ledHere)
        return;
    context().memory.setValue(u"sessions/filter"_s, m_filter->filter());
    context().memory.setValue(u"sessions/ended"_s, m_ended->isChecked());
}

void SessionsPage::everySecond()
{
    bool dropped = false;
    m_table->keepingPlace([this, &dropped] { dropped = m_model->dropExpired(); });
    m_model->refreshAges();
    if (dropped)
        m_exact.touch();
    if (m_paged.hasMore() && !isStale())
        m_exact.askIfTouched();
    showCounts();
    showDetails();
}

bool SessionsPage::isStale() const { return m_typing || m_paged.isSearching(); }

/// How many the filter shows: of a list that is read to its end they stand there, else the console counts.
std::optional<SessionCounts> SessionsPage::counts() const
{
    if (isStale() || !m_paged.wasLoaded())
        return std::nullopt;
    return m_paged.hasMore() ? m_exact.value() : m_model->counts();
}

void SessionsPage::readWholeListToSort()
{
    if (!m_table->wantsSorting() || !counts())
        return;
    if (counts()->sessions <= mostSorted)
        return m_paged.reload(counts()->sessions + 1);
    m_table->forgetSorting();
    //: Said instead of sorting a very long list; %1 is a number.
    notice().say(Tone::Info,
                 tr("A list of more than %1 stays in its order, newest first. Filter it, then sort.").arg(UiTexts::sessions(mostSorted)));
}

void SessionsPage::showCounts()
{
    if (m_paged.hasMore() && !isStale() && !m_exact.value())
        m_exact.askIfTouched();
    const auto known = counts();
    //: Button: ends every live session that the filter shows; %1 is their number, "…" while it is being counted.
    m_revokeShown->setText(tr("Revoke &all shown (%1)").arg(known ? UiTexts::count(known->live) : u"…"_s));
    m_revokeShown->setEnabled(known && known->live > 0 && !m_work->isBusy());
    m_count->setText(countsInWords(known));
    m_table->setStale(isStale() && m_model->rowCount() > 0);
    if (!isStale())
        m_table->setTotal(known ? std::optional(known->sessions) : std::nullopt);
    if (known && m_table->wantsSorting() && !m_paged.isLoading())
        readWholeListToSort();
    showEmptiness();
}

QString SessionsPage::countsInWords(const std::optional<SessionCounts> &counts) const
{
    if (isStale())
        //: Below the table, while the list is being looked for.
        return tr("Searching… Esc shows everything again.");
    if (!counts)
        //: Below the table, while the list or its number is not known yet.
        return m_paged.wasLoaded() ? tr("Counting…") : tr("Reading…");
    //: Below the table: how many sessions are live; %1 is a number.
    QStringList parts {tr("%1 live").arg(UiTexts::count(counts->live))};
    if (counts->sessions != counts->live)
        //: Below the table: how many of the listed sessions have ended; %1 is a number.
        parts += tr("%1 ended").arg(UiTexts::count(counts->sessions - counts->live));
    if (m_paged.hasMore())
        //: Below the table: how many of the rows were read; %1 is a number.
        parts += tr("the newest %1 were read, scroll for more").arg(UiTexts::count(m_model->rowCount()));
    if (const auto selected = m_table->selectedRows().size(); selected > 0)
        //: Below the table: how many rows are selected.
        parts += tr("%1 selected").arg(UiTexts::count(selected));
    return parts.join(u" · "_s);
}

void SessionsPage::showEmptiness()
{
    if (m_model->rowCount() > 0 || !m_paged.wasLoaded() || isStale()) {
        m_stack->setCurrentWidget(m_table);
        return;
    }
    if (!m_filter->filter().isEmpty())
        //: Nothing matches a filter: title, text (%1 is the filter), button.
        m_empty->say(tr("No session matches"), tr("Nothing matches “%1”.").arg(UiTexts::quoted(m_filter->filter())), {},
                     tr("Clear the filter"));
    else if (m_user)
        //: One user has no sessions: title, text (%1 is an e-mail address), button.
        m_empty->say(tr("No session"), tr("%1 is not signed in anywhere.").arg(UiTexts::foreign(m_email)), {}, tr("Show everybody"));
    else
        //: Nobody is signed in: title, and how to try it.
        m_empty->say(tr("Nobody is signed in"),
                     tr("As soon as somebody registers or logs in, their session appears here by itself. Try it in a terminal:"),
                     UiTexts::curlRegister(m_url));
    m_stack->setCurrentWidget(m_empty);
}

void SessionsPage::showDetails()
{
    const QList<int> selected = m_table->selectedRows();
    const int live = int(std::ranges::count_if(selected, [this](int row) { return m_model->rows()[row].isLive(now()); }));
    m_revoke->setEnabled(live > 0 && !isStale());
    const SessionView *session = selected.size() == 1 && !isStale() ? m_model->rowAt(selected.first()) : nullptr;
    if (session)
        presentSession(*m_details, *session, now());
    else
        m_details->presentNothing();
}

/// Ctrl+A selects what was read, which is not always all that the list has.
QString SessionsPage::beyondSelection() const
{
    const auto known = counts();
    if (!m_paged.hasMore() || !known || m_table->selectedRows().size() < m_model->rowCount())
        return {};
    //: Before the effect of ending all rows that were read; %1 is "40 sessions".
    return tr("Not read yet, and not ended: %1.").arg(UiTexts::sessions(known->live - m_model->liveCount())) + u' ';
}

void SessionsPage::revokeSelected()
{
    if (isStale())
        return;
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
    if (ids.size() > mostChosen)
        //: Said instead of ending very many selected sessions; %1 is a number of them.
        return notice().say(
            Tone::Info,
            tr("More than %1 are not ended one by one. Filter the list, then use “Revoke all shown”.").arg(UiTexts::sessions(mostChosen)));
    const QString who =
        users.size() == 1 ? UiTexts::foreign(m_model->rows()[m_model->rowOf(ids.first())].email) : UiTexts::users(users.size());
    //: What follows when sessions are ended.
    const QString effect = tr("They are signed out with their next request and must log in again. This cannot be undone.");
    const Confirmation confirmation {//: Question before sessions are ended: "Revoke 3 sessions of 2 users?"
                                     .question = tr("Revoke %1 of %2?").arg(UiTexts::sessions(ids.size()), who),
                                     .effect = beyondSelection() + effect,
                                     //: Button: ends sessions.
                                     .action = tr("Revoke")};
    confirm(this, confirmation, [this, ids] {
        ask(
            context().console.ask(RevokeSessions {.sessions = ids}), this,
            //: Said after sessions were ended; %1 is "3 sessions".
            [this](int ended) { notice().say(Tone::Good, tr("Revoked %1.").arg(UiTexts::sessions(ended))); },
            [this](const Error &error) { showError(error); });
    });
}

void SessionsPage::revokeShown()
{
    if (const auto seen = counts(); seen && seen->live > 0)
        m_revocation->ask(m_email, *seen);
}

void SessionsPage::exportTo(const QString &file)
{
    const ExportWork<SessionView> work {.fetch =
                                            [this, shown = filter()](const QString &cursor, int limit) {
                                                return context().console.ask(
                                                    ListSessions {.filter = shown, .cursor = cursor, .limit = limit});
                                            },
                                        .titles = Csv::sessionTitles(),
                                        .expected = counts() ? counts()->sessions : 0,
                                        .inWords = &UiTexts::sessions};
    work.start(file, *m_work, notice(), this);
}

} // namespace warder
