#include "ui/users/import/ImportRun.h"

#include "ui/support/Ask.h"

#include <QFutureWatcher>

namespace warder {
namespace {

constexpr qsizetype readAtOnce = 200; // records of a message

} // namespace

ImportRun::ImportRun(const PageContext &context, const QString &file, const std::optional<FirebaseParameters> &firebase, QObject *parent)
    : QObject(parent), m_context(context), m_file(file, context.clock.now(), firebase), m_import(Id::create(context.clock.now()))
{}

/// A dry run, whose outcome nobody hears, is how an import ends without a change.
ImportRun::~ImportRun()
{
    if (m_isKept)
        (void)m_context.console.ask(FinishImport {.import = m_import, .options = {.skipExisting = true, .dryRun = true}});
}

void ImportRun::judge()
{
    const auto onOpen = [this](qint64 size) {
        m_size = size;
        readNext();
    };
    ask(m_file.open(), this, onOpen, [this](const Error &error) { Q_EMIT unreadable(error.detail); });
}

void ImportRun::readNext()
{
    ask(
        m_file.next(readAtOnce), this, [this](const ImportFile::Piece &piece) { send(piece); },
        [this](const Error &error) { Q_EMIT failed(error, false); });
}

void ImportRun::send(const ImportFile::Piece &piece)
{
    m_records = piece.records;
    m_isKept = true;
    if (!piece.users)
        return askForPreview();
    const auto goOn = [this, read = piece.bytes] {
        Q_EMIT progressed(read, read > 0 ? m_size : 0);
        readNext();
    };
    ask(m_context.console.ask(AddToImport {.import = m_import, .users = *piece.users}), this, goOn,
        [this](const Error &error) { Q_EMIT failed(error, false); });
}

void ImportRun::askForPreview()
{
    const ImportOptions options {.skipExisting = true, .dryRun = true, .keep = true};
    ask(
        m_context.console.ask(FinishImport {.import = m_import, .options = options}), this,
        [this](const UserImport &outcome) { complete(outcome); }, [this](const Error &error) { Q_EMIT failed(error, false); });
}

void ImportRun::complete(const UserImport &outcome)
{
    const auto onCompleted = [this](const ImportFile::Judged &all) {
        m_unused = all.unused;
        m_lacksFirebase = all.lacksFirebase;
        Q_EMIT judged(all.outcome);
    };
    ask(m_file.complete(outcome), this, onCompleted, [this](const Error &error) { Q_EMIT failed(error, false); });
}

void ImportRun::write()
{
    m_writing = m_context.console.ask(FinishImport {.import = m_import, .options = {.skipExisting = true}});
    auto *watcher = new QFutureWatcher<Result<UserImport>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this,
            [this, watcher](int done) { Q_EMIT progressed(done, watcher->progressMaximum()); });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(m_writing);
    ask(
        m_writing, this,
        [this](const UserImport &outcome) {
            m_isKept = false;
            Q_EMIT written(outcome);
        },
        [this](const Error &error) { Q_EMIT failed(error, m_writing.isCanceled()); });
}

} // namespace warder
