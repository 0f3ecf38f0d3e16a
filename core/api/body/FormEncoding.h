#pragma once

#include <QByteArrayView>
#include <QString>

#include <functional>
#include <optional>

namespace warder {

/// Decodes a name or value of application/x-www-form-urlencoded (URL standard §5.1): `+` becomes a blank, `%41` an `A`; a `%` that
/// begins no escape stays. Nothing for bytes that are not UTF-8. Any thread.
std::optional<QString> formText(QByteArrayView encoded);

/// Like formText(), but returns nothing if a `%` begins no escape.
std::optional<QString> strictFormText(QByteArrayView encoded);

/// Calls `visit` with name and value of each pair of `a=1&b=2`, encoded as they are; of "a" the value is empty. Empty pairs are passed
/// over. Stops when it returns false, and returns whether it never did.
bool forEachPair(QByteArrayView pairs, const std::function<bool(QByteArrayView name, QByteArrayView value)> &visit);

} // namespace warder
