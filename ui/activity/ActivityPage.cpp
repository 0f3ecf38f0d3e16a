#include "ui/activity/ActivityPage.h"

#include "ui/activity/ActivityChoices.h"
#include "ui/activity/ActivityModel.h"
#include "ui/activity/ActivityOverTime.h"
#include "ui/activity/ActivityTexts.h"
#include "ui/activity/RecordCheck.h"
#include "ui/activity/RecordDialog.h"
#include "ui/activity/RecordFacts.h"
#include "ui/activity/WhyRefusedDialog.h"
#include "ui/support/Icons.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/FilterBox.h"

#include <QComboBox>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 mostFollowed = 500;     ///< Records that are put one by one; beyond, the list is read anew.
constexpr qint64 mostCaughtUp = 10'000;  ///< The same where somebody reads further down, who would lose the place by that.
constexpr qsizetype mostPut = 5000;      ///< A page that is open all day grows by no more than that.
constexpr int leastHeightForChart = 640; // pixels of the page

/// What was typed is somebody's, and not an address of the network.
bool isOfUser(const QString &typed) { return typed.contains(u'@') || Id::fromString(typed).has_value(); }

} // namespace

ActivityPage::ActivityPage(const PageContext &context, QWidget *parent)
    : ListPage(context, u"activity"_s, texts(), parent), m_model(new ActivityModel(context, this)), m_choices(new ActivityChoices(this)),
      m_overTime(new ActivityOverTime(context, this, this)),
      //: Button: goes to the account that a record is about.
      m_showUser(addOrder(u"users"_s, tr("Show &user"), [this] { showUser(); })),
      //: Button: goes to the sessions of whom a record is about.
      m_showSessions(addOrder(u"sessions"_s, tr("Show sess&ions"), [this] { showSessions(); })),
      //: Button: lists only the records about the same account.
      m_onlyUser(addOrder(u"search"_s, tr("Only this &person"), [this] { narrowTo(selected()->email); })),
      //: Button: lists only the records from the same network address.
      m_onlyAddress(addOrder(u"search"_s, tr("Only this a&ddress"), [this] { narrowTo(selected()->address); }))
{
    build();
    connect(m_model, &ActivityModel::recorded, this, [this](qint64 newest) { m_newest = std::max(m_newest, newest); });
    connect(m_model, &PagedList::updated, this, &ActivityPage::follow); // once for all that the journal told at a time
    start(m_model);
    adopt(m_overTime->chart().table());
    buildNews();
    buildCheck();
    //: Menu item of a record: shows all that is known of it, and what belongs to it.
    table().setOpening(tr("&Open the record…"), [this] { showRecord(); });
}

void ActivityPage::build()
{
    buildChoices();
    buildChips();
    buildOverTime();
    //: Button: checks that nobody changed the records.
    auto *check = new QPushButton(icon(u"lock"_s), tr("Check the &record"), this);
    check->setObjectName(u"checkRecord"_s);
    //: Button: explains why a token or a request was refused. The dots say that a dialog follows.
    auto *why = new QPushButton(icon(u"info"_s), tr("&Why was this refused?…"), this);
    why->setObjectName(u"whyRefused"_s);
    connect(check, &QPushButton::clicked, this, [this] { m_check->start(); });
    connect(why, &QPushButton::clicked, this, &ActivityPage::askWhyRefused);
    addControl(why);
    addControl(check);
}

void ActivityPage::buildChoices()
{
    addTool(&m_choices->spans(), Place::BesideFilter);
    addTool(&m_choices->kinds(), Place::BesideFilter); // before it
    addBelowTools(&m_choices->groups());
    m_choices->restore(context().memory);
    connect(m_choices, &ActivityChoices::kindChosen, this, &ActivityPage::applyFilter);
    connect(m_choices, &ActivityChoices::spanChosen, this, [this] {
        setSpan({});
        applyFilter();
    });
}

/// Says what the list is narrowed to, until it is pressed.
QPushButton *ActivityPage::addChip(const QString &name, const QString &tip, void (ActivityPage::*drop)())
{
    auto *chip = new QPushButton(icon(u"close"_s), {}, this);
    chip->setObjectName(name);
    chip->setLayoutDirection(Qt::RightToLeft);
    chip->setToolTip(tip);
    chip->hide();
    addBelowTools(chip);
    connect(chip, &QPushButton::clicked, this, [this, drop] {
        (this->*drop)();
        applyFilter();
        filterBox().setFocus(Qt::OtherFocusReason);
    });
    return chip;
}

void ActivityPage::buildChips()
{
    //: Tool tip of a button that names the time whose records are listed.
    m_spanChip = addChip(u"spanChip"_s, tr("Show the other times again"), &ActivityPage::dropSpan);
    //: Tool tip of a button that says that the records of one session are listed.
    m_sessionChip = addChip(u"sessionChip"_s, tr("Show the other records of this account again"), &ActivityPage::dropSession);
    //: Button: says that only the records of one session are listed, until it is pressed.
    m_sessionChip->setText(tr("One session"));
}

