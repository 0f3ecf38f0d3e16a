#include "ui/alarms/AlarmsPage.h"

#include "ui/alarms/AlarmPlace.h"
#include "ui/alarms/AlarmTexts.h"
#include "ui/alarms/AlarmsModel.h"
#include "ui/limits/NetworkChanges.h"
#include "ui/support/Icons.h"
#include "ui/support/Pieces.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QPushButton>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QList<DetailsPanel::Fact> factsOf(const AlarmView &view, TimePoint now)
{
    const Alarm &alarm = view.alarm;
    QList<DetailsPanel::Fact> facts {
        //: Name of a fact about an alarm: what happened, in words.
        {AlarmsPage::tr("What happened"), UiTexts::of(alarm)},
        //: Name of a fact about an alarm: whether somebody has seen it.
        {AlarmsPage::tr("State"), AlarmTexts::stateInFull(view, now)},
        //: Name of a fact about an alarm: when it began.
        {AlarmsPage::tr("Since"), Times::withAge(alarm.at, now)},
    };
    if (view.times > 1)
        //: Name of a fact about an alarm that came more than once: when it came last.
        facts += {AlarmsPage::tr("Last time"), Times::withAge(view.lastAt, now),
                  //: How often an alarm came within its episode.
                  AlarmsPage::tr("%Ln time(s) in all", nullptr, int(view.times))};
    const auto add = [&facts](const QString &name, const QString &value, bool isFixedWidth = false) {
        if (!value.isEmpty())
            facts += {.name = name, .value = value, .isFixedWidth = isFixedWidth};
    };
    //: Name of a fact about an alarm: the network address it is about.
    add(AlarmsPage::tr("Address"), alarm.address, true);
    //: Name of a fact about an alarm: the account it is about.
    add(AlarmsPage::tr("Account"), UiTexts::plain(alarm.email));
    //: Name of a fact about an alarm of a token: the network address the session was opened from.
    add(AlarmsPage::tr("Opened from"), alarm.openedFrom, true);
    //: Name of a fact about an alarm: the limit that was exceeded.
    add(AlarmsPage::tr("Limit"), alarm.rule);
    //: Name of a fact about an alarm of the server: the particulars, in English.
    add(AlarmsPage::tr("Details"), alarm.detail);
    //: Name of a fact about an alarm.
    add(AlarmsPage::tr("Session id"), alarm.sessionId.isNull() ? QString() : alarm.sessionId.toString(), true);
    return facts;
}

} // namespace

ListPage::Texts AlarmsPage::texts()
{
    return {//: Title of a page, and of its table.
            .title = tr("Alarms"),
            //: What the page of alarms shows.
            .subtitle = tr("What you should notice. It stays until you say that it is done."),
            //: Name of the panel beside the alarms, for screen readers.
            .details = tr("Alarm details"),
            //: In the panel beside the alarms, while nothing is selected.
            .hint = tr("Select an alarm to see all that is known of it, and what to do."),
            //: Placeholder of the filter of alarms.
            .filter = tr("Filter by account or address"),
            //: Below the table, while the list is being looked for.
            .searching = tr("Searching… Esc shows every alarm again."),
            //: Title in place of a list where nothing matches the filter.
            .noMatch = tr("No alarm matches"),
            //: Button: lists all alarms again.
            .clearFilter = tr("Clear the filter"),
            //: Said instead of sorting a very long list; %1 is 10,000.
            .tooLongToSort = tr("A list of more than %1 rows stays in its order, newest first. Filter it, then sort."),
            //: Title of a dialog that asks for a file.
            .exportTitle = tr("Export alarms"),
            .count = &AlarmTexts::alarms};
}

AlarmsPage::AlarmsPage(const PageContext &context, QWidget *parent)
    : ListPage(context, u"alarms"_s, texts(), parent), m_model(new AlarmsModel(context, this)), m_state(new QComboBox(this)),
      //: Button: says that somebody has seen the selected alarms.
      m_seen(new QPushButton(icon(u"eye"_s), tr("&Mark as seen"), this)),
      //: Button: says that somebody has dealt with the selected alarms.
      m_done(new QPushButton(icon(u"done"_s), tr("&Done"), this))
{
    build();
    connect(m_state, &QComboBox::currentIndexChanged, this, &AlarmsPage::applyFilter);
    connect(m_seen, &QPushButton::clicked, this, [this] { mark(AlarmState::Seen); });
    connect(m_done, &QPushButton::clicked, this, [this] { mark(AlarmState::Done); });
    connect(m_model, &PagedList::updated, this, [this] {
        if (!m_model->isLoading() && std::exchange(m_isOld, false))
            refresh();
    });
    start(m_model);
    ButtonAction::of(*m_done)->setKeyIn(table(), QKeySequence::Delete);
    //: Menu item of a row: goes to the page that tells more of an alarm.
    table().setOpening(tr("Show more of it"), [this] { showPlace(); });
}

