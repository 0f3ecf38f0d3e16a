#pragma once

#include <QByteArrayView>
#include <QSet>
#include <QStringList>

namespace warder {

/// Under which names this server is asked. A page may have its own name point at this machine after it was loaded (DNS
/// rebinding), so a Host proves nothing by itself over plain HTTP. Immutable; any thread.
class Hosts final
{
public:
    /// Host names without ports, in any case.
    explicit Hosts(const QStringList &names);

    /// One of the names, this machine's, or an address: nobody can make an address point elsewhere.
    bool isOwn(QByteArrayView host) const;

    /// "localhost", a name below it, 127.0.0.0/8 or ::1.
    static bool isLoopback(QByteArrayView host);

    /// "localhost" or a name below it.
    static bool isLocalName(QByteArrayView host);

private:
    QSet<QByteArray> m_names;
};

} // namespace warder
