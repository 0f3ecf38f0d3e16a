#pragma once

#include "core/base/Result.h"
#include "core/config/SettingLayers.h"
#include "core/config/SettingTable.h"
#include "core/config/SettingValue.h"

#include <array>
#include <memory>
#include <optional>

namespace warder {

/// What the sources say of a setting by now, where a change acts only after a restart.
struct WaitingSetting
{
    QString value; ///< As written; masked for secrets.
    SettingSource source = SettingSource::Default;
    QString sourceName;
};

/// One setting as people see it.
struct SettingDescription
{
    QString key;
    QString value; ///< As written; masked for secrets.
    QString defaultValue;
    SettingSource source = SettingSource::Default;
    QString sourceName; ///< Empty for a default.
    QString text;
    std::optional<WaitingSetting> waiting = {}; ///< Nothing where what is in force is what the sources say.
};

/// Every setting with its value. An immutable value, cheap to copy, for any thread.
class Settings final
{
public:
    /// All defaults.
    Settings();

    /// Lays the layers over each other: the source that wins is the later one of SettingSource, within one the later entry.
    /// ConfigInvalid with every fault of every layer in the detail, one a line: key, source, and what would be right. A secret on the
    /// command line is a fault: every user of the machine can read it there.
    static Result<Settings> load(const SettingLayers &layers);

    /// The value of a setting, of its row's type: `settings.get<"http.threads">()` is a qint64.
    template <SettingKey key>
    auto get() const
    {
        return std::get<std::size_t(key.definition().type)>((*m_values)[key.row].value);
    }

    /// What is in force after a reload read `read` from the sources: its values, but ours where a change needs a restart, with what waits
    /// for that. The second is the keys of those.
    std::pair<Settings, QStringList> reloaded(const Settings &read) const;

    /// The keys of the settings for which something waits for a restart.
    QStringList waiting() const;

    /// All settings in the order of the table.
    QList<SettingDescription> describe() const;

    /// What the layers held that has no effect and may have been meant otherwise, a line each: variables called WARDER_… that are no
    /// setting. A container or an image may bring them, so they do not stop the start; a misspelt setting does.
    QStringList warnings() const { return m_warnings; }

private:
    struct Held
    {
        SettingValue value;
        LayerEntry from;
        std::optional<LayerEntry> next = {}; ///< What waits for a restart.
    };
    using Values = std::array<Held, settingTable.size()>; ///< A row each.

    Settings(std::shared_ptr<const Values> values, QStringList warnings) : m_values(std::move(values)), m_warnings(std::move(warnings)) {}

    std::shared_ptr<const Values> m_values;
    QStringList m_warnings;
};

} // namespace warder
