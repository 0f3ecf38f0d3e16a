#pragma once

#include "core/base/Clock.h"
#include "core/console/orders/Imports.h"
#include "core/imports/FirebaseParameters.h"
#include "core/imports/ImportSource.h"
#include "core/imports/UserFields.h"

#include <QStringList>

#include <memory>
#include <optional>

namespace warder {

/// A part of a file with users, as AddToImport takes it.
struct ImportPiece
{
    QList<ImportedUser> users;
    QStringList oldIds; ///< Of each of them, as the file has it; empty: it has none.
};

/// Reads a file with users piece by piece. Records that are not even of the right form stay out, and their faults are kept for the end.
/// One thread, from its making to its end: that of the command line, or one that the window has for the file.
class ImportReader final
{
public:
    static constexpr qsizetype mostInPiece = 500;

    /// `firebase`: see UserFields.
    ImportReader(std::unique_ptr<ImportSource> source, TimePoint now, std::optional<FirebaseParameters> firebase = {})
        : m_source(std::move(source)), m_fields(now, std::move(firebase))
    {}

    /// The next `most` records at most, and no more than a message holds, or is read in a moment. A piece may be empty; nothing after the
    /// last one.
    std::optional<ImportPiece> next(qsizetype most = mostInPiece);

    qint64 recordsRead() const { return m_records; }
    /// Of the file; 0 where nobody can say.
    qint64 bytesRead() const { return m_source->bytesRead(); }

    /// Columns that nothing was taken from, sorted.
    QStringList unused() const { return m_fields.unused(); }
    /// Some old id was no UUID, and became one.
    bool madeIds() const { return m_madeIds; }
    bool lacksFirebase() const { return m_fields.lacksFirebase(); }
    bool hasFaults() const { return !m_unread.faults.isEmpty(); }

    /// What the console says of the import, with the faults of form beside those that it found, by line.
    UserImport withFaults(UserImport outcome) const;

private:
    bool isFull(const ImportPiece &piece) const;
    void take(const ImportRecord &record, ImportPiece &piece);

    std::unique_ptr<ImportSource> m_source;
    UserFields m_fields;
    UserImport m_unread; ///< Faults of form.
    qint64 m_records = 0;
    qsizetype m_bytes = 0; ///< Of the piece, about.
    qint64 m_begunAt = 0;  ///< The piece: bytesRead() by then.
    bool m_madeIds = false;
    bool m_isOver = false;
};

} // namespace warder
