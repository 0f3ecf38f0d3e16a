#pragma once

#include <QByteArrayView>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <expected>

namespace warder {

/// Bounds of what parseStrictJson() takes.
struct StrictJsonLimits
{
    int depth = 32;    ///< Nested objects and arrays.
    int values = 4096; ///< Scalars, names and containers together.
    int names = 4096;  ///< Of all objects together; each costs as much as several values.
};

/// Where and why a text is not JSON; `offset` counts bytes from 0.
struct JsonFault
{
    qsizetype offset = 0;
    QString message;
};

/// Parses UTF-8 JSON as RFC 8259 says and not a bit looser, which QJsonDocument is: no byte order mark, no raw control
/// characters, no lone surrogates, no overlong UTF-8, no duplicate names at any depth. Integers outside ±2^53 and other
/// numbers become doubles. Any thread.
std::expected<QJsonValue, JsonFault> parseStrictJson(QByteArrayView utf8, StrictJsonLimits limits = {});

/// The same, refusing anything but an object.
std::expected<QJsonObject, JsonFault> parseStrictJsonObject(QByteArrayView utf8, StrictJsonLimits limits = {});

} // namespace warder
