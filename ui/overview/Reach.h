#pragma once

#include <QStringList>

/// Who can reach a place where the server listens ("0.0.0.0:8000", "unix:/run/warder.sock"), or a page. Pure; any thread.
namespace warder::reach {

/// All addresses of the machine, or one that the whole world may reach.
bool isPublic(const QString &place);
/// Nobody but this machine.
bool isLocal(const QString &place);
/// The items of a setting that is a list.
QStringList itemsOf(const QString &list);
/// A page of this machine: "http://localhost:3000".
bool isOriginOfThisMachine(const QString &origin);

} // namespace warder::reach
