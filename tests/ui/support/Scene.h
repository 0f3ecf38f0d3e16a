#pragma once

#include "core/console/orders/Changes.h"
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
    /// A session opened so many seconds ago.
    SessionView session(int secondsAgo, const QString &email = {}) const;

    Alarm alarm(AlarmType type, const QString &email, const QString &address) const;

    FakeClock clock;
    FakeConsole console {clock};
    QTemporaryDir folder;
    QSettings memory {folder.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat};
};

} // namespace warder::test
