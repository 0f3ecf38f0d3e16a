#pragma once

#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/settings/StoredChoices.h"

#include <QCoreApplication>

#include <functional>

class QWidget;

namespace warder {

class FormDialog;

/// How long keys sign and are kept: a form over the settings keys.*_rotation and keys.spent_kept. Sends what was changed only; what the
/// server's files or command line set can be read, and not changed. GUI thread.
class KeyScheduleDialog final
{
    Q_DECLARE_TR_FUNCTIONS(warder::KeyScheduleDialog)
public:
    /// Hears what of the schedule was stored, once it is in force.
    using OnTaken = std::function<void(const StoredChoices &sent)>;

    /// `settings`: all of the server's. To be opened; goes when it closes.
    static FormDialog *make(const PageContext &context, const QList<SettingView> &settings, QWidget *parent, OnTaken onTaken);
};

} // namespace warder
