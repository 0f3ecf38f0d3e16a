#include "core/config/Settings.h"
#include "core/console/ViewsOf.h"
#include "tests/ui/support/Scene.h"

using namespace Qt::StringLiterals;

namespace warder::test {

void Scene::fillSettings()
{
    const QString stored = u"/data/warder.stored.conf:2"_s;
    const SettingLayers before {
        {.source = SettingSource::File, .sourceName = u"/etc/warder/warder.conf:4"_s, .key = u"http.listen"_s, .value = u"0.0.0.0:8000"_s},
        {.source = SettingSource::Environment, .sourceName = u"WARDER_LOG_LEVEL"_s, .key = u"log.level"_s, .value = u"debug"_s},
        {.source = SettingSource::Stored, .sourceName = stored, .key = u"sessions.max_per_user"_s, .value = u"50"_s},
        {.source = SettingSource::Stored, .sourceName = stored, .key = u"metrics.token"_s, .value = u"0123456789abcdef"_s}};
    const SettingLayers since {
        {.source = SettingSource::Stored, .sourceName = stored, .key = u"sessions.idle_lifetime"_s, .value = u"7d"_s}};
    const Settings inForce = Settings::load(before).value().reloaded(Settings::load(before + since).value()).first;
    console.settingRows = viewsOf(inForce, u"the file /data/master.key"_s);
}

} // namespace warder::test
