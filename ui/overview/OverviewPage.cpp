#include "ui/overview/OverviewPage.h"

#include "ui/overview/CardTrends.h"
#include "ui/overview/FirstSteps.h"
#include "ui/overview/HappeningNow.h"
#include "ui/overview/TrafficChart.h"
#include "ui/overview/WhatToFix.h"
#include "ui/settings/SettingTexts.h"
#include "ui/support/Space.h"
#include "ui/support/Times.h"
#include "ui/support/TrafficPoints.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Card.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QSettings>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QString putAway = u"overview/firstStepsPutAway"_s;
const QString chartRange = u"overview/chartRange"_s;
const QString chartTab = u"overview/chartTab"_s;

constexpr int betweenChartReadings = 10; ///< Seconds.
constexpr int betweenTrends = 60;

} // namespace

OverviewPage::OverviewPage(const PageContext &context, QWidget *parent)
    //: Title of a page.
    : Page(context, tr("Overview"), /*: What the first page shows. */ tr("The server at a glance."), parent)
{
    body()->addWidget(makeCards());
    body()->addWidget(m_whatToFix = new WhatToFix(context, this));
    body()->addWidget(m_firstSteps = new FirstSteps(context, this), 3);
    m_firstSteps->hide();
    connect(m_whatToFix, &WhatToFix::goTo, this, &OverviewPage::goTo);
    connect(m_whatToFix, &WhatToFix::keysConcerned, this,
            [this](qint64 warnings, const QString &words) { Q_EMIT badgeWanted(u"keys"_s, warnings, words); });
    connect(m_firstSteps, &FirstSteps::done, this, &OverviewPage::putFirstStepsAway);
    connect(m_firstSteps, &FirstSteps::said, this, [this](const QString &text) { Q_EMIT done(text); });
    connect(m_firstSteps, &FirstSteps::stored, this, &OverviewPage::reportStored);
    m_lower = new QWidget(this);
    auto *lower = new QHBoxLayout(m_lower);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->setSpacing(Space::medium);
    lower->addWidget(makeChart(), 2);
    lower->addWidget(m_happening = new HappeningNow(context, m_lower), 1);
    connect(m_happening, &HappeningNow::goTo, this, &OverviewPage::goTo);
    body()->addWidget(m_lower, 3);
    presentServer({}, healthOf({}));
}

Card *OverviewPage::makeCard(const QString &title, const QString &name)
{
    auto *card = new Card(title, this);
    card->setObjectName(name);
    return card;
}

Card *OverviewPage::makeCardTo(const QString &page, const QString &title, const QString &name)
{
    Card *card = makeCard(title, name);
    connect(card, &Card::clicked, this, [this, page] { Q_EMIT goTo(page, {}); });
    return card;
}

QWidget *OverviewPage::makeCards()
{
    auto *cards = new QWidget(this);
    auto *grid = new QGridLayout(cards);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(Space::small);
    //: Title of a card: the state of the server.
    m_state = makeCard(tr("Server"), u"stateCard"_s);
    m_state->keepMark();
    connect(m_state, &Card::clicked, this, [this] { Q_EMIT serverOrdersWanted(m_state->mapToGlobal(m_state->rect().bottomLeft())); });
    //: Title of a card: how many sessions are live.
    m_sessions = makeCardTo(u"sessions"_s, tr("Sessions now"), u"sessionsCard"_s);
    //: Title of a card: how many people signed in today.
    m_signIns = makeCardTo(u"sessions"_s, tr("Sign-ins today"), u"signInsCard"_s);
    //: Title of a card: how many addresses or accounts are being rate-limited.
    m_limited = makeCardTo(u"limits"_s, tr("Limited now"), u"limitedCard"_s);
    //: Title of a card: how old the signing key is.
    m_key = makeCardTo(u"keys"_s, tr("Signing key"), u"keyCard"_s);
    //: Title of a card: how many accounts there are.
    m_users = makeCardTo(u"users"_s, tr("Users"), u"usersCard"_s);
    int column = 0;
    for (Card *card : {m_state, m_sessions, m_signIns, m_limited, m_key, m_users}) {
        grid->addWidget(card, 0, column);
        grid->setColumnStretch(column++, 1);
    }
    return cards;
}

QWidget *OverviewPage::makeChart()
{
    m_chart = TrafficChart::make(context().clock, this);
    adopt(m_chart->table());
    const auto from = [this](const QString &key, int most) { return qBound(0, context().memory.value(key).toInt(), most); };
    m_chart->setRange(ChartRanges::all[size_t(from(chartRange, int(ChartRanges::all.size()) - 1))]);
    m_chart->setTab(from(chartTab, 2));
    connect(m_chart, &RangeChart::rangeChanged, this, &OverviewPage::readTraffic);
    return m_chart;
}

void OverviewPage::remember()
{
    Page::remember();
    context().memory.setValue(chartRange, int(m_chart->range()));
    context().memory.setValue(chartTab, m_chart->tab());
}

void OverviewPage::refresh()
{
    Q_EMIT overviewWanted();
    m_whatToFix->readFacts();
    if (m_firstSteps->isVisible())
        m_firstSteps->readSettings();
    readTraffic();
    readTrends();
    m_happening->read();
}

void OverviewPage::apply(const QList<Change> &changes)
{
    m_happening->apply(changes);
    m_whatToFix->apply(changes);
    m_firstSteps->apply(changes);
}

