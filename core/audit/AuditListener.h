#pragma once

#include <QtTypes>

namespace warder {

/// Hears that there are new records once they are on disk: once a transaction, after all other listeners, on the writer's thread, in the
/// order of the commits, before who wrote them is answered. Must be quick, must not wait and must not use the database.
class AuditListener
{
public:
    virtual ~AuditListener() = default;
    /// `newest`: AuditRow::seq.
    virtual void recorded(qint64 newest) = 0;
};

} // namespace warder