void ActivityPage::buildOverTime()
{
    addAboveList(&m_overTime->chart());
    m_overTime->chart().setMinimumHeight(1); // the window may become lower: then it goes
    m_overTime->chart().hide();              // until there is room
    connect(m_overTime, &ActivityOverTime::spanPicked, this, [this](TimePoint from, TimePoint until) {
        setSpan(Span {from, until});
        applyFilter();
    });
    connect(m_overTime, &ActivityOverTime::failed, this, [this](const Error &error) { showError(error); });
    connect(m_model, &ActivityModel::recorded, m_overTime, &ActivityOverTime::noteNews);
}

/// It has its room also while it is hidden: nothing moves when it comes.
void ActivityPage::buildNews()
{
    m_news = new QPushButton(this);
    m_news->setObjectName(u"news"_s);
    QSizePolicy policy = m_news->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_news->setSizePolicy(policy);
    m_news->hide();
    addToFoot(m_news);
    connect(m_news, &QPushButton::clicked, this, &ActivityPage::goToBegin);
    connect(table().verticalScrollBar(), &QScrollBar::valueChanged, this, &ActivityPage::showNews);
}

void ActivityPage::buildCheck()
{
    m_check = new RecordCheck(context(), work(), this);
    connect(m_check, &RecordCheck::refused, this, [this](const QString &why) { Q_EMIT done(why); });
    connect(m_check, &RecordCheck::failed, this, [this](const Error &error) { showError(error); });
    connect(m_check, &RecordCheck::ended, this, [this](const QString &verdict, bool isWhole) {
        if (!isWhole)
            return putProblem({.id = u"record"_s, .tone = Tone::Bad, .text = verdict});
        endProblem(u"record"_s);
        Q_EMIT done(verdict);
    });
}

void ActivityPage::setSpan(const std::optional<Span> &span)
{
    m_span = span;
    m_spanChip->setVisible(span.has_value());
    if (span)
        m_spanChip->setText(ChartRanges::moment(span->first, m_choices->range(), now()));
}

ActivityFilter ActivityPage::shown() const
{
    const QString typed = filter();
    const QString user = m_led.user ? m_led.user->toString() : isOfUser(typed) ? typed : QString();
    return {.types = m_choices->types(),
            .user = user,
            .session = m_led.session,
            .address = user.isEmpty() ? typed : QString(),
            .from = m_span ? std::optional(m_span->first) : m_choices->since(now()),
            .until = m_span ? std::optional(m_span->second) : std::nullopt};
}

/// The list is another one: what was followed before says nothing of it.
void ActivityPage::setQuestion()
{
    if (m_led.text.trimmed() != filter())
        m_led = {};
    m_sessionChip->setVisible(m_led.session.has_value());
    m_lookedAt = m_newest;
    m_put = 0;
    m_seen.reset();
    m_isInside = false;
    m_model->setFilter(shown());
    m_overTime->show(shown(), m_choices->range());
}

/// The server may have another record by now, with numbers of its own.
void ActivityPage::refresh()
{
    m_lookedAt = m_newest = 0;
    moveOn();
    ListPage::refresh();
    m_overTime->refresh();
}

void ActivityPage::moveOn()
{
    if (!m_span && !isStale() && m_choices->since(now()))
        m_model->moveOn(shown());
}

/// What was told of before is in the list then.
void ActivityPage::readAnew()
{
    m_lookedAt = m_newest;
    m_model->reload(std::exchange(m_put, 0) > mostPut ? 0 : m_model->rowCount());
}

void ActivityPage::filterBy(const PageFilter &wanted)
{
    m_choices->reset();
    m_led = wanted;
    setSpan({});
    ListPage::filterBy(wanted);
}

void ActivityPage::showUser() { Q_EMIT goTo(u"users"_s, PageFilter {.text = selected()->email}); }

void ActivityPage::showSessions()
{
    const ActivityView *record = selected();
    Q_EMIT goTo(u"sessions"_s, PageFilter {.text = record->email, .user = record->userId});
}

void ActivityPage::narrowTo(const QString &text)
{
    filterBox().setFilter(text);
    applyFilter();
}

void ActivityPage::remember()
{
    ListPage::remember();
    if (isFilteredByJump())
        return;
    m_choices->remember(context().memory);
}

void ActivityPage::showEvent(QShowEvent *event)
{
    ListPage::showEvent(event);
    if (!m_model->isLoading())
        moveOn();
    follow();
    m_overTime->readIfWanted();
}

