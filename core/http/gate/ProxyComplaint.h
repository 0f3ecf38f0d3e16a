#pragma once

#include <QHostAddress>
#include <QString>

namespace warder {

class Census;

/// Says in the log, once an hour a proxy, that it hides its clients: the limits then count all of them as one.
/// `what` it said, perhaps a client's bytes: the log escapes them. Any thread.
void complainOfProxy(Census &census, const QHostAddress &proxy, const QString &what);

} // namespace warder
