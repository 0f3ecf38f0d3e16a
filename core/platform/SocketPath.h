#pragma once

#include "core/platform/Files.h"

namespace warder {

/// A name under which the system finds the socket at a path, however long that is: the address of a socket holds about a hundred bytes,
/// so a longer path is named by way of its opened folder (/proc/self/fd, on Linux). The name is good while this lives.
class SocketPath final
{
public:
    explicit SocketPath(const QString &path);

    const QString &name() const { return m_name; }

private:
    platform::Descriptor m_folder;
    QString m_name;
};

} // namespace warder