void OverviewPage::presentServer(const ServerView &server, const ServerHealth &health)
{
    const QString connections = UiTexts::connections(server.connections);
    QString remark = health.reason;
    if (remark.isEmpty() && server.state == ServerState::Running)
        remark = UiTexts::inOneLine({Times::up(server.runningFor), connections});
    if (server.state == ServerState::Paused)
        //: Below the state of a paused server.
        remark = UiTexts::inOneLine({tr("answers 503"), connections});
    m_state->setFigure(health.word, remark, health.tone);
    m_state->setToolTip(server.state == ServerState::Running && server.runningFor > Seconds {0} //: Tool tip: since when the server listens.
                            ? tr("Since %1").arg(Times::exact(now() - server.runningFor))
                            : QString());
    m_firstSteps->presentServer(UiTexts::addressOf(server));
}

void OverviewPage::presentKey(const OverviewView &overview)
{
    const TimePoint since = overview.signingKeySince;
    if (since == TimePoint {})
        //: Below the age of the signing key: there is none yet.
        return m_key->setFigure(u"–"_s, tr("no key yet"));
    m_key->setToolTip(Times::exact(since));
    if (since > now() + Seconds {60})
        //: Below the age of the signing key, where the clock shows a time before its birth.
        return m_key->setFigure(u"–"_s, tr("the clock was set back"), Tone::Warning);
    //: Below the age of the signing key.
    m_key->setFigure(Times::lasting(now() - since), tr("since it began to sign"));
}

void OverviewPage::present(const OverviewView &overview, bool answers)
{
    presentServer(overview.server, healthOf(overview.server, answers));
    const bool any = overview.limitedNow > 0;
    m_limited->setFigure(UiTexts::count(overview.limitedNow),
                         any ? /*: Below the number of those who are being rate-limited. */ tr("held back by a rule")
                             : /*: Below the number 0: nobody is being rate-limited. */ tr("nobody held back"),
                         any ? Tone::Warning : Tone::Neutral);
    presentKey(overview);
    m_whatToFix->present(overview);
    if (overview.counts)
        return presentCounts(*overview.counts);
    for (Card *card : {m_sessions, m_signIns, m_users})
        //: In place of the words below a number that is not known now.
        card->setFigure(u"–"_s, tr("the database cannot be read"), Tone::Warning);
}

void OverviewPage::presentCounts(const OverviewCounts &counts)
{
    m_sessions->setFigure(UiTexts::count(counts.liveSessions), counts.liveSessions == 0
                                                                   ? /*: Below the number 0 of sessions. */ tr("nobody yet")
                                                                   : /*: Below a number of sessions. */ tr("live at this moment"));
    const qint64 failed = counts.failedSignInsToday;
    m_signIns->setFigure(UiTexts::count(counts.signInsToday),
                         failed == 0 ? /*: Below the number of sign-ins today. */ tr("none failed")
                                     : /*: Below the number of sign-ins today. */ tr("%Ln failed", nullptr, int(failed)),
                         failed > 20 && failed > counts.signInsToday ? Tone::Warning : Tone::Neutral);
    m_users->setFigure(UiTexts::count(counts.users), counts.users == 0 ? /*: Below the number 0. */ tr("no accounts yet")
                                                                       : /*: Below a number of accounts. */ tr("registered"));
    m_firstSteps->presentUsers(counts.users);
    if (counts.users == 0 && m_firstSteps->isHidden() && !context().memory.value(putAway).toBool())
        showFirstSteps();
}

void OverviewPage::showFirstSteps()
{
    m_lower->hide();
    m_firstSteps->show();
    if (isVisible())
        m_firstSteps->takeKeyboard();
}

void OverviewPage::showHowToConnect()
{
    m_firstSteps->goToConnect();
    showFirstSteps();
}

void OverviewPage::reportStored(const StoredChoices &sent, const QStringList &waiting)
{
    m_whatToFix->readFacts();
    Q_EMIT done(SettingTexts::stored(sent.choices, waiting), sent.undo(*this, [this](const QString &said) {
        refresh();
        Q_EMIT done(said);
    }));
}

void OverviewPage::putFirstStepsAway()
{
    context().memory.setValue(putAway, true);
    m_firstSteps->hide();
    m_lower->show();
    m_state->setFocus(Qt::OtherFocusReason);
}

void OverviewPage::readTraffic()
{
    const ChartRange range = m_chart->range();
    giveOnce(ReadTraffic {.window = ChartRanges::spanOf(range)}, [this, range](const QList<TrafficView> &traffic) {
        if (range == m_chart->range()) // else the other one is asked for
            m_chart->present(trafficPoints(traffic), now());
    });
}

void OverviewPage::readTrends()
{
    // Without an answer the cards have no line; why there is none is shown elsewhere.
    ask(
        context().console.ask(ReadTrends {}), this, [this](const QList<TrendView> &halfHours) { presentTrends(halfHours); },
        [](const Error &) {});
}

void OverviewPage::presentTrends(const QList<TrendView> &halfHours)
{
    const CardTrends trends(halfHours);
    m_state->setTrend(trends.requests());
    m_sessions->setTrend(trends.sessions());
    m_signIns->setTrend(trends.signIns());
    m_limited->setTrend(trends.limited());
    m_key->setTrend(trends.tokens());
    m_users->setTrend(trends.users());
}

void OverviewPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (m_wasInView) // else it reads all for the first time
        m_whatToFix->readFacts();
}

void OverviewPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_wasInView = true;
}

DataTable *OverviewPage::unseenTable() const { return m_lower->isHidden() ? nullptr : &m_chart->table(); }

void OverviewPage::everySecond()
{
    ++m_seconds;
    if (m_chart->range() == ChartRange::TenMinutes || m_seconds % betweenChartReadings == 0)
        readTraffic();
    if (m_seconds % betweenTrends == 0)
        readTrends();
    m_happening->everySecond();
}

} // namespace warder
