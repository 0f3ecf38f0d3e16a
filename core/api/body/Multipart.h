#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace warder {

/// The text fields of a multipart/form-data body (RFC 7578), as browsers send a FormData object. Strict, because other parsers
/// must read the same: nothing before the first boundary or behind the last, no files, no other encoding than UTF-8, no name
/// twice, at most 64 parts whose heads have 1 KiB. Nothing if the body is anything else. Pure; any thread.
std::optional<QJsonObject> readMultipart(const QByteArray &contentType, const QByteArray &body);

} // namespace warder
