#pragma once

#include "core/console/orders/Sessions.h"
#include "ui/widgets/DetailsPanel.h"

namespace warder {

/// Fills the panel with everything known of a session; how its refresh tokens went, and on reuse what happened, in words.
void presentSession(DetailsPanel &panel, const SessionView &session, TimePoint now);

} // namespace warder
