#include "core/console/local/LocalConsole.h"
#include "core/credentials/Passkeys.h"

#include <algorithm>

namespace warder {
namespace {

Result<QList<PasskeyHostView>> hosts(ConsoleContext &console, const ListPasskeyHosts &, Errand &)
{
    const QString &current = console.passkeys.policy().rpId;
    const auto counted = PasskeyStore::countByRpId(console.database.reader());
    if (!counted)
        return refused(counted);
    QList<PasskeyHostView> views;
    for (const PasskeyStore::OfRpId &each : *counted)
        views += {.rpId = each.rpId, .current = each.rpId == current, .passkeys = each.passkeys, .users = each.users};
    if (!current.isEmpty() && std::ranges::none_of(views, &PasskeyHostView::current))
        views += {.rpId = current, .current = true};
    return views;
}

} // namespace

void LocalConsole::addPasskeyHandlers() { add(hosts); }

} // namespace warder
