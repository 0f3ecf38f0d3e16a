#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Factors.h"
#include "core/console/orders/Providers.h"
#include "core/console/orders/Sessions.h"
#include "tests/support/FakeClock.h"
#include "tests/ui/support/FakeConsole.h"
#include "ui/PageContext.h"

#include <QSettings>
#include <QTemporaryDir>

namespace warder::test {

/// A console, a clock and a settings file for one window, and a made-up team to fill it with.
struct Scene
{
    Scene();

    PageContext context() { return {console, clock, memory}; }
    /// A busy afternoon: 240 sessions, 260 users, rules, denials, five keys.
    void fill();
    void fillTraffic();
    /// An outbox of 40 mails, in every state, that a mail server takes.
    void fillMails();
    /// Five, of which one is off.
    void fillProviders();
    /// Seven rules, one of each kind; who is held back; two networks.
    void fillLimits();
    void fillRules();
    void fillHeldBack();
    /// Of somebody who signs in with Google and with their company.
    QList<IdentityView> bothIdentities() const;
    /// Of somebody who has all there is: two apps, three passkeys, codes, browsers.
    FactorsView everyFactor() const;
    /// A user, by the place in the list, has these.
    void giveFactors(int place, const FactorsView &factors);
    /// A session opened so many seconds ago.
    SessionView session(int secondsAgo, const QString &email = {}) const;

    Alarm alarm(AlarmType type, const QString &email, const QString &address) const;

    FakeClock clock;
    FakeConsole console {clock};
    QTemporaryDir folder;
    QSettings memory {folder.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat};
};

} // namespace warder::test
