#include "core/config/Rate.h"

#include "core/config/Duration.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 most = 1'000'000;
constexpr Seconds longestPeriod = std::chrono::days {30};

} // namespace

std::optional<Rate> parseRate(QStringView text)
{
    static const QRegularExpression form(u"^([0-9]{1,7})/([0-9]+[smhd]?)(?: burst ([0-9]{1,7}))?$"_s);
    if (text == "off"_L1)
        return Rate {.amount = 0, .period = Seconds {1}, .burst = 0};
    const auto match = form.matchView(text);
    const auto period = parseDuration(match.capturedView(2));
    if (!match.hasMatch() || !period)
        return std::nullopt;
    const qint64 amount = match.capturedView(1).toLongLong();
    const qint64 burst = match.hasCaptured(3) ? match.capturedView(3).toLongLong() : amount;
    const bool inside = amount >= 1 && amount <= most && burst >= 1 && burst <= most && *period >= Seconds {1} && *period <= longestPeriod;
    return inside ? std::optional(Rate {amount, *period, burst}) : std::nullopt;
}

QString toText(const Rate &rate)
{
    return rate.isOff() ? u"off"_s : u"%1/%2 burst %3"_s.arg(rate.amount).arg(toText(rate.period)).arg(rate.burst);
}

} // namespace warder
