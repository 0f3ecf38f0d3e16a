#include "ui/sessions/SessionsPage.h"

#include "core/console/SessionQuery.h"
#include "ui/sessions/SessionEnding.h"
#include "ui/sessions/SessionMenu.h"
#include "ui/sessions/SessionRefreshes.h"
#include "ui/sessions/SessionTexts.h"
#include "ui/sessions/SessionsModel.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/WorkBar.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSet>
#include <QSettings>
#include <QSignalBlocker>

#include <algorithm>
#include <functional>
#include <utility>
#include <variant>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int widestName = 200;            ///< Pixels of an address on a button.
constexpr int secondsBetweenReadings = 10; ///< Of ended sessions alone: some end by time, and nobody tells.

bool isAbout(const Change &change, const Id &session)
{
    if (const auto *renewed = std::get_if<SessionView>(&change))
        return renewed->id == session;
    const auto *gone = std::get_if<SessionGone>(&change);
    return gone && gone->id == session;
}

} // namespace

ListPage::Texts SessionsPage::texts()
{
    return {//: Title of a page, and of its table.
            .title = tr("Sessions"),
            //: What the page of sessions shows.
            .subtitle = tr("Who is signed in now. Rows appear, change and leave as it happens."),
            //: Name of the panel beside the sessions, for screen readers.
            .details = tr("Session details"),
            //: In the panel beside the sessions, while nothing is selected.
            .hint = tr("Select a session to see its device, its refreshes and why it ended."),
            //: Placeholder of the filter of sessions.
            .filter = tr("Filter by user, address or device"),
            //: Below the table, while the list is being looked for.
            .searching = tr("Searching… Esc shows everything again."),
            //: Title in place of a list where nothing matches the filter.
            .noMatch = tr("No session matches"),
            //: Button: lists all sessions again.
            .clearFilter = tr("Clear the filter"),
            //: Said instead of sorting a very long list; %1 is 10,000.
            .tooLongToSort = tr("A list of more than %1 rows stays in its order, newest first. Filter it, then sort."),
            //: Title of a dialog that asks for a file.
            .exportTitle = tr("Export sessions"),
            .count = &UiTexts::sessions};
}

SessionsPage::SessionsPage(const PageContext &context, QWidget *parent)
    : ListPage(context, u"sessions"_s, texts(), parent), m_model(new SessionsModel(context, this)),
      m_refreshes(new SessionRefreshes(context.console, this)), m_userChip(new QPushButton(icon(u"close"_s), {}, this)),
      //: Check box: shows sessions that ended as well as live ones.
      m_ended(new QCheckBox(tr("Show ended &too"), this)),
      //: Button: ends the selected sessions.
      m_revoke(new QPushButton(icon(u"ban"_s), tr("&Revoke"), this)), m_revokeShown(new QPushButton(this))
{
    addTools();
    start(m_model);
    ButtonAction::of(*m_revoke)->setKeyIn(table(), QKeySequence::Delete);
    m_ending = new SessionEnding(context, work(), this);
    m_menu = new SessionMenu(context, table(), *m_ending, this);
    wire();
    wireOrders();
    openByDetails();
}

void SessionsPage::addTools()
{
    m_userChip->setObjectName(u"userChip"_s);
    m_userChip->setLayoutDirection(Qt::RightToLeft);
    m_userChip->hide();
    //: Tool tip of the button that ends the selected sessions.
    m_revoke->setToolTip(tr("End the selected sessions (Delete)"));
    //: Tool tip of the filter of sessions. What stands before the colons, “live”, “ended” and spans of time are typed as they stand here.
    filterBox().setToolTip(tr("Words are looked for in e-mail, device and address. Exact are user:ann@example.com, address:10.0.0.1, "
                              "address:10.0.0.0/8, device:\"Edge, Windows\", state:live, state:ended, since:2h and since:2026-10-01."));
    m_ended->setChecked(context().memory.value(u"sessions/ended"_s).toBool());
    addTool(m_ended, Place::BesideFilter);
    addTool(m_revoke);
    addTool(m_revokeShown);
    addBelowTools(m_userChip);
}

void SessionsPage::wire()
{
    connect(m_ended, &QCheckBox::toggled, this, &SessionsPage::applyFilter);
    connect(m_userChip, &QPushButton::clicked, this, [this] {
        setUser({}, {});
        applyFilter();
        filterBox().setFocus(Qt::OtherFocusReason);
    });
    connect(m_revoke, &QPushButton::clicked, this, &SessionsPage::revokeSelected);
    connect(m_revokeShown, &QPushButton::clicked, this, &SessionsPage::revokeShown);
    connect(m_refreshes, &SessionRefreshes::updated, this, &SessionsPage::showDetails);
    connect(m_model, &PagedList::updated, this, [this] {
        if (m_model->rowCount() == 0) // those that were read have gone
            m_model->fetchMore({});
    });
}

