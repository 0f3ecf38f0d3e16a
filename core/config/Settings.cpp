#include "core/config/Settings.h"

#include "core/base/Text.h"
#include "core/config/SettingCheck.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// As people wrote it, on one line; a secret stays unsaid.
QString shown(const LayerEntry &entry, const SettingDefinition &definition)
{
    const QString value = shortened(entry.value.simplified());
    return definition.rules.secret ? entry.key : u"%1 = %2"_s.arg(entry.key, value.isEmpty() ? u"(nothing)"_s : u'"' + value + u'"');
}

QString unknownKey(const LayerEntry &entry)
{
    const QString nearest = nearestSetting(entry.key);
    const bool isFolder = entry.sourceName.startsWith("WARDER_DATA"_L1);
    const QString meant = isFolder            ? u"did you mean WARDER_DATA_DIR?"_s
                          : nearest.isEmpty() ? u"`config show` lists all"_s
                                              : u"did you mean %1?"_s.arg(nearest);
    return u"%1: no such setting; %2"_s.arg(shortened(entry.key.simplified()), meant);
}

/// A variable from elsewhere, or a setting with a slip of the pen?
bool isHarmless(const LayerEntry &entry)
{
    return entry.source == SettingSource::Environment && !findSetting(entry.key) && !isMisspeltSetting(entry.key)
           && !entry.sourceName.startsWith("WARDER_DATA"_L1);
}

QString withSource(const LayerEntry &entry, const QString &what)
{
    const QString source = nameOf(entry.source);
    return entry.sourceName.isEmpty() ? u"[%1] %2"_s.arg(source, what) : u"[%1 %2] %3"_s.arg(source, entry.sourceName, what);
}

std::expected<SettingValue, QString> judged(const LayerEntry &entry)
{
    if (!entry.problem.isEmpty())
        return std::unexpected(withSource(entry, entry.problem));
    const SettingDefinition *definition = findSetting(entry.key);
    if (!definition)
        return std::unexpected(withSource(entry, unknownKey(entry)));
    if (definition->rules.secret && entry.source == SettingSource::CommandLine)
        return std::unexpected(
            withSource(entry, u"%1: a secret does not belong on the command line, where every user of this machine can read "
                              "it: put it into warder.conf or into the variable %2"_s.arg(entry.key, variableOf(entry.key))));
    const auto mustBe = [&](const QString &right) { return withSource(entry, u"%1: must be %2"_s.arg(shown(entry, *definition), right)); };
    if (const QString right = faultOfForm(entry.value); !right.isEmpty())
        return std::unexpected(mustBe(right));
    return parseSetting(*definition, entry.value).transform_error(mustBe);
}

std::size_t rowOf(const LayerEntry &judgedEntry) { return std::size_t(findSetting(judgedEntry.key) - settingTable.data()); }

/// Secrets are told only to be there.
QString masked(const QString &value, const SettingDefinition &definition)
{
    return definition.rules.secret && !value.isEmpty() ? u"********"_s : value;
}

std::optional<WaitingSetting> waitingOf(const std::optional<LayerEntry> &next, const SettingDefinition &definition)
{
    if (!next)
        return std::nullopt;
    return WaitingSetting {.value = masked(next->value, definition), .source = next->source, .sourceName = next->sourceName};
}

SettingLayers withDefaults(const SettingLayers &layers)
{
    SettingLayers all;
    for (const SettingDefinition &each : settingTable)
        all += {.source = SettingSource::Default, .key = each.key.toString(), .value = each.defaultValue.toString()};
    all += layers;
    std::ranges::stable_sort(all, {}, &LayerEntry::source);
    return all;
}

} // namespace

Settings::Settings() : Settings(*load({})) {}

Result<Settings> Settings::load(const SettingLayers &layers)
{
    auto values = std::make_shared<Values>();
    QStringList faults;
    QStringList warnings;
    for (const LayerEntry &entry : withDefaults(layers)) {
        if (auto value = judged(entry))
            values->at(rowOf(entry)) = {.value = *std::move(value), .from = entry};
        else
            (isHarmless(entry) ? warnings : faults) += value.error();
    }
    if (!faults.isEmpty())
        return refused(ErrorCode::ConfigInvalid, faults.join(u'\n'));
    return Settings(std::move(values), warnings);
}

std::pair<Settings, QStringList> Settings::reloaded(const Settings &read) const
{
    auto values = std::make_shared<Values>(*read.m_values);
    for (std::size_t row = 0; row < settingTable.size(); ++row) {
        Held &held = values->at(row);
        const Held &former = m_values->at(row);
        if (settingTable[row].effect == SettingEffect::AtOnce || held.value == former.value)
            continue; // in force, wherever it comes from by now
        held = {.value = former.value, .from = former.from, .next = held.from};
    }
    Settings merged(std::move(values), read.m_warnings);
    QStringList waitingKeys = merged.waiting();
    return {std::move(merged), std::move(waitingKeys)};
}

QStringList Settings::waiting() const
{
    QStringList keys;
    for (std::size_t row = 0; row < settingTable.size(); ++row) {
        if (m_values->at(row).next)
            keys += settingTable[row].key.toString();
    }
    return keys;
}

QList<SettingDescription> Settings::describe() const
{
    QList<SettingDescription> all;
    for (std::size_t row = 0; row < settingTable.size(); ++row) {
        const SettingDefinition &each = settingTable[row];
        const LayerEntry &from = m_values->at(row).from;
        all += {.key = from.key,
                .value = masked(from.value, each),
                .defaultValue = each.defaultValue.toString(),
                .source = from.source,
                .sourceName = from.sourceName,
                .text = each.text.toString(),
                .waiting = waitingOf(m_values->at(row).next, each)};
    }
    return all;
}

} // namespace warder
