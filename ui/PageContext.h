#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/console/Console.h"

class QSettings;

namespace warder {

/// What every page works with. The references outlive the window.
struct PageContext
{
    Console &console;
    const Clock &clock;
    QSettings &memory;      ///< Geometry, columns, filters, last page.
    bool ofService = false; ///< The server is a process of its own: closing the window never ends it.
};

/// What a page is asked to show by somebody who leads to it.
struct PageFilter
{
    QString text = {};           ///< As a person would type it; empty: everything.
    std::optional<Id> user = {}; ///< This one and nobody whose address looks alike; `text` is that address.
};

} // namespace warder
