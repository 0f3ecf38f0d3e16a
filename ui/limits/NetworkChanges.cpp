#include "ui/limits/NetworkChanges.h"

#include "ui/limits/LimitDialogs.h"
#include "ui/limits/LimitTexts.h"
#include "ui/limits/LimitUndos.h"
#include "ui/support/Ask.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/Page.h"

#include <algorithm>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// The network as it is, to have it so once more.
AddNetwork onceMore(const NetworkView &network)
{
    return {.network = network.network, .standing = network.standing, .reason = network.reason, .until = network.until};
}

template <typename Back>
WayBack<ListNetworks, Back> wayBackFrom(const NetworkView &left, const Confirmation &question, const Back &back)
{
    return {.what = LimitUndos::added(left),
            .about = u"network/"_s + left.network,
            .read = {},
            .stands = [left](const QList<NetworkView> &networks) { return LimitUndos::isStill(left, networks); },
            .question = [question](const QList<NetworkView> &) { return question; },
            .back = back};
}

/// Hears the answer to an order that brings a network back.
auto tellingAdded(Page &page, const NetworkChanges::OnChanged &onChanged)
{
    return [&page, onChanged](const NetworkView &added) {
        onChanged();
        Q_EMIT page.done(LimitTexts::networkAdded(added));
    };
}

/// `former`: what held for the network before.
Undo undoOfAdding(Page &page, const NetworkView &added, const std::optional<NetworkView> &former,
                  const NetworkChanges::OnChanged &onChanged)
{
    if (former)
        return page.undoBy(wayBackFrom(added, LimitTexts::beforeUndo(added), onceMore(*former)), tellingAdded(page, onChanged));
    return page.undoBy(wayBackFrom(added, LimitTexts::beforeRemoval(added), RemoveNetwork {.id = added.id}), [&page, added, onChanged] {
        onChanged();
        Q_EMIT page.done(LimitTexts::networkRemoved(added));
    });
}

} // namespace

void NetworkChanges::add(Page &page, const PageContext &context, NetworkStanding standing, const QString &network,
                         const OnChanged &onChanged)
{
    const auto before = std::make_shared<QList<NetworkView>>();
    const auto onTaken = [&page, &clock = context.clock, before, onChanged](const NetworkView &added) {
        onChanged();
        const auto found = std::ranges::find(*before, added.network, &NetworkView::network);
        const bool isNew = found == before->end() || (found->until && *found->until <= clock.now());
        Q_EMIT page.done(LimitTexts::networkAdded(added),
                         undoOfAdding(page, added, isNew ? std::nullopt : std::optional(*found), onChanged));
    };
    FormDialog *dialog = LimitDialogs::network(context, standing, network, &page, onTaken);
    const auto onNetworks = [before](const QList<NetworkView> &networks) { *before = networks; };
    ask(context.console.ask(ListNetworks {}), dialog, onNetworks, [](const Error &) {
        // without them nothing was there before: what is added is taken back by its removal
    });
    dialog->open();
}

Undo NetworkChanges::undoOfRemoval(Page &page, const NetworkView &removed, const OnChanged &onChanged)
{
    const WayBack<ListNetworks, AddNetwork> way {
        .what = LimitUndos::removed(removed),
        .about = u"network/"_s + removed.network,
        .read = {},
        .stands = [removed](const QList<NetworkView> &networks) { return LimitUndos::isStillRemoved(removed, networks); },
        .question = [removed](const QList<NetworkView> &) { return LimitTexts::beforeUndo(removed); },
        .back = onceMore(removed),
    };
    return page.undoBy(way, tellingAdded(page, onChanged));
}

} // namespace warder
