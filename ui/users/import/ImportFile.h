#pragma once

#include "core/base/Clock.h"
#include "core/console/Console.h"
#include "core/console/orders/Imports.h"
#include "core/imports/FirebaseParameters.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace warder {

/// A file with users, opened and read on a thread of its own: a disk or a network that does not answer, or a locked database, holds up that
/// thread and nobody else, not even who gives the file up. One question after the answer to the one before. GUI thread.
class ImportFile final
{
public:
    struct Piece
    {
        std::optional<QList<ImportedUser>> users; ///< Perhaps none of them; nothing: the file is over.
        qint64 records = 0;                       ///< Read so far.
        qint64 bytes = 0;                         ///< The same; 0 where nobody can say.
    };
    struct Judged
    {
        UserImport outcome; ///< With what is wrong in the form of the file.
        QStringList unused; ///< Columns that nothing was taken from.
        bool lacksFirebase = false;
    };

    /// `firebase`: see UserFields.
    ImportFile(const QString &path, TimePoint now, const std::optional<FirebaseParameters> &firebase);
    ~ImportFile();
    Q_DISABLE_COPY_MOVE(ImportFile)

    /// First, once: how many bytes it has, 0 where nobody knows. InvalidInput as ImportSource::open().
    Answer<qint64> open();
    Answer<Piece> next(qsizetype most);
    /// What the console says of it, completed; after the last piece.
    Answer<Judged> complete(const UserImport &outcome);

private:
    struct Reading;

    template <typename T>
    Answer<T> run(std::function<Result<T>(Reading &reading)> job);

    std::unique_ptr<Reading> m_reading;
};

} // namespace warder
