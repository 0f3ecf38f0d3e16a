#include "ui/overview/CardTrends.h"

#include "ui/support/UiTexts.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype aDay = 48; ///< Half hours.

/// With its sign; the minus is a real one.
QString withSign(qint64 number)
{
    if (number == 0)
        return u"±0"_s;
    return (number > 0 ? u"+"_s : u"−"_s) + UiTexts::count(std::abs(number));
}

/// The last that is known in the hours that end there.
std::optional<qint64> lastKnown(const QList<TrendView> &halfHours, qsizetype end, std::optional<qint64> TrendView::*level)
{
    constexpr qsizetype within = 6;
    for (qsizetype i = end - 1; i >= qMax<qsizetype>(0, end - within); --i) {
        if (halfHours[i].*level)
            return halfHours[i].*level;
    }
    return std::nullopt;
}

} // namespace

//: Of a card: requests were answered.
Trend CardTrends::requests() const { return ofCounts(tr("Requests"), &TrendView::requests); }

//: Of a card: people signed in.
Trend CardTrends::signIns() const { return ofCounts(tr("Sign-ins"), &TrendView::signIns); }

//: Of a card: requests that a limit refused.
Trend CardTrends::limited() const { return ofCounts(tr("Limited requests"), &TrendView::limited); }

//: Of a card: access tokens were signed and given out.
Trend CardTrends::tokens() const { return ofCounts(tr("Access tokens"), &TrendView::tokens); }

//: Of a card: sessions that are live.
Trend CardTrends::sessions() const { return ofLevels(tr("Live sessions"), &TrendView::sessions); }

//: Of a card: accounts that there are.
Trend CardTrends::users() const { return ofLevels(tr("Users"), &TrendView::users); }

bool CardTrends::isDayBeforeKnown() const
{
    const auto before = m_halfHours.first(qMax<qsizetype>(0, m_halfHours.size() - aDay));
    return std::ranges::any_of(before, [](const TrendView &each) { return each.sessions.has_value(); });
}

QString CardTrends::differenceOf(qint64 now, qint64 before)
{
    if (before == 0)
        return withSign(now);
    const qint64 percent = std::llround(double(now - before) * 100 / double(before));
    //: On a card: how a count differs from the one of the day before; %1 is a number with its sign.
    return tr("%1 %").arg(withSign(std::min<qint64>(percent, 999)));
}

Trend CardTrends::ofCounts(const QString &name, qint64 TrendView::*count) const
{
    Trend trend;
    qint64 now = 0;
    qint64 before = 0;
    const qsizetype first = m_halfHours.size() - aDay;
    for (qsizetype i = 0; i < m_halfHours.size(); ++i) {
        const qint64 number = m_halfHours[i].*count;
        (i >= first ? now : before) += number;
        if (i >= first)
            trend.points += double(number);
    }
    if (trend.points.isEmpty())
        return trend;
    if (isDayBeforeKnown()) {
        trend.difference = differenceOf(now, before);
        //: Of a card: a count of the last 24 hours (%1), and of the 24 hours before (%2).
        const QString words = tr("%1 in 24 hours, %2 in the 24 hours before").arg(UiTexts::count(now), UiTexts::count(before));
        trend.words = UiTexts::named(name, words);
    } else {
        //: Of a card: a count of the last 24 hours. What was before nobody knows.
        trend.words = UiTexts::named(name, tr("%1 in 24 hours").arg(UiTexts::count(now)));
    }
    return trend;
}

Trend CardTrends::ofLevels(const QString &name, std::optional<qint64> TrendView::*level) const
{
    Trend trend {.fromZero = false};
    for (const TrendView &each : m_halfHours.last(qMin(aDay, m_halfHours.size())))
        trend.points += double((each.*level).value_or(-1));
    const auto now = lastKnown(m_halfHours, m_halfHours.size(), level);
    const auto before = lastKnown(m_halfHours, qMax<qsizetype>(0, m_halfHours.size() - aDay), level);
    if (!now || !before)
        return trend;
    trend.difference = withSign(*now - *before);
    //: Of a card: how many there are (%1), and were a day ago (%2).
    trend.words = UiTexts::named(name, tr("%1 now, %2 a day ago").arg(UiTexts::count(*now), UiTexts::count(*before)));
    return trend;
}

} // namespace warder
