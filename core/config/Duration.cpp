#include "core/config/Duration.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct Unit
{
    char16_t letter;
    qint64 seconds;
};
constexpr std::array units {Unit {u'd', 86'400}, Unit {u'h', 3'600}, Unit {u'm', 60}, Unit {u's', 1}};
constexpr qint64 longestDuration = 100LL * 366 * 86'400;

} // namespace

std::optional<Seconds> parseDuration(QStringView text)
{
    qint64 factor = 1;
    const auto unit = std::ranges::find_if(units, [&](const Unit &each) { return text.endsWith(QChar(each.letter)); });
    if (unit != units.end()) {
        factor = unit->seconds;
        text.chop(1);
    }
    const bool digits = !text.isEmpty() && text.size() <= 10 && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    const qint64 seconds = digits ? text.toLongLong() * factor : -1;
    return seconds >= 0 && seconds <= longestDuration ? std::optional(Seconds {seconds}) : std::nullopt;
}

QString toText(Seconds duration)
{
    const qint64 seconds = duration.count();
    for (const Unit &unit : units) {
        if (seconds != 0 && seconds % unit.seconds == 0)
            return QString::number(seconds / unit.seconds) + QChar(unit.letter);
    }
    return u"0s"_s;
}

} // namespace warder
