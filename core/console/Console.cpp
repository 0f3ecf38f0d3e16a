#include "core/console/Console.h"

#include <QFutureWatcher>

namespace warder {

void whenCanceled(const QFuture<void> &future, QObject *context, std::function<void()> call)
{
    auto *watcher = new QFutureWatcher<void>(context);
    QObject::connect(watcher, &QFutureWatcherBase::canceled, context, std::move(call));
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(future);
}

} // namespace warder