void AlarmsPage::build()
{
    buildStates();
    addTool(m_state, Place::BesideFilter);
    //: Tool tip of the button that marks alarms as seen.
    m_seen->setToolTip(tr("The selected alarms ring no more; they stay in the list until they are done"));
    //: Tool tip of the button that calls alarms done.
    m_done->setToolTip(tr("The selected alarms leave the list; the next of their kind is a new one (Delete)"));
    addTool(m_seen);
    addTool(m_done);
    buildOrders();
}

void AlarmsPage::buildStates()
{
    //: Name of a choice, for screen readers: in which state the alarms of the list are.
    m_state->setAccessibleName(tr("State of the alarms"));
    m_state->view()->setAccessibleName(m_state->accessibleName());
    //: Choice above a list: alarms that nobody has called done.
    m_state->addItem(tr("Not done"));
    //: Choice above a list: alarms that nobody has seen.
    m_state->addItem(tr("Open"));
    //: Choice above a list: alarms that somebody has seen and nobody has called done.
    m_state->addItem(tr("Seen"));
    //: Choice above a list: alarms that somebody has dealt with.
    m_state->addItem(tr("Done"));
    //: Choice above a list: alarms in any state.
    m_state->addItem(tr("All alarms"));
    m_state->setCurrentIndex(std::clamp(context().memory.value(u"alarms/state"_s).toInt(), 0, m_state->count() - 1));
}

void AlarmsPage::buildOrders()
{
    //: Button: goes to the page that tells more of the selected alarm.
    addOrder(u"search"_s, tr("Sho&w"), [this] { showPlace(); });
    //: Button: goes to the account that the selected alarm is about.
    m_user = addOrder(u"users"_s, tr("Show &user"), [this] { showUser(); });
    //: Button: everything that comes from the address of the selected alarm shall be refused. The dots say that a dialog follows.
    m_block = addOrder(u"ban"_s, tr("&Block this address…"), [this] { block(); });
}

QList<AlarmState> AlarmsPage::statesShown() const
{
    using enum AlarmState;
    switch (m_state->currentIndex()) { // in the order of buildStates()
    case 0:  return {Open, Seen};
    case 1:  return {Open};
    case 2:  return {Seen};
    case 3:  return {Done};
    default: return {};
    }
}

void AlarmsPage::setQuestion() { m_model->setFilter(filter(), statesShown()); }

void AlarmsPage::filterBy(const PageFilter &wanted)
{
    const QSignalBlocker quiet(m_state);
    m_state->setCurrentIndex(0);
    ListPage::filterBy(wanted);
}

void AlarmsPage::remember()
{
    ListPage::remember();
    if (!isFilteredByJump())
        context().memory.setValue(u"alarms/state"_s, m_state->currentIndex());
}

void AlarmsPage::apply(const QList<Change> &changes)
{
    ListPage::apply(changes);
    if (!concernAlarms(changes))
        return;
    m_isOld = m_model->isLoading(); // the answer that is on its way is waited for: who is told all the time would see none
    if (!m_isOld)
        refreshIfShown();
}

void AlarmsPage::present(const OverviewView &overview, bool answers)
{
    ListPage::present(overview, answers);
    QStringList codes;
    for (const ProblemView &problem : overview.server.problems)
        codes += problem.code;
    if (std::exchange(m_problems, codes) != codes)
        showDetails();
}

QWidget *AlarmsPage::firstControl() { return table().isVisibleTo(this) && table().isEnabled() ? &table() : ListPage::firstControl(); }

QString AlarmsPage::countInWords(qint64 total) const
{
    QStringList parts {ListPage::countInWords(total)};
    if (m_model->hasMore())
        //: Below the table: how many of the rows were read.
        parts += tr("the newest %Ln were read, scroll for more", nullptr, m_model->rowCount());
    if (const auto chosen = table().selectedCount(); chosen > 1)
        //: Below the table: how many rows are selected.
        parts += tr("%Ln selected", nullptr, int(chosen));
    return UiTexts::inOneLine(parts);
}

