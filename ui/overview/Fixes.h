#pragma once

#include "core/base/Clock.h"
#include "core/console/orders/Keys.h"
#include "core/console/orders/MasterKey.h"
#include "core/console/orders/Passkeys.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

#include <optional>

namespace warder {

/// Something that an operator had better mend, though the server runs well with it.
struct Fix
{
    Tone tone = Tone::Warning; ///< Info: advice; Neutral: nobody knows whether it is so.
    QString text;              ///< What is so, and what to do: as short as it goes.
    QString tip = {};          ///< What else helps.
    QString action = {};       ///< A word on a button that leads to a page; empty: there is none.
    QString page = {};
    PageFilter filter = {};
};

/// What is looked at to find them. What is empty or nothing is not known, and not judged.
struct FixFacts
{
    OverviewView overview;
    QList<SettingView> settings = {};
    QList<PasskeyHostView> passkeyHosts = {};
    QList<KeyView> keys = {};
    std::optional<MasterKeyView> masterKey = {};
    TimePoint now = {};
};

/// What to fix next, as far as the numbers and the settings of the server say it. What is wrong at this moment (a full disk, a certificate
/// that ends, a clock that jumped) is a problem of health, and stands above the page instead. Pure; GUI thread.
class Fixes final
{
    Q_DECLARE_TR_FUNCTIONS(warder::Fixes)
public:
    /// The worst first.
    static QList<Fix> of(const FixFacts &facts);
};

} // namespace warder
