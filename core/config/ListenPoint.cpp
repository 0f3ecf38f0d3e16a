#include "core/config/ListenPoint.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto scheme = "unix:"_L1;

/// sockaddr_un::sun_path, with its final NUL, on the system that has the least room.
constexpr qsizetype longestPath = 103;

} // namespace

std::optional<ListenPoint> parseListenPoint(QStringView text)
{
    if (text.startsWith(scheme)) {
        const QString path = text.sliced(scheme.size()).toString();
        const bool fits = path.startsWith(u'/') && !path.endsWith(u'/') && path.toUtf8().size() <= longestPath;
        return fits ? std::optional(ListenPoint {.path = path}) : std::nullopt;
    }
    return parseHostPort(text).transform([](const HostPort &place) { return ListenPoint {.place = place}; });
}

QString toText(const ListenPoint &point) { return point.isUnix() ? scheme + point.path : toText(point.place); }

} // namespace warder
