#pragma once

#include "core/base/Id.h"
#include "core/console/orders/Imports.h"
#include "core/imports/FirebaseParameters.h"
#include "core/imports/ImportSource.h"

#include <QHash>
#include <QStringList>

#include <map>
#include <optional>

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

    /// `firebase`: how the hashes of a file from there are made.
    explicit UserFields(TimePoint now, std::optional<FirebaseParameters> firebase = {}) : m_now(now), m_firebase(std::move(firebase)) {}

    Read read(const ImportRecord &record);

    /// A hash looked like Firebase's, and nobody said how these are made.
    bool lacksFirebase() const { return m_lacksFirebase; }

    /// Columns that nothing was taken from, sorted.
    QStringList unused() const;

    /// A UUID is kept. Any other id becomes the name-based UUID (RFC 9562 §5.5) of "warder:user:ID" in the namespace of URLs, so that an
    /// app can compute it, too. Nothing for what is longer than 255 characters, and the UUID of zeros.
    static std::optional<Id> idFor(const QVariant &old);

private:
    enum class Field {
        Id,
        Email,
        PasswordHash,
        Password,      ///< A hash or a password.
        PlainPassword, ///< A password, whatever it looks like.
        Salt,          ///< Of Firebase.
        Name,
        Roles,
        Disabled,
        Enabled,
        DisabledUntil,
        EmailVerified,
        CreatedAt
    };
    using Values = std::map<Field, std::pair<int, QVariant>>; ///< With the rank of its column.
    struct Column
    {
        Field field;
        int rank; ///< The lowest wins where several have a value.
    };
    std::optional<Column> columnFor(const QString &name);
    void setField(Read &into, Field field, const QVariant &value) const;
    void setFlag(Read &into, Field field, const QVariant &value) const;
    void setPassword(Read &into, const Values &values);

    TimePoint m_now;
    std::optional<FirebaseParameters> m_firebase;
    bool m_lacksFirebase = false;
    QHash<QString, std::optional<Column>> m_columns;
};

} // namespace warder
