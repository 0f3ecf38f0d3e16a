#pragma once

#include "core/console/orders/Limits.h"
#include "ui/PageContext.h"
#include "ui/support/Undo.h"

#include <functional>

namespace warder {

class Page;

/// Exempts, blocks and forgets networks from any page. What was done is taken back to what held for the network before. `page` is where the
/// dialog belongs, and says what is done; `onChanged` is called before that, whenever something changed. GUI thread.
namespace NetworkChanges {

using OnChanged = std::function<void()>;

/// Opens the dialog. `network`: what its field holds at first.
void add(Page &page, const PageContext &context, NetworkStanding standing, const QString &network, const OnChanged &onChanged);
/// How it comes back.
Undo undoOfRemoval(Page &page, const NetworkView &removed, const OnChanged &onChanged);

} // namespace NetworkChanges

} // namespace warder
