#include "app/StoredSettings.h"

#include "core/platform/Files.h"

#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString pathIn(const QString &dataDirectory) { return dataDirectory + "/warder.stored.conf"_L1; }

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

Result<void> storeSetting(const QString &dataDirectory, const QString &key, const QString &value)
{
    QString text = u"# What was chosen in Warder's window. It writes this file; settings in warder.conf win over it.\n"_s;
    for (const LayerEntry &entry : readStoredSettings(dataDirectory)) {
        if (entry.problem.isEmpty() && entry.key != key)
            text += u"%1 = %2\n"_s.arg(entry.key, entry.value);
    }
    text += u"%1 = %2\n"_s.arg(key, value);
    QSaveFile file(pathIn(dataDirectory));
    if (file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && file.commit())
        return {};
    return refused(ErrorCode::StorageFailure, u"%1 cannot be written: %2"_s.arg(file.fileName(), file.errorString()));
}

} // namespace warder
