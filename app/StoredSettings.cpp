#include "app/StoredSettings.h"

#include "core/platform/Files.h"

#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString pathIn(const QString &dataDirectory) { return dataDirectory + "/warder.stored.conf"_L1; }

/// Empty: the value is.
QString whatIsRight(const SettingDefinition *definition, const std::optional<QString> &value)
{
    if (!definition)
        return u"no setting has this name"_s;
    if (!value)
        return {};
    if (std::ranges::any_of(*value, [](QChar c) { return c.category() == QChar::Other_Control; }))
        return u"must be one line"_s; // or it would be read as several settings
    const auto parsed = parseSetting(*definition, *value);
    return parsed ? QString() : u"must be %1"_s.arg(parsed.error());
}

Result<void> mayBeStored(const QList<SettingChoice> &choices, const Settings &inForce)
{
    Error wrong {.code = ErrorCode::InvalidInput};
    for (const auto &[key, value] : choices) {
        if (std::ranges::count(choices, key, &SettingChoice::key) > 1)
            return refused(ErrorCode::InvalidInput, u"%1 stands there twice"_s.arg(key.left(100)));
        const SettingDefinition *definition = findSetting(key);
        if (const QString right = whatIsRight(definition, value); !right.isEmpty()) {
            wrong.detail += u"%1%2: %3"_s.arg(wrong.detail.isEmpty() ? QString() : u"\n"_s, key.left(100), right);
            wrong.faults += Fault {.type = u"value_error"_s, .location = {key.left(100)}, .message = right};
            continue;
        }
        if (const auto unfixed = isUnfixed(key, inForce); !unfixed)
            return unfixed;
    }
    return wrong.faults.isEmpty() ? Result<void>() : std::unexpected(wrong);
}

Result<void> write(const QString &dataDirectory, const QList<SettingChoice> &choices)
{
    QString text = u"# What was chosen in Warder's window. It writes this file; settings in warder.conf win over it.\n"_s;
    for (const LayerEntry &entry : readStoredSettings(dataDirectory)) {
        if (entry.problem.isEmpty() && !std::ranges::contains(choices, entry.key, &SettingChoice::key))
            text += u"%1 = %2\n"_s.arg(entry.key, entry.value);
    }
    for (const auto &[key, value] : choices) {
        if (value)
            text += u"%1 = %2\n"_s.arg(key, *value);
    }
    QSaveFile file(pathIn(dataDirectory));
    if (file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && file.commit())
        return {};
    return refused(ErrorCode::StorageFailure, u"%1 cannot be written: %2"_s.arg(file.fileName(), file.errorString()));
}

/// What the file says of these keys now.
QList<SettingChoice> storedChoices(const QString &dataDirectory, const QList<SettingChoice> &ofKeys)
{
    const auto stored = readStoredSettings(dataDirectory);
    QList<SettingChoice> choices;
    for (const auto &[key, value] : ofKeys) {
        const auto entry = std::ranges::find(stored, key, &LayerEntry::key);
        choices += {.key = key, .value = entry == stored.cend() ? std::nullopt : std::optional(entry->value)};
    }
    return choices;
}

} // namespace

SettingLayers readStoredSettings(const QString &dataDirectory)
{
    SettingLayers entries;
    if (platform::linkStatusOf(pathIn(dataDirectory)))
        entries = readConfigFile(pathIn(dataDirectory));
    for (LayerEntry &entry : entries)
        entry.source = SettingSource::Stored;
    return entries;
}

Result<void> isUnfixed(const QString &key, const Settings &inForce)
{
    const auto described = inForce.describe();
    const auto now = std::ranges::find(described, key, &SettingDescription::key);
    if (now->source > SettingSource::Stored)
        return refused(ErrorCode::SettingFixed, u"%1 is set by %2"_s.arg(key, now->sourceName));
    return {};
}

Result<QStringList> storeSettings(const QString &dataDirectory, const Settings &inForce, const QList<SettingChoice> &choices,
                                  const std::function<Result<QStringList>()> &adopt)
{
    if (const auto may = mayBeStored(choices, inForce); !may)
        return refused(may);
    const auto former = storedChoices(dataDirectory, choices);
    if (const auto written = write(dataDirectory, choices); !written)
        return refused(written);
    auto adopted = adopt();
    if (!adopted)
        (void)write(dataDirectory, former);
    return adopted;
}

} // namespace warder
