#pragma once

#include "core/base/Result.h"

#include <QJsonObject>

namespace warder {

/// The first message of both ends of the console's socket: `{"hello": {"protocol": 1, "version": "1.2"}}`. Orders and answers are read
/// strictly, so both must speak the same protocol: its number grows whenever an order or a value changes. Pure; any thread.
class Hello final
{
public:
    static constexpr int ownProtocol = 1;

    enum class From { Server, Program };

    int protocol = ownProtocol;
    QString version = ownVersion();

    /// Nothing unless the message is a hello. More members than these are fine: a later protocol may have them.
    static std::optional<Hello> of(const QJsonObject &message);
    static QJsonObject message();
    /// Conflict, with a sentence that says which end to update, unless both speak one protocol. Nothing for `theirs`: they are of a time
    /// before there was a hello.
    static Result<void> check(const std::optional<Hello> &theirs, From from);

private:
    static QString ownVersion();
};

/// A refusal on the wire.
QJsonObject toJson(const Error &error);
/// Internal for a code that is not known.
Error errorFrom(const QJsonObject &json);

} // namespace warder
