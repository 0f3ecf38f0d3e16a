#pragma once

#include "core/console/Console.h"

#include <QJsonObject>

#include <functional>

namespace warder {

/// One method of the façade as it crosses the local socket.
struct ConsoleMethod
{
    QLatin1StringView name;
    QList<std::pair<QLatin1StringView, QJsonValue::Type>> params;
    std::function<QFuture<Result<QJsonValue>>(Console &, const QJsonObject &)> run;

    /// Whether all that it needs is there and of the right type: an order that was cut short must not become another one.
    bool isServedBy(const QJsonObject &given) const;
};

/// Every method of Console; RemoteConsole calls by these names. Built once; any thread.
const QList<ConsoleMethod> &consoleMethods();

} // namespace warder
