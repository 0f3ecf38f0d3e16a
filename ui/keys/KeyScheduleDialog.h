#pragma once

#include "core/console/orders/Server.h"
#include "ui/PageContext.h"

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
    /// `settings`: all of the server's. `onTaken`: the new schedule is in force. To be opened; goes when it closes.
    static FormDialog *make(const PageContext &context, const QList<SettingView> &settings, QWidget *parent, std::function<void()> onTaken);
};

} // namespace warder
