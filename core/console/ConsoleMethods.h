#pragma once

#include "core/console/Console.h"

#include <QJsonObject>

#include <functional>

namespace warder {

/// One method of the façade as it crosses the local socket.
struct ConsoleMethod
{
    QLatin1StringView name;
    std::function<QFuture<Result<QJsonValue>>(Console &, const QJsonObject &)> run;
};

/// Every method of Console; RemoteConsole calls by these names. Built once; any thread.
const QList<ConsoleMethod> &consoleMethods();

} // namespace warder
