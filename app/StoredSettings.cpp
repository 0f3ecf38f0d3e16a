#include "app/StoredSettings.h"

#include "core/config/SettingCheck.h"
#include "core/platform/Files.h"

#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString pathIn(const QString &dataDirectory) { return dataDirectory + "/warder.stored.conf"_L1; }

/// Nothing is stored of a key without a value, which must be a setting's all the same.
QString whyNot(const QString &key, const std::optional<QString> &value)
{
    if (value)
        return faultOfStored(key, *value);
    return findSetting(key) ? QString() : u"no setting has this name"_s;
}

Result<void> mayBeStored(const QList<SettingChoice> &choices, const Settings &inForce)
{
    Error wrong {.code = ErrorCode::InvalidInput};
    for (const auto &[key, value] : choices) {
        if (std::ranges::count(choices, key, &SettingChoice::key) > 1)
            return refused(ErrorCode::InvalidInput, u"%1 stands there twice"_s.arg(key.left(100)));
        if (const QString why = whyNot(key, value); !why.isEmpty()) {
            wrong.detail += u"%1%2: %3"_s.arg(wrong.detail.isEmpty() ? QString() : u"\n"_s, key.left(100), why);
            wrong.faults += Fault {.type = u"value_error"_s, .location = {key.left(100)}, .message = why};
            continue;
        }
        if (const auto unfixed = isUnfixed(key, inForce); !unfixed)
            return unfixed;
    }
    return wrong.faults.isEmpty() ? Result<void>() : std::unexpected(wrong);
}

/// The file of `entries`, with `choices` in place of what they say of these keys.
QByteArray textOf(const SettingLayers &entries, const QList<SettingChoice> &choices)
{
    QString text = u"# What was chosen in Warder's window. It writes this file; settings in warder.conf win over it.\n"_s;
    for (const LayerEntry &entry : entries) {
        if (entry.problem.isEmpty() && !std::ranges::contains(choices, entry.key, &SettingChoice::key))
            text += u"%1 = %2\n"_s.arg(entry.key, entry.value);
    }
    for (const auto &[key, value] : choices) {
        if (value)
            text += u"%1 = %2\n"_s.arg(key, *value);
    }
    return text.toUtf8();
}

Result<void> write(const QString &dataDirectory, const QList<SettingChoice> &choices)
{
    const QString path = pathIn(dataDirectory);
    const SettingLayers entries = readStoredSettings(dataDirectory);
    if (const auto unread = std::ranges::find(entries, path, &LayerEntry::sourceName); unread != entries.end()) // of a line it is path:12
        return refused(ErrorCode::StorageFailure, u"%1 %2"_s.arg(path, unread->problem)); // or all that it holds would be lost
    const QByteArray text = textOf(entries, choices);
    if (text.size() > longestConfigFile)
        return refused(ErrorCode::StorageFailure, u"%1 would be longer than 1 MiB, and not be read again"_s.arg(path));
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) >= 0 && file.commit())
        return {};
    return refused(ErrorCode::StorageFailure, u"%1 cannot be written: %2"_s.arg(path, file.errorString()));
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
    const auto &next = now->waiting; // what would win at the next start
    if ((next ? next->source : now->source) > SettingSource::Stored)
        return refused(ErrorCode::SettingFixed, u"%1 is set by %2"_s.arg(key, next ? next->sourceName : now->sourceName));
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
    if (adopted)
        return adopted;
    if (const auto restored = write(dataDirectory, former); !restored)
        adopted.error().detail += u"; what was refused is still stored: %1"_s.arg(restored.error().detail);
    return adopted;
}

} // namespace warder
