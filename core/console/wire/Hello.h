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
    /// ServerOutdated or ProgramOutdated unless both speak one protocol. Nothing for `theirs`: they are of a time before there was a hello.
    static Result<void> check(const std::optional<Hello> &theirs, From from);

private:
    static QString ownVersion();
};

} // namespace warder
