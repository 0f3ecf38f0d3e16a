#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/console/Console.h"

#include <QStringList>

class QSettings;

namespace warder {

class RemoteLine;

/// How this program came onto the machine, and how it may start.
struct Installation
{
    QString package = QStringLiteral("source"); ///< Who brings updates: "deb", "rpm", "bundle", "source".
    QStringList startCommand = {};              ///< The program and its arguments for a start at log-in; empty: none is offered.
    bool hasService = false;                    ///< This machine has a service, so that the window may turn to it, or away from it.
    QString placesFile = {};                    ///< Remembers servers elsewhere, for all windows of a person; empty: nothing is remembered.
};

/// What every page works with. The references outlive the window.
struct PageContext
{
    Console &console;
    const Clock &clock;
    QSettings &memory;      ///< Geometry, columns, filters, last page.
    bool ofService = false; ///< The server is a process of its own: closing the window never ends it.
    Installation installation = {};
    RemoteLine *elsewhere = nullptr; ///< The way to a server on another machine; null for those of this machine.
};

/// What a page is asked to show by somebody who leads to it.
struct PageFilter
{
    QString text = {};              ///< As a person would type it; empty: everything.
    std::optional<Id> user = {};    ///< This one and nobody whose address looks alike; `text` is that address.
    std::optional<Id> session = {}; ///< Of records: those of this one, which is that user's.
    bool bareAdminsFirst = false;   ///< Of users: admins whose password alone signs in stand at the top.
};

/// Something on a page that is looked for by its name.
struct PagePlace
{
    QString name;
    QString more = {};      ///< What else it is known by: a key.
    PageFilter filter = {}; ///< Leads there.
};

} // namespace warder
