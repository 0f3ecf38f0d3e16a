#include "app/ListenUrls.h"

#include "core/config/ServerUrl.h"
#include "core/config/Settings.h"
#include "core/net/FreePort.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

SettingDescription listenSetting(const Settings &settings)
{
    const auto all = settings.describe();
    return *std::ranges::find(all, "http.listen"_L1, &SettingDescription::key);
}

} // namespace

QStringList urlsOf(const QList<ListenPoint> &points, const Settings &settings)
{
    QStringList urls;
    for (const ListenPoint &point : points)
        urls += urlOf(point, settings);
    urls.removeDuplicates();
    return urls;
}

QStringList freeUrlsOf(const QList<ListenPoint> &points, const Settings &settings)
{
    QList<ListenPoint> usable;
    for (const ListenPoint &point : points) {
        if (point.isUnix() || (point.place.port != 0 && isFree(point.place)))
            usable += point;
    }
    return urlsOf(usable, settings);
}

OtherPort otherPort(const QList<ListenPoint> &points, const Settings &settings)
{
    const SettingDescription listen = listenSetting(settings);
    return {
        .port = listen.source > SettingSource::Stored ? 0 : nextFreePort(points), .source = listen.source, .sourceName = listen.sourceName};
}

} // namespace warder
