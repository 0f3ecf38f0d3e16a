#include "ui/keys/KeyUndos.h"

#include "ui/keys/KeyEffects.h"

#include <algorithm>

namespace warder {

std::optional<KeyUndos::Restoring> KeyUndos::restorable(const QString &kid, const QList<KeyView> &ring)
{
    const auto key = std::ranges::find(ring, kid, &KeyView::kid);
    const auto move = key == ring.end() ? std::nullopt : KeyEffects::moveOf(*key, KeyMove::Restore);
    if (!move)
        return std::nullopt;
    Restoring restoring {.from = key->state, .to = move->to};
    const auto signs = [key](const KeyView &each) { return each.state == KeyState::Current && each.purpose == key->purpose; };
    const auto current = std::ranges::find_if(ring, signs);
    if (move->to == KeyState::Current && current != ring.end())
        restoring.inPlaceOf = current->kid;
    return restoring;
}

QString KeyUndos::what(KeyMove move, const QString &kid)
{
    return move == KeyMove::Rotate ? /*: What was done and can be taken back; %1 is the id of a key. */ tr("Rotation of %1").arg(kid)
                                   : /*: What was done and can be taken back; %1 is the id of a key. */ tr("Revocation of %1").arg(kid);
}

Confirmation KeyUndos::question(const QString &kid, const QList<KeyView> &ring)
{
    const auto key = std::ranges::find(ring, kid, &KeyView::kid);
    return KeyEffects::before(*key, KeyEffects::moveOf(*key, KeyMove::Restore).value(), ring, 0);
}

} // namespace warder
