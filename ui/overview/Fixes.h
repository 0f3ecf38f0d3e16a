#pragma once

#include "core/console/orders/Passkeys.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

namespace warder {

/// Something that an operator had better mend, though the server runs well with it.
struct Fix
{
    Tone tone = Tone::Warning; ///< Neutral: nobody knows whether it is so.
    QString text;              ///< What is so, and what to do: as short as it goes.
    QString tip = {};          ///< What else helps.
    QString action = {};       ///< A word on a button that leads to a page; empty: there is none.
    QString page = {};
    PageFilter filter = {};
};

/// What to fix next, as far as the numbers and the settings of the server say it. Pure; GUI thread.
class Fixes final
{
    Q_DECLARE_TR_FUNCTIONS(warder::Fixes)
public:
    /// The worst first. `settings`, `passkeyHosts`: empty while they are not known.
    static QList<Fix> of(const OverviewView &overview, const QList<SettingView> &settings, const QList<PasskeyHostView> &passkeyHosts);
};

} // namespace warder
