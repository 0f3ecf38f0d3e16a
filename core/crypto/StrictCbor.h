#pragma once

#include <QByteArrayView>
#include <QCborValue>

#include <optional>

namespace warder {

/// One CBOR item (RFC 8949), and how many bytes it took.
struct CborItem
{
    QCborValue value;
    qsizetype size = 0;
};

/// The first item of bytes that a stranger sent, as authenticators write them (CTAP 2.2 §8, canonical form): lengths are told in
/// advance, a map's names are whole numbers or texts and none stands there twice, texts are UTF-8; no tags, no fractions, nothing
/// undefined. At most 8 levels of maps and arrays and 256 items. Nothing for anything else; what follows the item is the caller's to
/// judge. Costs as much as the bytes are long. Any thread.
std::optional<CborItem> firstCborItem(QByteArrayView bytes);

} // namespace warder
