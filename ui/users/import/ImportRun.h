#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Imports.h"
#include "core/imports/FirebaseParameters.h"
#include "ui/PageContext.h"
#include "ui/users/import/ImportFile.h"

#include <QObject>

#include <optional>

namespace warder {

/// Brings the users of one file to the server: judge() reads it and asks what would come of it, write() imports. Whom the server has
/// already stays as they are there. The file is read a little at a time by another thread (ImportFile), each piece after the answer to the
/// one before, so that the window stays quick and the server is not flooded. At its end what was not imported is forgotten. GUI thread.
class ImportRun final : public QObject
{
    Q_OBJECT
public:
    /// `firebase`: see UserFields.
    ImportRun(const PageContext &context, const QString &file, const std::optional<FirebaseParameters> &firebase, QObject *parent);
    ~ImportRun() override;

    /// Once.
    void judge();
    /// After judged() without faults; once.
    void write();
    /// Of write(): undoes what is not done yet.
    void stop() { m_writing.cancel(); }

    qint64 recordsRead() const { return m_records; }
    // After judged().
    QStringList unused() const { return m_unused; }
    bool lacksFirebase() const { return m_lacksFirebase; }

Q_SIGNALS:
    /// Of judge(), in place of all else: the file is none, or not one with users. `why`: as it stands in the log.
    void unreadable(const QString &why);
    /// `all` 0: nobody knows.
    void progressed(qint64 done, qint64 all);
    void judged(const warder::UserImport &outcome);
    void written(const warder::UserImport &outcome);
    /// `wasStopped`: by stop().
    void failed(const warder::Error &error, bool wasStopped);

private:
    void readNext();
    void send(const ImportFile::Piece &piece);
    void askForPreview();
    void complete(const UserImport &outcome);

    PageContext m_context;
    ImportFile m_file;
    const Id m_import;
    qint64 m_size = 0; ///< Of the file in bytes; 0 where nobody knows.
    qint64 m_records = 0;
    QStringList m_unused;
    bool m_lacksFirebase = false;
    Answer<UserImport> m_writing;
    bool m_isKept = false; ///< The server has, or may have, a part of it.
};

} // namespace warder
