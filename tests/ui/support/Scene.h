#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Factors.h"
#include "core/console/orders/Providers.h"
#include "core/console/orders/Refusals.h"
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
    /// Of every range of the charts, and of two days for the cards; and what the limits allowed and denied in ten minutes.
    void fillTraffic();
    void fillTrends();
    /// An outbox of 40 mails, in every state, that a mail server takes.
    void fillMails();
    /// The last 60 of who did what.
    void fillActivity();
    /// 120 requests that were refused, each third by a limit.
    void fillRefusals();
    /// All settings there are: one from warder.conf, one from the environment, three stored, one of which waits for a restart.
    void fillSettings();
    /// Six, one of each kind; four that nobody has seen, one that is seen, one that is done.
    void fillAlarms();
    /// Five, of which one is off.
    void fillProviders();
    /// Seven rules, one of each kind; who is held back; two networks.
    void fillLimits();
    void fillRules();
    void fillHeldBack();
    void fillDenials();
    /// Of somebody who signs in with Google and with their company.
    QList<IdentityView> bothIdentities() const;
    /// Of somebody who has all there is: two apps, three passkeys, codes, browsers.
    FactorsView everyFactor() const;
    /// A user, by the place in the list, has these.
    void giveFactors(int place, const FactorsView &factors);
    /// A session opened so many seconds ago.
    SessionView session(int secondsAgo, const QString &email = {}) const;

    /// Of a request: by a limit, or for its token.
    RefusalView refusal(qint64 number, ErrorCode code) const;
    Alarm alarm(AlarmType type, const QString &email, const QString &address) const;

    FakeClock clock;
    FakeConsole console {clock};
    QTemporaryDir folder;
    QSettings memory {folder.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat};
};

} // namespace warder::test
