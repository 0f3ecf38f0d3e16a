#pragma once

#include "core/console/Console.h"

#include <QJsonObject>

#include <functional>

namespace warder {

/// An answer on its way, and how to take the question back.
struct PendingAnswer
{
    QFuture<Result<QJsonValue>> json;
    std::function<void()> cancel;
};

/// One method of the façade as it crosses the local socket.
struct ConsoleMethod
{
    QLatin1StringView name;
    QList<std::pair<QLatin1StringView, QJsonValue::Type>> params;
    std::function<PendingAnswer(Console &, const QJsonObject &)> run;

    /// Whether all that it needs is there, of the right type, and nothing else: an order that was cut short or misspelt must not
    /// become another one.
    bool isServedBy(const QJsonObject &given) const;
};

/// Every method of Console; RemoteConsole calls by these names. Built once; any thread.
const QList<ConsoleMethod> &consoleMethods();

} // namespace warder
