#pragma once

#include "core/base/Result.h"
#include "core/config/Settings.h"
#include "core/console/orders/Server.h"

#include <QList>
#include <QStringList>

#include <functional>

namespace warder {

class Core;

/// Puts in force what the settings' sources say while a server runs, and stores choices among them. The owner guards it.
class SettingsReload final
{
public:
    /// What the settings' sources say now.
    using Read = std::function<Result<Settings>()>;
    /// Puts settings in force; on a refusal nothing has changed.
    using Adopt = std::function<Result<void>(const Settings &)>;

    SettingsReload(Core &core, Read read, Adopt adopt); ///< `core` must outlive this.

    /// The keys of the settings that wait for a restart. A refusal is the health problem reload_failed until this succeeds.
    Result<QStringList> reload();

    /// storeSettings(), with a line of the log for each choice.
    Result<QStringList> store(const QList<SettingChoice> &choices);

private:
    Result<QStringList> adoptRead() const;

    Core &m_core;
    const Read m_read;
    const Adopt m_adopt;
};

} // namespace warder