void ActivityPage::resizeEvent(QResizeEvent *event)
{
    ListPage::resizeEvent(event);
    m_overTime->chart().setVisible(height() >= leastHeightForChart);
    m_overTime->readIfWanted();
}

void ActivityPage::everySecond()
{
    if (!m_model->isLoading())
        moveOn();
    if (m_model->rowCount() == 0) // those that were read have gone
        m_model->fetchMore({});
    ListPage::everySecond();
    m_overTime->everySecond();
}

bool ActivityPage::isAway() const { return m_model->hasEarlier() || table().verticalScrollBar()->value() > 0; }

/// To a list that begins inside nothing is put: what comes before it is read by whoever goes there.
void ActivityPage::follow()
{
    showNews();
    if (m_newest == 0 || m_isFollowing || isStale() || m_model->isLoading())
        return; // it is called once more when that is read
    if (m_model->hasEarlier())
        m_isInside = true;
    else if (std::exchange(m_isInside, false))
        return readAnew(); // somebody went there
    if (m_isInside)
        return;
    if (m_lookedAt == 0)
        m_lookedAt = m_model->newestNumber();
    if (!isVisible() || m_newest <= m_lookedAt)
        return;
    if (isAway() && m_newest - m_lookedAt > mostCaughtUp)
        return m_model->beginHere();
    if (!isAway() && m_newest - m_lookedAt > mostFollowed)
        return readAnew();
    const ReadActivity order {.filter = shown(), .after = m_lookedAt, .limit = int(mostFollowed)};
    m_isFollowing = true;
    ask(
        context().console.ask(order), this,
        [this, filter = order.filter, told = m_newest](const ActivityNews &news) {
            m_isFollowing = false;
            take(filter, news, told);
        },
        [this](const Error &error) {
            m_isFollowing = false;
            showError(error);
        });
}

void ActivityPage::take(const ActivityFilter &filter, const ActivityNews &news, qint64 told)
{
    ActivityFilter asked = shown();
    asked.from = filter.from; // a moment later
    if (isStale() || filter != asked)
        return follow();
    m_model->putAll(news.rows);
    m_put += news.rows.size();
    if (m_model->isLoading())
        return; // what is being read may be older, and take the place of these: follow() asks for them once more
    if (isAway() && m_put > mostPut) {
        m_put = 0;
        return m_model->beginHere(); // what is read there stays
    }
    if (!isAway() && (news.hasMore || m_put > mostPut))
        return readAnew();
    m_lookedAt = std::max({m_lookedAt, news.lookedAt, news.hasMore ? 0 : told});
    follow(); // more may have been told meanwhile
}

void ActivityPage::showNews()
{
    if (!isAway() && !isStale())
        m_seen = m_model->rowCount() > 0 ? std::optional(m_model->rows().first().id) : std::nullopt;
    const bool isInOrder = table().horizontalHeader()->sortIndicatorSection() < 0;
    const int above = m_seen && isInOrder && !isStale() ? m_model->rowOf(*m_seen) : 0;
    if (above <= 0 && m_news->hasFocus())
        table().setFocus(Qt::OtherFocusReason);
    m_news->setVisible(above > 0);
    if (above <= 0)
        return;
    //: Button below a list, which leads to its top: so many rows are new there, out of sight.
    const QString exactly = tr("%Ln new ▲", nullptr, above);
    //: The same, where there are more than those.
    const QString atLeast = tr("More than %Ln new ▲", nullptr, above);
    const QString text = m_model->hasEarlier() ? atLeast : exactly;
    if (m_news->text() == text)
        return; // a screen reader would hear of it again
    m_news->setText(text);
    //: Name of a button for screen readers; it leads to the top of a list.
    m_news->setAccessibleName(tr("%Ln new record(s) above: go to the newest", nullptr, above));
}

const ActivityView *ActivityPage::selected() const { return m_model->rowAt(selectedRow()); }

void ActivityPage::showSelection(DetailsPanel &details)
{
    const ActivityView *record = selected();
    m_showUser->setEnabled(record && record->userId && !record->email.isEmpty());
    m_showSessions->setEnabled(record && record->userId && !record->email.isEmpty());
    m_onlyUser->setEnabled(record && record->userId && !record->email.isEmpty());
    m_onlyAddress->setEnabled(record && !record->address.isEmpty());
    if (!record)
        return details.presentNothing();
    details.present(ActivityTexts::what(record->type), RecordFacts::of(*record, now()));
}

void ActivityPage::showRecord()
{
    const ActivityView *record = selected();
    if (!record)
        return;
    auto *dialog = new RecordDialog(context(), *record, this);
    connect(dialog, &RecordDialog::listWanted, this, &ActivityPage::filterBy);
    dialog->open();
}

void ActivityPage::askWhyRefused()
{
    auto *dialog = new WhyRefusedDialog(context(), this);
    dialog->open();
}

} // namespace warder
