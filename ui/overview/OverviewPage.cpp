#include "ui/overview/OverviewPage.h"

#include "ui/overview/FirstSteps.h"
#include "ui/overview/WhatToFix.h"
#include "ui/support/Times.h"
#include "ui/support/TrafficPoints.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QString putAway = u"overview/firstStepsPutAway"_s;

} // namespace

OverviewPage::OverviewPage(const PageContext &context, QWidget *parent)
    //: Title of a page.
    : Page(context, tr("Overview"), /*: What the first page shows. */ tr("The server at a glance."), parent)
{
    body()->addWidget(makeCards());
    body()->addWidget(m_whatToFix = new WhatToFix(context, this));
    body()->addWidget(m_firstSteps = new FirstSteps(context, this), 3);
    body()->addWidget(m_requestsPanel = makeRequests(), 3);
    m_firstSteps->hide();
    connect(m_whatToFix, &WhatToFix::goTo, this, &OverviewPage::goTo);
    connect(m_firstSteps, &FirstSteps::done, this, &OverviewPage::putFirstStepsAway);
    auto *lower = new QHBoxLayout;
    lower->setSpacing(12);
    lower->addWidget(makeSignIns(), 1);
    lower->addWidget(makeAddress(), 1);
    body()->addLayout(lower, 2);
    presentServer({}, healthOf({}));
}

Card *OverviewPage::makeCard(const QString &title, const QString &page, const QString &name)
{
    auto *card = new Card(title, this);
    card->setObjectName(name);
    connect(card, &Card::clicked, this, [this, page] { Q_EMIT goTo(page, {}); });
    return card;
}

QWidget *OverviewPage::makeCards()
{
    auto *cards = new QWidget(this);
    auto *grid = new QGridLayout(cards);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(12);
    //: Title of a card: the state of the server.
    m_state = makeCard(tr("Server"), u"overview"_s, u"stateCard"_s);
    //: Title of a card: how many sessions are live.
    m_sessions = makeCard(tr("Sessions now"), u"sessions"_s, u"sessionsCard"_s);
    //: Title of a card: how many people signed in today.
    m_signIns = makeCard(tr("Sign-ins today"), u"sessions"_s, u"signInsCard"_s);
    //: Title of a card: how many addresses or accounts are being rate-limited.
    m_limited = makeCard(tr("Limited now"), u"limits"_s, u"limitedCard"_s);
    //: Title of a card: how old the signing key is.
    m_key = makeCard(tr("Signing key"), u"keys"_s, u"keyCard"_s);
    //: Title of a card: how many accounts there are.
    m_users = makeCard(tr("Users"), u"users"_s, u"usersCard"_s);
    int column = 0;
    for (Card *card : {m_state, m_sessions, m_signIns, m_limited, m_key, m_users}) {
        grid->addWidget(card, 0, column);
        grid->setColumnStretch(column++, 1);
    }
    return cards;
}

QWidget *OverviewPage::makeRequests()
{
    const QList<TimeChart::Line> lines {//: Name of a line in a chart: requests that succeeded.
                                        {tr("OK"), Plot::Ok},
                                        //: Name of a line in a chart: requests that were refused (4xx).
                                        {tr("Refused"), Plot::Refused},
                                        //: Name of a line in a chart: requests that came too often (429).
                                        {tr("Limited"), Plot::Limited},
                                        //: Name of a line in a chart: requests the server failed on (5xx).
                                        {tr("Failed"), Plot::Failed}};
    //: Name of a chart, for screen readers.
    m_requests = new TimeChart(tr("Requests per second by outcome, last ten minutes"), lines, TimeChart::Form::Stacked, this);
    m_requests->setMinimumHeight(70); // in a small window, where there is something to fix
    //: Title above a chart.
    return chartPanel(tr("Requests per second"), m_requests, this);
}

QWidget *OverviewPage::makeSignIns()
{
    const QList<TimeChart::Line> lines {//: Name of a line in a chart: people who signed in.
                                        {tr("Signed in"), Plot::SignIns},
                                        //: Name of a line in a chart: sign-ins that failed.
                                        {tr("Failed"), Plot::FailedSignIns}};
    //: Name of a chart, for screen readers.
    m_signInChart = new TimeChart(tr("Sign-ins per minute, last ten minutes"), lines, TimeChart::Form::Lines, this);
    //: Title above a chart.
    return chartPanel(tr("Sign-ins per minute"), m_signInChart, this);
}

QWidget *OverviewPage::makeAddress()
{
    //: Title above the address of the server and a command to try.
    auto *panel = new Panel(tr("Try it"), this);
    panel->body()->setSpacing(6);
    panel->body()->addWidget(m_addressWords = quietLabel({}, panel));
    //: What is copied: the address of the server.
    m_address = new CopyField(tr("Address"), panel);
    panel->body()->addWidget(m_address);
    panel->body()->addSpacing(6);
    //: Above a command line.
    panel->body()->addWidget(m_curlWords = quietLabel(tr("Register somebody from a terminal"), panel));
    //: What is copied: a command line for a terminal.
    m_curl = new CopyField(tr("Command"), panel);
    panel->body()->addWidget(m_curl);
    panel->body()->addStretch();
    return panel;
}

void OverviewPage::refresh()
{
    Q_EMIT overviewWanted();
    m_whatToFix->readSettings();
    if (m_firstSteps->isVisible())
        m_firstSteps->readSettings();
    everySecond();
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
    m_state->setFigure(health.word, remark);
    m_state->setMark(health.tone);
    m_state->setToolTip(server.state == ServerState::Running && server.runningFor > Seconds {0} //: Tool tip: since when the server listens.
                            ? tr("Since %1").arg(Times::exact(now() - server.runningFor))
                            : QString());
    presentAddress(server);
}

void OverviewPage::presentAddress(const ServerView &server)
{
    const QString address = UiTexts::addressOf(server);
    //: Above the address for a frontend.
    const QString usual = tr("Your frontend talks to");
    //: Above the address for a frontend, while the server does not listen there.
    const QString whileStopped = tr("Your frontend talks to, once the server runs");
    m_addressWords->setText(server.url.isEmpty() && !address.isEmpty() ? whileStopped : usual);
    //: Instead of the address of a server that does not listen, and of which nobody knows where it would.
    m_address->setText(address.isEmpty() ? tr("not listening") : address);
    m_address->setCopyable(!address.isEmpty());
    m_curl->setText(UiTexts::curlRegister(address));
    for (QWidget *widget : {static_cast<QWidget *>(m_curl), static_cast<QWidget *>(m_curlWords)})
        widget->setVisible(!address.isEmpty());
    m_firstSteps->presentServer(address);
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
    if (counts.users == 0 && !context().memory.value(putAway).toBool())
        showFirstSteps();
}

void OverviewPage::showFirstSteps()
{
    m_requestsPanel->hide();
    m_firstSteps->show();
}

void OverviewPage::putFirstStepsAway()
{
    context().memory.setValue(putAway, true);
    m_firstSteps->hide();
    m_requestsPanel->show();
    m_state->setFocus(Qt::OtherFocusReason);
}

void OverviewPage::everySecond()
{
    giveOnce(ReadTraffic {.window = Seconds {600}}, [this](const QList<TrafficView> &traffic) {
        m_requests->setPoints(requestPoints(traffic));
        m_signInChart->setPoints(signInPoints(traffic));
    });
}

} // namespace warder
