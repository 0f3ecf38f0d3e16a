#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/console/Console.h"

#include <QStringList>

class QSettings;

namespace warder {

/// How this program came onto the machine, and how it may start.
struct Installation
{
    QString package = QStringLiteral("source"); ///< Who brings updates: "deb", "rpm", "bundle", "source".
    QStringList startCommand = {};              ///< The program and its arguments for a start at log-in; empty: none is offered.
    bool hasService = false;                    ///< This machine has a service, so that the window may turn to it, or away from it.
};

/// What every page works with. The references outlive the window.
struct PageContext
{
    Console &console;
    const Clock &clock;
    QSettings &memory;      ///< Geometry, columns, filters, last page.
    bool ofService = false; ///< The server is a process of its own: closing the window never ends it.
    Installation installation = {};
};

/// What a page is asked to show by somebody who leads to it.
struct PageFilter
{
    QString text = {};            ///< As a person would type it; empty: everything.
    std::optional<Id> user = {};  ///< This one and nobody whose address looks alike; `text` is that address.
    bool bareAdminsFirst = false; ///< Of users: admins whose password alone signs in stand at the top.
};

} // namespace warder
