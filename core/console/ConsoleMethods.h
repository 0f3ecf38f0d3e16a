#pragma once

#include "core/console/Console.h"

#include <QJsonObject>

#include <functional>

namespace warder {

/// An answer on its way, how to take the question back, and how to hear how far it is: `tell(done, all)` in the thread of
/// `context`, a few times a second, until the answer is there or `context` is gone. Work that counts nothing never tells.
struct PendingResult
{
    QFuture<Result<QJsonValue>> json;
    std::function<void()> cancel;
    std::function<void(QObject *context, std::function<void(int done, int all)> tell)> watch;
};

/// One method of the façade as it crosses the local socket.
struct ConsoleMethod
{
    QLatin1StringView name;
    QList<std::pair<QLatin1StringView, QJsonValue::Type>> params;
    std::function<PendingResult(Console &, const QJsonObject &)> run;

    /// Whether all that it needs is there, of the right type, and nothing else: an order that was cut short or misspelt must not
    /// become another one.
    bool isServedBy(const QJsonObject &given) const;
};

/// Every method of Console; RemoteConsole calls by these names. Built once; any thread.
const QList<ConsoleMethod> &consoleMethods();

} // namespace warder
