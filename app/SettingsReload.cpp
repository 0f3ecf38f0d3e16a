#include "app/SettingsReload.h"

#include "app/StoredSettings.h"
#include "core/assembly/Core.h"
#include "core/telemetry/Log.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

SettingsReload::SettingsReload(Core &core, Read read, Adopt adopt) : m_core(core), m_read(std::move(read)), m_adopt(std::move(adopt)) {}

Result<QStringList> SettingsReload::reload()
{
    const auto waiting = adoptRead();
    if (waiting)
        log(LogLevel::Info, "reloaded"_L1, {{"needs_restart"_L1, waiting->isEmpty() ? u"-"_s : waiting->join(u' ')}});
    else
        log(LogLevel::Error, "reload_failed"_L1, {{"why"_L1, waiting.error().detail}});
    m_core.health.note(!waiting, {.code = u"reload_failed"_s, .detail = waiting ? QString() : waiting.error().detail}, m_core.clock.now());
    return waiting;
}

Result<QStringList> SettingsReload::store(const QList<SettingChoice> &choices)
{
    const auto adopted = storeSettings(m_core.directory.path(), m_core.settings.get(), choices, [this] { return adoptRead(); });
    if (!adopted)
        return adopted;
    for (const auto &[key, value] : choices) {
        const QString shown = findSetting(key)->rules.secret ? u"(secret)"_s : value.value_or(u"-"_s);
        log(LogLevel::Info, "setting_stored"_L1, {{"key"_L1, key}, {"value"_L1, shown}});
    }
    return adopted;
}

/// Gives the keys of the settings that wait for a restart.
Result<QStringList> SettingsReload::adoptRead() const
{
    const auto read = m_read();
    if (!read)
        return refused(read);
    const auto [settings, needsRestart] = m_core.settings.get().reloaded(*read);
    const auto adopted = m_adopt(settings);
    return adopted ? Result<QStringList>(needsRestart) : refused(adopted);
}

} // namespace warder
