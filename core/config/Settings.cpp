#include "core/config/Settings.h"

#include "core/base/Text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// As people wrote it, on one line; a secret stays unsaid.
QString shown(const LayerEntry &entry, const SettingDefinition &definition)
{
    const QString value = shortened(entry.value.simplified());
    return definition.secret ? entry.key : u"%1 = %2"_s.arg(entry.key, value.isEmpty() ? u"(nothing)"_s : u'"' + value + u'"');
}

/// What no value of any setting may be: env files of other programs have quotation marks, which their shells take away and we do not.
QString faultOfForm(const QString &value)
{
    const bool isQuoted = value.size() > 1 && value.front() == value.back() && (value.front() == u'"' || value.front() == u'\'');
    if (isQuoted)
        return u"written without the quotation marks"_s;
    if (value.contains(QChar::ReplacementCharacter) || value.contains(QChar::Null)) // the first is what Qt makes of bytes that are no text
        return u"UTF-8 text without NUL bytes"_s;
    return {};
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
    if (definition->secret && entry.source == SettingSource::CommandLine)
        return std::unexpected(
            withSource(entry, u"%1: a secret does not belong on the command line, where every user of this machine can read "
                              "it: put it into warder.conf or into the variable %2"_s.arg(entry.key, variableOf(entry.key))));
    const auto mustBe = [&](const QString &right) { return withSource(entry, u"%1: must be %2"_s.arg(shown(entry, *definition), right)); };
    if (const QString right = faultOfForm(entry.value); !right.isEmpty())
        return std::unexpected(mustBe(right));
    return parseSetting(*definition, entry.value).transform_error(mustBe);
}

SettingLayers withDefaults(const SettingLayers &layers)
{
    SettingLayers all;
    for (const SettingDefinition &each : settingDefinitions())
        all += {.source = SettingSource::Default, .sourceName = {}, .key = each.key, .value = each.defaultValue, .problem = {}};
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
            values->insert(entry.key, {.value = *std::move(value), .from = entry});
        else
            (isHarmless(entry) ? warnings : faults) += value.error();
    }
    if (!faults.isEmpty())
        return refused(ErrorCode::ConfigInvalid, faults.join(u'\n'));
    return Settings(std::move(values), warnings);
}

const Settings::Held &Settings::held(QLatin1StringView key) const
{
    const auto found = m_values->constFind(QString(key));
    if (found == m_values->cend())
        qFatal("no setting is called %s", key.data());
    return *found;
}

template <typename T>
const T &Settings::get(QLatin1StringView key) const
{
    const T *value = std::get_if<T>(&held(key).value);
    if (!value)
        qFatal("the setting %s has another type", key.data());
    return *value;
}

bool Settings::boolean(QLatin1StringView key) const { return get<bool>(key); }
qint64 Settings::integer(QLatin1StringView key) const { return get<qint64>(key); }
QString Settings::text(QLatin1StringView key) const { return get<QString>(key); }
Seconds Settings::seconds(QLatin1StringView key) const { return get<Seconds>(key); }
QStringList Settings::list(QLatin1StringView key) const { return get<QStringList>(key); }
Rate Settings::rate(QLatin1StringView key) const { return get<Rate>(key); }

std::pair<Settings, QStringList> Settings::reloaded(const Settings &read) const
{
    auto values = std::make_shared<Values>(*read.m_values);
    QStringList waiting;
    for (const SettingDefinition &each : settingDefinitions()) {
        if (!each.restartNeeded)
            continue;
        const Held &running = *m_values->constFind(each.key);
        if (running.value != read.m_values->constFind(each.key)->value)
            waiting += each.key;
        values->insert(each.key, running);
    }
    return {Settings(std::move(values), read.m_warnings), waiting};
}

QList<SettingDescription> Settings::describe() const
{
    QList<SettingDescription> all;
    for (const SettingDefinition &each : settingDefinitions()) {
        const LayerEntry &from = m_values->constFind(each.key)->from;
        all += {.key = each.key,
                .value = each.secret && !from.value.isEmpty() ? u"********"_s : from.value,
                .defaultValue = each.defaultValue,
                .source = from.source,
                .sourceName = from.sourceName,
                .text = each.text,
                .fixed = from.source >= SettingSource::File,
                .restartNeeded = each.restartNeeded};
    }
    return all;
}

} // namespace warder
