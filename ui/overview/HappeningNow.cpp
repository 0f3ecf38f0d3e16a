#include "ui/overview/HappeningNow.h"

#include "ui/activity/ActivityTexts.h"
#include "ui/support/Ask.h"
#include "ui/support/Space.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateDot.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int leastLines = 3;
constexpr int betweenLines = 4; // pixels

/// "Signed in · ada@example.com"
QString inALine(const ActivityView &record)
{
    const bool isOfSomebody = record.userId || !record.email.isEmpty();
    const QString what = ActivityTexts::what(record.type);
    return isOfSomebody ? UiTexts::inOneLine({what, UiTexts::plain(ActivityTexts::who(record))}) : what;
}

} // namespace

HappeningNow::HappeningNow(const PageContext &context, QWidget *parent)
    //: Title above the newest records of who did what.
    : Panel(tr("Happening now"), parent), m_context(context),
      //: In place of the newest records of who did what, while there are none.
      m_empty(quietLabel(tr("What people and admins do appears here as it happens."), this)), m_room(new QWidget(this))
{
    build();
    showRecords();
}

void HappeningNow::build()
{
    auto *lines = new QVBoxLayout(m_room);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(betweenLines);
    for (int i = 0; i < mostLines; ++i)
        addLine();
    lines->addStretch();
    m_room->setMinimumHeight(leastLines * (m_lines.first().all->sizeHint().height() + betweenLines)); // less than its lines need
    m_room->installEventFilter(this);
    body()->addWidget(m_empty);
    body()->addWidget(m_room, 1);
    body()->addStretch();
    //: Button: leads to the page Activity.
    auto *all = new QPushButton(tr("Show Activity"), this);
    body()->addWidget(all, 0, Qt::AlignLeft);
    connect(all, &QPushButton::clicked, this, [this] { Q_EMIT goTo(u"activity"_s, {}); });
}

void HappeningNow::addLine()
{
    auto *all = new QWidget(m_room);
    const Line line {.all = all, .when = quietLabel({}, all), .dot = new StateDot(all), .what = new ElidedLabel(all)};
    line.when->setWordWrap(false);
    line.when->setMinimumWidth(line.when->fontMetrics().horizontalAdvance(u"00:00"_s));
    line.what->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *row = new QHBoxLayout(all);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    row->addWidget(line.when);
    row->addWidget(line.dot);
    row->addWidget(line.what, 1);
    m_room->layout()->addWidget(all);
    m_lines += line;
}

void HappeningNow::apply(const QList<Change> &changes)
{
    const auto isNews = [](const Change &change) { return std::holds_alternative<ActivityRecorded>(change); };
    m_isOld = m_isOld || std::ranges::any_of(changes, isNews);
}

void HappeningNow::everySecond()
{
    showRecords(); // at midnight a time of the day becomes a date
    if (m_isOld)
        read();
}

void HappeningNow::read()
{
    m_isOld = std::exchange(m_isAsking, true); // the answer that is on its way may be older than the news
    if (m_isOld)
        return;
    ask(
        m_context.console.ask(ListActivity {.limit = mostLines}), this,
        [this](const PageOf<ActivityView> &newest) {
            m_isAsking = false;
            m_isRead = true;
            m_records = newest.rows;
            showRecords();
        },
        [this](const Error &) { // why there is no answer is shown elsewhere
            m_isAsking = false;
            m_isOld = true;
        });
}

int HappeningNow::room() const
{
    const int each = m_lines.first().all->sizeHint().height() + betweenLines;
    return std::max(1, (m_room->height() + betweenLines) / each);
}

void HappeningNow::showRecords()
{
    const qsizetype shown = std::min<qsizetype>({m_records.size(), mostLines, room()});
    for (qsizetype i = 0; i < mostLines; ++i) {
        if (i < shown)
            showLine(m_lines[i], m_records[i]);
        m_lines[i].all->setVisible(i < shown);
    }
    m_empty->setVisible(m_isRead && m_records.isEmpty());
    m_room->setVisible(m_empty->isHidden());
}

/// Nothing moves, and no screen reader hears of it, where it says the same as before.
void HappeningNow::showLine(const Line &line, const ActivityView &record)
{
    const QString when = Times::timeOrDate(record.at, m_context.clock.now());
    const QString what = inALine(record);
    line.when->setToolTip(Times::exact(record.at)); // of another record that says the same it is another one
    line.what->setToolTip(record.address);
    if (line.when->text() == when && line.what->text() == what)
        return;
    line.when->setText(when);
    line.dot->setTone(ActivityTexts::tone(record.type));
    line.what->setText(what);
}

/// Before the lines are laid out in it: those that find no room are gone by then.
bool HappeningNow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_room && event->type() == QEvent::Resize)
        showRecords();
    return Panel::eventFilter(watched, event);
}

} // namespace warder
