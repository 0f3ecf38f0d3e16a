#include "ui/keys/KeysModel.h"

#include "ui/keys/KeyTexts.h"
#include "ui/keys/KeysPage.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace warder {
namespace {

/// Current keys first, and of these access before refresh before CSRF.
int rank(const KeyView &key)
{
    using enum KeyState;
    constexpr std::array order {Current, Standby, Retiring, Revoked};
    return int(std::ranges::find(order, key.state) - order.begin()) * int(namesOf<KeyPurpose>.size()) + int(key.purpose);
}

QList<Column<KeyView>> keyColumns()
{
    using Row = const KeyView &;
    return {
        //: Column title: what a key is used for at the moment.
        {.title = KeysPage::tr("State"),
         .characters = 17,
         .text = [](Row row, TimePoint) { return UiTexts::keyState(row.state); },
         .tone = [](Row row) { return UiTexts::keyTone(row.state); }},
        //: Column title: what a key signs.
        {.title = KeysPage::tr("Signs"), .characters = 17, .text = [](Row row, TimePoint) { return UiTexts::keyPurpose(row.purpose); }},
        //: Column title: the key id as it stands in the header of a token.
        {.title = KeysPage::tr("Key id (kid)"),
         .characters = 23,
         .text = [](Row row, TimePoint) { return row.kid; },
         .tip = [](Row row) { return row.kid; },
         .isFixedWidth = true},
        //: Column title: when another key takes the place of one that signs; of the others, when revoking them signs nobody out.
        {.title = KeysPage::tr("Rotates, or safe to revoke"), .characters = 25, .text = KeyTexts::outlook, .time = KeyTexts::turn},
        //: Column title: how many live sessions hold a token that a key signed.
        {.title = KeysPage::tr("Its live sessions"), .characters = 9, .number = &KeyView::sessions, .tip = KeyTexts::sessions},
        //: Column title: the signature algorithm.
        {.title = KeysPage::tr("Algorithm"), .characters = 9, .text = [](Row row, TimePoint) { return KeyTexts::algorithm(row); }},
        //: Column title: since when a key signs, or from when on it did.
        {.title = KeysPage::tr("Signing since"), .characters = 12, .time = &KeyView::activatedAt},
        //: Column title: how old a key is.
        {.title = KeysPage::tr("Age"),
         .characters = 10,
         .text = [](Row row, TimePoint now) { return Times::lasting(now - row.createdAt); },
         .time = &KeyView::createdAt,
         .number = [](Row row) { return -toMilliseconds(row.createdAt); }},
    };
}

} // namespace

KeysModel::KeysModel(const Clock &clock, QObject *parent) : RowsModel(clock, keyColumns(), parent) {}

void KeysModel::present(QList<KeyView> keys)
{
    std::ranges::stable_sort(keys, std::less(), [](const KeyView &key) { return std::pair(rank(key), -toMilliseconds(key.createdAt)); });
    updateTo(keys, &KeyView::kid);
}

const KeyView *KeysModel::find(const QString &kid) const
{
    const auto key = std::ranges::find(rows(), kid, &KeyView::kid);
    return key == rows().end() ? nullptr : &*key;
}

} // namespace warder
