#pragma once

#include <QByteArray>

#include <optional>

namespace warder {

/// The methods the gate lets through; every other one is answered 501 before a handler sees it (RFC 9110 §9.1).
enum class HttpMethod { Get, Head, Post, Put, Patch, Delete, Options };

/// `GET`, `HEAD`, … Any thread.
QByteArrayView nameOf(HttpMethod method);

/// Case-sensitive, as RFC 9110 §9.1 has it; nothing for a method not listed above.
std::optional<HttpMethod> methodFromName(QByteArrayView name);

} // namespace warder