void SessionsPage::wireOrders()
{
    connect(m_ending, &SessionEnding::beginning, this, [this] {
        if (!m_ended->isChecked()) // else they stay in the list
            table().selectNextOnceGone();
    });
    connect(m_ending, &SessionEnding::workEnded, this, &SessionsPage::showCount);
    connect(m_ending, &SessionEnding::done, this, [this](const QString &text) { Q_EMIT done(text); });
    connect(m_ending, &SessionEnding::failed, this, [this](const Error &error) { showError(error); });
    connect(m_menu, &SessionMenu::goTo, this, &SessionsPage::goTo);
    connect(m_menu, &SessionMenu::onlyUserWanted, this, [this](const Id &user, const QString &email) { showOnly({}, user, email); });
    connect(m_menu, &SessionMenu::onlyAddressWanted, this, [this](const QString &address) { showOnly({.address = address}, {}, {}); });
    connect(m_menu, &SessionMenu::onlyDeviceWanted, this, [this](const QString &device) { showOnly({.device = device}, {}, {}); });
}

SessionFilter SessionsPage::meantBy(const QString &typed) const
{
    SessionFilter wanted = session_query::filterOf(typed, m_ended->isChecked(), QTimeZone::LocalTime);
    wanted.user = m_user;
    return wanted;
}

bool SessionsPage::showsEndedAlone() const { return shown().state == SessionState::Ended; }

void SessionsPage::setQuestion()
{
    m_saysMethod = false;
    m_model->setFilter(shown());
}

void SessionsPage::refresh()
{
    m_secondsUnread = 0;
    ListPage::refresh();
    m_refreshes->readAgain();
}

void SessionsPage::everySecond()
{
    ListPage::everySecond();
    if (showsEndedAlone() && ++m_secondsUnread >= secondsBetweenReadings)
        refreshIfShown();
}

void SessionsPage::apply(const QList<Change> &changes)
{
    const SessionView *session = selected();
    const auto isOfSelected = [id = session ? session->id : Id()](const Change &change) { return isAbout(change, id); };
    const bool concernsSelected = session && std::ranges::any_of(changes, isOfSelected);
    ListPage::apply(changes);
    if (concernsSelected)
        m_refreshes->readAgain();
    const auto isEnd = [](const Change &change) { return std::holds_alternative<SessionGone>(change); };
    if (showsEndedAlone() && !m_model->isLoading() && std::ranges::any_of(changes, isEnd))
        refreshIfShown();
}

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

void SessionsPage::filterBy(const PageFilter &wanted)
{
    const QSignalBlocker quiet(m_ended);
    m_ended->setChecked(wanted.user || !wanted.text.isEmpty());
    setUser(wanted.user, wanted.user ? wanted.text : QString());
    ListPage::filterBy({.text = wanted.user ? QString() : wanted.text});
}

QWidget *SessionsPage::firstControl() { return table().isVisibleTo(this) && table().isEnabled() ? &table() : ListPage::firstControl(); }

void SessionsPage::remember()
{
    ListPage::remember();
    if (!isFilteredByJump())
        context().memory.setValue(u"sessions/ended"_s, m_ended->isChecked());
}

std::optional<SessionCounts> SessionsPage::counts() const { return isStale() ? std::nullopt : m_model->counts(); }

void SessionsPage::showCount()
{
    ListPage::showCount();
    const auto known = counts();
    //: Button: ends every live session that the filter shows; %1 is their number, "…" while it is being counted.
    m_revokeShown->setText(tr("Revoke &all shown (%1)").arg(known ? UiTexts::count(known->live) : u"…"_s));
    m_revokeShown->setEnabled(known && known->live > 0 && !work().isBusy());
    chooseColumns();
}

/// A column that appeared stays until another list is asked for: what is looked at shall not move to and fro.
void SessionsPage::chooseColumns()
{
    if (isStale())
        return;
    m_saysMethod = m_saysMethod || m_model->hasOtherMethods();
    const SessionFilter wanted = shown();
    const bool saysState = wanted.state ? wanted.state == SessionState::Ended : wanted.ended;
    QSet<int> idle;
    if (!saysState)
        idle += SessionsModel::stateColumn;
    if (!m_saysMethod)
        idle += SessionsModel::methodColumn;
    m_model->setIdleColumns(idle);
}

QString SessionsPage::countInWords(qint64 total) const
{
    const SessionCounts known = counts().value_or(SessionCounts {});
    //: Below the table: how many sessions are live.
    QStringList parts {tr("%Ln live", nullptr, int(known.live))};
    if (known.live > 0 && !m_user)
        parts += UiTexts::users(known.users);
    if (total != known.live)
        //: Below the table: how many of the listed sessions have ended.
        parts += tr("%Ln ended", nullptr, int(total - known.live));
    if (!m_model->isWhole())
        //: Below the table: how many of the rows were read.
        parts += readInWords(tr("the newest %Ln were read, scroll for more", nullptr, m_model->rowCount()));
    if (const auto chosen = table().selectedCount(); chosen > 0)
        //: Below the table: how many rows are selected.
        parts += tr("%Ln selected", nullptr, int(chosen));
    return UiTexts::inOneLine(parts);
}

