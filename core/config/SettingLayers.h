#pragma once

#include "core/base/SettingSource.h"

#include <QHash>
#include <QList>
#include <QStringList>

namespace warder {

/// One assignment somebody made, not yet judged: Settings::load() does that.
struct LayerEntry
{
    SettingSource source = SettingSource::Default;
    QString sourceName = {}; ///< "/etc/warder/warder.conf:12", "WARDER_HTTP_LISTEN", "--set"
    QString key = {};
    QString value = {};
    QString problem = {}; ///< Why there is no key and value here; load() reports it with all other faults.
};

using SettingLayers = QList<LayerEntry>;

/// Longer files of settings are not read, so nobody should write one. Bytes.
constexpr qint64 longestConfigFile = 1024 * 1024;

/// `key = value` lines, `#` comments on lines of their own, UTF-8, at most longestConfigFile. A file that cannot be read, is no regular
/// file or in the hands of another user, a line of another form and a key given twice become entries with a problem. Never waits for a
/// FIFO. Any thread; reads the disk.
SettingLayers readConfigFile(const QString &path);

/// `WARDER_HTTP_LISTEN` is `http.listen`; blanks around a value do not count, and an empty one counts as not set where the setting may
/// not be empty. Passed over: variables that do not start with WARDER_, WARDER_DATA_DIR, WARDER_CACHE, WARDER_USERLAND, WARDER_PACKAGE,
/// WARDER_MASTER_KEY…, what the Next.js package reads (WARDER_URL, WARDER_COOKIES_INSECURE, WARDER_SERVICE_TOKEN), and what Kubernetes
/// and Docker add for a service called `warder` or `warder-…`. Any other stays: Settings::load() warns of it, or refuses a misspelt
/// setting.
SettingLayers readEnvironment(const QHash<QString, QString> &variables);

/// The variables of this process, for readEnvironment(). Call before other threads start.
QHash<QString, QString> processEnvironment();

/// The values of `--set`, each `key=value`.
SettingLayers readCommandLine(const QStringList &assignments);

/// The variable of a key: `http.listen` → `WARDER_HTTP_LISTEN`.
QString variableOf(QStringView key);

} // namespace warder