void AlarmsPage::presentEmpty(EmptyState &empty)
{
    if (m_state->currentIndex() > 0)
        //: There are no alarms in the state that was chosen: title.
        empty.present(tr("No alarm of that state"),
                      /*: There are no alarms in the state that was chosen. */ tr("There may be alarms in other states."), {},
                      /*: Button: lists the alarms that nobody has called done. */ tr("Show those that are not done"));
    else
        //: There are no alarms: title.
        empty.present(tr("No alarms"),
                      //: There are no alarms: what will appear.
                      tr("Stolen tokens, guessed passwords, limits that were exceeded and problems of the server stand here until you say "
                         "that they are done, also those that came while no window was open."));
}

const AlarmView *AlarmsPage::selected() const { return m_model->rowAt(selectedRow()); }

bool AlarmsPage::stands(const AlarmView &alarm) const { return m_problems.contains(alarm.alarm.problem); }

QList<Id> AlarmsPage::selectedBefore(AlarmState state) const
{
    QList<Id> ids;
    for (const int row : selectedRows()) {
        const AlarmView &alarm = m_model->rows()[row];
        if (alarm.state < state)
            ids += alarm.id;
    }
    return ids;
}

void AlarmsPage::showSelection(DetailsPanel &details)
{
    m_seen->setEnabled(!selectedBefore(AlarmState::Seen).isEmpty());
    m_done->setEnabled(!selectedBefore(AlarmState::Done).isEmpty());
    const AlarmView *alarm = selected();
    m_user->setEnabled(alarm && !alarm->alarm.userId.isNull());
    m_block->setEnabled(alarm && !alarm->alarm.address.isEmpty());
    if (!alarm)
        return details.presentNothing();
    const bool isOpen = alarm->state == AlarmState::Open;
    details.present(AlarmTexts::kind(alarm->alarm), factsOf(*alarm, now()), isOpen ? Tone::Bad : Tone::Neutral,
                    AlarmTexts::advice(*alarm, stands(*alarm)));
}

void AlarmsPage::showPlace()
{
    if (const AlarmView *alarm = selected()) {
        const AlarmPlace place = placeOf(alarm->alarm);
        Q_EMIT goTo(place.page, place.filter);
    }
}

void AlarmsPage::showUser()
{
    if (const AlarmView *alarm = selected(); alarm && !alarm->alarm.userId.isNull())
        Q_EMIT goTo(u"users"_s, {.text = alarm->alarm.email, .user = alarm->alarm.userId});
}

void AlarmsPage::block()
{
    if (const AlarmView *alarm = selected(); alarm && !alarm->alarm.address.isEmpty())
        NetworkChanges::add(*this, context(), NetworkStanding::Blocked, alarm->alarm.address, [] {});
}

void AlarmsPage::mark(AlarmState state)
{
    const QList<Id> ids = selectedBefore(state);
    if (ids.isEmpty())
        return;
    if (const QList<AlarmState> shown = statesShown(); !shown.isEmpty() && !shown.contains(state))
        table().selectNextOnceGone();
    markNext(inPieces(ids, MarkAlarms::most), state, 0);
}

/// Each is taken back by itself: that is an order of the same kind.
void AlarmsPage::markNext(QList<QList<Id>> pieces, AlarmState state, int marked)
{
    const QList<Id> ids = pieces.takeFirst();
    giveOrder(MarkAlarms {.alarms = ids, .state = state}, [=, this](int number) {
        const bool isOurs = number == ids.size(); // else somebody else marked some of them, too
        Q_EMIT done(AlarmTexts::marked(state, marked + number), isOurs ? undoOf(ids, state) : Undo());
        if (pieces.isEmpty())
            refresh();
        else
            markNext(pieces, state, marked + number);
    });
}

Undo AlarmsPage::undoOf(const QList<Id> &alarms, AlarmState left)
{
    const auto isLeftSo = [number = alarms.size(), left](const QList<AlarmView> &now) {
        return now.size() == number && std::ranges::all_of(now, [left](const AlarmView &each) { return each.state == left; });
    };
    return undoBy(
        WayBack<FindAlarms, MarkAlarms> {
            .what = AlarmTexts::marking(left, int(alarms.size())),
            .about = u"alarms"_s,
            .read = FindAlarms {.alarms = alarms},
            .stands = isLeftSo,
            .question = [](const QList<AlarmView> &now) { return AlarmTexts::beforeReopening(now.size()); },
            .back = MarkAlarms {.alarms = alarms, .state = AlarmState::Open},
        },
        [this](int number) {
            Q_EMIT done(AlarmTexts::marked(AlarmState::Open, number));
            refresh();
        });
}

} // namespace warder