void SessionsPage::presentEmpty(EmptyState &empty)
{
    if (m_user)
        //: One user has no sessions: title.
        empty.present(tr("No session"), /*: %1 is an e-mail address. */ tr("%1 is not signed in anywhere.").arg(UiTexts::foreign(m_email)),
                      {},
                      /*: Button: lists the sessions of all users. */ tr("Show everybody"));
    else
        //: Nobody is signed in: title.
        empty.present(tr("Nobody is signed in"),
                      //: Nobody is signed in: how to try it; a command line follows.
                      tr("As soon as somebody registers or logs in, their session appears here by itself. Try it in a terminal:"),
                      UiTexts::curlRegister(serverUrl()));
}

QString SessionsPage::filterFault() const
{
    const auto bad = session_query::badTokenIn(filter());
    return bad ? SessionTexts::fault(*bad) : QString();
}

Narrowings SessionsPage::narrowings()
{
    Narrowings all;
    CountSessionsEach question;
    const auto add = [&](const QString &said, const SessionFilter &rest, std::function<void()> drop) {
        all.parts += Narrowing {.without = said, .drop = std::move(drop)};
        question.each += CountSessions {.filter = rest};
    };
    const QStringList parts = session_query::partsOf(filter());
    for (qsizetype part = 0; part < parts.size(); ++part) {
        QStringList others = parts;
        others.removeAt(part);
        const QString typed = others.join(u' ');
        add(without(parts[part]), meantBy(typed), [this, typed] { retype(typed); });
    }
    SessionFilter rest = shown();
    if (std::exchange(rest.user, std::nullopt))
        add(without(m_email), rest, [this] { m_userChip->click(); });
    rest = shown();
    if (!rest.state && !std::exchange(rest.ended, true))
        //: A list that has sessions that ended, too.
        add(tr("With those that ended"), rest, [this] { m_ended->setChecked(true); });
    all.count = askingFor(question, &SessionCounts::sessions);
    return all;
}

const SessionView *SessionsPage::selected() const { return m_model->rowAt(selectedRow()); }

void SessionsPage::showSelection(DetailsPanel &details)
{
    m_revoke->setEnabled(!isStale() && table().isAnySelected([this](int row) { return m_model->rows()[row].isLive(now()); }));
    const SessionView *session = selected();
    if (m_menu) // else it is still to be made
        m_menu->present(session);
    m_refreshes->select(session ? std::optional(session->id) : std::nullopt);
    if (!session)
        return details.presentNothing();
    showDetailsOf(*session, details);
}

void SessionsPage::showDetailsOf(const SessionView &session, DetailsPanel &details)
{
    QString remark;
    if (session.endedAt)
        remark = (UiTexts::endReason(session.endReason) + u"\n\n"_s + UiTexts::endExplained(session)).trimmed();
    QList<DetailsPanel::Fact> facts = SessionTexts::facts(session, now());
    if (const auto &uses = m_refreshes->uses())
        facts += SessionTexts::chain(session, *uses, now());
    else
        facts += SessionTexts::unread(m_refreshes->failure());
    details.present(session.email, facts, session.endReason == "reuse"_L1 ? Tone::Bad : Tone::Neutral, remark);
}

void SessionsPage::showOnly(const SessionFilter &filter, std::optional<Id> user, const QString &email)
{
    setUser(user, email);
    retype(session_query::textOf(filter));
}

void SessionsPage::retype(const QString &filter)
{
    filterBox().setFilter(filter);
    applyFilter();
}

/// Ctrl+A selects what was read, which is not always all that the list has.
QString SessionsPage::beyondSelection() const
{
    const auto known = counts();
    if (m_model->isWhole() || !known || table().selectedCount() < m_model->rowCount())
        return {};
    return SessionTexts::notRead(known->live - m_model->countRead().live);
}

void SessionsPage::revokeSelected()
{
    QList<SessionView> live;
    for (const int row : selectedRows()) {
        if (m_model->rows()[row].isLive(now()))
            live += m_model->rows()[row];
    }
    if (live.size() > SessionEnding::mostChosen)
        Q_EMIT done(SessionTexts::tooMany(SessionEnding::mostChosen));
    else if (!live.isEmpty())
        m_ending->startChosen(live, beyondSelection());
}

void SessionsPage::revokeShown()
{
    //: Button: ends all sessions that are shown.
    const QString action = tr("Revoke all shown");
    if (const auto seen = counts(); seen && seen->live > 0)
        m_ending->startShown({.filter = shown(), .email = m_email, .action = action}, *seen, m_model->rows());
}

} // namespace warder
