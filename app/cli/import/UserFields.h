#pragma once

#include "app/cli/import/ImportSource.h"
#include "core/base/Id.h"
#include "core/console/orders/Imports.h"

#include <QSet>

namespace warder {

/// From a record of a file to an account. Columns are known by the names that common frameworks give them; case, blanks, hyphens and
/// underscores do not count.
class UserFields final
{
public:
    struct Read
    {
        ImportedUser user;
        QString oldId;                 ///< As the file has it; empty: it has none, and the account got a new one.
        QList<UserImportFault> faults; ///< Of form only; the server judges the rest.
    };

    explicit UserFields(TimePoint now) : m_now(now) {}

    Read read(const ImportRecord &record);

    /// Columns that nothing was taken from, sorted.
    QStringList unused() const;

    /// A UUID is kept. Any other id becomes the name-based UUID (RFC 9562 §5.5) of "warder:user:ID" in the namespace of URLs, so that an
    /// app can compute it, too. Nothing for what is longer than 255 characters, and the UUID of zeros.
    static std::optional<Id> idFor(const QVariant &old);

private:
    enum class Field { Id, Email, PasswordHash, Name, Roles, Disabled, Enabled, EmailVerified, CreatedAt };
    struct Column
    {
        Field field;
        int rank; ///< The lowest wins where several have a value.
    };
    std::optional<Column> columnFor(const QString &name);
    void setField(Read &into, Field field, const QVariant &value) const;

    TimePoint m_now;
    QHash<QString, std::optional<Column>> m_columns;
};

} // namespace warder
